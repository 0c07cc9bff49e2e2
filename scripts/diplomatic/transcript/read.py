"""Reading a whole transcript: capture, brackets, units, blocks, and the spans of each block."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from diplomatic.conventions import Conventions
from diplomatic.findings import Finding
from diplomatic.transcript import wiki
from diplomatic.transcript.archival import ReadOptions, Stretch, read_archival
from diplomatic.transcript.brackets import Bracket, lex
from diplomatic.transcript.capture import year_hint
from diplomatic.transcript.classify import classify
from diplomatic.transcript.context import Setting
from diplomatic.transcript.enrich import DEFAULT_LANGUAGES, Enrichment, enrich
from diplomatic.transcript.forms import form_spans
from diplomatic.transcript.laid_out import is_laid_out, read_laid_out
from diplomatic.transcript.lexicon import language_of
from diplomatic.transcript.model import Block, Division, Document, all_blocks
from diplomatic.transcript.notes import plain_marks
from diplomatic.transcript.spans import Span
from diplomatic.transcript.text import SourceText
from diplomatic.transcript.wiki_residue import residue
from diplomatic.transcript.wiki_signs import wiki_reason

PAGE = frozenset({"furniture", "form-labels"})
"""Divisions of the page around a document: their brackets are none of its editors'."""


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
    reason = "the sidecar says so" if options.kind == "wiki" else _wiki_reason(source, conventions)
    findings = [*source.layer.findings, *lexed.findings]
    if reason and options.kind in ("", "wiki") and is_laid_out(source.layer):
        document, setting = read_laid_out(source, conventions, lexed.brackets, reason)
        stretches = [Stretch(0, setting, _script(source))]
    elif reason and options.kind in ("", "wiki"):
        document = wiki.read_wiki(source, conventions, reason)
        setting = Setting(source, conventions, wiki.note_labels(document), raw_notes=True)
        stretches = [Stretch(0, setting, _script(source))]
    else:
        archival = read_archival(source, conventions, lexed.brackets, options)
        document, stretches = archival.document, archival.stretches
        findings = [*findings, *archival.findings]
    stretches = [
        replace(each, setting=replace(each.setting, decide=options.decide)) for each in stretches
    ]
    _fill(document, stretches, lexed.brackets, options)
    return ReadResult(document, [*findings, *_missing_notes(document, source)])


def _wiki_reason(source: SourceText, conventions: Conventions) -> str:
    """Return why a transcript is a wiki article: the file's own word, or what its text shows."""
    return source.layer.reason or wiki_reason(source, conventions)


def _script(source: SourceText) -> str:
    """Return the script of a wiki article."""
    return "Cyrl" if language_of(source.text) == "ru" else "Latn"


def _fill(
    document: Document, stretches: list[Stretch], brackets: list[Bracket], options: ReadOptions
) -> None:
    """Give every block its spans: brackets, and everything else that the words show."""
    roots = sorted(brackets, key=lambda bracket: bracket.start)
    source, conventions = stretches[0].setting.source, stretches[0].setting.conventions
    layer = source.layer
    year = year_hint(document.metadata.fields, _headings(document, source), conventions)
    languages = {**DEFAULT_LANGUAGES, **options.languages}
    starts = [stretch.start for stretch in stretches]
    position = 0
    for block in sorted(_read_blocks(document), key=lambda b: b.start):
        stretch = stretches[max(0, bisect_right(starts, block.start) - 1)]
        start, end = (block.start, block.end) if block.kind == "sp" else words_of(block)
        while position < len(roots) and roots[position].start < start:
            position += 1
        left = _left_over(block, stretch.setting) if document.kind == "wiki" else []
        inside = position
        while inside < len(roots) and roots[inside].end <= end:
            root = roots[inside]
            if not (_covered(root, left) or layer.claims(root.start, root.end)):
                spans, doubted = classify(stretch.setting, root, (start, end), block.role)
                block.spans.extend(s for s in spans if layer.allows(s))
                document.doubts.extend(d for d in doubted if not layer.claims(d.start, d.end))
            inside += 1
        position = inside
        block.spans.extend([*left, *layer.within(block.start, end, words_of(block)[0])])
        how = Enrichment(stretch.setting.conventions, year, languages, stretch.script)
        _marks(block, stretch.setting, how)


def _read_blocks(document: Document) -> list[Block]:
    """Return the blocks whose words are read: all but those of the page around the document."""
    divisions = [d for d in divisions_of(document) if d.type not in PAGE]
    return [block for block in all_blocks([*divisions]) if is_leaf(block)]


def _left_over(block: Block, setting: Setting) -> list[Span]:
    """Return the spans of what a wiki's machinery left in a block."""
    return list(residue(setting.source.text, words_of(block), block.kind, setting.conventions))


def _covered(bracket: Bracket, left: list[Span]) -> bool:
    """Whether a bracket is all machinery: an edit link is no editor's."""
    return any(
        span.name == "surplus" and span.start <= bracket.start and bracket.end <= span.end
        for span in left
    )


def _marks(block: Block, setting: Setting, how: Enrichment) -> None:
    """Give a block the spans of what is marked without brackets, and its note marks their text."""
    start, end = words_of(block)
    text = setting.source.text
    if setting.note_labels and block.kind != "note":
        block.spans.extend(plain_marks(text, start, end, setting.note_labels))
    if not any("xml:lang" in s.attributes and s.name == "ref" for s in block.spans):
        block.spans.extend(enrich(text, start, end, how))
    block.spans.extend(form_spans(text, block, setting.conventions))
    for span in block.spans if setting.note_scope else []:
        if span.name == "ref" and span.attributes.get("n") in setting.note_labels:
            span.attributes["n"] = scoped(span.attributes["n"], setting.note_scope)


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
    if block.kind == "row" and block.children:
        return False
    return block.kind not in ("list", "closer", "postscript", "table", "listBibl")


def words_of(block: Block) -> tuple[int, int]:
    """Return the stretch of a block's own words, after its label."""
    return (block.label[1] if block.label else block.start), block.end


def scoped(label: str, scope: str) -> str:
    """Return the label of a note as the whole document knows it; a scope is that of one text."""
    return f"{label}-{scope}" if scope else label


def note_names(document: Document) -> dict[str, int]:
    """Return the notes of a document by their labels, scoped, with where each begins."""
    noted: dict[str, int] = {}
    for block in all_blocks([*divisions_of(document)]):
        if block.kind == "note" and "n" in block.attributes:
            label = scoped(block.attributes["n"], block.attributes.get("scope", ""))
            noted.setdefault(label, block.start)
    return noted


def _missing_notes(document: Document, source: SourceText) -> list[Finding]:
    """Return findings on marks without a note, and on notes without a mark."""
    noted = note_names(document)
    marks: dict[str, int] = {}
    for block in all_blocks([*divisions_of(document)]):
        for span in block.spans:
            if span.name == "ref" and span.attributes.get("type") == "noteref":
                marks.setdefault(span.attributes["n"], span.start)
    findings = []
    for label in sorted(marks.keys() - noted.keys()):
        place = source.place(marks[label])
        findings.append(Finding("D404", f"the note mark {label} has no note", place))
    for label in sorted(noted.keys() - marks.keys()):
        place = source.place(noted[label])
        findings.append(Finding("D405", f"the note {label} has no mark in the text", place))
    return findings


def divisions_of(document: Document) -> list[Division]:
    """Return the top divisions of a document, in the transcript's order."""
    return [*document.front, *document.body, *document.back]
