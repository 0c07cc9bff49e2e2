"""What is known of the documents of an edition, read from the memory when somebody asks for it.

In: the rows that the memory has of each document. Out: facts, units and doubts, as sequences and
mappings that look as if all of it were there. Who asks for one document gets one; who goes through
all of them has them read at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar, overload

from diplomatic.publish.facts import DocumentFacts, Mention, Party
from diplomatic.publish.ledger import Ledger, key_of
from diplomatic.publish.ledger_readings import ReadingRows
from diplomatic.publish.tally import rows_of_doubts
from diplomatic.publish.units import DocumentUnits

T = TypeVar("T")
# So many documents are read together where what is read does not stay.
_TOGETHER: Final = 500


class Later(Sequence[T]):
    """A sequence that is made when it is asked for; it travels as what it holds."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._make = make

    @cached_property
    def _all(self) -> Sequence[T]:
        """What it holds."""
        return self._make()

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[T]:
        return iter(self._all)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._all[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[list[T]], tuple[list[T]]]:
        return list, (list(self),)


class Each(Later[T]):
    """The same of something of which each document has one: one alone is read alone."""

    def __init__(
        self,
        names: Sequence[str],
        one: Callable[[str], T],
        every: Callable[[], Iterable[T]],
        *,
        stays: bool = True,
    ) -> None:
        """Take the documents, and how to read one and all; `stays` keeps all that was read."""
        super().__init__(lambda: list(every()))
        self._names = names
        self._one = one
        self._every = every
        self._stays = stays
        self._apart: dict[str, T] = {}

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[T]:
        return super().__iter__() if self._stays else iter(self._every())

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        # Who asks for many one by one is asking for all.
        many = self._stays and len(self._apart) > _TOGETHER
        if isinstance(index, slice) or many or "_all" in vars(self):
            return self._all[index]
        name = self._names[index]
        if not self._stays:
            return self._one(name)
        if name not in self._apart:
            self._apart[name] = self._one(name)
        return self._apart[name]


class KnownDoubts(Mapping[str, Sequence[Mapping[str, Any]]]):
    """The doubts that the last encoding left, by document, read when somebody asks for one.

    How many they are is remembered as long as the report is the same.
    """

    def __init__(self, path: Path, ledger: Ledger) -> None:
        """Take the report at `path`, `doubts.json` in the folder of the reports."""
        self._path = path
        self.key = ledger.digest(path)
        noted = ledger.noted("doubts")
        known = json.loads(noted) if noted else {}
        if known.get("of") != self.key:
            rows = rows_of_doubts(path)
            counts = None if rows is None else {name: len(own) for name, own in rows.items()}
            known = {"of": self.key, "counts": counts}
            ledger.set_note("doubts", json.dumps(known))
        self.counts: dict[str, int] | None = known["counts"]

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[bytes]]:
        """All of them, as they are written."""
        return rows_of_doubts(self._path) or {}

    def __getitem__(self, name: str) -> Sequence[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = json.loads(b"[%b]" % b",".join(self._rows[name]))
        return found

    def __contains__(self, name: object) -> bool:
        return name in (self.counts or {})

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts or {})

    def __len__(self) -> int:
        return len(self.counts or {})


class Known:
    """What the memory has of documents, in their order."""

    def __init__(self, rows: ReadingRows, names: Sequence[str], doubts: KnownDoubts) -> None:
        """Take the rows of these documents, and the doubts that they leave open."""
        self._rows = rows
        self.names = names
        self._doubts = doubts.counts
        self.doubts = doubts.key
        self._words: dict[str, str] = {}

    @cached_property
    def _shown(self) -> list[dict[str, str]]:
        """What is shown of each document, as words."""
        return _read(self.names, self._rows.column("shown"))

    def shown(self, what: str) -> list[str]:
        """Return the word for something that is shown of each document (`shown_of`)."""
        if what == "doubts":
            counts = self._doubts
            return ["" if counts is None else str(counts.get(name, 0)) for name in self.names]
        return [each.get(what, "") for each in self._shown]

    def all_shown(self, what: str) -> str:
        """Return one word for that of all documents."""
        if what not in self._words:
            self._words[what] = key_of(self.shown(what))
        return self._words[what]

    def dated(self, what: str) -> list[list[list[Any]]]:
        """Return what a list is divided by, of each document (`dated_of`)."""
        return [each.get(what, []) for each in _read(self.names, self._rows.dated())]

    @property
    def facts(self) -> Sequence[DocumentFacts]:
        """The facts of each document; its mentions of names are read when they are asked for."""
        return Each(self.names, self._facts_of, self._all_facts)

    def _facts_of(self, name: str) -> DocumentFacts:
        """Return the facts of one document."""
        return self._facts(json.loads(self._rows.one("facts", name) or "{}"))

    def _all_facts(self) -> list[DocumentFacts]:
        """Return the facts of all documents."""
        return list(map(self._facts, _read(self.names, self._rows.column("facts"))))

    def _facts(self, row: dict[str, Any]) -> DocumentFacts:
        """Return facts from plain data."""
        name, counts = row["id"], self._doubts
        mentions = self._later("mentions", name, Mention) if row.pop("has_mentions") else ()
        parties = self._later("parties", name, Party) if row.pop("has_parties") else ()
        doubts = None if counts is None else counts.get(name, 0)
        return DocumentFacts(**row, mentions=mentions, parties=parties, doubts=doubts)

    def _later(self, what: str, name: str, kind: Callable[..., T]) -> Sequence[T]:
        """Return records of a document that are read when they are asked for."""
        return Later(lambda: [kind(**each) for each in json.loads(self._rows.content(what, name))])

    @property
    def units(self) -> Sequence[DocumentUnits]:
        """Dates, changes and marks of each document."""
        return Each(self.names, self._units_of, self._all_units, stays=False)

    def _units_of(self, name: str) -> DocumentUnits:
        """Return the units of one document."""
        return _units(json.loads(self._rows.content("units", name)))

    def _all_units(self) -> Iterator[DocumentUnits]:
        """Yield the units of all documents."""
        rows = self._rows.units()
        for start in range(0, len(self.names), _TOGETHER):
            yield from map(_units, _read(self.names[start : start + _TOGETHER], rows))


def _units(row: dict[str, Any]) -> DocumentUnits:
    """Return units from plain data, without their words."""
    pairs = {key: [(one, other) for one, other in row[key]] for key in ("dates", "changes")}
    return DocumentUnits(marks=row["marks"], words=row["words"], **pairs)


def _read(names: Sequence[str], texts: Mapping[str, str]) -> list[Any]:
    """Return the JSON of each of these documents as plain data."""
    # As one text, which is read faster than one for each document.
    found: list[Any] = json.loads(f"[{','.join(texts[name] for name in names)}]")
    return found
