"""Examples for codes, before and after: `examples.toml` beside this file.

Each is tried by a test: *before* gives its code, *after* does not.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_OF_EDITIONS: Final = ("cause", "command", "file name", "step")


@dataclass(frozen=True)
class Example:
    """An example of a code; `where` says into which part of a document or edition it goes."""

    before: str
    after: str
    where: str = ""

    @property
    def in_edition(self) -> bool:
        """Whether it is of an edition, rather than of a part of one TEI document."""
        return self.is_file or self.where in _OF_EDITIONS

    @property
    def is_file(self) -> bool:
        """Whether it is of a file, which it names."""
        return "." in self.where


@cache
def examples() -> dict[str, Example]:
    """Return all examples, by code."""
    text = resources.files("diplomatic").joinpath("examples.toml").read_text("utf-8")
    return {
        code: Example(row["before"].strip("\n"), row["after"].strip("\n"), row.get("where", ""))
        for code, row in tomllib.loads(text).items()
    }


def example_of(code: str) -> Example | None:
    """Return the example of a code, if it has one."""
    return examples().get(code)


def visible(text: str) -> str:
    """Return the text of an example with signs for what cannot be seen."""
    shown = "".join(chr(0x2400 + ord(c)) if c < " " and c != "\n" else c for c in text)
    return shown or "(an empty file)"
