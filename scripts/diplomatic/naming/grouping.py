"""Variants of one name: cases, initials, titles, spellings, romanisations.

In: candidates. Out: groups of them, each one name as far as its form can show. Two persons of one
surname are never put together unless their initials say so; whoever edits has the last word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from anyascii import anyascii

from diplomatic.naming.candidates import PERSON, UNKNOWN, Candidate
from diplomatic.naming.vocabulary import words

_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_SHORT: Final = 4


@dataclass(frozen=True)
class Mention:
    """A candidate in its document: where, and the words around it."""

    document: str
    line: int
    context: str
    candidate: Candidate


@dataclass
class Group:
    """One name: all its mentions."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def variants(self) -> list[str]:
        """The ways it is written, the most frequent first."""
        counted = Counter(mention.candidate.words for mention in self.mentions)
        return sorted(counted, key=lambda name: (-counted[name], -len(name), name))

    @property
    def kind(self) -> str:
        """What it is: what is certain counts before what is frequent."""
        told = [m.candidate for m in self.mentions if m.candidate.kind != UNKNOWN]
        certain = [candidate.kind for candidate in told if candidate.certain]
        kinds = Counter(certain or [candidate.kind for candidate in told])
        return kinds.most_common(1)[0][0] if kinds else UNKNOWN

    @property
    def reason(self) -> str:
        """Why it is taken for that, by its best mention."""
        best = max(
            (m.candidate for m in self.mentions if m.candidate.kind == self.kind),
            key=lambda candidate: candidate.certain,
        )
        return best.reason

    @property
    def is_sure(self) -> bool:
        """Whether a word of the text says what it is."""
        return any(m.candidate.certain for m in self.mentions if m.candidate.kind == self.kind)


def grouped(mentions: Iterable[Mention]) -> list[Group]:
    """Return the names that mentions are of, in no order; their mentions are in that given."""
    ordered = list(mentions)
    by_form: dict[tuple[str, ...], Group] = defaultdict(Group)
    for mention in ordered:
        by_form[_form(mention.candidate.words)].mentions.append(mention)
    by_sound: dict[tuple[str, ...], Group] = defaultdict(Group)
    for form, group in by_form.items():
        by_sound[_sound(form)].mentions.extend(group.mentions)
    groups = _joined_by_surname(list(by_sound.values()))
    places = {id(mention): number for number, mention in enumerate(ordered)}
    for group in groups:
        group.mentions.sort(key=lambda mention: places[id(mention)])
    return groups


@cache
def _form(name: str) -> tuple[str, ...]:
    """Return a name without capitals, accents, hyphens and cases; initials as single letters."""
    parts = re.findall(r"[^\W\d_]+", name.replace("’", "").replace("'", ""))
    return tuple(re.sub(r"\W", "", anyascii(_nominative(part)).lower()) for part in parts)


def _nominative(word: str) -> str:
    """Return a Russian word without the ending of its case; others as they are."""
    lowered = word.lower()
    if len(word) <= _SHORT or not _CYRILLIC.match(word):
        return lowered
    for ending in words().endings:
        stem = lowered.removesuffix(ending)
        if stem != lowered and len(stem) >= 3:
            # Of -ов, -ев, -ин only what follows goes: Иванову, Иванов.
            kept = re.match(r"(?:ов|ев|ин|ск)", ending)
            return stem + (kept[0] if kept else "")
    return lowered


def _sound(form: tuple[str, ...]) -> tuple[str, ...]:
    """Return how a name of three or more short syllables sounds; other names as they are."""
    syllables = [part for part in form if 1 < len(part) <= 6]
    if not 3 <= len(form) <= 4 or len(syllables) < len(form):
        return form
    key = tuple(map(_skeleton, form))
    return key if sum(map(len, key)) >= 4 else form


def _skeleton(part: str) -> str:
    """Return the consonants of a syllable, those that romanisations mix up made the same."""
    rest, key = part, ""
    while rest:
        for sound, same in words().sounds:
            if rest.startswith(sound):
                rest, key = rest[len(sound) :], key + same
                break
        else:
            rest, key = rest[1:], key + rest[0]
    return re.sub(r"(.)\1+", r"\1", key)


def _joined_by_surname(groups: Sequence[Group]) -> list[Group]:
    """Return groups with P. Orlov and Orlov put to P. T. Orlov, where only one can be meant."""
    # Kazakhstan at the end of a sentence may be unknown; a name after "in" may be a person's.
    people = [group for group in groups if _may_be_a_person(group)]
    kept = [group for group in groups if not _may_be_a_person(group)]
    forms = {id(group): _form(group.variants[0]) for group in people}
    # The longest first, so that Orlov finds P. Orlov and P. T. Orlov to be one.
    for group in sorted(people, key=lambda each: (-len(forms[id(each)]), each.variants)):
        form = forms[id(group)]
        fuller = [
            other
            for other in people
            if other is not group
            and len(forms[id(other)]) > len(form)
            and _fits(form, forms[id(other)])
        ]
        if len(fuller) == 1:
            fuller[0].mentions.extend(group.mentions)
            people = [each for each in people if each is not group]
    return [*kept, *people]


def _may_be_a_person(group: Group) -> bool:
    """Whether a name may be somebody's surname, as far as nothing certain speaks against it."""
    if group.kind in (PERSON, UNKNOWN):
        return True
    return not group.is_sure and len(group.mentions) == 1


def _fits(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a shorter form can be of the same person: same surname, initials that agree."""
    if short == full[: len(short)] and len(short) == 1 and len(short[0]) > 1:
        # Pak of Pak Chol Su: the family's name stands first where no initial does.
        return len(full[0]) > 1 and all(len(part) <= 6 for part in full) and len(full) == 3
    if len(short[-1]) < 2 or short[-1] != full[-1]:
        return False
    given = zip(short[:-1], full[:-1], strict=False)
    return all(
        one[:1] == other[:1] if 1 in (len(one), len(other)) else one == other
        for one, other in given
    )
