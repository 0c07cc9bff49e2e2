"""What changed since all was done last: the files of an edition, now and as that build left them.

In: every file that a build reads or leaves, with size and time (`listing`), and the list that the
last whole build kept in its memory. Out: the account of that build, while not one file is another,
none has come and none is gone; else the places of those that changed, so that a build asks for
nothing else. Where anything is odd it is not known what changed, and a build looks at everything.

The list counts only as long as every build since has ended as it should. What each of them found
changed, or made, stays among the changed places until all is done again, even if the file comes
back as it was: tasks and publications may remember what it was in between.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from diplomatic import __version__
from diplomatic.build.account import Account
from diplomatic.build.files import Stamp, digest_of, stamp_of
from diplomatic.build.inputs import libraries
from diplomatic.build.listing import Listing, listing
from diplomatic.build.memory import Memory, memory_places
from diplomatic.build.profile import profile_path
from diplomatic.build.state import State, as_findings, plain
from diplomatic.edition import Edition
from diplomatic.findings import Finding, codes
from diplomatic.resources import schema_dir, xslt_dir

# Files so new that their time does not tell whether they change again are read; not very many.
_MOST_READ: Final = 400
_NUMBERS: Final = ("kept", "documents", "doubts")
# What is kept of a build beside its list, by kind.
_ROW: Final[Mapping[str, type]] = {
    **{"for": str, "shared": dict, "again": bool, "read": dict, "elsewhere": dict},
    **dict.fromkeys(_NUMBERS, int),
}


class Settled:
    """The files of an edition, now and as its last whole build left them."""

    def __init__(self, edition: Edition, what: Iterable[object], memory: Memory) -> None:
        """Look at the files of an edition; `what` names what the build is to make.

        Raises:
            BrokenMemoryError: the memory cannot be used.
            DiplomaticError: D801, it cannot be read.
        """
        self._edition = edition
        self._memory = memory
        own = [edition.own_xslt_dir] if edition.own_xslt_dir else []
        package = Path(__file__).parents[1]
        folders = [edition.tei_dir, *own, edition.output_dir, package, xslt_dir(), schema_dir()]
        self.folders = [str(folder) for folder in folders]
        self._for = repr((__version__, libraries(), self.folders, [*what]))
        self.found = self._look(self.folders)
        self._row: dict[str, Any] = memory.note("settled", dict) or {}
        self._before: Listing | None = None
        # The places of files that came or went, and of all that changed, since; None: not known.
        self.came_or_went: set[str] = set()
        self.changed = self._differences()

    def _look(self, folders: Collection[str]) -> Listing | None:
        """Return what is in folders now."""
        own = memory_places(self._edition)
        ours = (*own, self._edition.hidden_dir / "lock", profile_path(self._edition))
        return listing(folders, [str(path) for path in ours])

    def _differences(self) -> frozenset[str] | None:
        """Return the places of all files that changed since all was done last; None: not known."""
        row = self._row
        sound = all(isinstance(row.get(name), kind) for name, kind in _ROW.items())
        if self.found is None or not sound or row["for"] != self._for:
            return None
        if self._memory.note("at work", bool):
            return None
        if any(_plain(stamp_of(place)) != stamp for place, stamp in row["elsewhere"].items()):
            return None
        stored = self._memory.rows("SELECT folder, files FROM listing")
        self._before = Listing({os.fsdecode(folder): files for folder, files in stored})
        changed, self.came_or_went = self.found.changed(self._before)
        since = self._memory.rows("SELECT place FROM since")
        changed |= {os.fsdecode(place) for (place,) in since}
        read = row["read"].items()
        again = {p for p, digest in read if p not in changed and digest_of(p) != digest}
        return frozenset(changed | again)

    def account(self) -> Account | None:
        """Return the account of a build that has nothing to do; None if it may have something."""
        if self.changed is None or self.changed or self._row["again"]:
            return None
        findings = as_findings(self._memory.note("findings", list) or [])
        kept, documents, doubts = (int(self._row[name]) for name in _NUMBERS)
        # What an older program said under a code that is no more cannot be said again.
        if any(finding.code not in codes() for finding in findings):
            return None
        return Account(kept=kept, documents=documents, doubts=doubts, findings=findings)

    def oddities(self) -> list[Finding]:
        """Return what is odd about the files of the edition; it is a matter of their names."""
        inside = f"{self._edition.tei_dir}{os.sep}"
        settings = str(self._edition.settings_path)
        same = self.changed is not None and settings not in self.changed
        known = self._memory.note("oddities", list)
        if same and known is not None and not any(p.startswith(inside) for p in self.came_or_went):
            return as_findings(known)
        return list(self._edition.findings)

    def shared(self, what: str) -> str:
        """Return what all documents had in common when all was done last, as `remember` was told.

        Nothing if it is not known what changed since.
        """
        return str(self._row["shared"].get(what, "")) if self.changed is not None else ""

    def begin(self) -> None:
        """Remember that a build is at work, and what it finds changed, before anything is made.

        Raises:
            DiplomaticError: D801, it cannot be written.
        """
        if self.changed is None:
            self.forget()
        else:
            self._note_since(self.changed)
            self._memory.keep("at work", True)
        self._memory.commit()

    def doubt(self) -> None:
        """Take nothing for known: this build looks at everything."""
        self.changed, self._before, self.came_or_went = None, None, set()

    def forget(self) -> None:
        """Forget what was remembered: the next build looks at everything."""
        self._memory.keep("settled", None)

    def pause(self, made: Collection[str]) -> None:
        """Remember a build that made only a part, and failed nowhere; `made` are places."""
        if self.changed is None:
            return
        self._note_since(made)
        self._memory.keep("at work", None)

    def remember(
        self,
        account: Account,
        state: State,
        pieces: int,
        shared: Mapping[str, str],
        *,
        again: bool = False,
    ) -> None:
        """Remember a whole build that ended as it should; `again` if something must be tried again.

        Every file counts as it was when the build began, or as the build knows that it left it:
        one that somebody changed meanwhile will be seen as changed.

        Args:
            account: what the build told.
            state: what is remembered of files and tasks.
            pieces: how many pieces of work there were, made or kept.
            shared: what all documents have in common, one word for each thing.
            again: whether something must be tried again.
        """
        self.forget()
        reports = self._look([str(self._edition.reports_dir), str(self._edition.hidden_dir)])
        if self.found is None or reports is None:
            return
        listed = tuple(f"{folder}{os.sep}" for folder in self.folders)
        known = {place: s for place, s in state.found.items() if place.startswith(listed)}
        read = self._too_new(state)
        if len(read) > _MOST_READ:
            return
        left = Listing(dict(self.found.folders) | dict(reports.folders)).adjusted(known)
        self._store(left)
        numbers = (pieces, account.documents, account.doubts)
        outside = {place: _plain(stamp) for place, stamp in state.outside.items()}
        row = {
            **{"for": self._for, "shared": {**shared}, "again": again, "read": read},
            "elsewhere": (self._row["elsewhere"] if self._before else {}) | outside,
            **dict(zip(_NUMBERS, numbers, strict=True)),
        }
        self._memory.keep("settled", row)
        self._memory.keep("findings", [plain(finding) for finding in account.findings])
        self._memory.keep("oddities", [plain(finding) for finding in self.oddities()])
        self._memory.keep("at work", None)
        self._memory.do("DELETE FROM since")

    def _too_new(self, state: State) -> dict[str, str]:
        """Return the files, with their hashes, whose time does not tell whether they change."""
        read = self._row["read"] if self._before else {}
        found = {place for place, stamp in state.found.items() if stamp} | read.keys()
        return {place: state.digest_at(place) for place in found if not state.confirm(place)}

    def _store(self, left: Listing) -> None:
        """Keep a list, as far as it is not what is kept."""
        before = self._before.folders if self._before else {}
        if not before:
            self._memory.do("DELETE FROM listing")
        gone = [(os.fsencode(folder),) for folder in before.keys() - left.folders.keys()]
        self._memory.do("DELETE FROM listing WHERE folder = ?", gone)
        rows = (row for row in left.folders.items() if before.get(row[0]) != row[1])
        packed = ((os.fsencode(folder), files) for folder, files in rows)
        self._memory.do("INSERT OR REPLACE INTO listing VALUES (?, ?)", packed)

    def _note_since(self, places: Iterable[str]) -> None:
        """Remember places that changed since all was done last."""
        rows = ((os.fsencode(place),) for place in places)
        self._memory.do("INSERT OR IGNORE INTO since VALUES (?)", rows)


def _plain(stamp: Stamp | None) -> list[int] | None:
    """Return a stamp as it is stored."""
    return list(stamp) if stamp else None
