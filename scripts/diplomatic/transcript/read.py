"""Reading a whole transcript: capture, brackets, units, blocks, and the spans of each block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from diplomatic.conventions import Conventions
from diplomatic.findings import Finding
from diplomatic.transcript import wiki
from diplomatic.transcript.blocks import all_blocks, genre_of, read_blocks
from diplomatic.transcript.brackets import Bracket, lex
from diplomatic.transcript.capture import Capture, cut, year_hint
from diplomatic.transcript.classify import classify
from diplomatic.transcript.context import Context, Reading, Setting
from diplomatic.transcript.enrich import DEFAULT_LANGUAGES, Enrichment, enrich
from diplomatic.transcript.forms import form_spans
from diplomatic.transcript.lexicon import language_of
from diplomatic.transcript.model import Block, Division, Document, Doubt
from diplomatic.transcript.notes import find_leading_notes, find_notes, plain_marks
from diplomatic.transcript.text import SourceText
from diplomatic.transcript.units import make_units
from diplomatic.transcript.wiki_residue import residue
from diplomatic.transcript.wiki_signs import wiki_reason


@dataclass(frozen=True)
class ReadOptions:
    """What an edition says about a transcript beside its text; all of it optional.

    `decide` is the editor's word on a bracket (`Setting.decide`).
    """

    kind: str = ""
    genre: str = ""
    languages: dict[str, str] = field(default_factory=dict)
    original_language: str = "und"
    decide: Callable[[Context, Reading | None], Reading | None] | None = None


@dataclass
class ReadResult:
    """A transcript that has been read, and the findings on the way."""

    document: Document
    findings: list[Finding]


def read_transcript(
    source: SourceText, conventions: Conventions, options: ReadOptions
) -> ReadResult:
    """Read a transcript into the model.

    Args:
        source: the transcript.
        conventions: the conventions in force.
        options: what the sidecar says.
    """
    labels = conventions.compile(r"\s*(?:\w+\s+){0,3}(?:{stamp}|{handwritten}|{margin})\b")
    lexed = lex(source, lambda words: labels.match(words) is not None)
    reason = "the sidecar says so" if options.kind == "wiki" else wiki_reason(source, conventions)
    if reason and options.kind in ("", "wiki"):
        document = wiki.read_wiki(source, conventions, reason)
        setting = Setting(source, conventions, wiki.note_labels(document), raw_notes=True)
    else:
        document, setting = _archival(source, conventions, lexed.brackets, options)
    setting = replace(setting, decide=options.decide)
    _fill(document, setting, lexed.brackets, options)
    return ReadResult(document, [*lexed.findings, *_missing_notes(document, setting)])


def _archival(
    source: SourceText, conventions: Conventions, brackets: list[Bracket], options: ReadOptions
) -> tuple[Document, Setting]:
    """Read an archival or bare transcript's capture and blocks."""
    capture = cut(source, conventions, options.kind)
    setting = Setting(source, conventions, original_language=options.original_language)
    units = make_units(setting, capture.body, brackets)
    leading, before = find_leading_notes(source.text, units)
    units = units[leading:]
    notes = find_notes(source.text, units)
    labels = notes.labels | frozenset(str(number) for number in range(1, leading + 1))
    setting = Setting(source, conventions, labels, options.original_language)
    genre = options.genre or _genre(capture, [unit.words for unit in units[:14]], conventions)
    front = [*capture.front, *([before] if before else [])]
    document = Document(capture.kind, capture.reason, genre or "document", front)
    document.metadata = capture.metadata
    document.body = read_blocks(setting, units[: notes.start], genre)
    document.genre = genre or _genre_of_blocks(document.body)
    document.back = [*([notes.division] if notes.division else []), *capture.back]
    return document, setting


def _genre_of_blocks(divisions: list[Division]) -> str:
    """Return the genre by the form alone: a salutation makes a letter, fields a telegram."""
    top = [part for division in divisions[:1] for part in division.content]
    kinds = [part.kind for part in top if isinstance(part, Block) and part.role == "top"]
    if kinds.count("field") > 2:
        return "telegram"
    return "letter" if "salute" in kinds else "document"


def _genre(capture: Capture, first: list[str], conventions: Conventions) -> str:
    """Return the genre: by the page's title, else by the first lines."""
    title = capture.metadata.fields.get("title", "")
    short = (words for words in first if len(words) < 160)
    named = (genre_of(words, conventions) for words in (title, *short))
    return next((genre for genre in named if genre), "")


def _fill(
    document: Document, setting: Setting, brackets: list[Bracket], options: ReadOptions
) -> None:
    """Give every block its spans: brackets, and everything else that the words show."""
    roots = sorted(brackets, key=lambda bracket: bracket.start)
    how = Enrichment(
        setting.conventions,
        year_hint(document.metadata.fields, _headings(document, setting.source)),
        {**DEFAULT_LANGUAGES, **options.languages},
        "Cyrl" if language_of(setting.source.text) == "ru" else "Latn",
    )
    position = 0
    blocks = [
        b for part in (document.front, document.body, document.back) for b in all_blocks([*part])
    ]
    for block in sorted((b for b in blocks if is_leaf(b)), key=lambda b: b.start):
        start, end = words_of(block)
        while position < len(roots) and roots[position].start < start:
            position += 1
        inside = position
        doubts: list[Doubt] = []
        while inside < len(roots) and roots[inside].end <= end:
            spans, doubted = classify(setting, roots[inside], (start, end), block.role)
            block.spans.extend(spans)
            doubts.extend(doubted)
            inside += 1
        position = inside
        text = setting.source.text
        if setting.note_labels and block.kind != "note":
            block.spans.extend(plain_marks(text, start, end, setting.note_labels))
        if document.kind == "wiki":
            block.spans.extend(residue(text, (start, end), block.kind, setting.conventions))
        if not any("xml:lang" in s.attributes and s.name == "ref" for s in block.spans):
            block.spans.extend(enrich(text, start, end, how))
        block.spans.extend(form_spans(text, block, setting.conventions))
        document.doubts.extend(doubts)


def _headings(document: Document, source: SourceText) -> list[str]:
    """Return the words of the opening, where the year of undated days is named."""
    found: list[str] = []
    for division in document.body[:1]:
        for part in division.content:
            if isinstance(part, Block) and part.role == "top" and part.kind in ("dateline", "head"):
                found.append(source.text[part.start : part.end])
    return found


def is_leaf(block: Block) -> bool:
    """Whether a block has words of its own (a list and a closer have only their parts')."""
    return block.kind not in ("list", "closer", "postscript", "table", "listBibl")


def words_of(block: Block) -> tuple[int, int]:
    """Return the stretch of a block's own words, after its label."""
    return (block.label[1] if block.label else block.start), block.end


def _missing_notes(document: Document, setting: Setting) -> list[Finding]:
    """Return findings on marks without a note, and on notes without a mark."""
    marks: dict[str, int] = {}
    noted: dict[str, int] = {}
    for part in (document.front, document.body, document.back):
        for block in all_blocks([*part]):
            if block.kind == "note" and "n" in block.attributes:
                noted.setdefault(block.attributes["n"], block.start)
            for span in block.spans:
                if span.name == "ref" and span.attributes.get("type") == "noteref":
                    marks.setdefault(span.attributes["n"], span.start)
    findings = []
    for label in sorted(marks.keys() - noted.keys()):
        place = setting.source.place(marks[label])
        findings.append(Finding("D404", f"the note mark {label} has no note", place))
    for label in sorted(noted.keys() - marks.keys()):
        place = setting.source.place(noted[label])
        findings.append(Finding("D405", f"the note {label} has no mark in the text", place))
    return findings


def divisions_of(document: Document) -> list[Division]:
    """Return the top divisions of a document, in the transcript's order."""
    return [*document.front, *document.body, *document.back]
