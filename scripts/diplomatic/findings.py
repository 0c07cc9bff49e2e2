"""Findings: what the program has to say about an edition, with place, cause and way out.

Every finding has a stable code. The one table of codes is `codes.toml` beside this file;
`diplomatic explain CODE` tells its story.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import islice
from typing import ClassVar, Final

# Nobody reads more findings on one file, and few files are so wrong by accident.
_MOST: Final = 1000


class Severity(StrEnum):
    """How much a finding weighs: an error fails the run, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ExitCode:
    """Exit codes of the command line (design §8)."""

    CLEAN: ClassVar[int] = 0
    ERRORS: ClassVar[int] = 1
    USAGE: ClassVar[int] = 2
    BROKEN_EDITION: ClassVar[int] = 3
    INTERRUPTED: ClassVar[int] = 130


@dataclass(frozen=True, order=True)
class Place:
    """Where a finding is: a file, and in it a line and column (both from 1, columns in characters).

    `transcript_line` is the line of the transcript, where `file` is a TEI document made from one.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    transcript_line: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        place = ":".join([self.file, *numbers])
        if self.transcript_line:
            place += f" (transcript line {self.transcript_line})"
        return place


@dataclass(frozen=True)
class CodeInfo:
    """One row of the table of codes."""

    code: str
    severity: Severity
    title: str
    hint: str
    explanation: str


@dataclass(frozen=True)
class Finding:
    """One thing to say: code, place, message (what is wrong here) and hint (how to mend it)."""

    code: str
    message: str
    place: Place = field(default_factory=Place)
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """Severity of the finding's code."""
        return code_info(self.code).severity

    def as_text(self) -> str:
        """Return the finding as the lines that a person reads in a terminal."""
        hint = self.hint or code_info(self.code).hint
        head = f"{self.place}: " if self.place.file else ""
        text = f"{head}{self.severity} {self.code}: {self.message}"
        return f"{text}\n    {hint}" if hint else text

    def as_dict(self) -> dict[str, object]:
        """Return the finding as plain data, for JSON."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "place": asdict(self.place),
            "message": self.message,
            "hint": self.hint or code_info(self.code).hint,
        }


class DiplomaticError(Exception):
    """A failure that ends the work on one thing; it carries the finding to show.

    Subclasses set `exit_code` where the shell must tell them apart.
    """

    exit_code: ClassVar[int] = ExitCode.ERRORS

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.as_text())
        self.finding = finding


class EditionError(DiplomaticError):
    """The edition folder itself is broken: nothing can be done before it is mended."""

    exit_code: ClassVar[int] = ExitCode.BROKEN_EDITION


@cache
def codes() -> dict[str, CodeInfo]:
    """Return the table of codes, by code."""
    text = resources.files("diplomatic").joinpath("codes.toml").read_text("utf-8")
    return {
        code: CodeInfo(
            code,
            Severity(row["severity"]),
            row["title"],
            row.get("hint", ""),
            row.get("explanation", ""),
        )
        for code, row in tomllib.loads(text).items()
    }


def code_info(code: str) -> CodeInfo:
    """Return what is known of a code.

    Raises:
        KeyError: the code is not in the table, which is a fault of the program.
    """
    return codes()[code]


def worst_exit_code(findings: Iterable[Finding]) -> int:
    """Return the exit code that these findings call for: 1 if one is an error, else 0."""
    failed = any(finding.severity is Severity.ERROR for finding in findings)
    return ExitCode.ERRORS if failed else ExitCode.CLEAN


def sort_key(finding: Finding) -> tuple[Place, str, str]:
    """Return the key by which findings are listed: place first, then code."""
    return (finding.place, finding.code, finding.message)


def limited(found: Iterable[Finding], name: str) -> list[Finding]:
    """Return the first thousand of some findings on a file, and D121 if there are more.

    What comes after is not even looked for, so that no file can make a run endless. `name` is what
    findings call the file.
    """
    several = iter(found)
    first = list(islice(several, _MOST))
    if next(several, None) is not None:
        message = f"there are more faults than the {_MOST:,} that are listed"
        first.append(Finding("D121", message, Place(name)))
    return first


def as_json(findings: Iterable[Finding]) -> str:
    """Return findings as a JSON array, in the order given."""
    return json.dumps([f.as_dict() for f in findings], ensure_ascii=False, indent=2)
