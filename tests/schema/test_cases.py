"""Documents that are right have no findings; what is wrong with others is in `tests/codes`."""

from __future__ import annotations

from pathlib import Path

import pytest

from checking import check, shown

VALID = sorted((Path(__file__).parent / "valid").glob("*.xml"))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_documents_have_no_findings(path: Path) -> None:
    assert shown(check(path.read_bytes(), str(path)), path.parent) == ""
