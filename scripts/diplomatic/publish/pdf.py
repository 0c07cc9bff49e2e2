"""The PDFs of an edition: the volume and one of each document, as the settings ask.

In: an edition. Out: files in its output folder, made only where something changed that they hold.
Documents are shared among workers. A large volume is made in two processes that follow each other,
one for its Typst and one for its pages, so that neither Saxon's memory nor Typst's is kept here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.workers import how_many, share
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding, Severity
from diplomatic.publish.books import left_out
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
    volume_script,
)
from diplomatic.publish.typesetting import Typescript, typeset

_VOLUME: Final = "volume.pdf"
# Bytes of TEI in a book of some hundred pages.
_LARGE: Final = 300_000


@dataclass(frozen=True)
class DocumentWork:
    """The work on the PDFs of one document: its TEI file, and by page where each PDF goes."""

    tei: Path
    targets: Mapping[str, Path]


@dataclass(frozen=True)
class VolumeWork:
    """The work on the volume: the TEI files of its documents, in order, and its indices."""

    documents: Sequence[Path]
    indices: Sequence[Path]


@dataclass(frozen=True)
class Prepared:
    """What came of the volume's documents: its Typst, unless one of them has a fault."""

    script: Typescript | None = None
    findings: list[Finding] = field(default_factory=list)


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
    keys = _keys(edition, common_key(edition, press.fonts))
    if not page_list_path(edition).exists():
        memory.forget(_VOLUME)
    told = {name: memory.recall(name, key) for name, key in keys.items()}
    made = dict(_made([name for name in keys if told[name] is None], edition, press))
    for name, findings in made.items():
        if not any(finding.severity is Severity.ERROR for finding in findings):
            memory.note(name, keys[name], findings)
    memory.sweep(keys)
    memory.save()
    said = [made.get(name) or told[name] or [] for name in keys]
    said.append(left_out(edition, "volume"))
    return list(dict.fromkeys(finding for findings in said for finding in findings))


def memory_path(edition: Edition) -> Path:
    """Return where it is remembered what the PDFs were made from."""
    return edition.hidden_dir / "pdf.json"


def pdf_names(edition: Edition) -> list[str]:
    """Return the file names of the PDFs that the settings ask for."""
    documents = edition.documents if edition.settings.print.documents else []
    names = [name for each in documents for name in _names(edition, each).values()]
    return [*names, _VOLUME] if _has_volume(edition) else names


def _has_volume(edition: Edition) -> bool:
    """Say whether the edition is to have a volume."""
    return edition.settings.print.has_volume(len(edition.documents))


def _names(edition: Edition, document: Document) -> dict[str, str]:
    """Return the file names of a document's PDFs by page: `ID.pdf`, `ID.PAGE.pdf` for others."""
    names: dict[str, str] = {}
    for page in edition.settings.print.document_pages:
        names[page] = f"{document.id}.{page}.pdf" if names else f"{document.id}.pdf"
    return names


def _documents(edition: Edition) -> list[Document]:
    """Return the documents that there are, in the order of the volume."""
    return [document for document in edition.documents if document.tei.exists()]


def _keys(edition: Edition, common: str) -> dict[str, str]:
    """Return the key of each PDF that the edition is to have, by its file name."""
    documents = _documents(edition)
    keys: dict[str, str] = {}
    if edition.settings.print.documents:
        for each in documents:
            key = key_of(common, each.tei)
            keys |= dict.fromkeys(_names(edition, each).values(), key)
    if _has_volume(edition) and documents:
        paths = [*(each.tei for each in documents), *edition.index_paths.values()]
        keys[_VOLUME] = key_of(common, *paths)
    return keys


def _made(names: Sequence[str], edition: Edition, press: Press) -> list[tuple[str, list[Finding]]]:
    """Make these PDFs; return what there is to say of each, by its file name."""
    works = []
    for document in _documents(edition):
        wanted = {p: name for p, name in _names(edition, document).items() if name in names}
        targets = {page: edition.pdf_dir / name for page, name in wanted.items()}
        if targets:
            works.append(DocumentWork(document.tei, targets))
    shared = share(make_document, works, press, how_many(len(works)))
    made = [(path.name, found) for work, found in shared for path in work.targets.values()]
    if _VOLUME in names:
        made.append((_VOLUME, _publish_volume(edition, press)))
    return made


def make_document(work: DocumentWork, press: Press) -> tuple[DocumentWork, list[Finding]]:
    """Write the PDFs of one document; return the work and what there is to say.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    try:
        record = prepare(_source(work.tei), press)
        made = {path: document_pdf(record, press, page) for page, path in work.targets.items()}
    except DiplomaticError as error:
        return work, _findings_of(error)
    for path, data in made.items():
        write_if_changed(path, data)
    return work, record.findings


def _publish_volume(edition: Edition, press: Press) -> list[Finding]:
    """Write the PDF of the volume; return what there is to say."""
    documents = [document.tei for document in _documents(edition)]
    work = VolumeWork(documents, list(edition.index_paths.values()))
    large = sum(path.stat().st_size for path in documents) > _LARGE
    (prepared,) = share(prepare_volume, [work], press, 2 if large else 1)
    if prepared.script is None:
        return prepared.findings
    try:
        pages = typeset(prepared.script, press.fonts)
    except DiplomaticError as error:
        return [*prepared.findings, *_findings_of(error)]
    write_if_changed(edition.pdf_dir / _VOLUME, pages.pdf)
    write_breaks(edition, breaks(pages.places))
    return prepared.findings


def prepare_volume(work: VolumeWork, press: Press) -> Prepared:
    """Return the Typst of the volume, in this process or a worker; all faults are findings."""
    findings: list[Finding] = []
    records: list[Record] = []
    for number, path in enumerate(work.documents, start=1):
        try:
            records.append(prepare(_source(path), press, number))
            findings += records[-1].findings
        except DiplomaticError as error:
            findings += _findings_of(error)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Prepared(None, findings)
    try:
        script = volume_script(records, [_source(path) for path in work.indices], press)
    except DiplomaticError as error:
        return Prepared(None, [*findings, *_findings_of(error)])
    return Prepared(script, findings)


def _source(path: Path) -> Source:
    """Read a TEI file of the edition.

    Raises:
        DiplomaticError: D012, it cannot be read.
    """
    from diplomatic.publish.guests import with_identifier
    from diplomatic.xml.reader import parse_file

    parse_file(path)  # refuses what is not there or not safe, with a finding
    data = path.read_bytes()
    if path.parent.name == "documents":
        data = with_identifier(data, path.stem, str(path))
    return Source(data, str(path), path.parent)


def _findings_of(error: DiplomaticError) -> list[Finding]:
    """Return all findings that an error carries."""
    return list(getattr(error, "findings", [error.finding]))


def _entry(edition: Edition) -> Path | None:
    """Return the edition's own entry stylesheet, if it has one."""
    own = edition.own_xslt_dir
    return own / STYLESHEET if own and (own / STYLESHEET).exists() else None
