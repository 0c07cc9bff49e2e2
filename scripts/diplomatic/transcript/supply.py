"""Supplied word or gloss? The last and hardest decision (conventions §6.12).

A supplied word is one that the sentence needs; a gloss says again, or more clearly, what is
already said. Nothing here parses: signs are weighed, and the certainty says how clear they were.
"""

from __future__ import annotations

import re

from diplomatic.transcript import readings
from diplomatic.transcript.context import Context, Reading
from diplomatic.transcript.lexicon import is_rare

# A subject's verb, right after the bracket; a word that describes the name in it, right before.
_VERB = r"\s(?:[a-z]+{adverb_ending}\s)?(?:[a-z]+{verb_ending}|{verb})\b"
_ATTRIBUTIVE = r"(?:\d{ordinal_ending}|{attributive})\s$"
# An infinitive, a verb, or a word that begins a clause.
_WANTS_OBJECT = r"\b(?:to\s[a-z]+|[a-z]{3,}{verb_ending}|{clause_opener})$"
LONGEST_WORD = 60
_QUOTED = re.compile(r"[^\s([][\"”’'»]$")
_WORDS = re.compile(r"[^\W\d_][\w'’]*")


def supplied_or_gloss(context: Context) -> Reading:
    """Return whichever of the two the words around the bracket speak for."""
    weights = _weights(context)
    total = sum(weight for weight, _ in weights)
    strongest = max(
        weights, key=lambda pair: abs(pair[0]), default=(0, "nothing speaks for either")
    )
    cert = "high" if abs(total) >= 3 else "medium" if abs(total) >= 2 else "low"
    if total >= 0:
        made = readings.supplied(context, {})
        return Reading("supplied-or-gloss", "supplied", made, cert, strongest[1])
    made = readings.gloss(context, {})
    return Reading("supplied-or-gloss", "gloss", made, cert, strongest[1])


def _weights(context: Context) -> list[tuple[int, str]]:
    """Return each sign with its weight: above zero for supplied, below for gloss."""
    words = _WORDS.findall(context.inner)
    sets = context.conventions.word_sets
    function = sets["function"] | sets["function_other"]
    lowered = [word.lower() for word in words]
    return [
        *_signs_inside(context, lowered, function),
        *_signs_around(context, words, function),
    ]


def _signs_inside(
    context: Context, lowered: list[str], function: frozenset[str]
) -> list[tuple[int, str]]:
    """Weigh the words of the bracket."""
    signs: list[tuple[int, str]] = []
    if (
        "," in context.inner
        and lowered
        and len(lowered) > 2
        and any(c.isdigit() for c in context.inner)
    ):
        signs.append((-3, "tells more than a sentence needs"))
    if context.conventions.compile(r"{then}\b\s*\S").match(context.inner.strip()):
        signs.append((-8, "tells who it was then"))
    if not lowered:
        return [(2, "no words to explain anything")]
    if all(word in function for word in lowered):
        signs.append((4, "only words that a sentence needs"))
    elif lowered[0] in function and lowered[0] not in context.conventions.word_sets["article"]:
        signs.append((2, "begins with a word that joins"))
    elif lowered[-1] in function:
        signs.append((2, "ends with a word that leads on"))
    if len(lowered) > 6:
        signs.append((-1, "long"))
    if re.search(r"[=;]|\bi\.e\b", context.inner):
        signs.append((-2, "explains"))
    return signs


def _signs_around(
    context: Context, words: list[str], function: frozenset[str]
) -> list[tuple[int, str]]:
    """Weigh the words before and after the bracket."""
    signs: list[tuple[int, str]] = []
    sets = context.conventions.word_sets
    before, after = context.before.rstrip(), context.after
    last = _WORDS.findall(before[-LONGEST_WORD:])[-1:] or [""]
    follows = re.match(r"[ \u00a0]?([^\W_][\w'’]*)", after)
    signs.extend(_after_a_rare_word(context, words, last[0]))
    quoted = _QUOTED.match(before[-2:]) is not None
    if words and quoted:
        signs.append((-3, "after quoted words"))
    elif not before or before[-1:] in '.!?:;“"(':
        signs.append((3, "begins a sentence"))
    elif last[0].lower() in function or before[-1:].isdigit() or before[-1:] == ",":
        signs.append((3, "the word before wants another"))
    if words and words[0][:1].isupper():
        signs.extend(_beside_a_name(context, last[0]))
    if (
        words
        and words[0].lower() in sets["article"]
        and len(words) < 4
        and _wants_object(context, before)
    ):
        signs.append((3, "the verb before wants an object"))
    if words and words[0].lower() in sets["relative"] and last[0][:1].isupper():
        signs.append((-6, "a clause that tells of the name before"))
    if re.match(r"\s*(?:[,.;:)]|$)", after):
        signs.append(_before_a_stop(context, words, last[0]))
    elif follows and words:
        signs.append(_before_a_word(words, last[0], follows[1]))
    return [sign for sign in signs if sign[0]]


def _beside_a_name(context: Context, last: str) -> list[tuple[int, str]]:
    """Weigh what stands before and after a bracket that begins with a capital."""
    signs: list[tuple[int, str]] = []
    compiled = context.conventions.compile
    if last.islower() and compiled(_VERB, 0).match(context.after):
        signs.append((3, "a subject for the verb after it"))
    if context.ends(compiled(_ATTRIBUTIVE, 0), LONGEST_WORD):
        signs.append((4, "the word before describes it"))
    return signs


def _after_a_rare_word(context: Context, words: list[str], last: str) -> list[tuple[int, str]]:
    """Weigh a foreign word before the bracket, or a name in quotation marks that it translates."""
    quotes = sum(context.before.count(sign) for sign in '"“”')
    if quotes % 2 and re.match(r"[\"”]", context.after) and last[:1].isupper():
        return [(-5, "translates the name in quotation marks")]
    ends_word = context.before.rstrip()[-1:].isalpha()
    language = context.setting.language
    rare = ends_word and last.islower() and len(last) > 2 and words and is_rare(last, language)
    if rare and not any(is_rare(word, language) for word in words):
        return [(-4, "explains the foreign word before it")]
    return []


def _wants_object(context: Context, before: str) -> bool:
    """Whether an infinitive, or a word that begins a clause, stands right before."""
    return context.conventions.compile(_WANTS_OBJECT).search(before[-LONGEST_WORD:]) is not None


def _before_a_stop(context: Context, words: list[str], last: str) -> tuple[int, str]:
    """Weigh a bracket at the end of its clause."""
    if last[:1].isupper() and words and words[0][:1].isupper():
        return (-2, "a name after a name")
    if last[:1].isupper():
        return (-1, "after a name")
    if last.endswith(tuple(context.conventions.words["adjective_ending"])):
        return (2, "the word before describes something")
    return (-1, "the clause is whole without it")


def _before_a_word(words: list[str], last: str, follows: str) -> tuple[int, str]:
    """Weigh a bracket with a word after it."""
    if words[-1][:1].isupper() and follows[:1].isupper() and last.islower():
        return (2, "part of the name after it")
    if last[:1].isupper() and words[0][:1].isupper():
        return (-2, "another name for the one before")
    if words[0][:1].isupper() and last.islower():
        return (-1, "names what was said")
    if len(words) == 1 and words[0].islower():
        return (1, "one word among others")
    return (-1, "the sentence goes on without it")
