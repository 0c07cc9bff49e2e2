"""What the website remembers of each document that was read, and what needs it when.

In: what `reading` read. Out: rows, as JSON, asked for one by one or all at once. What lists and
keys need of every document is apart from what only a page or two show of it, which is large.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from diplomatic.publish.ledger_base import Base

TABLES: Final = """
CREATE TABLE IF NOT EXISTS readings (name TEXT PRIMARY KEY, key TEXT, shown TEXT, initials TEXT,
  facts TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS contents (name TEXT PRIMARY KEY, dated TEXT, mentions TEXT,
  parties TEXT, units TEXT, texts TEXT, corpus BLOB);
CREATE TABLE IF NOT EXISTS words (letter TEXT, name TEXT, words TEXT, PRIMARY KEY (letter, name))
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS words_of ON words (name);
CREATE TABLE IF NOT EXISTS blocks (number INT PRIMARY KEY, key TEXT, letters TEXT);
CREATE TABLE IF NOT EXISTS sums (letter TEXT, number INT, key TEXT, sums TEXT,
  PRIMARY KEY (letter, number)) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Kept:
    """What every build wants to know of a document: all but the key as JSON.

    `shown` has a word for each thing that is shown of it (`shown_of`), `initials` one for its words
    by initial; `facts` are those that lists show.
    """

    key: str
    shown: str
    initials: str
    facts: str


@dataclass(frozen=True)
class Contents:
    """The rest of what was read from a document, as JSON, and its TEI for the corpus."""

    mentions: str
    parties: str
    units: str
    texts: str
    words: Mapping[str, str]
    corpus: bytes
    dated: str = "{}"


class ReadingRows:
    """What was read from the documents of one edition."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def note(self, name: str, kept: Kept, contents: Contents) -> None:
        """Remember what was read from a document."""
        light = (kept.key, kept.shown, kept.initials, kept.facts)
        self._base.do("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)", name, *light)
        heavy = (
            contents.dated,
            contents.mentions,
            contents.parties,
            contents.units,
            contents.texts,
        )
        query = "INSERT OR REPLACE INTO contents VALUES (?, ?, ?, ?, ?, ?, ?)"
        self._base.do(query, name, *heavy, contents.corpus)
        self._base.do("DELETE FROM words WHERE name = ?", name)
        rows = [(letter, name, found) for letter, found in contents.words.items()]
        self._base.do_each("INSERT INTO words VALUES (?, ?, ?)", rows)

    def keep_only(self, names: Collection[str]) -> None:
        """Forget all other documents."""
        for name in self.column("key").keys() - set(names):
            for table in ("readings", "contents", "words"):
                self._base.do(f"DELETE FROM {table} WHERE name = ?", name)

    def column(self, what: str) -> dict[str, str]:
        """Return one thing of every document, by its name: `key`, `shown`, `initials`, `facts`."""
        return dict(self._base.ask(f"SELECT name, {what} FROM readings"))

    def one(self, what: str, name: str) -> str | None:
        """Return the same of one document; None if it was not read."""
        found = self._base.one(f"SELECT {what} FROM readings WHERE name = ?", name)
        return found[0] if found else None

    def content(self, what: str, name: str) -> str:
        """Return what else was read from a document, as JSON: `mentions`, `texts` and so on."""
        found = self._base.one(f"SELECT {what} FROM contents WHERE name = ?", name)
        return str(found[0]) if found else "[]"

    def dated(self) -> dict[str, str]:
        """Return what long lists are divided by, of every document by its name."""
        return dict(self._base.ask("SELECT name, dated FROM contents"))

    def units(self) -> dict[str, str]:
        """Return dates, changes, marks of every document by its name."""
        return dict(self._base.ask("SELECT name, units FROM contents"))

    def words(self, letter: str, names: Sequence[str]) -> dict[str, str]:
        """Return the words of one initial of some documents, with the units where they stand.

        Returns:
            JSON by the name of the document; those without such a word are not in it.
        """
        marks = ",".join("?" * len(names))
        query = f"SELECT name, words FROM words WHERE letter = ? AND name IN ({marks})"
        return dict(self._base.ask(query, letter, *names))

    # ------------------------------------------------------------ blocks of documents

    def block(self, number: int, key: str) -> str | None:
        """Return the initials of a block, as JSON, if they are known by this key."""
        query = "SELECT letters FROM blocks WHERE number = ? AND key = ?"
        found = self._base.one(query, number, key)
        return found[0] if found else None

    def note_block(self, number: int, key: str, letters: str) -> None:
        """Remember the initials of a block."""
        self._base.do("INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)", number, key, letters)

    def sums(self, letter: str, number: int, key: str) -> str | None:
        """Return the words of an initial in a block, as JSON, if they are known by this key."""
        query = "SELECT sums FROM sums WHERE letter = ? AND number = ? AND key = ?"
        found = self._base.one(query, letter, number, key)
        return found[0] if found else None

    def note_sums(self, letter: str, number: int, key: str, sums: str) -> None:
        """Remember the words of an initial in a block."""
        self._base.do("INSERT OR REPLACE INTO sums VALUES (?, ?, ?, ?)", letter, number, key, sums)

    def keep_blocks(self, blocks: int) -> None:
        """Forget the blocks after so many."""
        if self._base.one("SELECT number FROM blocks WHERE number >= ?", blocks):
            for table in ("blocks", "sums"):
                self._base.do(f"DELETE FROM {table} WHERE number >= ?", blocks)

    def corpus(self, name: str) -> bytes:
        """Return a document as it stands in the file of all documents."""
        found = self._base.one("SELECT corpus FROM contents WHERE name = ?", name)
        return found[0] if found and isinstance(found[0], bytes) else b""
