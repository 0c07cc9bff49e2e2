"""Brackets beside names: another spelling, a role, a forename, a signature that was read."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from diplomatic.transcript import readings
from diplomatic.transcript.context import Context, Reading

_NAME_END = re.compile(
    r"(?:(?:[A-ZÀ-ÞЀ-Я][\w'’-]*\.?)[ \u00a0]){0,3}[A-ZÀ-ÞЀ-Я][\w'’-]+(?=[ \u00a0”\"]{0,2}$)"
)
_NAME_AFTER = re.compile(r"\s?[A-ZÀ-ÞЀ-Я][\w'’.-]+")
_NAMES = r"(?:(?i:{article})\s+)?[A-ZÀ-ÞЀ-Я]"
_DESCRIBES = r"(?:{article}|{determiner})\s|{explains}"
# A name, or a noun with its article, is no longer than this.
NAME_REACH = 90
_PARTS = re.compile(r"[\s-]+")
_FORENAMES = re.compile(r"(?:[A-ZÀ-ÞЀ-Я][\w'’-]*\.?\s?){1,3}")
_NAME = re.compile(r"(?:[A-ZÀ-ÞЀ-Я][\w'’.-]*\s?){1,4}")
_NAME_LIST = rf"{_NAME.pattern}(?:(?:,\s|\s?{{and}}\s){_NAME.pattern}){{0,3}}"
# Letters that romanisations write for one sound (g/k, d/t, b/p, j/ch, r/l); vowels say little.
_SOUNDS = str.maketrans(
    {"g": "k", "d": "t", "b": "p", "j": "c", "r": "l", "e": "o", "u": "o", "h": None, "y": "i"}
)


def variant(context: Context) -> Reading | None:
    """Read another spelling of the name before: `Choe Min-su [Choe Min Su]`."""
    words = context.inner.strip()
    if not words[:1].isupper() or len(words.split()) > 4:
        return None
    found = context.ends(_NAME_END, NAME_REACH)
    if found is None:
        return None
    said = found[0].split()
    base = context.bracket.start - len(context.before)
    for count in range(len(said), 0, -1):
        name = " ".join(said[-count:])
        if not _same_name(name, words):
            continue
        start = base + context.before.rindex(said[-count], found.start())
        spans = readings.second_reading(context, (start, start + len(name)), "orig", "reg")
        cert = "high" if _plain(name) == _plain(words) else "medium"
        reason = "another spelling of the name before"
        return Reading("variant", "reg", spans, cert, reason, True)
    return None


def _same_name(said: str, other: str) -> bool:
    """Whether two spellings are of one name; initials or other words are none."""
    first, second = _plain(said), _plain(other)
    if not first or len(first) < 4:
        return first == second
    alike = SequenceMatcher(None, first, second).ratio() >= 0.75
    if first[0] == second[:1] and alike:
        return True
    many = len(_PARTS.split(said)) == len(_PARTS.split(other)) > 1
    one, two = first.translate(_SOUNDS), second.translate(_SOUNDS)
    return first == second or (many and SequenceMatcher(None, one, two).ratio() >= 0.7)


def _plain(words: str) -> str:
    """Return words without what romanisations differ in: hyphens, marks, apostrophes, blanks."""
    bare = unicodedata.normalize("NFD", words.casefold())
    return "".join(c for c in bare if c.isalnum() and not unicodedata.combining(c))


def identification(context: Context) -> Reading | None:
    """Read who or what is meant: after a pronoun, before or after a name, by a role."""
    words = context.inner.strip()
    if _means_pronoun(context, words):
        return _identified(context, "says whom a pronoun means")
    listed = context.conventions.compile(_NAME_LIST, 0)
    if listed.fullmatch(words) and _names_bearer(context):
        return _identified(context, "names what the noun before it means")
    if _NAME.fullmatch(words) and _after_title(context):
        spans = readings.supplied(context, {})
        return Reading("identification", "supplied", spans, "high", "a name after its title")
    name_after = _NAME_AFTER.match(context.after)
    beside_name = name_after or context.ends(_NAME_END, NAME_REACH)
    if beside_name and len(words) < 160 and _names_role(context, words):
        return _identified(context, "a role beside a name")
    if name_after and _FORENAMES.fullmatch(words):
        spans = readings.supplied(context, {})
        return Reading("identification", "supplied", spans, "high", "a forename before a surname")
    return None


def _means_pronoun(context: Context, words: str) -> bool:
    """Whether a bracket right after a pronoun names somebody, or begins as a description does."""
    previous = context.word_before
    said = context.text[slice(*previous)].lower() if previous else ""
    if said not in context.conventions.word_sets["pronoun"]:
        return False
    compiled = context.conventions.compile
    describes = compiled(_DESCRIBES).match(words) is not None
    names = compiled(_NAMES, 0).match(words) is not None
    return context.before.rstrip()[-1:].isalpha() and (names or describes)


def _names_bearer(context: Context) -> bool:
    """Whether a noun that has a name stands right before, with its article (`his wife [X]`)."""
    bearer = (
        r"\b{determiner}\s(?:[^\W\d_][\w'’-]*\s){0,2}"
        r"(?:{role}s?|{named_noun})(?:\sof\s\w+)?[ \u00a0]$"
    )
    return context.ends(context.conventions.compile(bearer), NAME_REACH) is not None


def _after_title(context: Context) -> bool:
    """Whether a title that begins with a capital stands right before (`Comrade [Lis]`)."""
    title = context.conventions.compile(r"(?<![\w-]){role}\.?[ \u00a0]$")
    found = context.ends(title, NAME_REACH)
    return found is not None and found[0][:1].isupper()


def _names_role(context: Context, words: str) -> bool:
    """Whether words hold a role of the conventions; a quick test comes before the exact one."""
    lowered = words.lower()
    likely = (role for role in context.conventions.word_sets["role"] if role in lowered)
    return any(re.search(rf"\b{re.escape(role)}s?\b", lowered) for role in likely)


def _identified(context: Context, reason: str) -> Reading:
    """Return an identification."""
    spans = readings.identification(context, {})
    return Reading("identification", "identification", spans, "high", reason)


def signed_name(context: Context) -> Reading | None:
    """Read a name in brackets that stands for a signature: deciphered, so supplied."""
    if context.zone != "bottom" or not _NAME.fullmatch(context.inner.strip()):
        return None
    attributes = {"reason": "illegible", "cert": "medium", "resp": "#tr"}
    spans = [context.span("supplied", attributes)]
    reason = "the name that a signature is read as"
    return Reading("signed-name", "supplied", spans, "medium", reason)
