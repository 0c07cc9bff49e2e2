"""Archival and bare transcripts: capture, the texts in it, the blocks and notes of each.

A bilingual capture holds two texts. Each is read for itself: it has its own opening and closing,
and its notes belong to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from diplomatic.conventions import Conventions
from diplomatic.findings import Finding
from diplomatic.transcript.blocks import genre_of, read_blocks
from diplomatic.transcript.brackets import Bracket
from diplomatic.transcript.capture import Capture, cut
from diplomatic.transcript.context import Context, Reading, Setting
from diplomatic.transcript.enrich import DEFAULT_LANGUAGES
from diplomatic.transcript.languages import Part, split_languages, with_roles
from diplomatic.transcript.layer import Layer
from diplomatic.transcript.model import Block, Division, Document
from diplomatic.transcript.notes import NoteList, find_leading_notes, find_notes
from diplomatic.transcript.text import Line, SourceText
from diplomatic.transcript.units import Unit, is_sentence, joined, make_units


@dataclass(frozen=True)
class ReadOptions:
    """What an edition says about a transcript beside its text; all of it optional.

    `language` is the edition's own. `decide` is the editor's word on a bracket
    (`Setting.decide`).
    """

    kind: str = ""
    genre: str = ""
    language: str = ""
    languages: dict[str, str] = field(default_factory=dict)
    original_language: str = "und"
    decide: Callable[[Context, Reading | None], Reading | None] | None = None


@dataclass(frozen=True)
class Stretch:
    """A stretch of the transcript that is read in one setting: where it begins, in what script."""

    start: int
    setting: Setting
    script: str


@dataclass
class Archival:
    """An archival transcript that has been read, with the stretches of it and the findings."""

    document: Document
    stretches: list[Stretch]
    findings: list[Finding]


@dataclass
class _Text:
    """One text of the transcript: its units between the note lists, and those lists."""

    part: Part
    units: list[Unit]
    before: Division | None
    notes: NoteList
    labels: frozenset[str]


def read_archival(
    source: SourceText, conventions: Conventions, brackets: list[Bracket], options: ReadOptions
) -> Archival:
    """Read an archival or bare transcript: its capture, its texts, their blocks and notes."""
    capture = cut(source, conventions, options.kind)
    known = {**DEFAULT_LANGUAGES, **options.languages}
    parts = with_roles(
        split_languages(source, capture.body, conventions, known), options.language or "en"
    )
    plain = Setting(source, conventions, original_language=options.original_language)
    body, between = _without_furniture(source, conventions, parts)
    texts = [_text(plain, part, brackets) for part in body]
    settings = _settings(plain, texts)
    own = next((text for text in texts if text.part.role != "original"), texts[0])
    first = [unit for unit in own.units[:14] if unit.single_line]
    genre = options.genre or _genre(capture, first, conventions)
    document = Document(capture.kind, capture.reason, genre or "document", list(capture.front))
    document.metadata = capture.metadata
    blocks = [
        read_blocks(setting, text.units[: text.notes.start], genre)
        for setting, text in zip(settings, texts, strict=True)
    ]
    document.genre = genre or _genre_of_blocks(blocks[texts.index(own)])
    source.layer.part_from(frozenset(label for text in texts for label in text.labels))
    document.back = [*capture.back, *known_back(source.layer)]
    if len(texts) == 1:
        _single(document, texts[0], blocks[0])
    else:
        _both(document, texts, blocks, between)
    stretches = [
        Stretch(text.part.lines[0].start if number else 0, setting, text.part.script)
        for number, (text, setting) in enumerate(zip(texts, settings, strict=True))
    ]
    return Archival(document, stretches, _findings(source, capture, parts))


def known_back(layer: Layer) -> list[Division]:
    """Return the notes that the file itself knows, and the lines of its page heads and feet."""
    notes = [Division("notes", [*layer.notes])] if layer.notes else []
    return [*notes, *([Division("furniture", [*layer.furniture])] if layer.furniture else [])]


def _text(plain: Setting, part: Part, brackets: list[Bracket]) -> _Text:
    """Return one text: its units, and its notes before and after."""
    units = make_units(plain, part.lines, brackets)
    leading, before = find_leading_notes(plain.source.text, units)
    units = units[leading:]
    notes = find_notes(plain.source.text, units, plain.conventions)
    labels = notes.labels | frozenset(str(number) for number in range(1, leading + 1))
    return _Text(part, units, before, notes, labels)


def _settings(plain: Setting, texts: list[_Text]) -> list[Setting]:
    """Return the setting of each text: the labels of its notes, or of the only notes there are."""
    scopes = [text.part.language if text.part.role == "original" else "" for text in texts]
    noted = [number for number, text in enumerate(texts) if text.labels]
    settings = []
    for number, text in enumerate(texts):
        holder = number if text.labels or not noted else noted[0]
        settings.append(
            replace(
                plain,
                note_labels=texts[holder].labels,
                note_scope=scopes[holder],
                language=text.part.language,
            )
        )
        for division in (text.before, text.notes.division):
            for note in division.content if division else []:
                if isinstance(note, Block) and scopes[number]:
                    note.attributes["scope"] = scopes[number]
    return settings


def _without_furniture(
    source: SourceText, conventions: Conventions, parts: list[Part]
) -> tuple[list[Part], list[Line]]:
    """Return two texts without the words of the page between them, and those lines."""
    if len(parts) < 2:
        return parts, []
    first, furniture = parts[0], conventions.word_sets["furniture"]
    end = len(first.lines)
    while end > 1 and source.words(first.lines[end - 1]).lower() in furniture:
        end -= 1
    return [replace(first, lines=first.lines[:end]), parts[1]], first.lines[end:]


def _single(document: Document, text: _Text, blocks: list[Division]) -> None:
    """Give a document the blocks and notes of its only text."""
    document.body = blocks
    if text.before:
        document.front.append(text.before)
    if text.notes.division:
        document.back.insert(0, text.notes.division)


def _both(
    document: Document, texts: list[_Text], blocks: list[list[Division]], between: list[Line]
) -> None:
    """Give a document the divisions of its two texts, each with its notes inside."""
    for text, divisions in zip(texts, blocks, strict=True):
        held = Division(text.part.role, attributes={"xml:lang": text.part.language})
        notes = text.notes.division
        held.content = [
            *([text.before] if text.before else []), *divisions, *([notes] if notes else [])
        ]  # fmt: skip
        document.body.append(held)
    if between:
        words = [
            Block("ab", line.start, line.end, attributes={"type": "label"}) for line in between
        ]
        document.body.insert(1, Division("furniture", list(words)))


def _findings(source: SourceText, capture: Capture, parts: list[Part]) -> list[Finding]:
    """Return what the editor should know of the texts that the transcript holds."""
    found = []
    if capture.copy:
        first, last = capture.copy[0], capture.copy[-1]
        message = f"lines {first.number} to {last.number} repeat the text before them"
        found.append(Finding("D407", message, source.place(first.start)))
    if len(parts) > 1:
        one, two = parts
        message = (
            f"the {one.role} ({one.language}) ends here, the {two.role} ({two.language}) begins"
        )
        found.append(Finding("D408", message, source.place(two.lines[0].start)))
    return found


def _genre_of_blocks(divisions: list[Division]) -> str:
    """Return the genre by the form alone: a salutation makes a letter, fields a telegram."""
    top = [part for division in divisions[:1] for part in division.content]
    kinds = [part.kind for part in top if isinstance(part, Block) and part.role == "top"]
    if kinds.count("field") > 2:
        return "telegram"
    return "letter" if "salute" in kinds else "document"


def _genre(capture: Capture, first: list[Unit], conventions: Conventions) -> str:
    """Return the genre: by the page's title, else by the first lines that are no sentence."""
    patterns = conventions.line_patterns
    named = genre_of(capture.metadata.fields.get("title", ""), conventions)
    for unit in first if not named else []:
        if patterns["telegram-head"].match(unit.words):
            return "telegram"
        words = next((sign for sign in unit.words if sign.isalpha()), "")
        told = is_sentence(unit) or patterns["field"].match(unit.words) or words.islower()
        if len(unit.words) < 160 and not told:
            named = named or genre_of(joined(unit.words), conventions)
    return named
