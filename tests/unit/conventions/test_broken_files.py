"""Conventions files that are wrong: code, line, way out, and exit code 3; never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplomatic.cli import main
from diplomatic.configuration import BrokenEditionError
from diplomatic.conventions import load_conventions
from diplomatic.findings import EditionError

RULE = '[[bracket]]\nname = "ink"\npattern = "ink"\ngives = "note"\n'
BROKEN: dict[str, tuple[str | bytes, str, int, str]] = {
    "no-toml": ('[words.stamp]\nen = "stamp\n', "D002", 2, "TOML"),
    "not-utf-8": (b"[words.stamp]\nen = ['\xff']\n", "D010", 2, "UTF-8"),
    "unknown-table": ("[wordz.stamp]\nen = []\n", "D020", 1, "wordz"),
    "unknown-key": (f"{RULE}colour = 'blue'\n", "D020", 5, "colour"),
    "words-without-language": ('[words]\nstamp = ["x"]\n', "D020", 2, "words.stamp"),
    "words-no-list": ('[words.stamp]\nen = "x"\n', "D020", 2, "words.stamp.en"),
    "no-regular-expression": (RULE.replace('"ink"\ng', '"(ink"\ng'), "D020", 3, "ink"),
    "no-such-list": (f"{RULE}after = '{{inks}}'\n", "D020", 5, "inks"),
    "list-that-nothing-asks-for": ('[words.stampp]\nen = ["x"]\n', "D020", 1, "is stamp meant"),
    "map-that-nothing-asks-for": ('[map.unitt]\nx = "word"\n', "D020", 1, "is unit meant"),
    "line-rule-misspelt": ('[[line]]\nname = "fields"\npattern = "x"\n', "D020", 2, "is field"),
    "no-such-construct": (RULE.replace('"note"', '"noot"'), "D020", 4, "gives"),
    "no-such-rule": (RULE.replace('gives = "note"', 'rule = "magic"'), "D020", 4, "rule"),
    "gives-nothing": (RULE.replace('gives = "note"\n', ""), "D020", 2, "neither"),
    "second-rule": (f"{RULE}{RULE}cert = 'sure'\n", "D020", 9, "cert"),
    "attribute-with-blank": (f"{RULE}with = {{ 'a b' = 'x' }}\n", "D020", 5, "with"),
    "no-such-line-rule": ('[[line]]\nname = "ink"\npattern = "x"\n', "D020", 2, "ink"),
    "line-rule-without-part": ('[[line]]\nname = "field"\npattern = "x"\n', "D020", 3, "label"),
    "month-no-number": ('[map.month]\nmaja = "13"\n', "D020", 1, "maja"),
    "season-no-months": ('[map.season]\nlato = "summer"\n', "D020", 1, "lato"),
    "scale-no-number": ('[map.scale]\ndozen = "twelve"\n', "D020", 1, "dozen"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    content, code, line, says = BROKEN[name]
    path = tmp_path / "conventions.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(EditionError) as caught:
        load_conventions(path)
    finding = caught.value.finding
    assert (finding.code, finding.place.file, finding.place.line) == (code, str(path), line)
    assert says in finding.message
    assert len(finding.as_text().splitlines()) == 2, "a way out"


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "conventions.toml"
    wrong = RULE.replace('"ink"\ng', '"(ink"\ng')
    path.write_text(f"[words.stampp]\nen = []\n{wrong}{RULE}before = '{{inks}}'\n", "utf-8")
    with pytest.raises(BrokenEditionError) as caught:
        load_conventions(path)
    assert [finding.place.line for finding in caught.value.findings] == [1, 5, 11]


def test_a_list_that_a_rule_of_the_file_asks_for_is_right(tmp_path: Path) -> None:
    path = tmp_path / "conventions.toml"
    path.write_text(f"{RULE}before = '{{colour}}'\n[words.colour]\nen = ['red']\n", "utf-8")
    assert load_conventions(path).words["colour"] == ["red"]


@pytest.mark.parametrize(
    "command", ["encode", "build", "check", "review", "publish", "names", "serve", "verify"]
)
def test_the_command_line_stops_with_exit_code_3(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tei = tmp_path / "tei"
    (tei / "sources").mkdir(parents=True)
    settings = 'title = "T"\npublisher = "P"\ndate = 2026-11-21\n'
    (tei / "edition.toml").write_text(settings, "utf-8")
    (tei / "sources" / "one.txt").write_text("Dear Comrade!\nI write.\nN. Belov\n", "utf-8")
    (tei / "conventions.toml").write_text(f"{RULE}colour = 'blue'\n", "utf-8")
    assert main([command, "--edition", str(tmp_path)]) == 3
    said = capsys.readouterr()
    assert "conventions.toml:5" in said.err + said.out
    assert "D020" in said.err + said.out
    assert "Traceback" not in said.err
    assert not list(tei.glob("documents/*.xml"))
