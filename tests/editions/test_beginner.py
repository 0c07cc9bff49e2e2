"""What beginners do wrong: each is answered by a message with its place and a way out.

Each case is a way to go wrong from a good edition of one letter, a command, its exit code, and
words that must be said. Nothing ends in a traceback, and nothing that is there is lost.
"""

from __future__ import annotations

import datetime
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from diplomatic.cli import main
from diplomatic.starting.founding import found_edition

LETTER = "Port Sable\n3 March 1951\nDear Comrade!\nI send [him] the list.\n[signature] (B.)\n"
RUSSIAN = "Порт Сабль, 3 марта 1951 года. Посылаю вам список.\n" * 3
SOURCES = "tei/sources"
SETTINGS = "tei/edition.toml"
Act = Callable[[Path], object]


@dataclass(frozen=True)
class Mistake:
    """What was done in the edition's folder, what is run then, how it ends, what must be said."""

    done: Act
    run: str
    code: int
    says: tuple[str, ...]


def nothing(_: Path) -> None:
    """Do nothing: the mistake is in the command."""


def put(name: str, data: str | bytes) -> Act:
    """Return an act that writes a file."""

    def act(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    return act


def swap(old: str, new: str, name: str = SETTINGS) -> Act:
    """Return an act that replaces words in a file, once."""

    def act(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    return act


def copy(old: str, new: str) -> Act:
    """Return an act that copies a file."""
    return lambda folder: put(new, (folder / old).read_bytes())(folder)


def gone(name: str) -> Act:
    """Return an act that takes a file away."""
    return lambda folder: (folder / name).unlink()


TODAY = f"date = {datetime.datetime.now().astimezone().date()}"
FIRST = f"{SOURCES}/first.txt"
MISTAKES = {
    # Commands and folders
    "folder-above-the-edition": Mistake(
        nothing, "build --edition ..", 3, ("D001", "There is one in edition: go there")
    ),
    "folder-of-transcripts": Mistake(
        put("in/a.txt", LETTER),
        "build --edition in",
        3,
        ("D001", "If these are your transcripts: diplomatic init ../my-edition --from ."),
    ),
    "build-before-init": Mistake(
        lambda folder: (folder / "new").mkdir(),
        "build --edition new",
        3,
        ("D001", "make one: diplomatic init DIR --from FOLDER"),
    ),
    "settings-deleted": Mistake(
        gone(SETTINGS), "build", 3, ("D001", "diplomatic init . writes one")
    ),
    "folder-as-argument": Mistake(nothing, "build in", 2, ("named with --edition DIR",)),
    "misspelt-command": Mistake(nothing, "biuld", 2, ("Did you mean build?",)),
    "misspelt-option": Mistake(nothing, "build --anow", 2, ("Did you mean '--anew'?",)),
    "misspelt-document": Mistake(nothing, "encode fisrt", 2, ("Did you mean first?",)),
    "from-nowhere": Mistake(nothing, "init new --from nowhere", 2, ("'nowhere' does not exist",)),
    "from-a-file": Mistake(nothing, f"init new --from {FIRST}", 2, ("is a file",)),
    "edition-in-an-edition": Mistake(nothing, "init new", 1, ("D031", "inside another edition")),
    "edition-is-a-file": Mistake(
        nothing, f"init {SETTINGS}", 1, ("D031", "an edition is a folder")
    ),
    # Names of files
    "name-with-blanks": Mistake(
        put(f"{SOURCES}/My letter.txt", LETTER),
        "encode",
        0,
        ("My letter.txt: warning D004", "Rename it to my-letter.txt"),
    ),
    "name-in-another-script": Mistake(
        put(f"{SOURCES}/Письмо.txt", LETTER), "encode", 0, ("D004", "Rename it to pismo.txt")
    ),
    "names-that-differ-in-capitals": Mistake(
        put(f"{SOURCES}/FIRST.txt", LETTER),
        "encode",
        0,
        ("D004", "Windows and macOS take it for first.txt", "Rename it to first-2.txt"),
    ),
    "name-of-a-device": Mistake(
        put(f"{SOURCES}/con.txt", LETTER), "encode", 0, ("D004", "Rename it to d-con.txt")
    ),
    "folders-in-sources": Mistake(
        put(f"{SOURCES}/1951/second.txt", LETTER), "encode", 0, ("D036", "Move them into")
    ),
    "two-files-for-one-document": Mistake(
        put(f"{SOURCES}/first.md", LETTER), "encode", 0, ("D019", "first.txt is the transcript")
    ),
    # What is in the files
    "windows-1251": Mistake(
        put(FIRST, RUSSIAN.encode("cp1251")), "encode", 1, ("D010", "It looks like Windows-1251")
    ),
    "windows-1252": Mistake(
        put(FIRST, "Die Größe der Straße überrascht sehr.".encode("cp1252")),
        "encode",
        1,
        ("first.txt:1:7: error D010", "It looks like Windows-1252"),
    ),
    "utf-16": Mistake(put(FIRST, LETTER.encode("utf-16")), "encode", 1, ("D010", "like UTF-16")),
    "word-as-txt": Mistake(
        put(FIRST, b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml word/document.xml"),
        "encode",
        1,
        ("D034", "this is a Word document (.docx)", "own ending: .docx"),
    ),
    "pdf-as-txt": Mistake(put(FIRST, b"%PDF-1.7\n\xe2\xe3"), "encode", 1, ("D034", "a PDF")),
    "txt-as-word": Mistake(
        put(f"{SOURCES}/second.docx", LETTER), "encode", 1, ("D034", "this is no .docx file")
    ),
    "huge": Mistake(
        put(FIRST, b"word " * (4 << 20)), "encode", 1, ("D035", "20 MB", "Cut it into")
    ),
    "empty": Mistake(put(FIRST, ""), "encode", 1, ("D011", "Put the text of the document")),
    "control-character": Mistake(
        put(FIRST, "Port\x07Sable\n"), "encode", 1, ("first.txt:1:5: error D013",)
    ),
    "curly-brackets": Mistake(
        put(FIRST, "Port Sable\nI send {illegible}.\n"),
        "encode",
        0,
        ("first.txt:2:8: warning D440", "write [illegible]"),
    ),
    "tabs-for-brackets": Mistake(
        put(FIRST, "Port Sable\nI send \tillegible\t lists.\n"),
        "encode",
        0,
        ("D440", "stands in tabs", "write [illegible]"),
    ),
    "bracket-never-closed": Mistake(
        put(FIRST, "Port Sable\nI send [him the list.\n"), "encode", 0, ("first.txt:2:8", "D401")
    ),
    "transcript-as-tei": Mistake(
        put("tei/documents/second.xml", LETTER), "check", 1, ("second.xml:1:1: error D100",)
    ),
    "identifier-twice": Mistake(
        copy("tei/documents/first.xml", "tei/documents/second.xml"),
        "check",
        1,
        ("D314", "the identifier first is in"),
    ),
    # Settings
    "curly-quotation-marks": Mistake(
        put(SETTINGS, "title = “Letters”\n"),
        "build",
        3,
        ("edition.toml:1:9: error D002", "straight"),
    ),
    "colon-for-equals": Mistake(
        put(SETTINGS, "title: Letters\n"), "build", 3, ("D002", "with = and not with a colon")
    ),
    "no-quotation-marks": Mistake(
        put(SETTINGS, "title = Letters\n"), "build", 3, ("D002", "Words stand in double quotes")
    ),
    "quotation-mark-missing": Mistake(
        put(SETTINGS, 'title = "Letters\n'), "build", 3, ("D002", "has no partner")
    ),
    "list-not-closed": Mistake(
        put(SETTINGS, "editors = [\ntitle = 1\n"), "build", 3, ("D002", "edition.toml:2")
    ),
    "backslash": Mistake(
        put(SETTINGS, 'title = "C:\\Letters"\n'), "build", 3, ("D002", "A backslash means")
    ),
    "true-with-a-capital": Mistake(
        put(SETTINGS, "[web]\nfonts = True\n"), "build", 3, ("D002", "Write true or false")
    ),
    "date-with-points": Mistake(
        swap(TODAY, "date = 22.11.2026"), "build", 3, ("D002", "A date is written 1951-03-09")
    ),
    "date-in-words": Mistake(
        swap(TODAY, 'date = "22 November 2026"'), "build", 3, ("D003", "must be a date without")
    ),
    "date-that-is-none": Mistake(
        swap(TODAY, "date = 2026-02-30"), "build", 3, ("D002", "no day of the calendar")
    ),
    "title-missing": Mistake(
        swap("\ntitle = ", "\n#title = "),
        "build",
        3,
        ("D003: title is missing", "Add a line title"),
    ),
    "unknown-key": Mistake(
        swap("\ntitle = ", "\ntitel = "),
        "build",
        3,
        ("titel is not a setting", "Did you mean title?"),
    ),
    "language-in-words": Mistake(
        swap('#language = "en"', 'language = "english"'),
        "build",
        3,
        ("D003: language", '"en", "de"'),
    ),
    "address-without-https": Mistake(
        swap("#base_url = ", 'base_url = "www.example.org" # '),
        "build",
        3,
        ("must be a web address", "https://example.org/"),
    ),
    "logo-of-another-kind": Mistake(
        swap("#logo = ", 'logo = "my logo.gif" # '), "build", 3, ("web.logo", 'logo = "logo.svg"')
    ),
    "order-names-what-is-not-there": Mistake(
        swap("#documents = ", 'documents = ["frist"] # '),
        "encode",
        0,
        ("D005", "Did you mean first?"),
    ),
    # Files beside transcripts
    "sidecar-without-transcript": Mistake(
        put(f"{SOURCES}/frist.toml", 'title = "x"\n'),
        "encode",
        0,
        ("D037", "Rename it to first.toml"),
    ),
    "sidecar-date-that-is-none": Mistake(
        put(f"{SOURCES}/first.toml", 'date = "1951-13-45"\n'),
        "encode",
        1,
        ("first.toml:1: error D003", "is no day of the calendar"),
    ),
    "sidecar-kind-unknown": Mistake(
        put(f"{SOURCES}/first.toml", 'kind = "lettre"\n'),
        "encode",
        1,
        ("must be one of", "'letter'"),
    ),
    "decisions-for-nothing": Mistake(
        put("tei/decisions/second.toml", ""), "encode", 0, ("D037", "no document second")
    ),
    "decision-on-other-words": Mistake(
        put("tei/decisions/first.toml", '[[decision]]\nwords = "[her]"\nignore = true\n'),
        "encode",
        0,
        ("D602", "the words are not in the transcript"),
    ),
    "conventions-broken": Mistake(
        put("tei/conventions.toml", '[[bracket]]\nname = "x"\npattern = "("\ngives = "note"\n'),
        "encode",
        3,
        ("conventions.toml:3: error D020", "no regular expression"),
    ),
    # Names
    "name-of-no-kind": Mistake(
        put(
            "tei/indices/proposals.toml",
            '[[name]]\nanswer = "yes"\nkind = "unknown"\nid = "name-b"\nheading = "B"\n'
            'variants = ["B"]\n',
        ),
        "names --accept",
        1,
        ("D040", "say person, place or organisation"),
    ),
    "code-that-is-none": Mistake(nothing, "explain D9999", 2, ("D9999",)),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of one letter that has been encoded without a finding."""
    folder = tmp_path_factory.mktemp("good")
    put("first.txt", LETTER)(folder / "in")
    found_edition(folder / "edition", folder / "in")
    assert main(["encode", "--quiet", "--edition", str(folder / "edition")]) == 0
    return folder / "edition"


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake(
    name: str,
    good: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "edition"
    shutil.copytree(good, folder)
    monkeypatch.chdir(folder)
    mistake = MISTAKES[name]
    mistake.done(folder)
    before = {path: path.read_bytes() for path in (folder / SOURCES).rglob("*") if path.is_file()}
    capsys.readouterr()
    code = main(mistake.run.split())
    captured = capsys.readouterr()
    for words in mistake.says:
        assert words in captured.err, captured.err
    assert code == mistake.code, captured.err
    assert "Traceback" not in captured.err
    assert "error D899" not in captured.err
    assert {path: path.read_bytes() for path in before} == before


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) > 50


def test_the_port_is_in_use(good, monkeypatch, capsys):
    monkeypatch.chdir(good)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 1
    err = capsys.readouterr().err
    assert "D814" in err
    assert "--port" in err


def test_a_folder_that_cannot_be_written(tmp_path, capsys):
    """Not even root can make a folder inside a file, as nobody can in a folder to be read only."""
    (tmp_path / "file").write_text("x")
    assert main(["init", str(tmp_path / "file" / "edition")]) == 1
    err = capsys.readouterr().err
    assert "D801" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_of_other_systems_are_no_mistake(ends, mark, good, tmp_path, capsys):
    folder = tmp_path / "edition"
    shutil.copytree(good, folder)
    text = (mark + LETTER.replace("\n", ends)).encode()
    (folder / FIRST).write_bytes(text)
    assert main(["encode", "--edition", str(folder), "--quiet"]) == 0
    assert main(["check", "--edition", str(folder), "--quiet"]) == 0
    assert (folder / FIRST).read_bytes() == text
    assert capsys.readouterr().err == ""
