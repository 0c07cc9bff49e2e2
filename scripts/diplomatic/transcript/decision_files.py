"""Writing decisions: tables added to the end of a file, so that what an editor wrote stays.

Nothing of an existing file is changed or reordered; the new text is read back before it is kept.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from diplomatic.configuration import ConfigurationError
from diplomatic.findings import Finding, Place
from diplomatic.toml_text import toml
from diplomatic.transcript.decisions import decisions_of, reading_name
from diplomatic.transcript.model import Doubt

Value = str | int | bool | datetime.date
_HEAD: Final = (
    "# The editor's decisions on this document. `diplomatic review` adds to them; they may be\n"
    "# changed, moved and commented by hand.\n"
)


def as_toml(values: Mapping[str, Value]) -> str:
    """Return one decision as a table of TOML; values that are empty are left out."""
    rows = [f"{key} = {toml(value)}\n" for key, value in values.items() if value != ""]
    return "[[decision]]\n" + "".join(rows)


def address_of(doubt: Doubt) -> dict[str, Value]:
    """Return the keys by which a decision on a doubt is found again."""
    words = " ".join(doubt.words.split())
    return {"words": words, "before": doubt.before, "after": doubt.after, "line_hint": doubt.line}


def confirming(doubt: Doubt) -> dict[str, Value]:
    """Return the decision that a doubt is as the program reads it."""
    return {**address_of(doubt), "confirm": True, "chosen": reading_name(doubt.chosen)}


def choosing(doubt: Doubt, reading: str) -> dict[str, Value]:
    """Return the decision that a doubt is something else."""
    return {**address_of(doubt), "reading": reading_name(reading)}


def extended(text: str, values: Mapping[str, Value], path: Path) -> str:
    """Return the text of a decisions file with one more decision at its end.

    Raises:
        ConfigurationError: D002, D003, the file would not be read again.
    """
    start = text if text.strip() else _HEAD
    made = f"{start.rstrip()}\n\n{as_toml(values)}"
    try:
        decisions_of(tomllib.loads(made), made, str(path))
    except tomllib.TOMLDecodeError as error:
        message = f"a decision cannot be added at the end: {error}"
        raise ConfigurationError([Finding("D002", message, Place(str(path)))]) from error
    return made
