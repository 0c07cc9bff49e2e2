"""An `edition.toml` that explains itself: every setting with its words, most of them commented out.

In: the model of the settings, and the values that are given. Out: the text of the file. The words
are those that stand below each setting in `settings.py`, so that the two cannot differ.
"""

from __future__ import annotations

import datetime
import textwrap
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from diplomatic.setting_words import words_of
from diplomatic.settings import EditionSettings
from diplomatic.toml_text import toml

_WIDTH: Final = 96
_HEAD: Final = """\
# The edition as a whole. Every setting there is stands here, below what it means. Where a line
# begins with # and no blank, the setting is not set: it has the value shown, or shows an example.
# To set it, take the # away.
"""

Value = str | int | float | bool | datetime.date | list[str]


@dataclass(frozen=True)
class Given:
    """A value that is set from the start, and why, where it is a guess."""

    value: Value
    reason: str = ""


def settings_text(given: Mapping[str, Given]) -> str:
    """Return the text of an `edition.toml`.

    Args:
        given: the values that are set, by key; those that must be set are among them.
    """
    return "\n".join([_HEAD, *_table(EditionSettings, "", given)]).rstrip() + "\n"


def _table(model: type[BaseModel], name: str, given: Mapping[str, Given]) -> Iterator[str]:
    """Yield the lines of a table: its own settings, then the tables in it."""
    inner = []
    for key, field in model.model_fields.items():
        table = _model_of(field.annotation)
        if table is not None:
            inner.append((key, table))
        else:
            yield from _comment(words_of(model)[key].meaning)
            yield from _setting(model, key, given.get(key) if not name else None)
            yield ""
    for key, table in inner:
        # A table in which something must be said is no table unless it is said.
        mark = "#" if any(field.is_required() for field in table.model_fields.values()) else ""
        yield from _comment(words_of(model)[key].meaning)
        path = f"{name}.{key}" if name else key
        yield f"{mark}[{path}]"
        yield ""
        yield from _table(table, path, given)


def _setting(model: type[BaseModel], key: str, given: Given | None) -> Iterator[str]:
    """Yield the line of a setting: set, or commented out with an example or its default."""
    if given is not None:
        if given.reason:
            yield f"# A guess: {given.reason}"
        yield f"{key} = {toml(given.value)}"
        return
    value = words_of(model)[key].example or toml(model.model_fields[key].get_default())
    yield from (f"#{line}" for line in f"{key} = {value}".splitlines())


def _comment(words: str) -> Iterator[str]:
    """Yield words as lines of comment."""
    yield from (f"# {line}" for line in textwrap.wrap(words, _WIDTH - 2, break_on_hyphens=False))


def _model_of(annotation: object) -> type[BaseModel] | None:
    """Return the model that a type is, or is beside None; else None."""
    parts = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else [annotation]
    found = [part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)]
    return found[0] if found else None
