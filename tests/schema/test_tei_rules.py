"""TEI's own rules, which tei_all carries beside its grammar: ODD and documents keep them.

No package brings the TEI consortium's ODD processor (PyPI, npm and Debian were looked through), so
the ODD is held against what TEI itself says of an ODD: its grammar and its Schematron.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from diplomatic.findings import Finding
from diplomatic.resources import schema_dir
from diplomatic.schema.rules import check_rules
from diplomatic.xml.reader import parse_bytes, parse_file
from documents import document

SCH: Final = "http://purl.oclc.org/dsdl/schematron"
ROOT = Path(__file__).parents[2]
ODD = schema_dir() / "edition.odd"
KEPT = [
    ODD,
    *sorted((ROOT / "tei/documents").glob("*.xml")),
    *sorted((ROOT / "tei/indices").glob("*.xml")),
    *sorted((ROOT / "examples").glob("*/tei/*/*.xml")),
    *sorted((Path(__file__).parent / "valid").glob("*.xml")),
]


@pytest.fixture(scope="module")
def tei_rules(tei_grammar: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Schematron that is embedded in TEI's grammar, as a schema of its own."""
    schema = etree.Element(f"{{{SCH}}}schema", {"queryBinding": "xslt3"}, {None: SCH})
    prefixes: set[str] = set()
    for part in parse_file(tei_grammar).getroot().iter(f"{{{SCH}}}ns", f"{{{SCH}}}pattern"):
        if part.tag.endswith("}pattern") or part.get("prefix") not in prefixes:
            schema.append(deepcopy(part))
            prefixes.add(str(part.get("prefix")))
    for part in schema.iter(etree.Element):
        # In 4.3.0 some parts of patterns are in TEI's namespace by mistake.
        part.tag = f"{{{SCH}}}{etree.QName(part).localname}"
    path = tmp_path_factory.mktemp("tei") / "tei.sch"
    path.write_bytes(etree.tostring(schema))
    return path


def held_against(data: bytes, rules: Path) -> list[Finding]:
    """Return what TEI's rules say of a file."""
    return check_rules(parse_bytes(data, "in.xml"), data, "in.xml", rules)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_teis_own_rules_are_kept(path: Path, tei_rules: Path) -> None:
    assert held_against(path.read_bytes(), tei_rules) == []


def test_teis_own_rules_are_kept_by_what_is_invented(tei_rules: Path) -> None:
    assert held_against(document(), tei_rules) == []


def test_teis_own_rules_are_really_tried(tei_rules: Path) -> None:
    odd = ODD.read_bytes().replace(b'scheme="schematron"', b'scheme="xsl"', 1)
    part = "<msDesc><msIdentifier><idno>F. 1</idno></msIdentifier></msDesc>"
    for data in (odd, document("source", part)):
        assert held_against(data, tei_rules)
