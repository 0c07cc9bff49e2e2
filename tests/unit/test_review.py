"""`diplomatic review`, driven as by an editor without a terminal; and what a session keeps."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from diplomatic.build.progress import Progress
from diplomatic.build.runner import Options, run_build
from diplomatic.cli import main
from diplomatic.commands import _terminal, review
from diplomatic.edition import load_edition
from diplomatic.findings import DiplomaticError
from diplomatic.review.session import Session

SETTINGS = 'title = "T"\npublisher = "P"\ndate = 2026-11-21\n'
FIRST = (
    "Port Sable\n3 March 1951\nDear Comrade!\n"
    "The collective [farms] sold the nets, and the large [boats] went south.\nN. Belov\n"
)
SECOND = "Port Sable\n9 March 1951\nDear Comrade!\nWe saw the large [nets] again.\nN. Belov\n"


@pytest.fixture
def edition_dir(tmp_path: Path) -> Path:
    """An edition of two letters."""
    sources = tmp_path / "tei" / "sources"
    sources.mkdir(parents=True)
    (tmp_path / "tei/edition.toml").write_text(SETTINGS, "utf-8")
    (sources / "first.txt").write_text(FIRST, "utf-8")
    (sources / "second.txt").write_text(SECOND, "utf-8")
    return tmp_path


def ask(folder: Path, keys: str, *arguments: str) -> Result:
    """Run the review with lines of input."""
    arguments = ("--edition", str(folder), *arguments)
    found = CliRunner().invoke(review.command, arguments, input=keys, standalone_mode=False)
    if found.exception:
        raise found.exception
    return found


def decided(folder: Path, name: str = "first") -> list[dict[str, object]]:
    """The decisions that are written."""
    path = folder / f"tei/decisions/{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))["decision"] if path.exists() else []


def test_a_doubt_is_shown_with_what_it_becomes(edition_dir):
    said = ask(edition_dir, "q\n").output
    assert "The collective »[farms]« sold the nets" in said
    assert '<supplied reason="omitted-in-original" resp="#tr" cert="high">farms</supplied>' in said
    assert '<gloss resp="#tr" cert="high">farms</gloss>' in said
    assert decided(edition_dir) == []


def test_one_key_a_decision(edition_dir):
    said = ask(edition_dir, "c\nr\ni\n")
    assert said.return_value == 0
    assert "3 decisions written, 0 doubts seen and left open" in said.output
    first, second = decided(edition_dir)
    assert (first["words"], first["confirm"], first["chosen"]) == ("[farms]", True, "supplied")
    assert (second["words"], second["reading"]) == ("[boats]", "gloss")
    assert decided(edition_dir, "second")[0]["ignore"] is True
    assert ask(edition_dir, "", "--list").output == ""


def test_another_reading_from_the_list(edition_dir):
    said = ask(edition_dir, "o\nz\no\nb\nq\n", "first").output
    assert "  b  gloss (an explanation or translation)" in said
    assert [row["reading"] for row in decided(edition_dir)] == ["gloss"]


def test_the_right_words_and_a_note(edition_dir):
    ask(edition_dir, 'e\n\ne\nfishing "grounds"\nn\nSo in [both] copies.\nq\n', "first")
    first, second = decided(edition_dir)
    assert (first["words"], first["correct"]) == ("[farms]", 'fishing "grounds"')
    # A note leaves the doubt open, and the next question is about the same words.
    assert (second["words"], second["note"]) == ("[boats]", "So in [both] copies.")
    assert "[boats]" in ask(edition_dir, "", "--list").output


def test_skip_and_undo(edition_dir):
    ask(edition_dir, "s\nu\nc\nu\nr\nq\n", "first")
    assert [row.get("reading") for row in decided(edition_dir)] == ["gloss"]


def test_undo_goes_back_to_the_document_before(edition_dir):
    said = ask(edition_dir, "u\nc\nc\nu\nu\nu\nq\n").output
    assert said.count("nothing to undo") == 2
    assert decided(edition_dir) == []
    assert not (edition_dir / "tei/decisions/first.toml").exists()


def test_any_other_key_explains_the_keys(edition_dir):
    assert "It is as the program reads it." in ask(edition_dir, "?\n\nq\n").output


def test_the_end_of_the_input_stops(edition_dir):
    said = ask(edition_dir, "c\n")
    assert said.return_value == 0
    assert len(decided(edition_dir)) == 1


def test_comments_of_the_file_stay(edition_dir):
    path = edition_dir / "tei/decisions/first.toml"
    path.parent.mkdir()
    old = '# by hand\n[[decision]] # one\nwords = "Port Sable"\nnote = "A harbour."\n'
    path.write_text(old, "utf-8")
    ask(edition_dir, "c\nq\n", "first")
    assert path.read_text("utf-8").startswith(old.rstrip())
    assert len(decided(edition_dir)) == 2


def test_decisions_are_signed(edition_dir):
    ask(edition_dir, "c\nq\n", "first", "--who", "A. Editor")
    (row,) = decided(edition_dir)
    assert row["who"] == "A. Editor"
    assert "when" in row


def test_a_broken_decisions_file_stops_its_own_document_only(edition_dir, capsys):
    path = edition_dir / "tei/decisions/first.toml"
    path.parent.mkdir()
    path.write_text("[[decision]]\nwords = 'a'\n", "utf-8")
    found = ask(edition_dir, "c\n")
    assert found.return_value == 1
    assert "tei/decisions/first.toml:1: error D003" in found.output
    assert len(decided(edition_dir, "second")) == 1
    assert path.read_text("utf-8") == "[[decision]]\nwords = 'a'\n"


def test_an_unknown_document_gets_a_suggestion(edition_dir, capsys):
    assert main(["review", "frst", "--edition", str(edition_dir)]) == 2
    assert "Did you mean first?" in capsys.readouterr().err


def test_the_list_is_for_programs_too(edition_dir):
    lines = ask(edition_dir, "", "--list").output.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["first:4:16", "first:4:53", "second:4:18"]


def test_a_decision_without_effect_is_taken_back(edition_dir):
    session = Session(load_edition(edition_dir).documents[0], load_edition(edition_dir))
    trouble = session.settle({"words": "[nets]", "reading": "gap"})
    assert trouble is not None
    assert trouble.code == "D602"
    assert not session.path.exists()
    with pytest.raises(DiplomaticError):
        session.settle({"words": "[farms]", "note": "a\x07"})
    assert not session.path.exists()


def test_undo_leaves_what_somebody_else_has_written(edition_dir):
    edition = load_edition(edition_dir)
    session = Session(edition.documents[0], edition)
    session.settle({"words": "[farms]", "confirm": True})
    with session.path.open("a") as file:
        file.write("# by hand\n")
    assert "somebody else" in session.undo()
    assert session.path.read_text("utf-8").endswith("# by hand\n")


def test_a_live_terminal_needs_no_enter(edition_dir, monkeypatch):
    keys = iter("cq")
    monkeypatch.setattr(_terminal.Terminal, "is_live", True, raising=False)
    monkeypatch.setattr(_terminal.Terminal, "__init__", lambda self: None)
    monkeypatch.setattr(_terminal.Terminal, "_coloured", True, raising=False)
    monkeypatch.setattr(_terminal.click, "getchar", lambda: next(keys))
    ask(edition_dir, "", "first")
    assert len(decided(edition_dir)) == 1


def test_ctrl_c_loses_nothing(edition_dir, monkeypatch):
    keys = iter("c")

    def press() -> str:
        for key in keys:
            return key
        raise KeyboardInterrupt

    monkeypatch.setattr(_terminal.Terminal, "key", lambda self, question: press())
    assert main(["review", "first", "--edition", str(edition_dir)]) == 130
    assert len(decided(edition_dir)) == 1


def test_signs_that_a_terminal_obeys_are_not_sent(edition_dir):
    shown = _terminal.Terminal().lit("a\x1b[31m\u009b b [x\u202e]", 8, 11)
    assert "\x1b" not in shown
    assert "\u009b" not in shown
    assert "\u202e" not in shown


# ------------------------------------------------------------ reports


def build(folder: Path):
    """Build the documents, without publications."""
    with Progress(quiet=True) as progress:
        return run_build(load_edition(folder), Options(publications=()), progress)


def reported(folder: Path) -> list[dict[str, object]]:
    """The open doubts by the report."""
    return json.loads((folder / "output/reports/doubts.json").read_text("utf-8"))


def test_build_check_and_encode_count_the_same(edition_dir, capsys):
    account = build(edition_dir)
    assert account.doubts == len(reported(edition_dir)) == 3
    main(["check", "--edition", str(edition_dir)])
    assert "3 doubts open" in capsys.readouterr().out
    main(["encode", "--edition", str(edition_dir)])
    out = capsys.readouterr().out
    assert "first: unchanged, 2 doubts" in out
    assert len(reported(edition_dir)) == 3


def test_check_takes_doubts_from_the_last_build_while_they_hold(edition_dir, capsys, monkeypatch):
    build(edition_dir)

    def refuse(*_):
        raise LookupError("encoded anew")

    monkeypatch.setattr("diplomatic.build.encoding.encode_source", refuse)
    main(["check", "first", "--edition", str(edition_dir)])
    assert "2 doubts open" in capsys.readouterr().out
    transcript = edition_dir / "tei/sources/first.txt"
    transcript.write_text(transcript.read_text("utf-8") + "\nOne line more.\n", "utf-8")
    main(["check", "first", "--edition", str(edition_dir)])
    assert "encoded anew" in capsys.readouterr().err


def test_a_settled_doubt_is_none_any_more(edition_dir):
    build(edition_dir)
    ask(edition_dir, "r\nq\n", "first")
    account = build(edition_dir)
    assert [name for name, _ in account.reasons] == ["first"]
    assert "decisions" in account.reasons[0][1]
    assert [row["words"] for row in reported(edition_dir)] == ["[boats]", "[nets]"]
    text = (edition_dir / "tei/documents/first.xml").read_text("utf-8")
    assert '<gloss resp="#tr" cert="high">farms</gloss>' in text
    assert not [f for f in account.findings if "farms" in f.message]


def test_the_report_of_documents_that_were_not_encoded_stays(edition_dir, capsys):
    build(edition_dir)
    ask(edition_dir, "c\nc\n", "first")
    main(["encode", "first", "--edition", str(edition_dir)])
    assert [row["document"] for row in reported(edition_dir)] == ["second"]
    page = (edition_dir / "output/reports/doubts.html").read_text("utf-8")
    assert "<mark>[nets]</mark>" in page
    assert "tei/decisions/second.toml" in page


def test_what_the_report_says_to_paste_settles_the_doubt(edition_dir):
    build(edition_dir)
    rows = reported(edition_dir)
    folder = edition_dir / "tei/decisions"
    folder.mkdir()
    for way, name in ((0, "first"), (1, "second")):
        ways = ("confirm", "runner_up")
        lines = [row["settle"][ways[way]] for row in rows if row["document"] == name]
        (folder / f"{name}.toml").write_text("\n".join(lines), "utf-8")
    account = build(edition_dir)
    assert account.doubts == 0
    assert account.findings == []


def test_a_stale_decision_is_told_by_build_and_check(edition_dir, capsys):
    folder = edition_dir / "tei/decisions"
    folder.mkdir()
    (folder / "first.toml").write_text('\n[[decision]]\nwords = "[gone]"\nignore = true\n', "utf-8")
    found = [f for f in build(edition_dir).findings if f.code == "D602"]
    assert [(Path(f.place.file).name, f.place.line) for f in found] == [("first.toml", 2)]
    main(["check", "first", "--edition", str(edition_dir)])
    assert "first.toml:2: warning D602" in capsys.readouterr().err


def test_a_broken_decisions_file_keeps_the_document(edition_dir):
    build(edition_dir)
    path = edition_dir / "tei/documents/first.xml"
    before = path.read_bytes()
    folder = edition_dir / "tei/decisions"
    folder.mkdir()
    (folder / "first.toml").write_text("[[decision]\n", "utf-8")
    (edition_dir / "tei/sources/second.txt").write_text(SECOND + "Copy 1\n", "utf-8")
    account = build(edition_dir)
    assert [f.code for f in account.findings if f.severity == "error"] == ["D002"]
    assert path.read_bytes() == before
    assert "Copy 1" in (edition_dir / "tei/documents/second.xml").read_text("utf-8")


def test_a_report_that_cannot_be_read_is_written_anew(edition_dir, capsys):
    build(edition_dir)
    (edition_dir / "output/reports/doubts.json").write_text('[{"document": "second"}, 3]', "utf-8")
    main(["encode", "first", "--edition", str(edition_dir)])
    assert {row["document"] for row in reported(edition_dir)} == {"first"}
