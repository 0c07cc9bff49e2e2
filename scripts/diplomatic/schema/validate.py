"""Documents judged: well-formed, grammar, rules (design §4).

`check_document(data, name)` is the door. What it returns are findings with places; they become
text, JSON, HTML or SARIF in `diplomatic.schema.report`.

Cost: libxml2 gives the verdict of the grammar (about 1 ms for 11 KB); only a document that it
refuses is read again by the explainer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic import resources
from diplomatic.findings import DiplomaticError, Finding, Place, limited
from diplomatic.schema.explain import Explainer
from diplomatic.schema.grammar import load_grammar
from diplomatic.schema.positions import find_positions, line_of
from diplomatic.schema.references import entries_of
from diplomatic.schema.rules import check_rules
from diplomatic.schema.words import transcript_line
from diplomatic.xml.names import XML_ID
from diplomatic.xml.paths import strings
from diplomatic.xml.reader import parse_bytes, read_file

_GRAMMAR: Final = "edition.rng"
_RULES: Final = "edition.sch"


@cache
def _relaxng(path: Path) -> etree.RelaxNG:
    """Return a grammar compiled by libxml2, once in this process."""
    try:
        return etree.RelaxNG(file=str(path))
    except (etree.RelaxNGParseError, etree.XMLSyntaxError, OSError) as error:
        raise DiplomaticError(Finding("D150", str(error), Place(str(path)))) from error


def check_document(data: bytes, name: str, tree: etree._ElementTree | None = None) -> list[Finding]:
    """Return what is wrong with a TEI document: its form, its grammar, then the rules.

    A document whose grammar is wrong is not held against the rules as well: they take the grammar
    for granted, and would complain of the same thing a second time.

    Args:
        data: the document.
        name: what findings call the file; where it is a path, references are followed from there.
        tree: the document where it has been read already.
    """
    try:
        tree = parse_bytes(data, name) if tree is None else tree
    except DiplomaticError as error:
        return [error.finding]
    found = check_grammar(tree, data, name)
    return found or _rules(tree, data, name)


def _rules(tree: etree._ElementTree, data: bytes, name: str) -> list[Finding]:
    """Return the rules that a document breaks."""
    try:
        known = {"entries": entries_of(tree, Path(name))}
        return check_rules(tree, data, name, resources.schema_dir() / _RULES, known)
    except DiplomaticError as error:
        return [error.finding]


def check_grammar(tree: etree._ElementTree, data: bytes, name: str) -> list[Finding]:
    """Return what the grammar of the edition refuses in a document, explained."""
    path = resources.schema_dir() / _GRAMMAR
    # libxml2 refuses an identifier given twice, which `diplomatic.checking.references` reports; of
    # many it also takes the square in time.
    identifiers = strings(tree, "//@xml:id")
    repeated = len(set(identifiers)) < len(identifiers)
    if not repeated and _relaxng(path).validate(tree):
        return []
    found = explain(tree, data, name, path)
    if found or repeated:
        return found
    # Else it refuses what our own reading of the same grammar accepts: a fault of the program.
    return [Finding("D199", "the grammar refuses the document", Place(name, 1))]


def explain(tree: etree._ElementTree, data: bytes, name: str, grammar: Path) -> list[Finding]:
    """Return every fault that a grammar finds in a document, in the order of the file.

    This is a validator of its own: it gives no finding exactly when the grammar accepts the
    document. It takes any local RELAX NG grammar, tei_all among them.
    """
    explainer = Explainer(load_grammar(grammar), find_positions(data), name)
    return explainer.explain(tree.getroot())


def check_against(data: bytes, name: str, grammar: Path) -> list[Finding]:
    """Return what any local RELAX NG grammar refuses in a document, tei_all for example.

    Identifiers given twice are among it: RELAX NG's ID datatype forbids them.

    Args:
        data: the document.
        name: what findings call the file.
        grammar: the grammar; `diplomatic.schema.base.tei_all` gives that of TEI.
    """
    try:
        tree = parse_bytes(data, name)
    except DiplomaticError as error:
        return [error.finding]
    return [*explain(tree, data, name, grammar), *limited(_repeated(tree, name), name)]


def check_file_against(path: Path, grammar: Path) -> list[Finding]:
    """Return what a grammar refuses in a file; as `check_against`; D012 and D120 too.

    Raises:
        DiplomaticError: D012, D100 or D150, the grammar cannot be used.
    """
    try:
        data = read_file(path)
    except DiplomaticError as error:
        return [error.finding]
    return check_against(data, str(path), grammar)


def check_file_by_rules(path: Path, schema: Path) -> list[Finding]:
    """Return which rules of a Schematron schema a file breaks; D012, D100 … if it cannot be read.

    Raises:
        DiplomaticError: D012, D100, D701 or D702, the schema cannot be used.
    """
    try:
        data = read_file(path)
        tree = parse_bytes(data, str(path))
    except DiplomaticError as error:
        return [error.finding]
    return check_rules(tree, data, str(path), schema)


def _repeated(tree: etree._ElementTree, name: str) -> Iterator[Finding]:
    """Yield a finding for each identifier that a second element has."""
    seen: set[str] = set()
    for element in tree.iter(etree.Element):
        identifier = str(element.get(XML_ID, ""))
        if identifier and identifier in seen:
            place = Place(name, line_of(element), 0, transcript_line(element))
            yield Finding("D301", f"the identifier {identifier!r} is given a second time", place)
        seen.add(identifier)
