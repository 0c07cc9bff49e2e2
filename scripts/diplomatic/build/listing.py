"""What is in the folders of a build: every file with its size and time, asked for once.

In: folders. Out: a `Listing`: for each folder one text, which is compared with a former one as it
is, so that only folders in which something changed are taken apart. A hundred thousand files take
a third of a second, most of it in the system; asking for them one by one takes three times as long.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from stat import S_ISDIR
from typing import Final

# Between name, size and time, and between files; no name of a file can have them.
_NUL: Final = "\0"
_END: Final = "/"

Stamp = tuple[int, int]


@dataclass(frozen=True)
class Listing:
    """Each folder in which there are files with these files, as `name NUL size NUL time` each."""

    folders: Mapping[str, bytes]

    @cached_property
    def stamps(self) -> dict[str, Stamp]:
        """Size and time of each file by its place."""
        return {
            f"{folder}{os.sep}{name}": stamp
            for folder, files in self.folders.items()
            for name, stamp in _apart(files).items()
        }

    def changed(self, before: Listing) -> tuple[set[str], set[str]]:
        """Return the places of files that are not as they were, and of those that came or went.

        The first has all of the second, too.
        """
        changed, came_or_went = set(), set()
        for folder in self.folders.keys() | before.folders.keys():
            now, then = self.folders.get(folder, b""), before.folders.get(folder, b"")
            if now != then:
                one, other = set(_lines(now)), set(_lines(then))
                names, former = _names(one - other), _names(other - one)
                changed |= {f"{folder}{os.sep}{name}" for name in names | former}
                came_or_went |= {f"{folder}{os.sep}{name}" for name in names ^ former}
        return changed, came_or_went

    def adjusted(self, stamps: Mapping[str, Stamp | None]) -> Listing:
        """Return the listing with some files as they are now; None is of one that is gone."""
        by_folder: dict[str, dict[str, Stamp | None]] = {}
        for place, stamp in stamps.items():
            folder, _, name = place.rpartition(os.sep)
            by_folder.setdefault(folder, {})[name] = stamp
        folders = dict(self.folders)
        for folder, files in by_folder.items():
            lines = {line.partition(_NUL)[0]: line for line in _lines(folders.get(folder, b""))}
            lines |= {name: _line(name, *stamp) for name, stamp in files.items() if stamp}
            gone = {name for name, stamp in files.items() if not stamp}
            folders[folder] = _packed(line for name, line in lines.items() if name not in gone)
        return Listing({folder: files for folder, files in folders.items() if files})


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
        found = (each for top in tops for each in _looked_at(top, frozenset(ignored)))
        return Listing({folder: _packed(lines) for folder, lines in found if lines})
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
        with _entries(folder) as entries:
            for entry in entries:
                name, status = entry.name, entry.stat()
                if not S_ISDIR(status.st_mode):
                    # As `_line` has it, of which there are too many to ask.
                    files.append(f"{name}{_NUL}{status.st_size}{_NUL}{status.st_mtime_ns}")
                    continue
                if entry.is_symlink():
                    raise _OddError
                place = f"{folder}{os.sep}{name}"
                if name != "__pycache__" and place not in ignored:
                    waiting.append(place)
        if any(place.startswith(folder) for place in ignored):
            names = {os.path.basename(p) for p in ignored if os.path.dirname(p) == folder}  # noqa: PTH119, PTH120
            files = [line for line in files if line.partition(_NUL)[0] not in names]
        yield folder, files


@contextmanager
def _entries(folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """Open a folder; by a descriptor where that can be, so that no path is walked for each file.

    Raises:
        OSError: it cannot be looked at.
    """
    if os.scandir not in os.supports_fd:
        with os.scandir(folder) as entries:
            yield entries
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with os.scandir(descriptor) as entries:
            yield entries
    finally:
        os.close(descriptor)


def _line(name: str, size: int, changed: int) -> str:
    """Return a file as it stands in a list."""
    return f"{name}{_NUL}{size}{_NUL}{changed}"


def _packed(lines: Collection[str] | Iterator[str]) -> bytes:
    """Return lines as one text."""
    return os.fsencode(_END.join(lines))


def _lines(files: bytes) -> list[str]:
    """Return the lines of a text."""
    return os.fsdecode(files).split(_END) if files else []


def _names(lines: Collection[str]) -> set[str]:
    """Return the names of the files in lines."""
    return {line.partition(_NUL)[0] for line in lines}


def _apart(files: bytes) -> dict[str, Stamp]:
    """Return size and time of each file of a text, by name."""
    parts = (line.split(_NUL) for line in _lines(files))
    return {name: (int(size), int(changed)) for name, size, changed in parts}
