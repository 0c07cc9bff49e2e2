"""The pages of the printed volume, as the ebook lists them.

In: the pages on which the units of the documents and the parts of the volume begin, as Typst found
them. Out: for each page its number and the place at which the ebook marks it, kept in the hidden
part of the output folder. A page is marked at the first paragraph that begins on it; one on which
none begins, at the next; the pages of a part all at its beginning.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.edition import Edition

# What a place of the volume is called that is no unit: the head of a document, its end, a part.
PART: Final = "part"
# The part at which the pages are numbered anew, in figures.
_MAIN: Final = "main"
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Break:
    """The beginning of a printed page: its number, the document, and the anchor of the unit there.

    The anchor is '' for the head of the document and '*' for what stands after its text; it is
    'part' for a part of the volume, whose name then stands for the document.
    """

    page: str
    document: str
    unit: str = ""


def breaks(places: Sequence[tuple[int, str, str]]) -> list[Break]:
    """Return the beginnings of all pages, each once, from the sheets of the places in order."""
    rows = [row for row in places if row[1:] != (_MAIN, PART)]
    main = next((sheet for sheet, *name in places if name == [_MAIN, PART]), 1)
    nexts = [sheet for sheet, *_ in rows[1:]]
    found: list[Break] = []
    last = 0
    for (sheet, document, unit), following in zip(rows, [*nexts, 0], strict=True):
        end = max(sheet, following - 1) if unit == PART else sheet
        found += [Break(_number(each, main), document, unit) for each in range(last + 1, end + 1)]
        last = max(last, end)
    return found


def _number(sheet: int, main: int) -> str:
    """Return the number of a page: in Roman figures before the main matter, which begins with 1."""
    if sheet >= main:
        return str(sheet - main + 1)
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (sheet // value)
        sheet %= value
    return letters


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
    is_wanted = edition.settings.print.has_volume(len(edition.documents))
    if not (is_wanted and (edition.pdf_dir / "volume.pdf").exists()):
        return []
    try:
        rows = json.loads(page_list_path(edition).read_text("utf-8"))
        return [Break(str(page), str(document), str(unit)) for page, document, unit in rows]
    except (OSError, ValueError, TypeError):
        return []
