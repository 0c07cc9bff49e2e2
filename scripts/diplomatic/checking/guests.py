"""TEI that was not made with this program: held to TEI, not to the schema of the edition.

The edition's schema takes away most of TEI, and its rules are those of its own encoding. A
document that somebody else made, in another style, is a document of the edition all the same: what
TEI does not know at all, and references that lead nowhere, are faults in it; that it uses more of
TEI than the edition does is worth one note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from diplomatic.checking.references import check_references
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.xml.reader import parse_bytes

# Faults in any TEI: no such element, another namespace, the wrong outermost element.
_FAULTS: Final = frozenset({"D102", "D104", "D116", "D119"})
_NAMED: Final = re.compile(r"<(\w+)>|(@[\w:]+)")
_SHOWN: Final = 8


def follows_edition(data: bytes) -> bool:
    """Say whether a document is one of this program's: by its schema, or by its transcript."""
    asked = b"edition.rng" in data.partition(b"<TEI")[0]
    return asked or re.search(rb"""<idno\s[^>]*type=["']filename["']""", data) is not None


def check_guest(data: bytes, path: Path) -> list[Finding]:
    """Check a TEI document that was not made here.

    Args:
        data: the document.
        path: where it is; references are followed from there.
    """
    from diplomatic.schema.validate import check_grammar

    name = str(path)
    try:
        tree = parse_bytes(data, name)
        found = check_grammar(tree, data, name)
    except DiplomaticError as error:
        return [error.finding]
    faults = [finding for finding in found if finding.code in _FAULTS]
    beyond = [finding for finding in found if finding.code not in _FAULTS]
    noted = [_note(beyond, name)] if beyond else []
    return [*faults, *noted, *check_references(tree, path, name)]


def _note(findings: list[Finding], name: str) -> Finding:
    """Return one finding in the place of many."""
    names = list(dict.fromkeys(_names(findings)))
    said = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    count = len(findings)
    places = "1 place" if count == 1 else f"{count} places"
    message = f"it goes beyond the edition's schema in {places}: {said}"
    return Finding("D130", message, Place(name, min(finding.place.line for finding in findings)))


def _names(findings: Iterable[Finding]) -> Iterable[str]:
    """Yield the element or attribute that each finding is about."""
    for finding in findings:
        if named := _NAMED.search(finding.message):
            yield named[1] or named[2]
