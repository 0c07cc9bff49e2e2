"""`diplomatic check`: other grammars, SARIF, identifiers across documents, one bad file of many."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from diplomatic.cli import main
from documents import document

DOCUMENT = next((Path(__file__).parents[2] / "tei/documents").glob("*.xml"))


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Return a document with an element of TEI that this edition leaves out."""
    path = tmp_path / "foreign.xml"
    path.write_bytes(document("inline", "<emph>at once</emph>"))
    return path


def test_against_all_of_tei(
    foreign: Path, tei_grammar: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tei_grammar.is_file()
    assert main(["check", str(foreign)]) == 1
    assert "D103" in capsys.readouterr().err
    assert main(["check", "--schema", "tei_all", str(foreign)]) == 0
    assert capsys.readouterr().err == ""


def test_against_a_grammar_of_ones_own(foreign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grammar = foreign.with_name("own.rng")
    grammar.write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0">'
        '<start><ref name="TEI"/></start><define name="TEI"><element name="TEI"><text/>'
        '<attribute name="xml:id"/><attribute name="xml:lang"/></element></define></grammar>',
        "utf-8",
    )
    assert main(["check", "--schema", str(grammar), str(foreign)]) == 1
    assert "D102" in capsys.readouterr().err
    assert main(["check", "--schema", "no-such.rng", str(foreign)]) == 1
    assert "D012" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "rule", "status", "said"),
    [
        ("house.sch", "not(//tei:emph)", 1, "error D299: no emph (house-emph)"),
        ("house.sch", "//tei:emph", 0, ""),
        ("house.sch", "//tei:emph[", 1, "error D701"),
        ("none.sch", "true()", 1, "error D012"),
    ],
)
def test_against_rules_of_ones_own(
    file: str,
    rule: str,
    status: int,
    said: str,
    foreign: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    foreign.with_name("house.sch").write_text(
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">'
        '<ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/><pattern><rule context="tei:body">'
        f'<assert id="house-emph" test="{rule}">no emph</assert></rule></pattern></schema>',
        "utf-8",
    )
    assert main(["check", "--schema", str(foreign.with_name(file)), str(foreign)]) == status
    assert said in capsys.readouterr().err


def test_sarif(foreign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "sarif", str(foreign)]) == 1
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert "D103" in {result["ruleId"] for result in results}


def test_text_shows_the_line_at_fault(foreign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(foreign)]) == 1
    said = capsys.readouterr().err
    assert "    22 | <p><emph>at once</emph></p>" in said
    assert "       |    ^" in said


def test_one_document_is_checked_at_once() -> None:
    """A document takes 0.4 s of processor time where nothing else runs; 0.6 s is the limit."""
    command = [sys.executable, "-m", "diplomatic", "check", str(DOCUMENT)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert used < 0.6 * 3  # a machine that is busy is slower at everything
