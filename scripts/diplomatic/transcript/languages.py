"""Bilingual captures: a document and its translation in one transcript, one after the other.

The two are told apart by their script, or by the small words that each language has for itself
(conventions §4 "Bilingual captures"). Quotations, names and notes in another language are no
second text: that one is long enough to be the same document.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from diplomatic.conventions import Conventions
from diplomatic.transcript.lexicon import language_of
from diplomatic.transcript.text import Line, SourceText

_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "Cyrl": re.compile("[\u0400-\u052f]"),
    "Hang": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "Jpan": re.compile("[\u3040-\u30ff]"),
    "Hani": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "Grek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "Hebr": re.compile("[\u0590-\u05ff]"),
    "Arab": re.compile("[\u0600-\u06ff\u0750-\u077f]"),
}
_FOREIGN = re.compile(
    "[\u0370-\u052f\u0590-\u077f\u1100-\u11ff\u1f00-\u1fff\u3040-\u9fff\uac00-\ud7af]"
)
# One sign of these says as much as some letters.
_WORTH = {"Hani": 4, "Jpan": 3, "Hang": 3}
_EASTERN = ("Hang", "Jpan", "Hani")
LEAST_LETTERS = 60
LEAST_WORDS = 8
# How much of a part is in its own language, and how long the shorter part is beside the longer:
# a text in another script may be abridged, one in the same script may be a mere enclosure.
PURITY = 0.85
SHORTEST = {"script": 0.15, "words": 0.5}


@dataclass(frozen=True)
class Part:
    """One of the texts in a transcript: its lines, language and script, and what it is.

    `role` is `original` or `translation`; empty where the transcript has one text only.
    """

    lines: list[Line]
    language: str
    script: str
    role: str = ""


def split_languages(
    source: SourceText, lines: list[Line], conventions: Conventions, languages: dict[str, str]
) -> list[Part]:
    """Return the two texts of a bilingual transcript, or the one of any other.

    Args:
        source: the transcript.
        lines: the lines of its body, those that show something.
        conventions: what a line may be, and the small words of each language.
        languages: the language of each script.
    """
    words = [source.words(line) for line in lines]
    cut = _by_script(words) or _by_words(words, conventions)
    single = script_of(source.text)
    if cut is None or _is_enclosure(words[cut[0]], conventions):
        return [Part(lines, language_of(source.text), single)]
    at = _apart(lines, words, *cut)
    parts = []
    for held in (lines[:at], lines[at:]):
        text = "\n".join(source.words(line) for line in held)
        script = script_of(text)
        in_latin = script == "Latn"
        known = _language(text, conventions) if in_latin else languages.get(script, "und")
        parts.append(Part(held, known, script))
    return parts


def script_of(text: str) -> str:
    """Return the script that most letters of a text are in; Latin where none prevails."""
    if text.isascii() or len(_FOREIGN.findall(text)) * 2 < len(text) * 0.3:
        return "Latn"
    counts = _counts(text)
    best = max(counts, key=lambda script: counts[script])
    if best == "Hani" and counts["Jpan"] * 10 > counts["Hani"]:
        return "Jpan"
    return best


def _counts(text: str) -> Counter[str]:
    """Return how much of each script a text has, in letters."""
    counts = Counter(
        {
            script: len(pattern.findall(text)) * _WORTH.get(script, 1)
            for script, pattern in _SCRIPTS.items()
        }
    )
    signs = sum(len(pattern.findall(text)) for pattern in _SCRIPTS.values())
    counts["Latn"] = max(0, sum(map(len, _LETTERS.findall(text))) - signs)
    return counts


def _by_script(words: list[str]) -> tuple[int, int] | None:
    """Return between which lines the script changes for good; None where it does not."""
    if sum(len(_FOREIGN.findall(each)) for each in words) * max(_WORTH.values()) < LEAST_LETTERS:
        return None
    counts = [_counts(each) for each in words]
    total = sum(counts, Counter[str]())
    others = [script for script in total if script != "Latn"]
    other = max(others, key=lambda script: total[script])
    mixed = _EASTERN if other in _EASTERN else (other,)
    foreign = [sum(each[script] for script in mixed) for each in counts]
    latin = [each["Latn"] for each in counts]
    if min(sum(foreign), sum(latin)) < LEAST_LETTERS:
        return None
    return _cut(foreign, latin, SHORTEST["script"])


def _by_words(words: list[str], conventions: Conventions) -> tuple[int, int] | None:
    """Return between which lines the language changes, by the small words of each."""
    known = conventions.languages["common"]
    # All together first: most transcripts have one language, and need no count of each line.
    spoken = Counter(map(known.get, _LETTERS.findall("\n".join(words).lower())))
    ranked = [language for language, count in spoken.most_common() if language and count][:2]
    if len(ranked) < 2 or spoken[ranked[1]] < LEAST_WORDS:
        return None
    counts = [Counter(map(known.get, _LETTERS.findall(each.lower()))) for each in words]
    one, two = ([each[language] for each in counts] for language in ranked)
    return _cut(one, two, SHORTEST["words"])


def _language(text: str, conventions: Conventions) -> str:
    """Return the language of a text in Latin letters, by its small words, else by its words."""
    known = conventions.languages["common"]
    counts = Counter(known[word] for word in _LETTERS.findall(text.lower()) if word in known)
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] > 2 else language_of(text)


def _cut(one: list[int], two: list[int], shortest: float) -> tuple[int, int] | None:
    """Return the best place to part two languages whose weight in each line is given.

    It is a range of lines, any of which may be the first of the second part: what stands between
    the two has no language. None where they are mixed, or one is too short to be the same text.
    """
    if not shortest <= sum(one) / max(1, sum(two)) <= 1 / shortest:
        return None
    best: tuple[float, int, int] | None = None
    for first, second in ((one, two), (two, one)):
        misplaced = [
            before + after
            for before, after in zip(
                accumulate(second, initial=0),
                (sum(first) - each for each in accumulate(first, initial=0)),
                strict=True,
            )
        ]
        least = min(misplaced)
        low = misplaced.index(least)
        high = low
        while high + 1 < len(misplaced) and misplaced[high + 1] == least:
            high += 1
        if best is None or least < best[0]:
            best = (least, low, high)
    if best is None or best[0] > (1 - PURITY) * min(sum(one), sum(two)):
        return None
    low, high = max(1, best[1]), min(len(one) - 1, best[2])
    return (low, high) if low <= high else None


def _apart(lines: list[Line], words: list[str], low: int, high: int) -> int:
    """Return where the second text begins: after a blank line, or as soon as it can."""
    for index in range(low, high + 1):
        if lines[index].number > lines[index - 1].number + 1:
            return index
    return low


def _is_enclosure(words: str, conventions: Conventions) -> bool:
    """Whether the second text is headed as an enclosure of the first."""
    return conventions.line_patterns["enclosure"].match(words) is not None


def with_roles(parts: list[Part], language: str) -> list[Part]:
    """Return two texts with what each is: the translation is in the edition's language.

    Args:
        parts: the texts in order.
        language: the edition's language; where neither text is in it, the first is the original.
    """
    if len(parts) < 2:
        return parts
    first, second = parts
    translated_first = first.language == language != second.language
    roles = ("translation", "original") if translated_first else ("original", "translation")
    return [
        Part(part.lines, part.language, part.script, role)
        for part, role in zip(parts, roles, strict=True)
    ]
