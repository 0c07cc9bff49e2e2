"""Reading TOML into a model, with findings that a person can act on.

In: a path and a model of `diplomatic.settings`. Out: the model, or `ConfigurationError` with
every wrong key named with its line, the reason, and the nearest known key.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import types
import typing
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from diplomatic.findings import DiplomaticError, EditionError, Finding, Place
from diplomatic.sniffing import encoding_hint
from diplomatic.toml_mistakes import toml_hint

M = TypeVar("M", bound=BaseModel)

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TABLE = re.compile(r"^\s*\[+\s*([^\]]+?)\s*\]+")
_KEY = re.compile(r"^\s*[\"']?([\w-]+)[\"']?\s*(?:\.\s*[\"']?([\w-]+)[\"']?\s*)?=")
# What pydantic calls its reasons, in the words of somebody who edits documents.
_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is not a setting",
    "string_type": "must be text in double quotes",
    "string_too_short": "must not be empty",
    "bool_type": "must be true or false, without quotes",
    "list_type": 'must be a list, as in ["one", "two"]',
    "dict_type": "must be a table",
    "model_type": "must be a table of its own",
    "string_pattern_mismatch": "has a form that cannot be used",
    "date_type": "must be a date without quotes, as in 2026-11-21",
    "url_parsing": "must be a web address, as in https://example.org/",
    "url_scheme": "must be a web address that begins with https:// or http://",
}


class ConfigurationError(DiplomaticError):
    """A configuration file cannot be used; `findings` names every reason."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings[0])
        self.findings = list(findings)


class BrokenEditionError(ConfigurationError, EditionError):
    """The edition's own configuration cannot be used: exit code 3."""

    exit_code = EditionError.exit_code


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file.

    Raises:
        ConfigurationError: D012, it cannot be read; D010, it is no UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = error.strerror or "cannot be read"
        raise ConfigurationError([Finding("D012", message, Place(str(path)))]) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"byte {data[error.start]:#04x} is no UTF-8"
        place = Place(str(path), line, column)
        raise ConfigurationError([Finding("D010", message, place, encoding_hint(data))]) from error


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """Return the values of a TOML file, and its text.

    Raises:
        ConfigurationError: D010, D012, it cannot be read; D002, it is no TOML.
    """
    text = read_text(path)
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        match = _TOML_PLACE.search(message)
        line, column = (
            (int(match[1]), int(match[2])) if match and match[1] else (text.count("\n") + 1, 0)
        )
        if match:
            message = message[: match.start()]
        place = Place(str(path), line, column)
        hint = toml_hint("".join(text.splitlines()[line - 1 : line]))
        finding = Finding("D002", f"no valid TOML: {message}", place, hint)
        raise ConfigurationError([finding]) from error


def read_model(path: Path, model: type[M]) -> M:
    """Return the TOML file at `path` as a `model`.

    Raises:
        ConfigurationError: D002, D010, D012 as `read_toml`; D003 once for each wrong key.
    """
    values, text = read_toml(path)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(explain(error, model, path, text)) from error


def explain(
    error: ValidationError, model: type[BaseModel], path: Path, text: str, after: int = 0
) -> list[Finding]:
    """Return pydantic's account of a file, or of a part of it, as findings D003.

    Args:
        error: what pydantic says.
        model: what the part should be.
        path: the file.
        text: the part.
        after: the line of the file after which the part begins.
    """
    return _unique([_finding(dict(e), model, path, text, after) for e in error.errors()])


def _unique(findings: list[Finding]) -> list[Finding]:
    """Return one finding for each key: a value of two possible types is refused by both."""
    by_place: dict[tuple[Place, str], Finding] = {}
    for finding in findings:
        by_place.setdefault((finding.place, finding.message.split(" ", 1)[0]), finding)
    return list(by_place.values())


def _finding(
    error: dict[str, Any], model: type[BaseModel], path: Path, text: str, after: int
) -> Finding:
    """Return pydantic's account of one wrong key, or of keys that do not fit, as a finding."""
    keys = _keys(model, error["loc"])
    name = ".".join(keys) or "this table:"
    reason = _REASONS.get(error["type"]) or _generic(error)
    before = _lines_before(text, error["loc"])
    rest = "\n".join(text.splitlines()[before:])
    line = before + line_of(rest, keys) if keys else 0
    place = Place(str(path), line + after)
    hint = _hint(error, keys, model) if keys else ""
    return Finding("D003", f"{name} {reason}", place, hint)


def _lines_before(text: str, location: Sequence[str | int]) -> int:
    """Return how many lines stand before the table that a place is in, of several of one name."""
    for key, index in pairwise(location):
        if isinstance(index, int):
            opening = re.compile(rf"\s*\[\[\s*{re.escape(str(key))}\s*\]\]")
            found = [n for n, line in enumerate(text.splitlines()) if opening.match(line)]
            return found[index] if index < len(found) else 0
    return 0


def _generic(error: dict[str, Any]) -> str:
    """Return a reason that has no words of its own in the table above."""
    if error["type"] == "literal_error":
        return f"must be one of {error['ctx']['expected']}"
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    message = str(error["msg"])
    return message[:1].lower() + message[1:]


def _keys(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """Return the keys of a place; pydantic adds names of types, which are no keys."""
    keys: list[str] = []
    current: type[BaseModel] | None = model
    for part in location:
        if isinstance(part, int):
            continue
        if current is None:
            break
        keys.append(part)
        field = current.model_fields.get(part)
        current = _model_of(field.annotation) if field else None
    return keys


def _model_of(annotation: object) -> type[BaseModel] | None:
    """Return the model that a type is, or holds beside None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    origin = typing.get_origin(annotation)
    if isinstance(annotation, types.UnionType) or origin in (typing.Union, list):
        for part in typing.get_args(annotation):
            if found := _model_of(part):
                return found
    return None


def _hint(error: dict[str, Any], keys: list[str], model: type[BaseModel]) -> str:
    """Return the way out of one wrong key: what it means, or the nearest key that exists."""
    if error["type"] == "missing":
        return f"Add a line {keys[-1]} = …"
    owner: type[BaseModel] = model
    for key in keys[:-1]:
        field = owner.model_fields.get(key)
        owner = (_model_of(field.annotation) if field else None) or owner
    if error["type"] != "extra_forbidden":
        return _meaning(owner, keys[-1])
    known = sorted(owner.model_fields)
    near = difflib.get_close_matches(keys[-1], known, 1)
    return f"Did you mean {near[0]}?" if near else f"The settings here are: {', '.join(known)}."


def _meaning(model: type[BaseModel], key: str) -> str:
    """Return what a setting means, with an example; nothing where its model does not say."""
    # Imported here: only somebody with a wrong setting needs the words of settings.
    from diplomatic.setting_words import words_of

    words = words_of(model).get(key)
    if words is None:
        return ""
    return f"{words.meaning} As in: {key} = {words.example}" if words.example else words.meaning


def line_of(text: str, keys: Sequence[str]) -> int:
    """Return the line (from 1) that sets a key or opens its table; 0 when neither is there."""
    table: list[str] = []
    opened = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            table = [part.strip().strip("\"'") for part in match[1].split(".")]
            if table == list(keys):
                return number
            if table == list(keys[:-1]):
                opened = number
        elif match := _KEY.match(line):
            found = [*table, *[part for part in match.groups() if part]]
            if found[: len(keys)] == list(keys):
                return number
    return opened
