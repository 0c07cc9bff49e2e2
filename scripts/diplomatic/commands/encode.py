"""`diplomatic encode`: transcripts to TEI documents."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from diplomatic.build.doubts import update_doubts
from diplomatic.build.encoding import encode_source, identifier_of
from diplomatic.build.lock import edition_lock
from diplomatic.build.manifest import note_doubts
from diplomatic.build.store import identified, store
from diplomatic.commands import _shared as shared
from diplomatic.edition import Edition
from diplomatic.findings import DiplomaticError, Finding, worst_exit_code


@dataclass(frozen=True)
class _Item:
    """One transcript to encode."""

    identifier: str
    source: Path
    edition: Edition | None


@click.command(
    epilog="""\b
Examples:
  diplomatic encode                          all transcripts of this edition
  diplomatic encode letter-1951-03-09        one of them
  diplomatic encode old/*.txt --out /tmp/x   any files, no edition needed
  diplomatic encode letter-1951-03-09 --prefer edited   settle conflicts for the TEI as it stands
""",
)
@click.argument("what", nargs=-1, metavar="[ID|FILE]...", shell_complete=shared.complete_document)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the TEI documents to this folder; needed for files.",
)
@click.option(
    "--prefer",
    type=click.Choice(["edited", "transcript"]),
    help="What counts where an edit by hand and the transcript conflict.",
)
@shared.edition_option
@shared.format_option
@shared.quiet_option
def command(
    what: tuple[str, ...],
    out: Path | None,
    prefer: str | None,
    folder: Path | None,
    style: str,
    quiet: bool,
) -> int:
    """Make TEI documents from transcripts.

    Without arguments, all transcripts of the edition. A document that was edited by hand is merged
    with what the transcript gives now; where both changed the same, it is left as it is.
    """
    items, edition = _items(what, folder)
    target = out or (edition.documents_dir if edition else None)
    if target is None or (out is None and any(item.edition is None for item in items)):
        raise click.UsageError("Files need --out DIR, the folder for the TEI documents.")
    findings: list[Finding] = list(edition.findings) if edition and not what else []
    doubts: dict[str, list[dict[str, Any]]] = {}
    own = edition if edition and out is None else None
    with edition_lock(own) if own else nullcontext():
        for item in items:
            said, line = _encode(item, target / f"{item.identifier}.xml", prefer, doubts)
            findings += said
            if not quiet and style == "text":
                click.echo(line)
        if own:
            update_doubts(own, doubts, (row for rows in doubts.values() for row in rows))
            note_doubts(own)
    shared.show_findings(findings, style)
    return worst_exit_code(findings)


def _items(what: tuple[str, ...], folder: Path | None) -> tuple[list[_Item], Edition | None]:
    """Return what to encode, and the edition, which is not opened when only files are named."""
    files = [Path(name) for name in what if shared.is_file_argument(name)]
    names = [name for name in what if not shared.is_file_argument(name)]
    items = [_Item(identifier_of(path), path, None) for path in files]
    if files and not names and folder is None:
        return items, None
    edition = shared.open_edition(folder)
    known = {document.id: document for document in edition.documents if document.source.exists()}
    for name in names or ([] if files else known):
        document = shared.pick(known, name)
        items.append(_Item(document.id, document.source, edition))
    return items, edition


def _encode(
    item: _Item, path: Path, prefer: str | None, left: dict[str, list[dict[str, Any]]]
) -> tuple[list[Finding], str]:
    """Encode and store one document; return findings and the line that reports it.

    What it leaves open is put into `left`, by its identifier.
    """
    # Imported here: `diplomatic encode --help` needs no lxml.
    from diplomatic.encode.changes import Side
    from diplomatic.reports.doubts import records

    side = {"edited": Side.EDITED, "transcript": Side.NEW}.get(prefer or "")
    try:
        encoded = encode_source(item.source, item.identifier, item.edition)
        xml = encoded.xml
        if item.edition and path.parent != item.edition.documents_dir:
            # Written elsewhere, to compare, it has the identifiers that it has in the edition.
            xml = identified(item.edition.documents_dir / path.name, xml)
        stored = store(path, xml, side)
    except DiplomaticError as error:
        return getattr(error, "findings", [error.finding]), f"{item.identifier}: not encoded"
    file = item.source.name
    if item.edition and item.source.is_relative_to(item.edition.root):
        file = item.source.relative_to(item.edition.root).as_posix()
    left[item.identifier] = records(item.identifier, file, encoded.doubts)
    doubts = f", {shared.count_of(len(encoded.doubts), 'doubt')}" if encoded.doubts else ""
    return [*encoded.findings, *stored.findings], f"{item.identifier}: {stored.status}{doubts}"
