"""What a build remembers: whatever becomes of the file, a build is right and never fails for it."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest
import test_build
from test_build import build

from diplomatic.build.doubts import OpenDoubts
from diplomatic.build.memory import _FORM, BrokenMemoryError, memory_path, opened, opened_to_read
from diplomatic.build.state import State
from diplomatic.edition import load_edition
from diplomatic.findings import DiplomaticError

edition_dir = test_build.edition_dir


def other_form(path: Path) -> None:
    """Give it the form of another program."""
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 999")
    base.close()


def overwritten(path: Path) -> None:
    """Overwrite all but its first page."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\x7f" * (len(data) - 4096))


def no_tables(path: Path) -> None:
    """Make it a base of the right form with nothing in it."""
    path.unlink()
    with sqlite3.connect(path) as base:
        base.execute(f"PRAGMA user_version = {_FORM}")
    base.close()


def edited(query: str):
    """Return what changes a memory by hand."""

    def change(path: Path) -> None:
        with sqlite3.connect(path) as base:
            base.execute(query)
        base.close()

    return change


def folder_instead(path: Path) -> None:
    """Put a folder in its place."""
    path.unlink()
    (path / "x").mkdir(parents=True)


SPOILT = {
    "empty": lambda path: path.write_bytes(b""),
    "no base": lambda path: path.write_text("{"),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:6000]),
    "gone": Path.unlink,
    "another form": other_form,
    "overwritten": overwritten,
    "no tables": no_tables,
    "a folder": folder_instead,
    "no list": edited("DELETE FROM listing"),
    "no JSON": edited("UPDATE tasks SET inputs = 'x'"),
    "other JSON": edited("UPDATE tasks SET findings = '[1]'"),
    "half a note": edited("""UPDATE notes SET content = '{"for": ""}' WHERE name = 'settled'"""),
    "notes of another kind": edited("UPDATE notes SET content = '[1]'"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_memory_that_cannot_be_used_is_begun_anew(edition_dir, how):
    build(edition_dir)
    time.sleep(0.06)
    (edition_dir / "tei/sources/a.txt").write_text("three")
    SPOILT[how](memory_path(load_edition(edition_dir)))
    assert build(edition_dir).made["html"] == 1
    assert "three" in (edition_dir / "output/html/a.html").read_text()
    again = build(edition_dir)
    assert again.made == {} or how == "a folder"  # there nothing can be kept
    assert again.findings == []


def test_what_an_older_program_remembered_is_removed(edition_dir):
    hidden = edition_dir / "output/.build"
    hidden.mkdir(parents=True)
    for name in ("state.json", "settled.json"):
        (hidden / name).write_text("{}")
    build(edition_dir)
    assert sorted(path.name for path in hidden.iterdir()) == ["lock", "state.db"]


def test_what_was_not_committed_is_lost_and_nothing_else(tmp_path):
    path = tmp_path / "state.db"
    with opened(path) as memory:
        memory.keep("a", {"x": 1})
        memory.commit()
        memory.keep("a", {"x": 2})
    with opened(path) as memory:
        assert memory.note("a", dict) == {"x": 1}
        with pytest.raises(BrokenMemoryError):
            memory.note("a", list)
        memory.keep("a", None)
        assert memory.note("a", dict) is None


def test_a_memory_that_somebody_holds_is_a_finding(tmp_path, monkeypatch):
    path = tmp_path / "state.db"
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **how: connect(*given, timeout=0, **how))
    with opened(path) as memory, opened(path) as other:
        memory.keep("a", {})
        with pytest.raises(DiplomaticError, match="D801"):
            other.keep("b", {})


def test_without_a_place_to_write_it_ends_with_the_build(tmp_path):
    (tmp_path / "file").write_text("x")
    with opened(tmp_path / "file" / "state.db") as memory:
        memory.keep("a", {"x": 1})
        memory.commit()
        assert memory.note("a", dict) == {"x": 1}


def test_reading_changes_nothing(tmp_path):
    path = tmp_path / "state.db"
    with opened(path) as memory:
        memory.keep("a", {})
        memory.commit()
    before = path.read_bytes()
    memory = opened_to_read(path)
    state = State(memory, tmp_path)
    assert state.hash_of(path) != "missing"
    state.done("encode a", {"x": "y"})
    memory.commit()
    memory.close()
    assert path.read_bytes() == before
    assert opened_to_read(tmp_path / "nothing.db").note("a", dict) is None
    assert not (tmp_path / "nothing.db").exists()


@pytest.mark.parametrize("how", ["overwritten", "no JSON", "gone"])
def test_doubts_are_told_without_a_memory(edition_dir, monkeypatch, how):
    build(edition_dir)
    SPOILT[how](memory_path(load_edition(edition_dir)))
    monkeypatch.setattr(OpenDoubts, "_anew", lambda *_: (7, []))
    edition = load_edition(edition_dir)
    assert OpenDoubts(edition).of(edition.documents[0]) == (7, [])
