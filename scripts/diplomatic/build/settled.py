"""Whether anything is to be done at all: the files of an edition as its last whole build left them.

In: every file that a build reads or has left, with size and time (`listing`). Out: the account of
that build, while not one of them is another, none has come and none is gone. Anything odd, and the
build goes the long way, which looks at each task and can say why. What is remembered is a cache.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from diplomatic import __version__
from diplomatic.build.atomic import write_bytes
from diplomatic.build.inputs import libraries
from diplomatic.build.listing import Listing, listing
from diplomatic.build.profile import profile_path
from diplomatic.build.report import Account
from diplomatic.build.state import TICK_NS, State, as_finding, plain
from diplomatic.edition import Edition
from diplomatic.findings import DiplomaticError, codes
from diplomatic.resources import schema_dir, xslt_dir

_FORM: Final = 1
# Files so new that their time does not tell whether they change again are read; not very many.
_MOST_READ: Final = 400
_NUMBERS: Final = ("kept", "documents", "doubts")


class Settled:
    """The files of an edition, now and as its last whole build left them."""

    def __init__(self, edition: Edition, what: Iterable[object]) -> None:
        """Look at the files of an edition; `what` names what the build is to make."""
        self._edition = edition
        self._path = edition.hidden_dir / "settled.json"
        own = [edition.own_xslt_dir] if edition.own_xslt_dir else []
        package = Path(__file__).parents[1]
        folders = [edition.tei_dir, *own, edition.output_dir, package, xslt_dir(), schema_dir()]
        self._folders = [str(folder) for folder in folders]
        self._for = repr((__version__, libraries(), self._folders, [*what]))
        self.found = self._look()

    def _look(self) -> Listing | None:
        """Return what is there now."""
        ours = (self._path, self._edition.hidden_dir / "lock", profile_path(self._edition))
        return listing(self._folders, [str(path) for path in ours])

    def account(self) -> Account | None:
        """Return the account of a build that has nothing to do; None if it may have something."""
        if self.found is None:
            return None
        try:
            row = json.loads(self._path.read_bytes())
            if row["form"] != _FORM or row["for"] != self._for:
                return None
            if row["files"] != self.found.digest or not _as_read(row["read"], row["elsewhere"]):
                return None
            findings = [as_finding(each) for each in row["findings"]]
            kept, documents, doubts = (int(row[name]) for name in _NUMBERS)
        except (OSError, ValueError, TypeError, KeyError):
            return None
        # What an older program said under a code that is no more cannot be said again.
        if any(finding.code not in codes() for finding in findings):
            return None
        return Account(kept=kept, documents=documents, doubts=doubts, findings=findings)

    def forget(self) -> None:
        """Forget what was remembered, before anything is made."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def remember(self, account: Account, state: State, pieces: int) -> None:
        """Remember a whole build that failed nowhere, unless a file changed meanwhile.

        Every file must be as it was when the build began, or as the build knows that it left it.
        `pieces` is how many pieces of work there were, made or kept.
        """
        started = time.time_ns()
        before, now = self.found, self._look()
        if before is None or now is None:
            return
        with contextlib.suppress(OSError, DiplomaticError):  # the next build looks closer
            if row := self._row(before, now, state, started):
                numbers = (pieces, account.documents, account.doubts)
                row |= dict(zip(_NUMBERS, numbers, strict=True))
                row["findings"] = [plain(finding) for finding in account.findings]
                write_bytes(self._path, json.dumps(row).encode("utf-8"), durable=False)

    def _row(
        self, before: Listing, now: Listing, state: State, started: int
    ) -> dict[str, Any] | None:
        """Return what is remembered of the files; None if one changed and nobody knows why.

        Raises:
            OSError: one of them cannot be read.
        """
        stamps = now.stamps
        if not self._explained(before.stamps, stamps, state):
            return None
        new = [place for place, (_, changed) in stamps.items() if changed >= started - TICK_NS]
        read = _read(new, state) if len(new) <= _MOST_READ else None
        if read is None:
            return None
        elsewhere = state.elsewhere(stamps)
        return {
            **{"form": _FORM, "for": self._for, "files": now.digest},
            **{"read": read, "elsewhere": elsewhere},
        }

    def _explained(
        self,
        before: Mapping[str, tuple[int, int]],
        now: Mapping[str, tuple[int, int]],
        state: State,
    ) -> bool:
        """Whether all that is not as before is as this build left it, or of no task."""
        left = f"{self._edition.output_dir}{os.sep}"
        for place in dict(before.items() ^ now.items()):
            known = state.stamp_of(place)
            if known != now.get(place) and (known or not place.startswith(left)):
                return False
        return True


def _read(places: Sequence[str], state: State) -> dict[str, str] | None:
    """Return the hashes of files; None if one is not as the state knows it."""
    found = {}
    for place in places:
        found[place] = _digest(place)
        if (known := state.digest_of(place)) and known != found[place]:
            return None
    return found


def _as_read(read: Mapping[str, str], elsewhere: Mapping[str, Any]) -> bool:
    """Whether files have the content that they had, and others their size and time."""
    for place, stamp in elsewhere.items():
        status = os.stat(place)  # noqa: PTH116
        if [status.st_size, status.st_mtime_ns] != stamp:
            return False
    return all(_digest(place) == digest for place, digest in read.items())


def _digest(place: str) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    return hashlib.sha256(Path(place).read_bytes()).hexdigest()
