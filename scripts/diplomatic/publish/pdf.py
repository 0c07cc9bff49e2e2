"""The PDFs of an edition: the volume and one of each document, as the settings ask.

In: an edition. Out: files in its output folder, made only where something changed that they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding, Severity
from diplomatic.publish.fonts import load_fonts
from diplomatic.publish.memory import Memory, common_key, key_of
from diplomatic.publish.page_list import breaks, page_list_path, write_breaks
from diplomatic.publish.print import (
    STYLESHEET,
    Press,
    Record,
    Source,
    document_pdf,
    prepare,
    volume_pages,
)

_VOLUME: Final = "volume.pdf"


def publish_pdf(edition: Edition) -> list[Finding]:
    """Write the PDFs that the edition's settings ask for into its output folder.

    A PDF that is there and was made from just the same is kept. A document that cannot be set
    keeps the PDF that was there, and so does the volume; all that is wrong is among the findings
    returned. PDFs of documents that are gone are removed.

    Raises:
        DiplomaticError: D731, D732, fonts are missing; D801, a file cannot be written.
    """
    press = Press(edition.settings, load_fonts(edition.settings.print.font), _entry(edition))
    memory = Memory(edition.pdf_dir, memory_path(edition))
    common = common_key(edition, press.fonts)
    documents = [document for document in edition.documents if document.tei.exists()]
    wanted: dict[str, Callable[[], list[Finding]]] = {}
    keys: dict[str, str] = {}
    if edition.settings.print.documents:
        for document in documents:
            name = f"{document.id}.pdf"
            wanted[name] = partial(_publish_document, document, edition, press)
            keys[name] = key_of(common, document.tei)
    if edition.settings.print.volume and documents:
        if not page_list_path(edition).exists():
            memory.forget(_VOLUME)
        paths = [*(document.tei for document in documents), *edition.index_paths.values()]
        wanted[_VOLUME] = partial(_publish_volume, documents, edition, press)
        keys[_VOLUME] = key_of(common, *paths)
    findings: list[Finding] = []
    for name, publish in wanted.items():
        findings += _remembered(memory, name, keys[name], publish)
    memory.sweep(wanted)
    memory.save()
    return list(dict.fromkeys(findings))


def memory_path(edition: Edition) -> Path:
    """Return where it is remembered what the PDFs were made from."""
    return edition.hidden_dir / "pdf.json"


def _remembered(
    memory: Memory, name: str, key: str, publish: Callable[[], list[Finding]]
) -> list[Finding]:
    """Return what there is to say of a PDF, which is made unless it is up to date."""
    kept = memory.recall(name, key)
    if kept is not None:
        return kept
    findings = publish()
    if not any(finding.severity is Severity.ERROR for finding in findings):
        memory.note(name, key, findings)
    return findings


def _publish_document(document: Document, edition: Edition, press: Press) -> list[Finding]:
    """Write the PDF of one document; return what there is to say."""
    try:
        record = prepare(_source(document.tei), press)
        data = document_pdf(record, press)
    except DiplomaticError as error:
        return _findings_of(error)
    write_if_changed(edition.pdf_dir / f"{document.id}.pdf", data)
    return record.findings


def _publish_volume(documents: Sequence[Document], edition: Edition, press: Press) -> list[Finding]:
    """Write the PDF of the volume; return what there is to say."""
    findings: list[Finding] = []
    records: list[Record] = []
    for number, document in enumerate(documents, start=1):
        try:
            records.append(prepare(_source(document.tei), press, number))
            findings += records[-1].findings
        except DiplomaticError as error:
            findings += _findings_of(error)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return findings
    try:
        indices = [_source(path) for path in edition.index_paths.values()]
        pages = volume_pages(records, indices, press)
    except DiplomaticError as error:
        return [*findings, *_findings_of(error)]
    write_if_changed(edition.pdf_dir / _VOLUME, pages.pdf)
    write_breaks(edition, breaks(pages.places))
    return findings


def _source(path: Path) -> Source:
    """Read a TEI file of the edition.

    Raises:
        DiplomaticError: D012, it cannot be read.
    """
    from diplomatic.xml.reader import parse_file

    parse_file(path)  # refuses what is not there or not safe, with a finding
    return Source(path.read_bytes(), str(path), path.parent)


def _findings_of(error: DiplomaticError) -> list[Finding]:
    """Return all findings that an error carries."""
    return list(getattr(error, "findings", [error.finding]))


def _entry(edition: Edition) -> Path | None:
    """Return the edition's own entry stylesheet, if it has one."""
    own = edition.own_xslt_dir
    return own / STYLESHEET if own and (own / STYLESHEET).exists() else None
