"""Rendering: TEI or a record of the edition in, a page out. Pure, so that workers can do it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.resources import xslt_dir
from diplomatic.xml.saxon import Parameter, Parsed, stylesheet

_ID: Final = re.compile(r'(?<=\s)id="([^"]*)"')


@dataclass(frozen=True)
class Page:
    """A page as rendered, and what there is to say about it."""

    html: str
    findings: list[Finding] = field(default_factory=list)


def render_document(
    tei: bytes | Parsed,
    record: bytes,
    *,
    name: str,
    language: str = "en",
    entry: Path | None = None,
) -> Page:
    """Render the page of a TEI document.

    Args:
        tei: the document, already read safely; as `saxon.parsed` gives it, it serves many pages.
        record: the edition as far as this page needs it (`records.document_record`).
        name: what findings call the document.
        language: language of the interface (BCP 47).
        entry: the stylesheet; None for the program's own.

    Raises:
        DiplomaticError: D702, D712, D713, the stylesheet stopped; D710, an anchor twice.
    """
    parameters: dict[str, Parameter] = {"edition": record, "interface-language": language}
    result = stylesheet(entry or xslt_dir() / "html.xsl").transform(tei, parameters, name=name)
    _check_anchors(result.text, name)
    return Page(_doctype(result.text), result.findings(name))


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
    found = _ID.findall(html)
    if len(found) == len(set(found)):
        return
    twice = [anchor for anchor, number in Counter(found).items() if number > 1]
    message = f"on the page more than once: {', '.join(twice[:5])}"
    raise DiplomaticError(Finding("D710", message, Place(name)))
