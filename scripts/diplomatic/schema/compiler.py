"""The ODD compiler: `edition.odd` over TEI's grammar → `edition.rng`, `edition.sch`.

The files made carry TEI's licence notice, and the project's own words; no prose of TEI's.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic.schema.customise import attribute_classes, customise
from diplomatic.schema.grammar import load_grammar, read_grammar
from diplomatic.schema.inclusion import Excess, excesses
from diplomatic.schema.manual import manual
from diplomatic.schema.odd import Odd, read_odd
from diplomatic.schema.rng_writer import write_grammar
from diplomatic.xml.names import SCH_NS, TEI_NS
from diplomatic.xml.reader import parse_bytes, parse_file

_NOTICE: Final = """
  Made from edition.odd by `diplomatic schema`; not edited by hand.
  A restriction of the grammar of TEI P5, version 4.3.0, by the TEI Consortium, whose notice is:
  {licence}
  The words of explanation in this file are the project's own.
"""
_SCH: Final = f"{{{SCH_NS}}}"


@dataclass(frozen=True)
class Compiled:
    """What the compiler makes: the grammar, the rules and the manual, as files."""

    grammar: bytes
    rules: bytes
    manual: bytes

    def files(self) -> dict[str, bytes]:
        """Return the files by name."""
        return {
            "edition.rng": self.grammar,
            "edition.sch": self.rules,
            "manual.html": self.manual,
        }


def compile_odd(odd_path: Path, tei_all: Path) -> Compiled:
    """Compile a customisation over TEI's grammar.

    Raises:
        DiplomaticError: D151, unsupported ODD; D152, it asks for what TEI does not allow.
    """
    odd = read_odd(odd_path)
    classes = attribute_classes(parse_file(tei_all).getroot())
    grammar = customise(load_grammar(tei_all), classes, odd)
    notice = _NOTICE.format(licence=licence_notice(tei_all))
    return Compiled(
        write_grammar(grammar, notice),
        schematron(odd, notice),
        manual(odd, grammar).encode("utf-8"),
    )


def licence_notice(tei_all: Path) -> str:
    """Return the licence notice that TEI's grammar bears, blanks made single."""
    comments = parse_file(tei_all).getroot().iter(etree.Comment)
    texts = (" ".join((comment.text or "").split()) for comment in comments)
    return next((text for text in texts if "licence" in text), "")


def schematron(odd: Odd, notice: str) -> bytes:
    """Return the rules of a customisation as a Schematron schema, one pattern for each."""
    root = etree.Element(f"{_SCH}schema", {"queryBinding": "xslt3"}, {"sch": SCH_NS})
    root.append(_child("title", "Rules of the edition beyond grammar"))
    etree.SubElement(root, f"{_SCH}ns", prefix="tei", uri=TEI_NS)
    for constraint in odd.constraints:
        _add_constraint(root, constraint)
    root.addprevious(etree.Comment(notice))
    etree.indent(root)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True) + b"\n"


def _add_constraint(root: etree._Element, constraint: etree._Element) -> None:
    """Add what a constraint holds to the schema: rules get a pattern, the rest stands as it is."""
    pattern = etree.Element(f"{_SCH}pattern", id=f"rule-{constraint.get('ident', '')}")
    for node in constraint.iterfind("*/*"):
        kept = copy.deepcopy(node)
        kept.tail = None
        if node.tag == f"{_SCH}rule":
            pattern.append(kept)
        else:  # variables and keys stand before all patterns
            first = root.find(f"{_SCH}pattern")
            root.insert(len(root) if first is None else root.index(first), kept)
    if len(pattern):
        root.append(pattern)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["sch"])


def _child(name: str, text: str) -> etree._Element:
    """Return a Schematron element that holds text."""
    node = etree.Element(f"{_SCH}{name}")
    node.text = text
    return node


def prove(grammar: bytes, tei_all: Path) -> list[Excess]:
    """Return what a compiled grammar accepts and TEI's refuses; nothing, if all is well."""
    root = parse_bytes(grammar, "edition.rng").getroot()
    return list(excesses(read_grammar(root, "edition.rng"), load_grammar(tei_all)))
