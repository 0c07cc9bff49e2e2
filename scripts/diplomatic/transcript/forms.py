"""Forms: what stands in stamps, in registration lines and beside signatures.

Classification words, incoming and outgoing numbers, the office of who signs (encoding guide,
"Archival documents").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diplomatic.conventions import Conventions
from diplomatic.transcript.model import Block
from diplomatic.transcript.spans import Span

# What a number in a stamp is, and the rule that finds it.
_NUMBERS = {"incoming": "incoming-number", "outgoing": "outgoing-number"}


def form_spans(text: str, block: Block, conventions: Conventions) -> list[Span]:
    """Return the spans that a block's form shows, beside its brackets."""
    spans: list[Span] = []
    for span in list(block.spans):
        if span.name == "stamp":
            spans.extend(_stamp(text, span, conventions))
    registered = block.kind == "ab" and block.attributes.get("type") == "registration"
    if registered and (
        found := conventions.line_patterns["number-alone"].fullmatch(text, block.start, block.end)
    ):
        spans.append(Span(*found.span(), "idno", {"type": "outgoing"}, firm=False))
    if block.kind == "signed":
        spans.extend(_office(text, block, conventions))
    docket = block.attributes.get("type") in ("docket", "copies")
    if block.role == "top" and (block.kind in ("fw", "head") or (block.kind == "seg" and docket)):
        spans.extend(_flattened(text, block, conventions))
    return spans


def _flattened(text: str, block: Block, conventions: Conventions) -> Iterator[Span]:
    """Yield what the right column of a letterhead left at the end of a line of the left one.

    Classification words count where they are in capitals, or stand well apart.
    """
    words = text[block.start : block.end]
    patterns = conventions.line_patterns
    marked = patterns["classification-at-end"].search(words)
    copy = patterns["copy-at-end"].search(words)
    if marked and (len(marked["gap"]) > 1 or marked["gap"] == "\t" or marked["words"].isupper()):
        extent = (block.start + marked.start("words"), block.start + marked.end("words"))
        yield Span(*extent, "seg", {"type": "classification"}, firm=False)
    elif copy:
        extent = (block.start + copy.start("words"), block.start + copy.end("words"))
        yield Span(*extent, "seg", {"type": "copy"}, firm=False)


def _stamp(text: str, stamp: Span, conventions: Conventions) -> Iterator[Span]:
    """Yield the numbers and classification words of a stamp."""
    words = conventions.compile(r"(?<!\w)(?:{classified})(?!\w)")
    for found in words.finditer(text, stamp.start, stamp.end):
        if found[0][:1].isupper():
            yield Span(*found.span(), "seg", {"type": "classification"}, firm=False)
    for kind, rule in _NUMBERS.items():
        for found in conventions.line_patterns[rule].finditer(text, stamp.start, stamp.end):
            yield Span(*found.span("number"), "idno", {"type": kind}, firm=False)


def _office(text: str, block: Block, conventions: Conventions) -> Iterator[Span]:
    """Yield the office before the signature, when it names a role."""
    figure = next((span for span in block.spans if span.name == "figure"), None)
    if figure is None:
        return
    words = text[block.start : figure.start].strip(" ,\n")
    lowered = words.lower()
    roles = (role for role in conventions.word_sets["role"] if role in lowered)
    named = any(re.search(rf"\b{re.escape(role)}\b", lowered) for role in roles)
    if words and "\n" not in words and named:
        start = text.index(words, block.start)
        yield Span(start, start + len(words), "roleName", firm=False)
