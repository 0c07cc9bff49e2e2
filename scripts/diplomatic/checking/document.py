"""One TEI document, checked in every way that there is (design §4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from diplomatic.checking.fidelity import compare, rebuild
from diplomatic.checking.guests import check_guest, follows_edition
from diplomatic.checking.references import check_references
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.inputs import transcript_of
from diplomatic.xml.paths import strings
from diplomatic.xml.reader import as_utf8, parse_bytes, read_file


@dataclass(frozen=True)
class Checked:
    """What checking found; the document as it was read, if it could be, for who needs it too."""

    findings: list[Finding] = field(default_factory=list)
    data: bytes = b""
    tree: etree._ElementTree | None = None


def check_file(
    path: Path,
    transcript: Path | None = None,
    folder: Path | None = None,
    guest: bool = False,
) -> Checked:
    """Check a TEI document.

    Args:
        path: the document.
        transcript: its transcript; None when the document itself must say what that is.
        folder: where to look first for a transcript that the document names.
        guest: whether it may be TEI that was not made with this program.
    """
    try:
        data = read_file(path)
    except DiplomaticError as error:
        return Checked([error.finding])
    if guest and not follows_edition(data):
        return Checked(check_guest(data, path))
    return _check(data, path, transcript, folder)


def _check(data: bytes, path: Path, transcript: Path | None, folder: Path | None) -> Checked:
    """Check the bytes of a TEI document."""
    name = str(path)
    try:
        tree = parse_bytes(data, name)
    except DiplomaticError as error:
        return Checked([error.finding])
    findings = _grammar_and_rules(data, name, tree)
    findings += check_references(tree, path, name)
    source = transcript or _named_transcript(tree, path, folder)
    findings += _fidelity(as_utf8(tree, data), path, source)
    return Checked(findings, data, tree)


def _grammar_and_rules(data: bytes, name: str, tree: etree._ElementTree) -> list[Finding]:
    """Return what the schema finds."""
    from diplomatic.schema.validate import check_document

    return list(check_document(data, name, tree))


def _fidelity(document: bytes, path: Path, source: Path | None) -> list[Finding]:
    """Return the first difference between a document, in UTF-8, and its transcript."""
    if source is None or not source.is_file():
        message = "no transcript is known to compare this document with"
        return [Finding("D504", message, Place(str(path)))]
    try:
        text = transcript_of(source)
    except DiplomaticError as error:
        message = f"the transcript cannot be read: {error.finding.message}"
        return [Finding("D012", message, error.finding.place)]
    try:
        return compare(text, rebuild(document, str(path)), str(source))
    except DiplomaticError as error:
        return [error.finding]


def _named_transcript(tree: etree._ElementTree, path: Path, folder: Path | None) -> Path | None:
    """Return the transcript that a document names: by the prefix of its lines, or by file name."""
    patterns = strings(tree, "//tei:prefixDef[@ident='line']/@replacementPattern")
    names = strings(tree, "//tei:idno[@type='filename']/text()")
    candidates = [folder / name.strip() for name in names] if folder else []
    lined = [path.parent / unquote(pattern.partition("#")[0]) for pattern in patterns]
    # The lines of other files than plain text are published beside them, as plain text.
    candidates += [line.parent / name.strip() for line in lined for name in names]
    candidates += lined
    candidates += [path.parent / name.strip() for name in names]
    return next((candidate for candidate in candidates if candidate.is_file()), None)
