"""Runs of words with capitals that may be names, and what speaks for it.

In: a text and the stretches of it that are the document's own words. Out: candidates with their
places. A run is words with a capital, joined by blanks or by words such as *of*; initials belong to
it. A word that has its capital only because a sentence begins is left out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from diplomatic.naming.vocabulary import words
from diplomatic.transcript.lexicon import RARE, familiarity

PERSON, PLACE, ORGANISATION, UNKNOWN = "person", "place", "organisation", "unknown"

# Initials (V.I., В. И.), or a word with what joins its parts (Jean-Luc, O'Brien, Kim’s).
_TOKEN: Final = re.compile(r"(?:[^\W\d_]\.\s?)+(?=[^\W\d_])|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*\.?")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.\s?)+")
_POSSESSIVE: Final = re.compile(r"['’ʼ](?:s|S)?$")
_SENTENCE_ENDS: Final = frozenset('.!?:;…\n[(«“"„')
_LONGEST: Final = 9
# As frequent as this (Zipf scale) are then, in, on; no name is.
_COMMON: Final = 5.5
_MOSTLY: Final = 0.6
# Mr., Prof., Cde.: titles that are abbreviated with a full stop have no more letters.
_SHORT_TITLE: Final = 5
_ARTICLES: Final = frozenset({"the", "der", "die", "das", "le", "la", "les"})
_AND: Final = frozenset({"and", "und", "et"})


@dataclass(frozen=True)
class Token:
    """A word, where it stands, and whether something other than a blank stands before it."""

    word: str
    start: int
    end: int
    begins: bool

    @property
    def has_capital(self) -> bool:
        """Whether the word begins with a capital."""
        return self.word[0].isupper()


@dataclass(frozen=True)
class Usage:
    """How the edition's texts write words: with a small letter; with a capital in a sentence."""

    small: frozenset[str]
    inside: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """A run that may be a name: its words, its place, what it may be and why."""

    words: str
    start: int
    end: int
    kind: str
    reason: str
    certain: bool = False


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the words of a stretch of text."""
    last = start
    for found in _TOKEN.finditer(text, start, end):
        between = text[last : found.start()]
        begins = last == start or not between or bool(set(between) & _SENTENCE_ENDS)
        # A full stop belongs to the word before only where that is an initial or an abbreviation.
        before = text[last - 1] if last > start else ""
        begins = begins or (before == "." and not _abbreviated(text, last))
        yield Token(
            found[0].rstrip(), found.start(), found.start() + len(found[0].rstrip()), begins
        )
        last = found.end()


def _abbreviated(text: str, end: int) -> bool:
    """Whether the word that ends here with a full stop is an initial or a title."""
    found = re.search(r"([^\W\d_]+)\.\s?$", text[max(0, end - 20) : end])
    if found is None:
        return False
    return len(found[1]) <= _SHORT_TITLE and (len(found[1]) == 1 or _is_title(f"{found[1]}."))


def usage(texts: Iterable[str]) -> Usage:
    """Return how texts write their words."""
    small: set[str] = set()
    inside: set[str] = set()
    for text in texts:
        for token in tokens(text, 0, len(text)):
            if not token.has_capital:
                small.add(token.word.strip("."))
            elif not token.begins:
                inside.add(token.word.strip("."))
    return Usage(frozenset(small), frozenset(inside))


def candidates(text: str, start: int, end: int, used: Usage) -> Iterator[Candidate]:
    """Yield the candidates in a stretch of a text.

    Args:
        text: the transcript.
        start: where the stretch begins.
        end: where it ends.
        used: how the edition's texts write their words.
    """
    line: list[Token] = []
    for token in tokens(text, start, end):
        if line and "\n" in text[line[-1].end : token.start]:
            yield from _in_line(text, line, used)
            line = []
        line.append(token)
    yield from _in_line(text, line, used)


def _in_line(text: str, line: Sequence[Token], used: Usage) -> Iterator[Candidate]:
    """Yield the candidates in a line, unless the line is in capitals."""
    long = [token for token in line if len(token.word) > 3]
    if len(long) > 2 and sum(token.word.isupper() for token in long) > len(long) * _MOSTLY:
        return
    index = 0
    while index < len(line):
        run = _run(text, line[index : index + _LONGEST])
        # What ends a sentence is no title of what begins the next.
        before = line[index - 1].word if index and not line[index].begins else ""
        index += max(1, len(run))
        for part, title in _parts(run, before):
            if found := _candidate(text, part, title, used):
                yield found


def _run(text: str, line: Sequence[Token]) -> list[Token]:
    """Return the words with capitals that a line begins with, and what joins them."""
    run: list[Token] = []
    for token in line:
        if run and text[run[-1].end : token.start].strip(" \u00a0-"):
            break
        goes_on = not run or not run[-1].word.endswith(".") or _is_short(run[-1])
        joins = run and words().has("joins", token.word) and token.word.islower()
        # Tarnowo the Ministry: an article joins only behind another joining word.
        joins = joins and (token.word != "the" or not run[-1].has_capital)
        if not (joins or (token.has_capital and goes_on)):
            break
        run.append(token)
    while run and not run[-1].has_capital:
        run.pop()
    return run


def _is_short(token: Token) -> bool:
    """Whether a full stop belongs to a word: initials, a title."""
    return _is_initials(token) or _is_title(token.word)


def _is_title(word: str) -> bool:
    """Whether a word is a title; one capital with a full stop is an initial, and none."""
    return words().has("title", word) and not (len(word.strip(".")) == 1 and word[0].isupper())


def _is_initials(token: Token) -> bool:
    """Whether a token is initials."""
    return _INITIALS.fullmatch(f"{token.word} ") is not None


def _parts(run: Sequence[Token], before: str) -> Iterator[tuple[list[Token], str]]:
    """Yield the names in a run, each with the title or other word that stands before it.

    A run is cut at titles, at words that are of no name, and at *and*, *of*, *in* unless a word
    shows that they belong to one name (Ministry of Trade and Industry).
    """
    is_organisation = any(words().has("organisation", token.word) for token in run)
    joined = is_organisation or any(words().has("place", token.word) for token in run)
    part: list[Token] = []
    for number, token in enumerate(run):
        following = run[number + 1] if number + 1 < len(run) else None
        cuts = words().has("never", token.word)
        # Holm, A. The Lamp: an article with a capital begins another sentence, or a title.
        cuts = cuts or (token.has_capital and token.word.lower() in _ARTICLES)
        # Совет Министров: what is a title elsewhere.
        cuts = cuts or (_is_title(token.word) and not (part and is_organisation))
        if not token.has_capital and words().has("joins_no_person", token.word):
            cuts = not is_organisation if token.word in _AND else not joined
        if not cuts:
            part.append(token)
        # USSR P. T. Orlov: the state is not his.
        state = words().is_state(token.word) and following is not None and _is_initials(following)
        if cuts or state:
            if part:
                yield part, before
            part, before = [], token.word
    if part:
        yield part, before


def _candidate(text: str, run: list[Token], before: str, used: Usage) -> Candidate | None:
    """Return a run with what it may be; None where it is no name."""
    while run and (
        not run[0].has_capital or _only_begins(run, used) or run[0].word.lower() in _ARTICLES
    ):
        before, run = run[0].word, run[1:]
    while run and not run[-1].has_capital:
        run = run[:-1]
    if not run or all(_is_initials(token) for token in run):
        return None
    start, end = run[0].start, run[-1].end
    if text[end - 1] == "." and not _is_initials(run[-1]):
        end -= 1
    end -= len(text[start:end]) - len(_POSSESSIVE.sub("", text[start:end]))
    name = " ".join(text[start:end].split())
    if len(name) < 2 or (len(run) == 1 and words().has("no_name", name)):
        return None
    kind, reason, certain = _kind(run, name, before, used)
    return Candidate(name, start, end, kind, reason, certain)


def _only_begins(run: Sequence[Token], used: Usage) -> bool:
    """Whether the first word of a run has its capital only because a sentence begins with it."""
    word = run[0].word.strip(".")
    # Port Sable, United States: ordinary words, which begin a name all the same.
    first = [token.word for token in run[:2] if token.has_capital and len(run) > 1]
    part = any(words().has(kind, each) for kind in (PLACE, ORGANISATION) for each in first)
    if not run[0].begins or (part and familiarity(word.lower(), _language(word)) < _COMMON):
        return False
    if word.lower() in used.small:
        return True
    known = familiarity(word.lower(), _language(word))
    return known >= _COMMON or (len(run) == 1 and word not in used.inside and known >= RARE)


def _language(word: str) -> str:
    """Return the language whose frequent words a word is looked for in, by its script."""
    return "ru" if "\u0400" <= word[0] <= "\u04ff" else "en"


def _kind(run: Sequence[Token], name: str, before: str, used: Usage) -> tuple[str, str, bool]:
    """Return what a name may be, why, and whether that is more than a guess."""
    listed = words()
    if listed.is_state(name):
        return PLACE, "the short name of a state", True
    for kind in (ORGANISATION, PLACE) if len(run) > 1 else ():
        if told := [token.word for token in run if listed.has(kind, token.word)]:
            return kind, f"the word {told[0].strip('.')}", True
    if _is_title(before) and not (len(run) == 1 and listed.has(ORGANISATION, run[0].word)):
        return PERSON, f"after {before}", True
    if any(map(_is_initials, run)):
        if listed.has("ship", re.sub(r"\W", "", run[0].word)):
            return UNKNOWN, "a ship", False
        return PERSON, "with initials", True
    told_nothing = all(
        listed.has("no_name", t.word) or listed.has("organisation", t.word) for t in run
    )
    if listed.has("leads_to_place", before) and not told_nothing:
        return PLACE, f"after “{before}”", False
    if name.isupper() and 2 <= len(name) <= 6:
        return ORGANISATION, "an abbreviation in capitals", False
    ordinary = any(token.has_capital and _is_ordinary(token.word, used) for token in run)
    if len(run) > 1 and not ordinary:
        return PERSON, "several words with capitals", False
    return UNKNOWN, "capitals alone", False


def _is_ordinary(word: str, used: Usage) -> bool:
    """Whether a word is also written with a small letter, or is an adjective of a country."""
    bare = word.strip(".")
    return bare.lower() in used.small or words().has("no_name", bare)
