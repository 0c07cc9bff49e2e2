"""The rules beyond grammar: Schematron, run as XSLT 3.0, its findings with places and values.

The schema is transpiled by `transpile.xsl` and compiled once in a process (about 50 ms); a
document of 11 KB then takes about 1 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic.findings import Finding, Place, codes, limited
from diplomatic.schema.positions import find_positions
from diplomatic.schema.words import transcript_line
from diplomatic.xml.reader import as_utf8, parse_bytes, parse_file
from diplomatic.xml.saxon import Parameter, Stylesheet, stylesheet

_TRANSPILER: Final = Path(__file__).with_name("transpile.xsl")
_SVRL: Final = "{http://purl.oclc.org/dsdl/svrl}"
_TESTS: Final = ("failed-assert", "successful-report")
_NUMBER: Final = re.compile(r"\(//\*\)\[(\d+)\]")
_OTHER: Final = "D299"


@cache
def _compiled(path: Path) -> Stylesheet:
    """Return a Schematron schema as a compiled stylesheet.

    Raises:
        DiplomaticError: D012, D100, the schema cannot be read; D702, it is no good Schematron;
            D701, an expression in it is no good XPath.
    """
    schema = etree.tostring(parse_file(path), encoding="UTF-8")
    result = stylesheet(_TRANSPILER).transform(schema, name=str(path))
    return Stylesheet(path, text=result.text)


def check_rules(
    tree: etree._ElementTree,
    data: bytes,
    name: str,
    schema: Path,
    known: Mapping[str, Parameter] | None = None,
) -> list[Finding]:
    """Return a finding for each rule of a Schematron schema that a document breaks.

    The id of an assertion is the finding's code; without a known code it is D299, and the
    assertion's id stands in the message. `known` are variables of the schema that the caller sets.
    """
    report = _compiled(schema).transform(as_utf8(tree, data), known, name=name).text
    if not any(test in report for test in _TESTS):
        return []
    output = parse_bytes(report.encode("utf-8"), name).getroot()
    tests = output.iter(*(f"{_SVRL}{test}" for test in _TESTS))
    return limited(_findings(tests, tree.getroot(), data, name), name)


def _findings(
    tests: Iterable[etree._Element], root: etree._Element, data: bytes, name: str
) -> Iterator[Finding]:
    """Yield the finding for each test that a document fails, with its place."""
    elements, starts = list(root.iter(etree.Element)), find_positions(data).starts
    # In the order of the document; the rules of one element in that of the schema.
    for test in sorted(tests, key=_index):
        index = _index(test)
        spot = starts[index] if index < len(starts) else (0, 0)
        yield _finding(test, Place(name, *spot, transcript_line(elements[index])))


def _index(test: etree._Element) -> int:
    """Return which element, from 0, a test that a document fails is about."""
    return number_of(str(test.get("location", ""))) - 1


def number_of(location: str) -> int:
    """Return the number of the element, from 1, that the location of a test names; 1 for the file.

    An attribute or text is named by the element that holds it.
    """
    found = _NUMBER.match(location)
    return int(found[1]) if found else 1


def _finding(test: etree._Element, place: Place) -> Finding:
    """Return the finding for one test that a document fails."""
    message = " ".join(str(test.xpath("string(*[local-name() = 'text'])")).split())
    hints = test.iterfind(f"{_SVRL}diagnostic-reference")
    hint = " ".join(" ".join("".join(map(str, h.itertext())).split()) for h in hints)
    code = str(test.get("id", ""))
    if code not in codes():
        code, message = _OTHER, f"{message} ({code})" if code else message
    return Finding(code, message, place, hint)
