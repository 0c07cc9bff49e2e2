"""Reading the transcripts of an edition for names that its indices do not have yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from diplomatic.build.encoding import prepare
from diplomatic.edition import Document, Edition
from diplomatic.encode.document import read_options
from diplomatic.encode.names import NameIndex
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.inputs import read_source
from diplomatic.naming.candidates import Usage, candidates, usage
from diplomatic.naming.grouping import Mention
from diplomatic.transcript.model import all_blocks
from diplomatic.transcript.read import divisions_of, is_leaf, read_transcript
from diplomatic.transcript.text import SourceText

_AROUND: Final = 32
# What a page says of itself, and not of the document.
_FURNITURE: Final = frozenset(
    {"furniture", "form-labels", "rights", "interlanguage", "metadata", "notice"}
)


@dataclass(frozen=True)
class Text:
    """A transcript, the stretches of it that are the document's own, and known names."""

    document: str
    source: SourceText
    stretches: list[tuple[int, int]]
    known: NameIndex


def mentions_in(edition: Edition) -> tuple[list[Mention], list[Finding]]:
    """Return what may be names in the transcripts, and findings on those that cannot be read."""
    texts: list[Text] = []
    findings: list[Finding] = []
    for document in edition.documents:
        if not document.source.exists():
            continue
        try:
            texts.append(_read(document, edition))
        except DiplomaticError as error:
            findings += getattr(error, "findings", [error.finding])
    used = usage(text.source.text for text in texts)
    return [mention for text in texts for mention in _mentions(text, used)], findings


def _read(document: Document, edition: Edition) -> Text:
    """Read one transcript.

    Raises:
        DiplomaticError: it, its sidecar, or the decisions on it cannot be read.
    """
    data, request = prepare(document.source, document.id, edition)
    source = read_source(data, str(document.source))
    read = read_transcript(source, request.conventions, read_options(request)).document
    own = [part for part in divisions_of(read) if part.type not in _FURNITURE]
    blocks = sorted({(b.start, b.end) for b in all_blocks([*own]) if is_leaf(b)})
    return Text(document.id, source, blocks, request.names)


def _mentions(text: Text, used: Usage) -> Iterator[Mention]:
    """Yield what may be a name in a text and is in no index."""
    whole = text.source.text
    seen: set[int] = set()
    for start, end in text.stretches:
        known = [(span.start, span.end) for span in text.known.find(whole, start, end)]
        for found in candidates(whole, start, end, used):
            inside = any(first < found.end and found.start < last for first, last in known)
            if not inside and found.start not in seen:
                # Blocks may lie in one another; a place counts once.
                seen.add(found.start)
                place = text.source.place(found.start)
                context = around(whole, found.start, found.end)
                yield Mention(text.document, place.line, context, found)


def around(text: str, start: int, end: int) -> str:
    """Return a stretch of a text between quotation marks, with the words around it in its line."""
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    if start > _AROUND and len(before) == _AROUND:
        before = f"…{before.partition(' ')[2]}"
    if len(after) == _AROUND:
        after = f"{after.rpartition(' ')[0]}…"
    return " ".join(f"{before}»{text[start:end]}«{after}".split())
