"""What of a website a change touches: which documents and which of its files are to be looked at.

In: the places of the files that changed since the website was last finished. Out: `Touched`, or
None where that is not enough to go by, and everything is to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from diplomatic.edition import Edition


@dataclass(frozen=True)
class Touched:
    """Documents with a file that changed, made from them or what they are made from.

    `files` are the files of the website among them, by their names in its folder.
    """

    documents: frozenset[str]
    files: frozenset[str]

    def has_file(self, beginning: str) -> bool:
        """Say whether a file of the website was touched whose name begins so."""
        return any(name.startswith(beginning) for name in self.files)


def touched_by(edition: Edition, changed: Collection[str]) -> Touched | None:
    """Return what files touch; None when one of them is not in the folder of the edition.

    Args:
        edition: the edition.
        changed: the places of the files; whether they belong to anything is asked here.
    """
    root, website = f"{edition.root}{os.sep}", f"{edition.html_dir}{os.sep}"
    if not all(place.startswith(root) for place in changed):
        return None
    files = (place.removeprefix(website) for place in changed if place.startswith(website))
    named = {name for place in changed for name in _named(place.rpartition(os.sep)[2])}
    return Touched(
        frozenset(document.id for document in edition.documents if document.id in named),
        frozenset(name.replace(os.sep, "/") for name in files),
    )


def _named(file: str) -> Iterator[str]:
    """Yield the documents that a file may belong to: what is before each full stop of its name."""
    for position, sign in enumerate(file):
        if sign == ".":
            yield file[:position]
