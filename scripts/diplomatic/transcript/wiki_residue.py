"""What a wiki's machinery left in the text of an article, and what shows in its notes and works."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diplomatic.conventions import Conventions
from diplomatic.transcript.spans import Span
from diplomatic.transcript.wiki_signs import EDIT_WORDS

EDIT_AT_END = rf"\[{EDIT_WORDS}?\]$"
_ICON = re.compile(r"Template:(?P<language>[A-Z][a-z]{1,2}) icon")
_RAW_REF = re.compile(r"<ref\b[^>\n]{0,200}/>|<ref\b[^>\n]{0,200}>[^<\n]{0,600}</ref>")
_DAMAGE = re.compile(r"(?<=[\"”])[a-z][^.\n\"“]{3,160}\.")
_TITLE = re.compile(r"[\"“](?P<title>[^\"“”\n]{3,200})[\"”]")
_PAGES = re.compile(r"\bpp?\.\s?(?P<a>\d+)(?:\s?[–-]\s?(?P<b>\d+))?")


def residue(
    text: str, stretch: tuple[int, int], kind: str, conventions: Conventions
) -> Iterator[Span]:
    """Yield the spans of residue, and of titles and pages in notes and works.

    Template names and edit links are `surplus`; a clause glued to a closing quotation mark in a
    note is damage, kept as `sic` of the tool.

    Args:
        text: the transcript.
        stretch: offsets of a block's words.
        kind: the block's kind.
        conventions: the conventions in force.
    """
    for found in conventions.line_patterns["wiki-template"].finditer(text, *stretch):
        icon = _ICON.fullmatch(found[0])
        if icon and kind in ("note", "bibl"):
            yield Span(*found.span(), "textLang", {"mainLang": icon["language"].lower()})
        yield Span(*found.span(), "surplus", {"reason": "template"})
    for found in _RAW_REF.finditer(text, *stretch):
        yield Span(*found.span(), "surplus", {"reason": "template"})
    if kind == "head" and (edit := conventions.compile(EDIT_AT_END, 0).search(text, *stretch)):
        yield Span(edit.start(), edit.end(), "surplus", {"reason": "furniture"})
    if kind in ("note", "bibl"):
        yield from _of_a_work(text, stretch)


def _of_a_work(text: str, stretch: tuple[int, int]) -> Iterator[Span]:
    """Yield what shows in a note or work: damage, quoted titles, pages."""
    for found in _DAMAGE.finditer(text, *stretch):
        yield Span(*found.span(), "sic", {"resp": "#tool", "cert": "medium"}, firm=False)
    for found in _TITLE.finditer(text, *stretch):
        yield Span(*found.span("title"), "title", {"level": "a"}, firm=False)
    for found in _PAGES.finditer(text, *stretch):
        attributes = {"unit": "page", "from": found["a"], "to": found["b"] or found["a"]}
        yield Span(*found.span(), "biblScope", attributes, firm=False)
