"""Bad input: each kind gives a finding with its place and a way out, and nothing is ever lost."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from diplomatic.cli import main
from diplomatic.publish import fonts

SETTINGS = """\
title = "An edition of two letters"
publisher = "Its editors"
date = 2026-11-21

[web]
fonts = false

[print]
volume = false
documents = false
"""
LETTERS = {
    "first": "Port Sable\n3 March 1951\nDear Comrade!\nI send [him] the list.\n[signature] (B.)\n",
    "second": "Port Sable\n9 March 1951\nDear Comrade!\nThe list has come […].\nN. Belov\n",
}


@dataclass(frozen=True)
class Case:
    """A way to spoil the edition, and what must be said of it."""

    spoil: Callable[[Path], object]
    exit_code: int
    says: tuple[str, ...]
    # Files that a good build would change and that must keep their bytes.
    keeps: tuple[str, ...] = ()


def write(name: str, content: bytes | str) -> Callable[[Path], object]:
    """Return a function that writes a file of the tei/ folder."""
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / "tei" / name).write_bytes(data)


def unreadable(folder: Path) -> None:
    """Put a folder where the transcript was: nobody, not even root, can read that."""
    path = folder / "tei/sources/first.txt"
    path.unlink()
    path.mkdir()


def dangling(folder: Path) -> None:
    """Add a link to a transcript that is not there."""
    (folder / "tei/sources/third.txt").symlink_to(folder / "nowhere.txt")


FIRST = ("tei/documents/first.xml", "output/html/first.html")
CASES = {
    "no-utf8": Case(
        write("sources/first.txt", b"Port Sable\nCaf\xe9\n"),
        1,
        ("tei/sources/first.txt:2:4: error D010", "UTF-8"),
        FIRST,
    ),
    "empty": Case(write("sources/first.txt", " \n\n"), 1, ("first.txt: error D011",), FIRST),
    "control-character": Case(
        write("sources/first.txt", "Port Sable\na\x01b\n"), 1, ("first.txt:2:2: error D013",), FIRST
    ),
    "unreadable": Case(unreadable, 1, ("first.txt: error D012", "permissions"), FIRST),
    "dangling-link": Case(dangling, 1, ("third.txt: error D012",), FIRST),
    "never-closed": Case(
        write("sources/first.txt", "Port Sable\n3 March 1951\n\nI send [him the list.\n\nN.\n"),
        0,
        ("tei/sources/first.txt:4:8: warning D401",),
    ),
    "never-opened": Case(
        write("sources/first.txt", "Port Sable\n3 March 1951\n\nI send him] the list.\n\nN.\n"),
        0,
        ("tei/sources/first.txt:4:11: warning D402",),
    ),
    "settings-syntax": Case(
        write("edition.toml", SETTINGS + "[[x\n"), 3, ("tei/edition.toml:11:", "D002"), FIRST
    ),
    "settings-unknown-key": Case(
        write("edition.toml", "titel = 'x'\n" + SETTINGS),
        3,
        ("tei/edition.toml:1: error D003: titel is not a setting", "Did you mean title?"),
        FIRST,
    ),
    "settings-wrong-type": Case(
        write("edition.toml", SETTINGS.replace("2026-11-21", "'soon'")),
        3,
        ("tei/edition.toml:3: error D003: date must be a date",),
        FIRST,
    ),
    "no-settings": Case(
        lambda folder: (folder / "tei/edition.toml").unlink(), 3, ("error D001",), FIRST
    ),
    "sidecar": Case(
        write("sources/first.toml", "author = 'N. Belov'\narchve = 'x'\n"),
        1,
        ("tei/sources/first.toml:2: error D003: archve is not a setting", "Did you mean archive?"),
        FIRST,
    ),
    "broken-tei": Case(
        write("documents/first.xml", "<TEI><text>"),
        1,
        ("tei/documents/first.xml:1:", "D100"),
        ("output/html/first.html",),
    ),
    "dtd": Case(
        write("documents/first.xml", "<!DOCTYPE TEI [<!ENTITY a 'b'>]><TEI>&a;</TEI>"),
        1,
        ("tei/documents/first.xml:1: error D101",),
        ("output/html/first.html",),
    ),
    "broken-index": Case(
        write("indices/persons.xml", "<TEI>"), 1, ("tei/indices/persons.xml:1:", "D100"), FIRST
    ),
    "file-in-the-way": Case(
        lambda folder: (
            (folder / "output/html/assets").rename(folder / "output/html/old")
            and (folder / "output/html/assets").write_text("x")
        ),
        1,
        ("output/html/assets", "D801"),
        FIRST,
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An edition of two letters, built without a finding."""
    folder = tmp_path_factory.mktemp("edition")
    for name in ("sources", "indices"):
        (folder / "tei" / name).mkdir(parents=True)
    (folder / "tei/edition.toml").write_text(SETTINGS)
    for name, text in LETTERS.items():
        (folder / "tei/sources" / f"{name}.txt").write_text(text)
    assert main(["build", "--edition", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture
def edition_dir(built, tmp_path, monkeypatch):
    """A copy of it, as the current folder."""
    folder = tmp_path / "edition"
    shutil.copytree(built, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_bad_input(case, edition_dir, capsys):
    case.spoil(edition_dir)
    before = hashes(edition_dir)
    code = main(["build"])
    err = capsys.readouterr().err
    assert code == case.exit_code, err
    assert "Traceback" not in err
    assert "D899" not in err
    for words in case.says:
        assert words in err
    # Each finding is followed by its way out.
    assert err.count("\n    ") >= 1
    after = hashes(edition_dir)
    # The files of the search index are named by what they hold: new words, new names.
    renamed = ("/tei/sources/", "/pagefind/")
    lost = {n for n in before if n not in after and not any(part in n for part in renamed)}
    assert lost == set()
    assert {name for name in case.keeps if before[name] != after[name]} == set()


@pytest.mark.parametrize("name", ["no-utf8", "empty", "sidecar"])
def test_the_other_document_is_made_all_the_same(name, edition_dir, capsys):
    CASES[name].spoil(edition_dir)
    source = edition_dir / "tei/sources/second.txt"
    source.write_text(LETTERS["second"].replace("The list", "The long list"))
    assert main(["build"]) == 1
    assert "The long list" in (edition_dir / "output/html/second.html").read_text("utf-8")


def test_mended_input_is_made(edition_dir, capsys):
    source = edition_dir / "tei/sources/first.txt"
    source.write_bytes(b"\xff")
    assert main(["build"]) == 1
    source.write_text(LETTERS["first"].replace("the list", "the new list"))
    assert main(["build"]) == 0
    assert "the new list" in (edition_dir / "output/html/first.html").read_text("utf-8")


def test_a_missing_font(edition_dir, capsys, monkeypatch):
    text = SETTINGS.replace("documents = false", "documents = true")
    (edition_dir / "tei/edition.toml").write_text(text)
    monkeypatch.setattr(fonts, "find_spec", lambda _: None)
    fonts._load.cache_clear()
    before = hashes(edition_dir)
    assert main(["build"]) == 1
    err = capsys.readouterr().err
    assert "D731" in err
    assert "Traceback" not in err
    after = hashes(edition_dir)
    assert {name for name in before if "/pagefind/" not in name} <= set(after)
    monkeypatch.undo()
    fonts._load.cache_clear()


def test_loose_files_with_bad_bytes(tmp_path, capsys):
    (tmp_path / "x.txt").write_bytes(b"a\n\xff")
    assert main(["encode", str(tmp_path / "x.txt"), "--out", str(tmp_path / "out")]) == 1
    assert "x.txt:2:1: error D010" in capsys.readouterr().err
    assert not list((tmp_path / "out").glob("*.xml"))


def hashes(folder: Path) -> dict[str, str]:
    """Return the files of documents and output that a reader sees, with their hashes."""
    files = [*folder.glob("tei/documents/*.xml"), *folder.glob("output/**/*")]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file() and ".build" not in path.parts and "reports" not in path.parts
    }
