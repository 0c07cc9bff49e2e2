"""An editor works on the TEI while the transcript changes: the whole way, by the command line."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from diplomatic.build import publishing
from diplomatic.build.lock import build_lock
from diplomatic.build.publishing import Published
from diplomatic.cli import main

SETTINGS = 'title = "T"\npublisher = "P"\ndate = 2026-11-21\n'
TRANSCRIPT = """JOURNAL
of Consul P. T. ORLOV
3 March 1951

Belov came to the harbor in the morning and asked for the list of the schools.

He said that the school of the port was closed, and nobody knew for how long.

I promised to give him an answer before the end of the month.
"""
NAME = "tei/documents/letter.xml"


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """An edition of one transcript, encoded."""
    (tmp_path / "tei/sources").mkdir(parents=True)
    (tmp_path / "tei/edition.toml").write_text(SETTINGS)
    (tmp_path / "tei/sources/letter.txt").write_text(TRANSCRIPT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(publishing.PUBLICATIONS, "pdf", lambda *_: Published())
    assert main(["encode", "--quiet"]) == 0
    return tmp_path


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Change a file as an editor does."""
    text = path.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def identifiers(text: str) -> dict[str, str]:
    """Return the identifier of each paragraph, by its first words."""
    return {
        words: name for name, words in re.findall(r'xml:id="letter-(p\d+)"[^>]*>(\w+ \w+)', text)
    }


TYPO = ("harbor", '<choice><sic>harbor</sic><corr resp="#ed">harbour</corr></choice>')
NOTE = ("asked for the list", 'asked for the list<note resp="#ed">Not found.</note>')


def test_edits_and_a_changed_transcript_are_both_there(edition, capsys):
    before = identifiers((edition / NAME).read_text("utf-8"))
    edit(edition / NAME, TYPO, NOTE)
    edit(
        edition / "tei/sources/letter.txt",
        ("Belov came", "The sea was calm on this day.\n\nBelov came"),
        ("end of the month", "end of the week"),
        ("of the schools", "of the new schools"),
    )
    assert main(["encode"]) == 0
    assert "merged with the edits by hand" in capsys.readouterr().out
    text = (edition / NAME).read_text("utf-8")
    assert TYPO[1] in text
    assert NOTE[1] in text
    assert "sea was calm" in text
    assert "end of the week" in text
    assert 'list<note resp="#ed">Not found.</note> of the new schools' in text
    after = identifiers(text)
    assert before.items() <= after.items()
    assert after["The sea"] not in before.values()
    assert main(["encode"]) == 0
    assert (edition / NAME).read_text("utf-8") == text
    assert main(["check", "--quiet"]) == 0


def test_a_conflict_leaves_the_file_and_names_the_element(edition, capsys):
    edit(edition / NAME, TYPO)
    edit(edition / "tei/sources/letter.txt", ("to the harbor", "to the port"))
    before = (edition / NAME).read_bytes()
    capsys.readouterr()
    assert main(["encode"]) == 1
    captured = capsys.readouterr()
    assert "kept, edited by hand" in captured.out
    assert f"{NAME}:" in captured.err
    assert "error D807: p letter-p" in captured.err
    assert "“<choice><sic>harbor</sic>" in captured.err
    assert "“port”" in captured.err
    assert (edition / NAME).read_bytes() == before
    assert main(["build", "--quiet"]) == 1
    assert (edition / NAME).read_bytes() == before


@pytest.mark.parametrize(("side", "kept"), [("edited", TYPO[1]), ("transcript", "to the port")])
def test_a_conflict_is_settled_by_an_option(edition, side, kept):
    edit(edition / NAME, TYPO)
    edit(edition / "tei/sources/letter.txt", ("to the harbor", "to the port"))
    assert main(["encode", "letter", "--prefer", side]) == 0
    assert kept in (edition / NAME).read_text("utf-8")
    assert main(["encode"]) == 0


def test_an_edit_is_an_input_of_the_build(edition):
    main(["build", "--quiet"])
    edit(edition / NAME, NOTE)
    page = edition / "output/html/letter.html"
    assert "Not found." not in page.read_text("utf-8")
    main(["build", "--quiet"])
    assert "Not found." in page.read_text("utf-8")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
def test_a_fresh_clone_builds_without_a_change(edition, tmp_path_factory):
    edit(edition / NAME, TYPO)
    edit(edition / "tei/sources/letter.txt", ("end of the month", "end of the week"))
    main(["encode"])
    (edition / ".gitignore").write_text("output/\n")
    git(edition, "init", "-q")
    git(edition, "add", "-A")
    git(edition, "-c", "user.name=E", "-c", "user.email=e@example.org", "commit", "-qm", "one")
    clone = tmp_path_factory.mktemp("clones") / "clone"
    git(edition, "clone", "-q", str(edition), str(clone))
    main(["build", "--quiet", "--edition", str(clone)])
    assert git(clone, "status", "--porcelain") == ""
    edit(clone / "tei/sources/letter.txt", ("Belov came", "Below came"))
    main(["encode", "--quiet", "--edition", str(clone)])
    text = (clone / NAME).read_text("utf-8")
    assert "Below came" in text
    assert TYPO[1] in text


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, and return what it says."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_written_elsewhere_a_document_has_the_same_identifiers(edition):
    edit(edition / "tei/sources/letter.txt", ("Belov came", "Quite new words.\n\nBelov came"))
    main(["encode", "--quiet"])
    main(["encode", "letter", "--out", "elsewhere", "--quiet"])
    assert (edition / "elsewhere/letter.xml").read_bytes() == (edition / NAME).read_bytes()


def test_nobody_encodes_while_a_build_is_at_work(edition, capsys):
    before = (edition / NAME).read_bytes()
    edit(edition / "tei/sources/letter.txt", ("Belov came", "Belov went"))
    with build_lock(edition / "output/.build/lock"):
        assert main(["encode"]) == 1
    assert "D802" in capsys.readouterr().err
    assert (edition / NAME).read_bytes() == before
