"""The archive that a Word or OpenDocument file is: its parts, read within limits.

Nothing is unpacked to disk; pictures and other parts that hold no words are never read. What an
archive says of the size of a part is not believed: reading stops at the limit.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import replace
from typing import Final

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.xml.reader import parse_bytes

LARGEST_FILE: Final = 256 << 20  # bytes, pictures included
_LARGEST_PART: Final = 48 << 20
_LARGEST_TOTAL: Final = 96 << 20
_MOST_PARTS: Final = 20_000
# All that the standard library raises when bytes of an archive are wrong; it has no name for it.
_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, ValueError, OverflowError, RuntimeError),
)


class Package:
    """An archive in memory, by the names of its parts."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open an archive.

        Args:
            data: the file.
            name: what findings call it.

        Raises:
            DiplomaticError: D422, it is damaged; D421, it has a password; D423, too many parts.
        """
        self.name = name
        self._left = _LARGEST_TOTAL
        if len(data) > LARGEST_FILE:
            raise self._error("D423", f"the file has {len(data) >> 20} MB")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise self._error("D422", "the archive that it is has no end, or is cut") from error
        self._members = {member.filename: member for member in self._archive.infolist()}
        if len(self._members) > _MOST_PARTS:
            raise self._error("D423", f"it has {len(self._members):,} parts")
        if any(member.flag_bits & 1 for member in self._members.values()):
            raise self._error("D421", "it has a password")

    def _error(self, code: str, message: str) -> DiplomaticError:
        """Return the error for the file as a whole."""
        return DiplomaticError(Finding(code, message, Place(self.name)))

    @property
    def names(self) -> list[str]:
        """Names of the parts, in their order."""
        return list(self._members)

    def read(self, part: str) -> bytes | None:
        """Return the bytes of a part; None where there is none.

        Raises:
            DiplomaticError: D422, the part is damaged; D423, it is larger than any text.
        """
        member = self._members.get(part)
        if member is None:
            return None
        limit = min(_LARGEST_PART, self._left)
        try:
            with self._archive.open(member) as stream:
                data = stream.read(limit + 1)
        except _DAMAGED as error:
            raise self._error("D422", f"its part {part} is damaged") from error
        if len(data) > limit:
            message = f"unpacked, its part {part} has more than {limit >> 20} MB"
            raise self._error("D423", message)
        self._left -= len(data)
        return data

    def xml(self, part: str) -> etree._Element | None:
        """Return the root element of a part in XML; None where there is none.

        Raises:
            DiplomaticError: D100, D101, D120: it is no safe XML; D422, D423 as `read`.
        """
        data = self.read(part)
        if data is None:
            return None
        try:
            return parse_bytes(data, self.name).getroot()
        except DiplomaticError as error:
            found = error.finding
            message = f"its part {part}: {found.message}"
            hint = "Open the file in a word processor and save it anew."
            if found.code == "D101":
                hint = "No word processor writes that; ask where the file comes from."
            raise DiplomaticError(replace(found, message=message, hint=hint)) from error

    def needed(self, part: str) -> etree._Element:
        """Return the root element of a part that no such file lacks.

        Raises:
            DiplomaticError: D422, it lacks it; else as `xml`.
        """
        root = self.xml(part)
        if root is None:
            raise self._error("D422", f"its part {part} is missing")
        return root
