"""The PDFs and the ebook inside the folder of the website, so that the folder is whole by itself.

In: the edition, whose books are made before its website. Out: where each book is on the website,
and the files there, which are hard links where the disk allows it and copies elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from diplomatic.build.atomic import PREFIX
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.settings import MOST_DOCUMENTS

_VOLUME: Final = "pdf/volume.pdf"


def epub_path(edition: Edition) -> Path:
    """Return where the ebook of an edition is: named after its short title."""
    plain = unicodedata.normalize("NFKD", edition.settings.running_title)
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    return edition.output_dir / "epub" / f"{slug or 'edition'}.epub"


def books(edition: Edition, documents: Sequence[Document] | None = None) -> dict[str, Path]:
    """Return the books of an edition that are there, by their address on the website.

    `documents` are those whose PDFs are wanted; None for all of them.
    """
    found = {}
    if edition.settings.print.documents:
        wanted = edition.documents if documents is None else documents
        found = {document_book(each): edition.pdf_dir / f"{each.id}.pdf" for each in wanted}
    if edition.settings.print.has_volume(len(edition.documents)):
        found[_VOLUME] = edition.pdf_dir / "volume.pdf"
    if edition.settings.print.has_ebook(len(edition.documents)):
        ebook = epub_path(edition)
        found[f"epub/{ebook.name}"] = ebook
    return {address: path for address, path in found.items() if path.exists()}


def document_book(document: Document) -> str:
    """Return where the PDF of a document is on the website, if it has one."""
    return f"pdf/{document.id}.pdf"


def edition_books(found: Mapping[str, Path]) -> dict[str, str]:
    """Return the books of the whole edition, by what they are, from those that `books` found."""
    kinds = {_VOLUME: "volume"}
    kinds |= {address: "ebook" for address in found if address.startswith("epub/")}
    return {what: address for address, what in kinds.items() if address in found}


def left_out(edition: Edition, book: Literal["volume", "ebook"]) -> list[Finding]:
    """Return the finding that a book is not made of so many documents, if nobody asked for it."""
    documents, most = len(edition.documents), MOST_DOCUMENTS[book]
    if getattr(edition.settings.print, book) is not None or documents <= most:
        return []
    message = (
        f"the {book} is left out: {documents:,} documents; unasked, it is made of up to {most:,}"
    )
    return [Finding("D738", message, Place(str(edition.settings_path)))]


def lay_in(found: Mapping[str, Path], folder: Path) -> list[Path]:
    """Put books into the folder of the website; return where they are.

    Raises:
        DiplomaticError: D801, one cannot be put there.
    """
    laid = []
    for address, path in sorted(found.items()):
        target = folder / address
        try:
            _lay(path, target)
        except OSError as error:
            message = error.strerror or "cannot be written"
            raise DiplomaticError(Finding("D801", message, Place(str(target)))) from error
        laid.append(target)
    return laid


def _lay(path: Path, target: Path) -> None:
    """Link or copy a file, unless it is there already; a reader sees the old one or the new."""
    with contextlib.suppress(OSError):
        here, there = path.stat(), target.stat()
        if os.path.samestat(here, there):
            return
        if (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns):
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f"{PREFIX}{target.name}")
    temporary.unlink(missing_ok=True)
    try:
        os.link(path, temporary)
    except OSError:  # another disk, or one without links
        shutil.copy2(path, temporary)
    temporary.replace(target)
