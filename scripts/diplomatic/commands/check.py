"""`diplomatic check`: TEI documents against schema, rules, indices and transcripts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from diplomatic.commands import _shared as shared
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding, worst_exit_code


@dataclass(frozen=True)
class _Item:
    """One document to check; the transcript is None where the document itself names it.

    `known` is the document in its edition; None for a loose file.
    """

    tei: Path
    transcript: Path | None
    known: Document | None = None
    edition: Edition | None = None


@click.command(
    epilog="""\b
Examples:
  diplomatic check                           all documents of this edition
  diplomatic check letter-1951-03-09         one of them
  diplomatic check any/file.xml              any file, no edition needed
  diplomatic check out/*.xml --transcripts old   files whose transcripts are elsewhere
  diplomatic check --format json > report.json
  diplomatic check --format sarif > report.sarif   for editors and code hosts
  diplomatic check --schema tei_all any/file.xml   against the whole of TEI, grammar only
  diplomatic check --schema house.sch        against the rules of your house
""",
)
@click.argument("what", nargs=-1, metavar="[ID|FILE]...", shell_complete=shared.complete_document)
@click.option(
    "--transcripts",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Where the transcripts of files are, if the documents do not lead there themselves.",
)
@click.option(
    "--schema",
    "grammar",
    metavar="tei_all|FILE.rng|FILE.sch",
    help="Check against this only: all of TEI, or a RELAX NG or Schematron file of yours.",
)
@shared.edition_option
@shared.report_format_option
@shared.quiet_option
def command(
    what: tuple[str, ...],
    transcripts: Path | None,
    grammar: str | None,
    folder: Path | None,
    style: str,
    quiet: bool,
) -> int:
    """Check TEI documents.

    Well-formed XML, grammar, rules, references, and that every character of the transcript is in
    the document. Exit code 1 when a finding is an error.
    """
    # Imported here: `diplomatic check --help` needs neither lxml nor Saxon.
    from diplomatic.build.doubts import OpenDoubts
    from diplomatic.checking.document import check_file

    items, findings = _items(what, folder)
    doubts = 0
    left_open: OpenDoubts | None = None
    if grammar is not None:
        findings = _against(grammar, items)
    for item in items if grammar is None else ():
        guest = item.known is not None and item.known.is_guest
        checked = check_file(item.tei, item.transcript, transcripts, guest)
        findings += checked.findings
        if item.known and item.edition:
            left_open = left_open or OpenDoubts(item.edition)
            count, stale = left_open.of(item.known)
            doubts += count
            findings += stale
    if grammar is None and not what:
        findings += _identifiers(items)
    shared.show_findings(findings, style)
    if not quiet and style == "text":
        left = f", {shared.count_of(doubts, 'doubt')} open" if doubts else ""
        documents = shared.count_of(len(items), "document")
        click.echo(f"{documents} checked: {shared.count_findings(findings)}{left}")
    return worst_exit_code(findings)


def _against(schema: str, items: list[_Item]) -> list[Finding]:
    """Return what the schema named, or all of TEI's grammar, refuses in documents."""
    from diplomatic.schema.base import home, tei_all
    from diplomatic.schema.validate import check_file_against, check_file_by_rules

    path = tei_all(home()) if schema == "tei_all" else Path(schema)
    judge = check_file_by_rules if path.suffix == ".sch" else check_file_against
    return [found for item in items for found in judge(item.tei, path)]


def _identifiers(items: list[_Item]) -> list[Finding]:
    """Return the identifiers that two documents share."""
    from diplomatic.schema.references import check_identifiers
    from diplomatic.xml.reader import parse_file

    trees = {}
    for item in items:
        try:
            trees[str(item.tei)] = parse_file(item.tei)
        except DiplomaticError:
            continue  # a document that cannot be read has been reported
    return check_identifiers(trees)


def _items(what: tuple[str, ...], folder: Path | None) -> tuple[list[_Item], list[Finding]]:
    """Return what to check, and what is odd about the edition as a whole."""
    items = [_Item(Path(name), None) for name in what if shared.is_file_argument(name)]
    names = [name for name in what if not shared.is_file_argument(name)]
    if items and not names and folder is None:
        return items, []
    edition = shared.open_edition(folder)
    known = {document.id: document for document in edition.documents if document.tei.exists()}
    for name in names or ([] if items else known):
        document = shared.pick(known, name)
        transcript = document.source if document.source.exists() else None
        items.append(_Item(document.tei, transcript, document, edition))
    return items, [] if what else list(edition.findings)
