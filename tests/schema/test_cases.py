"""Every code of the schema has a folder: what is wrong, and what the program says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from checking import check, check_folder, shown
from documents import document

from diplomatic.explanations import examples
from diplomatic.findings import codes

HERE = Path(__file__).parent
INVALID = sorted(path for path in (HERE / "invalid").iterdir() if path.is_dir())
# Codes that no file can provoke: each has a test of its own, named here.
ELSEWHERE = {
    "D153": "test_schema.py::test_without_the_package_index",
    "D199": "test_schema.py::test_a_disagreement_is_reported",
}


def test_every_code_has_a_folder() -> None:
    wanted = {code for code in codes() if "D100" <= code < "D400"} - set(ELSEWHERE)
    assert wanted == {folder.name.partition("-")[0] for folder in INVALID}


@pytest.mark.parametrize("folder", INVALID, ids=lambda folder: folder.name)
def test_findings(folder: Path, update_golden: bool, request: pytest.FixtureRequest) -> None:
    grammar = None
    if (folder / "in.odd").exists():
        grammar = request.getfixturevalue("tei_grammar")
    findings = check_folder(folder, grammar)
    assert findings[0].code == folder.name.partition("-")[0]
    golden = folder / "golden" / "findings.txt"
    text = shown(findings, folder)
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


@pytest.mark.parametrize("path", sorted((HERE / "valid").glob("*.xml")), ids=lambda path: path.stem)
def test_valid_documents_have_no_findings(path: Path) -> None:
    assert shown(check(path.read_bytes(), str(path)), path.parent) == ""


@pytest.mark.parametrize("code", sorted(examples()))
def test_examples_of_codes(code: str) -> None:
    example = examples()[code]
    before = check(document(example.where, example.before), "before.xml")
    after = check(document(example.where, example.after), "after.xml")
    assert [finding.code for finding in before] == [code]
    assert after == []
