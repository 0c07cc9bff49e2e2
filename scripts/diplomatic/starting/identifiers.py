"""Identifiers from the names of files: in any script, on any system.

An identifier is an xml:id, part of an address and the name of several files at once
(`edition.is_identifier`), so it has small letters a to z, digits and hyphens only. Letters of other
scripts are written in Latin ones by the `anyascii` tables (Иванов: ivanov; 김일성: gim-il-seong).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Final

from anyascii import anyascii

from diplomatic.edition import is_identifier

_LONGEST: Final = 60
# anyascii writes syllables of Hangul and Han without blanks, each with a capital.
_SYLLABLE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNSPACED: Final = re.compile(
    r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)


def slug(words: str) -> str:
    """Return words as small letters a to z, digits and hyphens; nothing where none are left."""
    composed = unicodedata.normalize("NFC", words)
    spaced = _UNSPACED.sub(lambda found: f" {_SYLLABLE.sub(' ', anyascii(found[0]))} ", composed)
    plain = re.sub(r"['`’]", "", anyascii(spaced)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


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
