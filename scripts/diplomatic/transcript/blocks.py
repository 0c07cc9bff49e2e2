"""Blocks: the units of an archival document become divisions with opening, body and closing.

The document is cut where an enclosure begins; each part is read from both ends.
"""

from __future__ import annotations

import re

from diplomatic.conventions import Conventions
from diplomatic.transcript.closing import Closing
from diplomatic.transcript.context import Setting
from diplomatic.transcript.middle import Middle
from diplomatic.transcript.model import Division
from diplomatic.transcript.opening import Opening
from diplomatic.transcript.units import Unit, is_sentence, joined


def genre_of(words: str, conventions: Conventions) -> str:
    """Return the genre that a word of a title or heading names; empty when none does."""
    lowered = words.lower()
    named = (
        genre
        for name, genre in conventions.maps["genre"].items()
        if name in lowered and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lowered)
    )
    return next(named, "")


def read_blocks(setting: Setting, units: list[Unit], genre: str) -> list[Division]:
    """Return the divisions of a document's body: the document, then each of its enclosures."""
    divisions: list[Division] = []
    parts = _parts(setting, units)
    for number, part in enumerate(parts):
        kind = "enclosure" if number else genre or "document"
        divisions.extend(_read_part(setting, part, kind))
    return divisions


def _parts(setting: Setting, units: list[Unit]) -> list[list[Unit]]:
    """Cut units where an enclosure begins."""
    pattern = setting.conventions.line_patterns["enclosure"]
    cuts = [0]
    for index, unit in enumerate(units):
        if (
            index
            and len(unit.words) < 120
            and not (unit.lone is None and is_sentence(unit))
            and pattern.match(unit.words)
            and _begins_enclosure(setting, units, index)
        ):
            cuts.append(index)
    return [units[first:last] for first, last in zip(cuts, [*cuts[1:], len(units)], strict=True)]


def _begins_enclosure(setting: Setting, units: list[Unit], index: int) -> bool:
    """Whether text follows that the enclosure can consist of; a mere mention has none."""
    words = units[index].words
    following = units[index + 1].words if index + 1 < len(units) else ""
    if words[-1:] == ":" and setting.conventions.line_patterns["item"].match(following):
        return False  # a list of what is enclosed
    alone = setting.conventions.line_patterns["enclosure-alone"].match(words)
    rest = sum(len(unit.words) for unit in units[index + 1 :])
    return rest > (40 if alone else 150) and words[-1:] not in ",;"


def _read_part(setting: Setting, units: list[Unit], kind: str) -> list[Division]:
    """Return the division of one document or enclosure."""
    if not units:
        return []
    closing = Closing(setting)
    end = closing.start(units)
    journal = kind == "journal" or _looks_like_journal(setting, units[:end])
    opening = Opening(setting, journal)
    position = opening.read(units[:end])
    division = Division(kind, list(opening.blocks))
    if opening.rest is not None:
        division.content.append(opening.rest)
    division.content.extend(Middle(setting, units[position:end], journal).read())
    if end < len(units):
        division.content.extend(closing.read(units[end:]))
    return [division]


def _looks_like_journal(setting: Setting, units: list[Unit]) -> bool:
    """Whether a heading among the first units says that this is a journal."""
    heading = setting.conventions.line_patterns["journal-heading"]
    heads = (joined(unit.words) for unit in units[:14] if len(unit.words) < 120)
    return any(heading.match(words) for words in heads)
