"""A bracket of names after a name: the rest of it, or what else the person is called.

`Mao [Zedong]`, `Nagy [Imre]`, `Todor [Zhivkov]` are supplied: before a surname conventions §6.9
says so of a forename; after it a list of names (`conventions/names.toml`) tells a supplied part
from another name, as in `Lesnoy [Stalin]` or `Pak Ui-wan [Ivan Pak]`.
"""

from __future__ import annotations

import re

from diplomatic.transcript import readings
from diplomatic.transcript.context import Context, Reading

_NAME_BEFORE = re.compile(
    r"(?P<more>(?:[A-ZÀ-ÞЀ-Я][\w'’-]*[a-zà-ÿа-я]|[A-ZÀ-ÞЀ-Я]\.)[ \u00a0])?"
    r"(?P<name>[A-ZÀ-ÞЀ-Я][\w'’-]+)[ \u00a0]$"
)
NAME_REACH = 90
_NAMES = re.compile(r"[A-ZÀ-ÞĐŐЀ-Я][\w'’-]+(?:[ \u00a0][A-ZÀ-ÞЀ-Я]?[\w'’-]+){0,2}")


def name_completion(context: Context) -> Reading | None:
    """Read the part of a name that the document leaves out, after the part that it has."""
    words = context.inner.strip()
    found = _NAMES.fullmatch(words) and context.ends(_NAME_BEFORE, NAME_REACH)
    if not found or not _completes(context, found, words):
        return None
    spans = readings.supplied(context, {})
    return Reading("name-completion", "supplied", spans, "medium", "the rest of a name")


def other_name(context: Context) -> Reading | None:
    """Read a whole name after a whole name: the same person, otherwise called."""
    words = context.inner.strip()
    found = _NAMES.fullmatch(words) and context.ends(_NAME_BEFORE, NAME_REACH)
    if not found or not found["more"]:
        return None
    said = (found["more"] + found["name"]).lower().split()
    if len(words.split()) < 2 or not (_is_person(context, said) or found["more"].endswith(". ")):
        return None
    if not _is_person(context, words.lower().split()):
        return None
    spans = readings.identification(context, {})
    reason = "another name of the person before"
    return Reading("other-name", "identification", spans, "medium", reason)


def _is_person(context: Context, parts: list[str]) -> bool:
    """Whether one of the words is a forename or a family name of the lists."""
    sets = context.conventions.word_sets
    return any(part in sets["forename"] or part in sets["family_name"] for part in parts)


def _completes(context: Context, found: re.Match[str], words: str) -> bool:
    """Whether a family name stands before its forename, or a forename before its surname."""
    sets = context.conventions.word_sets
    name, parts = found["name"].lower(), words.lower().split()
    if parts[0] == name or (found["more"] and not _is_title(context, found["more"])):
        return False
    if name in sets["family_name"] or (name in sets["forename"] and len(parts) == 1):
        return not sets["role"].intersection(parts)
    endings = tuple(sets["patronymic_ending"])
    return parts[0] in sets["forename"] and all(
        part in sets["forename"] or part.endswith(endings) for part in parts
    )


def _is_title(context: Context, word: str) -> bool:
    """Whether a capital word before a name is a title, not a part of the name."""
    return word.strip(" \u00a0").lower() in context.conventions.word_sets["role"]
