"""Cases as data, one folder each: cases/{module}/{case}.

in.xml holds what is in a text element, golden/out.html what the page makes of it (text and
apparatus). Renewed by `pytest --update-golden`; read the diff.
"""

from pathlib import Path

import pytest

from .conftest import document, parts, render

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(
    "case", sorted(CASES.glob("*/*/in.xml")), ids=lambda path: "/".join(path.parts[-3:-1])
)
def test_case(case: Path, update_golden: bool) -> None:
    page = render(document(case.read_text("utf-8")))
    found = parts(page, "text", "apparatus")
    found += "".join(f"<!-- {f.code}: {f.message} -->\n" for f in page.findings)
    golden = case.parent / "golden" / "out.html"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")
