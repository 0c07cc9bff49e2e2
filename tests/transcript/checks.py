"""Validity and fidelity of an encoded document, through the project's own checks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

SCHEMA = Path(__file__).parents[2] / "tei" / "schema" / "edition.rng"


def validity_of() -> Callable[[etree._Element], str]:
    """A function that answers "" for a valid document, else the first message."""
    if not SCHEMA.is_file():
        return lambda _tree: "no schema"
    grammar = etree.RelaxNG(etree.parse(SCHEMA))

    def question(tree: etree._Element) -> str:
        if grammar.validate(tree):
            return ""
        first = grammar.error_log[0]
        return f"line {first.line}: {first.message}"

    return question


def fidelity_of(data: bytes, tree: etree._Element) -> str:
    """Nothing ("") where the transcript comes back whole, else the first difference."""
    from diplomatic.checking.fidelity import compare, rebuild

    rebuilt = rebuild(etree.tostring(tree, encoding="utf-8"), "document.xml")
    found = compare(data.decode("utf-8-sig"), rebuilt, "transcript.txt")
    return found[0].message if found else ""
