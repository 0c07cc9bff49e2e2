"""Findings as text, each with the line at fault and a mark under the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Final
from unicodedata import east_asian_width

from diplomatic.findings import DiplomaticError, Finding
from diplomatic.inputs import is_input, transcript_of

Lines = Callable[[str], list[str] | None]
"""Gives the lines of a file by its name, or None."""

_LARGEST: Final = 64 << 20  # bytes: larger files are refused, and have no line to show
_WIDTH: Final = 96
# What a terminal obeys and XML cannot hold: shown as a picture of the control, or as unknown.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PICTURES: Final = {chr(code): chr(0x2400 + code) for code in range(32)} | {"\x7f": "\u2421"}
_BEFORE: Final = 40  # so much of a long line is shown before the place


def file_lines(name: str) -> list[str] | None:
    """Return the lines of a file on disk; None if it cannot be read.

    The lines of a Word document, a web page and so on are those of its transcript.
    """
    path = Path(name).absolute()
    try:
        status = path.stat()
    except OSError:
        return None
    if not S_ISREG(status.st_mode) or status.st_size > _LARGEST:
        return None
    return _lines_of(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=32)
def _lines_of(path: Path, _size: int, _time: int) -> list[str] | None:
    """Return the lines of a file; read again when it changes, as it does under a preview."""
    try:
        made = path.suffix != ".txt" and is_input(path)
        text = transcript_of(path) if made else path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, DiplomaticError):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def as_text(findings: Iterable[Finding], lines: Lines = file_lines) -> str:
    """Return findings as text for people: message, line at fault, how to mend it."""
    return "\n".join(_one(finding, lines) for finding in findings)


def _one(finding: Finding, lines: Lines) -> str:
    """Return one finding as text."""
    said, _, hint = finding.as_text().partition("\n")
    shown = _shown(excerpt(finding, lines))
    return "\n".join(part for part in (said, shown, hint) if part) + "\n"


@dataclass(frozen=True)
class Excerpt:
    """The line at fault, cut to what can be shown: what is before the place, and what is at it."""

    number: int
    before: str
    rest: str
    marked: bool
    """Whether the place in the line is known."""


def excerpt(finding: Finding, lines: Lines) -> Excerpt | None:
    """Return the line at fault; None if it is not known."""
    place = finding.place
    known = lines(place.file) if place.file and place.line else None
    if not known or place.line > len(known):
        return None
    line = printable(known[place.line - 1].rstrip("\r\n").replace("\t", " "))
    column = max(place.column, 1)
    start = max(0, column - 1 - _BEFORE) if len(line) > _WIDTH else 0
    end = start + _WIDTH
    if not start:
        start = min(len(line) - len(line.lstrip()), column - 1 if place.column else len(line))
    head = "…" if start and line[:start].strip() else ""
    tail = "…" if len(line) > end else ""
    cut = max(column - 1, start) if place.column else start
    return Excerpt(
        place.line,
        head + line[start:cut],
        line[cut:end].rstrip() + tail,
        bool(place.column),
    )


def printable(line: str) -> str:
    """Return a line with a sign for each character that a terminal obeys or XML cannot hold."""
    return _UNPRINTABLE.sub(lambda found: _PICTURES.get(found[0], "\ufffd"), line)


def _shown(found: Excerpt | None) -> str:
    """Return the line at fault with a mark under the place; nothing if it is not known."""
    if found is None:
        return ""
    number = f"{found.number:>6} | "
    row = f"{number}{found.before}{found.rest}"
    if not found.marked:
        return row
    return f"{row}\n{' ' * (len(number) - 2)}| {' ' * _columns(found.before)}^"


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
