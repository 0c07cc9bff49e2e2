"""The pages of the printed volume, as the ebook lists them.

In: the pages on which the units of the documents begin, as Typst found them. Out: for each page its
number and the unit at which the ebook marks it, kept in the hidden part of the output folder. A
page is marked at the first paragraph that begins on it; a page on which none begins, at the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from diplomatic.build.atomic import write_if_changed
from diplomatic.edition import Edition


@dataclass(frozen=True)
class Break:
    """The beginning of a printed page: its number, the document, and the anchor of the unit there.

    The anchor is '' for the head of the document and '*' for what stands after its text.
    """

    page: int
    document: str
    unit: str = ""


def breaks(places: Iterable[tuple[int, str, str]]) -> list[Break]:
    """Return the beginnings of pages, each once, from the pages of the units in order."""
    found: list[Break] = []
    last = 0
    for page, document, unit in places:
        first = page if unit == "" else last + 1
        found += [Break(number, document, unit) for number in range(first, page + 1)]
        last = max(last, page)
    return found


def page_list_path(edition: Edition) -> Path:
    """Return where the printed edition leaves the pages of its volume for the ebook."""
    return edition.hidden_dir / "page-list.json"


def write_breaks(edition: Edition, found: Sequence[Break]) -> None:
    """Keep the page list of the volume.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    text = json.dumps([astuple(each) for each in found], ensure_ascii=False)
    write_if_changed(page_list_path(edition), text.encode())


def read_breaks(edition: Edition) -> list[Break]:
    """Return the pages of the printed volume, in order; none where there is no volume.

    What is damaged or of another form counts as none: the list is made with each volume.
    """
    if not (edition.settings.print.volume and (edition.pdf_dir / "volume.pdf").exists()):
        return []
    try:
        rows = json.loads(page_list_path(edition).read_text("utf-8"))
        return [Break(int(page), str(document), str(unit)) for page, document, unit in rows]
    except (OSError, ValueError, TypeError):
        return []
