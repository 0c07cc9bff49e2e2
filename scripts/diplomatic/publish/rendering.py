"""Rendering: TEI or a record of the edition in, a page out. Pure, so that workers can do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.publish.source_page import fill, parted
from diplomatic.publish.source_rows import Source
from diplomatic.resources import xslt_dir
from diplomatic.xml.saxon import Parameter, Parsed, Result, stylesheet


@dataclass(frozen=True)
class Page:
    """A page as rendered, and what there is to say about it."""

    html: str
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class DocumentPages:
    """The pages of a TEI document, to be rendered: of its text, of its source, or both at once.

    Attributes:
        tei: the document, already read safely; as `saxon.parsed` gives it, it serves many pages.
        record: the edition as far as its pages need it (`records.text_record`).
        name: what findings call the document.
        language: language of the interface (BCP 47).
        entry: the stylesheet; None for the program's own.

    Its methods raise DiplomaticError: D702, D712, D713, the stylesheet stopped; D710, an anchor is
    on a page twice.
    """

    tei: bytes | Parsed
    record: bytes
    name: str
    language: str = "en"
    entry: Path | None = None

    def text(self) -> Page:
        """Render the page of the text."""
        result = self._run({})
        return self._page(result.text, result.findings(self.name))

    def source(self, source: Source) -> Page:
        """Render the page of the source."""
        result = self._run({**source.parameters, "text-page": False})
        _, opened = parted(result.text, source.mark)
        if not opened and self.entry:  # one of the edition's own that has no such page
            return replace(self, entry=None).source(source)
        return self._page(fill(opened, source, self.name), result.findings(self.name))

    def both(self, source: Source) -> tuple[Page, Page]:
        """Render both, which is quicker; the findings on both are with the first."""
        result = self._run(source.parameters)
        text, opened = parted(result.text, source.mark)
        page = self._page(text, result.findings(self.name))
        if not opened:
            return page, replace(self, entry=None).source(source)
        return page, self._page(fill(opened, source, self.name), [])

    def _run(self, more: Mapping[str, Parameter]) -> Result:
        """Run the stylesheet."""
        given: dict[str, Parameter] = {
            "edition": self.record,
            "interface-language": self.language,
            **more,
        }
        sheet = stylesheet(self.entry or xslt_dir() / "html.xsl")
        return sheet.transform(self.tei, given, name=self.name)

    def _page(self, html: str, findings: list[Finding]) -> Page:
        """Return a page whose anchors are all different."""
        _check_anchors(html, self.name)
        return Page(_doctype(html), findings)


def render_document(
    tei: bytes | Parsed,
    record: bytes,
    *,
    name: str,
    language: str = "en",
    entry: Path | None = None,
) -> Page:
    """Render the page of a document's text; arguments and errors are those of `DocumentPages`."""
    return DocumentPages(tei, record, name, language, entry).text()


def render_edition_page(record: bytes, *, language: str = "en", entry: Path | None = None) -> Page:
    """Render a page about the whole edition, which the record names.

    Raises:
        DiplomaticError: D702, D712.
    """
    parameters: dict[str, Parameter] = {"interface-language": language}
    result = stylesheet(entry or xslt_dir() / "html.xsl").transform(record, parameters)
    return Page(_doctype(result.text), result.findings(""))


def _doctype(html: str) -> str:
    """Return a page that begins with the doctype of HTML and ends with a line end."""
    text = html.strip()
    known = text[:9].lower() == "<!doctype"
    return (text if known else f"<!DOCTYPE html>\n{text}") + "\n"


def _check_anchors(html: str, name: str) -> None:
    """See that no anchor is twice on a page.

    Raises:
        DiplomaticError: D710, one is.
    """
    # Taken apart at each id, which is ten times as fast as a search with a pattern.
    pieces = html.split('id="')
    found = [piece.partition('"')[0] for before, piece in pairwise(pieces) if before[-1:].isspace()]
    if len(found) == len(set(found)):
        return
    twice = [anchor for anchor, number in Counter(found).items() if number > 1]
    message = f"on the page more than once: {', '.join(twice[:5])}"
    raise DiplomaticError(Finding("D710", message, Place(name)))
