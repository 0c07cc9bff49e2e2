"""The transpiler: what Schematron says is what the stylesheet made from it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from diplomatic.findings import DiplomaticError
from diplomatic.resources import schema_dir
from diplomatic.schema import rules
from diplomatic.schema.rules import check_rules
from diplomatic.schema.validate import check_document
from diplomatic.xml.reader import parse_bytes
from diplomatic.xml.saxon import Stylesheet, stylesheet
from documents import document

TRANSPILER = Path(rules.__file__).with_name("transpile.xsl")
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
DOCUMENT = """\
<book xmlns="urn:b" lang="en">
  <part n="1"><p>one</p><p>two</p><note ref="x"/></part>
  <part n="2"><p/><q>three</q></part>
</book>
"""


def run(patterns: str, phase: str = "", document: str = DOCUMENT) -> list[tuple[str, str]]:
    """Return id and message of every test that a document fails."""
    schema = (
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3" '
        f'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><ns prefix="b" uri="urn:b"/>{patterns}'
        "</schema>"
    )
    parameters = {"phase": phase} if phase else {}
    made = stylesheet(TRANSPILER).transform(schema.encode(), parameters).text
    report = Stylesheet(Path("made.xsl"), text=made).transform(document.encode()).text
    root = etree.fromstring(report.encode())
    return [
        (str(test.get("id")), " ".join("".join(map(str, test.itertext())).split()))
        for test in root.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")
    ]


def test_assert_and_report() -> None:
    found = run(
        '<pattern><rule context="b:p"><assert id="a" test="text()">empty</assert>'
        '<report id="r" test=". = \'two\'">is <value-of select="."/> in <name path=".."/></report>'
        "</rule></pattern>"
    )
    assert found == [("r", "is two in part"), ("a", "empty")]


def test_first_rule_of_a_pattern_wins_and_patterns_do_not_disturb_each_other() -> None:
    found = run(
        "<pattern><rule context=\"b:p[. = 'one']\">"
        '<report id="first" test="true()">1</report></rule>'
        '<rule context="b:p"><report id="second" test="true()">2</report></rule></pattern>'
        '<pattern><rule context="b:*"><report id="other" test="self::b:p">3</report></rule>'
        "</pattern>"
    )
    assert sorted(code for code, _ in found) == ["first", *["other"] * 3, *["second"] * 2]


def test_variables_of_schema_pattern_and_rule() -> None:
    found = run(
        '<let name="most" value="1"/><pattern><let name="parts" value="count(//b:part)"/>'
        '<rule context="b:part"><let name="here" value="count(b:p)"/>'
        '<report id="r" test="$here gt $most"><value-of select="$parts, $here"/></report></rule>'
        "</pattern>"
    )
    assert found == [("r", "2 2")]


def test_abstract_patterns_and_rules() -> None:
    found = run(
        '<pattern abstract="true" id="needs"><rule context="$what">'
        '<assert id="n" test="$child">no <value-of select="\'$\' || name()"/></assert>'
        "</rule></pattern>"
        '<pattern is-a="needs"><param name="what" value="b:part"/>'
        '<param name="child" value="b:note"/></pattern>'
        '<pattern><rule abstract="true" id="full">'
        '<assert id="f" test="text()">empty</assert></rule>'
        '<rule context="b:p"><extends rule="full"/></rule></pattern>'
    )
    assert found == [("n", "no $part"), ("f", "empty")]


def test_phases() -> None:
    patterns = (
        '<phase id="short"><active pattern="one"/></phase>'
        '<pattern id="one"><rule context="b:q"><report id="1" test="true()">1</report>'
        "</rule></pattern>"
        '<pattern id="two"><rule context="b:q"><report id="2" test="true()">2</report>'
        "</rule></pattern>"
    )
    assert [code for code, _ in run(patterns)] == ["1", "2"]
    assert [code for code, _ in run(patterns, "short")] == ["1"]


def test_keys_functions_and_diagnostics() -> None:
    found = run(
        '<xsl:key name="by-n" match="b:part" use="@n"/>'
        '<xsl:function name="b:long" as="xs:boolean" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<xsl:param name="text" as="xs:string"/><xsl:sequence select="string-length($text) gt 4"/>'
        "</xsl:function>"
        '<pattern><rule context="b:q"><assert id="k" test="key(\'by-n\', \'3\')" diagnostics="d">'
        'none</assert><report id="l" test="b:long(.)">long</report></rule></pattern>'
        '<diagnostics><diagnostic id="d">add part <value-of select="3"/></diagnostic></diagnostics>'
    )
    assert found == [("k", "noneadd part 3"), ("l", "long")]


def test_attributes_and_text_as_context() -> None:
    found = run(
        '<pattern><rule context="@n[. = \'2\']"><report id="a" test="true()">n</report>'
        "</rule></pattern>"
        '<pattern><rule context="b:p/text()"><report id="t" test="true()">text</report>'
        "</rule></pattern>"
    )
    assert [code for code, _ in found] == ["t", "t", "a"]


@pytest.mark.parametrize(
    ("patterns", "words"),
    [
        ('<pattern is-a="nothing"/>', "no abstract pattern"),
        ('<pattern><rule context="b:p"><extends rule="x"/></rule></pattern>', "no abstract rule"),
        ('<pattern><rule context="b:p"><assert test="1 +">x</assert></rule></pattern>', "XPST0003"),
    ],
)
def test_bad_schematron_is_a_finding(patterns: str, words: str) -> None:
    with pytest.raises(DiplomaticError, match=words):
        run(patterns)


def test_places_are_resolved(tmp_path: Path) -> None:
    schema = tmp_path / "rules.sch"
    schema.write_text(
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">'
        '<ns prefix="b" uri="urn:b"/><pattern><rule context="b:q">'
        '<report test="true()">a q</report></rule></pattern></schema>',
        "utf-8",
    )
    tree = parse_bytes(DOCUMENT.encode(), "in.xml")
    (finding,) = check_rules(tree, DOCUMENT.encode(), "in.xml", schema)
    assert (finding.code, finding.place.line, finding.place.column) == ("D299", 3, 19)


def test_the_rules_of_the_odd_find_the_indices_by_themselves() -> None:
    """Another processor is not handed what the names lead to: it opens the files beside."""
    saxonche = pytest.importorskip("saxonche")
    rules_of_odd = stylesheet(TRANSPILER).transform((schema_dir() / "edition.sch").read_bytes())
    folder = Path(__file__).parents[1] / "codes" / "D306-index"
    with saxonche.PySaxonProcessor(license=False) as processor:
        compiler = processor.new_xslt30_processor()
        made = compiler.compile_stylesheet(stylesheet_text=rules_of_odd.text)
        node = processor.parse_xml(xml_file_name=str(folder / "in.xml"))
        made.set_global_context_item(xdm_item=node)
        report = made.transform_to_string(xdm_node=node)
    assert 'id="D306"' in report
    assert "places.xml#place-sable, which is a &lt;place" in report


def test_the_rules_of_the_odd_open_nothing_elsewhere(tmp_path: Path) -> None:
    """What they are handed is all that they know: no pointer opens a file."""
    outside = tmp_path / "outside" / "places.xml"
    outside.parent.mkdir()
    outside.write_bytes((Path(__file__).parents[1] / "codes/D306-index/places.xml").read_bytes())
    for address in (outside.as_uri(), str(outside), "../../outside/places.xml"):
        part = f'<persName ref="{address}#place-sable">Orlov</persName>'
        found = check_document(document("inline", part), str(tmp_path / "a" / "b" / "in.xml"))
        assert "D306" not in {finding.code for finding in found}


CONTEXTS = {
    "b:p": True,
    "b:p | b:q": True,
    "b:part/b:p[1]|b:part//b:q": True,
    "b:*[@n or @ref]": True,
    "b:p[not(contains(., '|['))] | b:note[@ref = ('x', 'y')]": True,
    'b:q[. = "b:x | ]"] | b:part[b:p[. = (\'two\', "one")]]': True,
    "/b:book/b:part": False,
    "*[self::b:p]": True,
    "b:part/@n": False,
    "(b:p | b:q)": False,
    "element(b:p)": False,
    "b:p[. is current()]": False,
    "b:p/text()": False,
}


@pytest.mark.parametrize("context", CONTEXTS)
def test_rules_that_are_sought_find_what_the_walk_finds(context: str) -> None:
    """A rule alone in its pattern is sought; beside one that never matches it is walked to."""
    escaped = context.replace('"', "&quot;")
    said = "<value-of select=\"(name(), string(), @n) => string-join(' ')\"/>"
    rule = f'<rule context="{escaped}"><report id="r" test="true()">{said}</report></rule>'
    never = '<rule context="b:never"><report id="n" test="true()">n</report></rule>'
    found = run(f"<pattern>{rule}</pattern>")
    assert found == run(f"<pattern>{never}{rule}</pattern>")
    assert found or "x | ]" in context


@pytest.mark.parametrize("context", CONTEXTS)
def test_which_rules_are_sought(context: str) -> None:
    """Names of elements are sought, with any predicates; whatever else a pattern can be is not."""
    escaped = context.replace('"', "&quot;")
    schema = (
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><ns prefix="b" uri="urn:b"/>'
        f'<pattern><rule context="{escaped}"><report id="r" test="true()"/></rule></pattern>'
        "</schema>"
    )
    made = stylesheet(TRANSPILER).transform(schema.encode()).text
    assert ("<xsl:for-each" in made) is CONTEXTS[context]
