"""Brackets beside words: letters that complete one, acronyms, words of the original language."""

from __future__ import annotations

import re

from diplomatic.transcript import readings
from diplomatic.transcript.context import Context, Reading
from diplomatic.transcript.lexicon import is_rare
from diplomatic.transcript.spans import Added, Span

_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]+[.\u00a0]?$")
_LETTERS_INSIDE = re.compile(r"[^\W\d_][^\W\d_'’-]*\.?")
_ACRONYM = re.compile(r"[A-ZÀ-ÞЀ-Я][A-ZÀ-ÞЀ-Я&/.-]{1,7}s?")
_ACRONYM_BEFORE = re.compile(r"(?<![\w.])([A-ZÀ-ÞЀ-Я][A-ZÀ-ÞЀ-Я&/.()a-z-]{0,9})[”\"]?\s?$")
_NO_CAPITAL = re.compile(r"[^A-ZÀ-ÞЀ-Я]")
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_][\w'’-]*\s+){1,7}$")
_SHORT_BEFORE = re.compile(r"(?<![\w.])([^\W\d_]{1,5})\.[ \u00a0]$")
_ROMAN = re.compile(r"[ivxlc]{2,}")
_INITIAL_WORDS = re.compile(r"[^\W\d_][\w'’]*")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ACCENTED = re.compile("[à-öø-ÿĀ-ž]")
_FOREIGN_LETTERS = re.compile(
    "[à-öø-ÿĀ-žА-я\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0600-\u06ff\u0370-\u03ff]"
)


def expansion(context: Context) -> Reading | None:
    """Read letters in brackets inside a word: `T[rade]` expands, `ko[r]ea` supplies."""
    inside = context.inner
    lead = context.ends(_LETTERS_BEFORE, 60)
    tail = _LETTERS.match(context.after)
    if not _LETTERS_INSIDE.fullmatch(inside) or not (lead or tail):
        return None
    letters = lead[0] if lead else ""
    if _ROMAN.fullmatch(inside) and len(letters) > 3 and not tail:
        return None
    if letters.endswith("\u00a0"):
        return None
    abbreviates = letters and inside[0].islower() and (letters.endswith(".") or len(letters) <= 4)
    if abbreviates and (len(inside) > 1 or len(letters) == 1) and (not tail or len(inside) > 2):
        rest = tail[0] if tail else ""
        start, end = context.bracket.start - len(letters), context.bracket.end + len(rest)
        choice = Span(start, end, "choice", before=(Added("abbr", letters + rest),))
        spans = [choice, Span(start, end, "expan", {"resp": "#tr"}), context.span("ex", {})]
        reason = "letters that complete a short form"
        return Reading("expansion", "expan", spans, "high", reason, True)
    spans = readings.supplied(context, {})
    cert = "high" if tail and lead else "medium"
    return Reading("expansion", "supplied", spans, cert, "letters supplied inside a word", True)


def abbreviation(context: Context) -> Reading | None:
    """Read what an acronym stands for, or the acronym of the words before."""
    words = context.inner.strip()
    return (
        _explained_acronym(context, words)
        or _acronym_of_words(context, words)
        or _short_form(context, words)
    )


def _explained_acronym(context: Context, words: str) -> Reading | None:
    """Read the words that an acronym before the bracket stands for."""
    token = context.ends(_ACRONYM_BEFORE, 16)
    if token is None or len(words.split()) < 2 or len(_INITIAL_WORDS.findall(words)) > 12:
        return None
    capitals = _NO_CAPITAL.sub("", token[1])
    if sum(map(str.isupper, token[1])) < 2:
        return None
    agrees = _initials_agree(capitals, words)
    reason = "the initials agree" if agrees else "words after an acronym"
    base = context.bracket.start - len(context.before)
    spans = _term(context, (base + token.start(1), base + token.end(1)))
    return Reading("abbreviation", "gloss", spans, "high" if agrees else "medium", reason)


def _acronym_of_words(context: Context, words: str) -> Reading | None:
    """Read the acronym of the words before the bracket."""
    found = _ACRONYM.fullmatch(words) and _WORDS_BEFORE.search(context.before + " ")
    if not found or not _initials_agree(re.sub(r"[^\w]", "", words), found[0]):
        return None
    spans = readings.gloss(context, {})
    return Reading("abbreviation", "gloss", spans, "high", "the acronym of the words before")


def _short_form(context: Context, words: str) -> Reading | None:
    """Read the word that a short form with a stop stands for: `mln. [million]`."""
    token = context.ends(_SHORT_BEFORE, 8)
    if token is None or not _INITIAL_WORDS.fullmatch(words) or len(words) <= len(token[1]) + 1:
        return None
    short, long = token[1].lower(), words.lower()
    if short[0] != long[0] or not _in_order(short, long):
        return None
    base = context.bracket.start - len(context.before)
    spans = _term(context, (base + token.start(1), base + token.end(1) + 1))
    reason = "the short form before it has letters of this word"
    return Reading("abbreviation", "gloss", spans, "medium", reason)


def _in_order(letters: str, words: str) -> bool:
    """Whether letters all stand in some words, in that order."""
    position = 0
    for letter in letters:
        position = words.find(letter, position) + 1
        if not position:
            return False
    return True


def _initials_agree(short: str, words: str) -> bool:
    """Whether the letters of an acronym are initials of some words, in order."""
    initials = "".join(word[0] for word in _INITIAL_WORDS.findall(words)).upper()
    return _in_order(short.upper(), initials)


def _term(context: Context, target: tuple[int, int]) -> list[Span]:
    """Return a `term` over the words before and the `gloss` that points to it."""
    start, end = target
    note_id = f"@{start}"
    explained = context.span("gloss", {"target": f"#{note_id}", "resp": "#tr"})
    return [Span(start, end, "term", {"xml:id": note_id}), explained]


def original_wording(context: Context) -> Reading | None:
    """Read a word of the original language after its translation."""
    words = context.inner.strip()
    if not context.before.strip() or len(words.split()) > 6:
        return None
    beside = context.before[-12:] + context.after[:12]
    if _CYRILLIC.search(words) and _CYRILLIC.search(beside):
        return None  # in the language of what stands around it
    foreign = _has_foreign_letters(words, context.setting.language)
    tokens = [token.strip(",.;:\"“”'’") for token in words.split()]
    quoted = re.fullmatch(r"[\"“'‘].+[\"”'’]", words)
    named = any(token[:1].isupper() for token in tokens) and not quoted
    if not foreign and (named or not _unlike_the_text(context, [t for t in tokens if t])):
        return None
    if words[:1].isupper() and not quoted and context.after[:2].strip()[:1].isupper():
        return None
    spans = readings.original_wording(context, {})
    cert = "high" if foreign and not words[:1].isupper() else "medium"
    return Reading("original-wording", "original-wording", spans, cert, "a word of the original")


def _has_foreign_letters(words: str, language: str) -> bool:
    """Whether some words have letters that their text, in a language, is not written with."""
    if language == "ru":
        return re.search(r"[^\W\d_]", words) is not None and not _CYRILLIC.search(words)
    found = _FOREIGN_LETTERS.search(words)
    return found is not None and (language == "en" or not _ACCENTED.fullmatch(found[0]))


def _unlike_the_text(context: Context, tokens: list[str]) -> bool:
    """Whether words are none of the text's language, while the word before them is."""
    longest = max(tokens, key=len, default="")
    language = context.setting.language
    if len(longest) < 3 or not is_rare(longest, language):
        return False
    previous = context.word_before
    said = context.text[slice(*previous)] if previous else ""
    known = not said.isalpha() or not is_rare(said, language)
    romanised = context.conventions.line_patterns["romanised"]
    return known or any(romanised.fullmatch(token) for token in tokens)
