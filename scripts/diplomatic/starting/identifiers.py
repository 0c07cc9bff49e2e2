"""Identifiers from the names of files: in any script, on any system.

An identifier is an xml:id, part of an address and the name of several files at once
(`edition.is_identifier`), so it has small letters a to z, digits and hyphens only (`slugs.slug`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Final

from diplomatic.edition import is_identifier
from diplomatic.slugs import slug

_LONGEST: Final = 60


def identifier_for(name: str, taken: Collection[str]) -> str:
    """Return an identifier for a file that no other document has.

    Args:
        name: its path in its folder, with `/` between the parts.
        taken: the identifiers that there are already.
    """
    path = PurePosixPath(name)
    stem = slug(path.stem)
    folder = slug(path.parent.name)
    # A number alone says little: 1951/04.txt is named by its folder too.
    wanted = f"{folder}-{stem}" if folder and not re.search(r"[a-z]", stem) else stem
    first = _possible(wanted)
    if first in taken and folder:
        first = _possible(f"{folder}-{stem}")
    return first if first not in taken else _numbered(first, taken)


def _possible(wanted: str) -> str:
    """Return the nearest identifier that is possible: short, a letter first, not reserved."""
    short = wanted if len(wanted) <= _LONGEST else wanted[:_LONGEST].rpartition("-")[0] or wanted
    short = short[:_LONGEST].strip("-")
    return short if is_identifier(short) else f"d-{short}".rstrip("-") if short else "document"


def _numbered(first: str, taken: Collection[str]) -> str:
    """Return an identifier with the first number that makes it unique."""
    number = 2
    while f"{first}-{number}" in taken:
        number += 1
    return f"{first}-{number}"
