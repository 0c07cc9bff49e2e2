"""Judging TEI documents, and folders of `codes/`, as the program would judge them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from diplomatic.checking.references import check_references
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.reports import as_text
from diplomatic.schema.compiler import compile_odd
from diplomatic.schema.grammar import load_grammar
from diplomatic.schema.references import check_identifiers
from diplomatic.schema.rules import check_rules
from diplomatic.schema.validate import check_document, explain
from diplomatic.xml.reader import parse_bytes

ROOT = Path(__file__).parents[1]
Jing = Callable[[Path, Sequence[Path]], dict[Path, list[str]]]
"""Gives jing's complaints for each of some files, by a grammar."""


def check(data: bytes, name: str) -> list[Finding]:
    """Return all findings of a document: schema, rules, references."""
    found = check_document(data, name)
    try:
        tree = parse_bytes(data, name)
    except DiplomaticError:
        return found
    return [*found, *check_references(tree, Path(name), name)]


def check_folder(folder: Path, tei_grammar: Path | None = None) -> list[Finding]:
    """Return the findings of a folder; what files it holds says what is judged.

    in.odd: compiled over TEI's grammar. in.rng: a grammar to judge in.xml by, or to be refused
    itself. in.sch: rules for in.xml. other.xml: a second document of the same edition.
    """
    path = folder / "in.xml"
    try:
        if (folder / "in.odd").exists() and tei_grammar:
            compile_odd(folder / "in.odd", tei_grammar)
            return []
        if (folder / "in.rng").exists():
            load_grammar(folder / "in.rng")
    except DiplomaticError as error:
        return [error.finding]
    data = path.read_bytes()
    if (folder / "in.rng").exists():
        return explain(parse_bytes(data, str(path)), data, str(path), folder / "in.rng")
    if (folder / "in.sch").exists():
        return check_rules(parse_bytes(data, str(path)), data, str(path), folder / "in.sch")
    if (folder / "other.xml").exists():
        names = ("other.xml", "in.xml")
        trees = {str(folder / n): parse_bytes((folder / n).read_bytes(), n) for n in names}
        return check_identifiers(trees)
    return check(data, str(path))


def shown(findings: list[Finding], folder: Path) -> str:
    """Return findings as text, files as seen from the folder."""
    return as_text(findings).replace(f"{folder}/", "")
