"""Examples for codes, before and after: `examples.toml` beside this file.

Each is tried by a test: *before* gives exactly its code, *after* gives nothing.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Example:
    """An example of a code; `where` says into which part of a document it goes."""

    before: str
    after: str
    where: str = ""


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
