"""What the memory has of the documents: read when it is asked for, and thrown away when broken."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from diplomatic.publish.known import Each, Known, KnownDoubts, Later
from diplomatic.publish.ledger import Ledger
from diplomatic.publish.ledger_base import Base, LostMemoryError
from diplomatic.publish.ledger_readings import Contents, Kept

FACTS = {"id": "a", "title": "A", "kind": "letter", "has_mentions": True, "has_parties": False}
MENTION = {"key": "pers-a", "kind": "person", "unit": "p1", "words": "Kim", "sentence": "Kim came."}
UNITS = {"dates": [["1951", "p1"]], "changes": [], "marks": {"gap": 1}, "words": 3}
TABLES = "CREATE TABLE IF NOT EXISTS found (name TEXT PRIMARY KEY);"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A memory of two documents."""
    ledger = Ledger(tmp_path / "site.db", tmp_path)
    for name in ("a", "b"):
        facts = json.dumps(FACTS | {"id": name, "has_mentions": name == "a"})
        contents = Contents(json.dumps([MENTION]), "[]", json.dumps(UNITS), "[]", {}, b"")
        shown = json.dumps({"card": f"card of {name}"})
        ledger.readings.note(name, Kept("key", shown, "{}", facts), contents)
    yield ledger
    ledger.close()


def test_one_document_is_read_alone_and_all_of_them_together() -> None:
    asked: list[str] = []

    def one(name: str) -> str:
        asked.append(name)
        return name.upper()

    def every() -> Iterator[str]:
        asked.append("all")
        return map(str.upper, "abc")

    for stays, expected in ((True, ["c", "all"]), (False, ["c", "all", "all", "b"])):
        asked.clear()
        each = Each("abc", one, every, stays=stays)
        assert (len(each), each[2]) == (3, "C")
        assert (list(each), list(each), each[1]) == ([*"ABC"], [*"ABC"], "B")
        assert asked == expected


def test_what_is_read_later_travels_as_what_it_is(ledger: Ledger, tmp_path: Path) -> None:
    known = Known(ledger.readings, ["b", "a"], KnownDoubts(tmp_path / "doubts.json", ledger))
    facts = known.facts[1]
    assert (facts.id, known.facts[0].mentions, facts.doubts) == ("a", (), None)
    assert isinstance(facts.mentions, Later)
    assert isinstance(pickle.loads(pickle.dumps(facts)).mentions, list)
    assert [mention.words for mention in facts.mentions] == ["Kim"]
    assert facts.mentions == pickle.loads(pickle.dumps(facts)).mentions
    assert [each.id for each in known.facts] == ["b", "a"]
    assert {each.words for each in known.units} == {3}
    assert known.units[0].dates == [("1951", "p1")]
    assert known.shown("card") == ["card of b", "card of a"]
    assert known.shown("doubts") == ["", ""]
    assert known.all_shown("card") == known.all_shown("card") != known.all_shown("doubts")


def test_doubts_are_counted_once_for_each_report(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "doubts.json"
    rows = [json.dumps({"document": each, "line": 1}) for each in ("a", "c", "a")]
    path.write_text("[" + ",\n".join(rows) + "]\n", "utf-8")
    first = KnownDoubts(path, ledger)
    assert (first.counts, list(first), len(first)) == ({"a": 2, "c": 1}, ["a", "c"], 2)
    assert first["a"] == [{"document": "a", "line": 1}] * 2
    monkeypatch.setattr("diplomatic.publish.known.rows_of_doubts", None)
    again = KnownDoubts(path, ledger)
    assert (again.counts, again.key, "c" in again) == (first.counts, first.key, True)


def test_a_memory_that_cannot_be_kept_is_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "site.db"
    base = Base(path, TABLES, 1)
    base.do("INSERT INTO found VALUES (?)", "a")
    base.close()
    base = Base(path, TABLES, 1)
    assert base.ask("SELECT name FROM found") == [("a",)]
    base.do("INSERT INTO found VALUES (?)", "b")
    base.do("INSERT INTO found VALUES (?)", "b")  # as a disk that is full, an error
    base.close()
    assert not path.exists()
    base = Base(path, TABLES, 1)
    with pytest.raises(LostMemoryError):
        base.ask("SELECT nothing FROM found")
    base.close()
    assert not path.exists()
