"""What is in the folders of a build: every file with its size and time, asked for once.

In: folders. Out: a `Listing`, which is one word where nothing but that is wanted, and the size and
time of each file where it is. A hundred thousand files take a third of a second, most of it in the
system; asking for them one by one takes three times as long.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

# Between name, size and time; no name of a file can have it.
_NUL: Final = "\0"


@dataclass(frozen=True)
class Listing:
    """The folders, those inside of them too, each with its files as `name NUL size NUL time`."""

    folders: Sequence[tuple[str, Sequence[str]]]

    @cached_property
    def digest(self) -> str:
        """One word for all of it."""
        found = hashlib.sha256()
        for folder, files in self.folders:
            lines = _NUL.join((folder, str(len(files)), *files))
            found.update(lines.encode("utf-8", "surrogateescape"))
        return found.hexdigest()

    @cached_property
    def stamps(self) -> dict[str, tuple[int, int]]:
        """Size and time of each file by its place."""
        found = {}
        for folder, files in self.folders:
            for line in files:
                name, size, changed = line.split(_NUL)
                found[f"{folder}{os.sep}{name}"] = (int(size), int(changed))
        return found


def listing(folders: Collection[str], ignored: Collection[str] = ()) -> Listing | None:
    """Return what is in folders; None where it cannot be told this way.

    That is so where a link leads to a folder or nowhere, or something cannot be looked at.

    Args:
        folders: where to look; what is inside of another is looked at once.
        ignored: places of files and folders that are left out. What Python keeps of programs is
            left out as well.
    """
    tops = [
        folder
        for folder in dict.fromkeys(folders)
        if not any(folder.startswith(f"{other}{os.sep}") for other in folders)
    ]
    try:
        return Listing([each for top in tops for each in _looked_at(top, frozenset(ignored))])
    except (OSError, _OddError):
        return None


class _OddError(Exception):
    """Something is there that this way of looking does not see."""


def _looked_at(top: str, ignored: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield a folder and all that are inside of it; nothing where it is not there.

    Raises:
        OSError: something cannot be looked at.
    """
    waiting = [top] if os.path.lexists(top) else []
    while waiting:
        folder, files = waiting.pop(), []
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    if name != "__pycache__" and entry.path not in ignored:
                        waiting.append(entry.path)
                    continue
                status = entry.stat()
                if entry.is_symlink() and entry.is_dir():
                    raise _OddError
                files.append(f"{name}{_NUL}{status.st_size}{_NUL}{status.st_mtime_ns}")
        if any(place.startswith(folder) for place in ignored):
            names = {os.path.basename(p) for p in ignored if os.path.dirname(p) == folder}  # noqa: PTH119, PTH120
            files = [line for line in files if line.partition(_NUL)[0] not in names]
        yield folder, files
