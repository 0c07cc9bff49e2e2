"""Every code has a folder: invalid input, and what the program says of it; and a true example.

A code is never added without its folder: `HOW` tells what to make.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from code_cases import HERE, codes_in, is_edition, lay_out, mended, read_case, said_by

from checking import check, check_folder, shown
from diplomatic.cli import main
from diplomatic.explanations import examples
from diplomatic.findings import codes
from documents import document

HOW = """
Each code of scripts/diplomatic/codes.toml has a folder tests/codes/CODE with the smallest input
that raises it, and an example in scripts/diplomatic/examples.toml. To add them for {codes}:
1. Make tests/codes/{first}/ with files that are laid over tests/codes/edition/ (an edition of one
   letter), such as tei/sources/letter.txt; `diplomatic check` is run there. For another command,
   for steps before it, or for a cause that is no file, add case.toml (tests/codes/code_cases.py has
   the keys). For one TEI document, in.xml alone is enough.
2. Add [{first}] with where, before, after to examples.toml (its head says what `where` can be).
3. Run pytest tests/codes --update-golden -k {first}, and read golden/findings.txt.
A code that nothing can raise is taken out of codes.toml."""
FOLDERS = sorted(path for path in HERE.iterdir() if path.is_dir() and path.name[0] == "D")
SINGLE = [folder for folder in FOLDERS if not is_edition(folder)]
EDITIONS = [folder for folder in FOLDERS if is_edition(folder)]
XML = sorted(code for code, each in examples().items() if not each.in_edition)
FETCHING = ("D153",)  # mended, they need TEI's own grammar
OTHER = sorted(code for code, each in examples().items() if each.in_edition)


def how(missing: set[str]) -> str:
    """Return what to do about codes without a folder or an example."""
    return HOW.format(codes=", ".join(sorted(missing)), first=min(missing, default=""))


def test_every_code_has_a_folder_and_every_folder_a_code() -> None:
    folders = {folder.name.partition("-")[0] for folder in FOLDERS}
    missing = set(codes()) - folders
    assert not missing, how(missing)
    assert not folders - set(codes()), "these folders are of no code: take them away"


def test_every_code_has_an_example() -> None:
    missing = set(codes()) - set(examples())
    assert not missing, how(missing)


def compare(said: str, folder: Path, update: bool) -> None:
    """Compare what was said with what is expected."""
    golden = folder / "golden" / "findings.txt"
    if update:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, "utf-8")
    assert golden.exists(), "run pytest tests/codes --update-golden, and read what it wrote"
    assert said == golden.read_text("utf-8"), (
        "if the new words are meant: pytest tests/codes --update-golden, and look at git diff"
    )


@pytest.mark.parametrize("folder", SINGLE, ids=lambda folder: folder.name)
def test_one_file(folder: Path, update_golden: bool, request: pytest.FixtureRequest) -> None:
    grammar = None
    if (folder / "in.odd").exists():
        grammar = request.getfixturevalue("tei_grammar")
    findings = check_folder(folder, grammar)
    assert findings[0].code == folder.name.partition("-")[0]
    compare(shown(findings, folder), folder, update_golden)


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_an_edition(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    update_golden: bool,
) -> None:
    case = read_case(folder)
    lay_out(case, tmp_path)
    said = said_by(case, tmp_path, monkeypatch, capsys)
    assert case.code in codes_in(said), said
    assert "Traceback" not in said
    compare(said, folder, update_golden)


def test_the_miniature_itself_has_no_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = read_case(HERE / "edition")
    lay_out(case, tmp_path)
    for command in ("encode", "check", "publish html --quiet"):
        monkeypatch.chdir(tmp_path)
        assert main(command.split()) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("code", XML)
def test_examples_in_a_document(code: str) -> None:
    example = examples()[code]
    before = check(document(example.where, example.before), "before.xml")
    after = check(document(example.where, example.after), "after.xml")
    assert [finding.code for finding in before] == [code]
    assert after == []


@pytest.mark.parametrize("code", OTHER)
def test_examples_in_an_edition(
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    """The folder of the code, in which the example's words are replaced, gives the code no more."""
    example = examples()[code]
    if code in FETCHING:
        request.getfixturevalue("tei_grammar")
    case, change = mended(read_case(HERE / code), example.where, example.before, example.after)
    if is_edition(case.folder):
        lay_out(case, tmp_path)
        change(tmp_path)
        said = codes_in(said_by(case, tmp_path, monkeypatch, capsys))
    else:
        shutil.copytree(case.folder, tmp_path, dirs_exist_ok=True)
        change(tmp_path)
        grammar = request.getfixturevalue("tei_grammar") if example.where == "in.odd" else None
        said = [finding.code for finding in check_folder(tmp_path, grammar)]
    assert code not in said, said


def test_a_case_says_nothing_that_is_not_understood() -> None:
    for folder in EDITIONS:
        path = folder / "case.toml"
        steps = tomllib.loads(path.read_text("utf-8")).get("before", []) if path.exists() else []
        for step in steps:
            assert set(step) in ({"run"}, {"remove"}, {"file", "replace", "with"}), folder.name
