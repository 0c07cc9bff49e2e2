"""The examples of the key of signs are stored as the passes would leave them."""

from pathlib import Path

from lxml import etree

from diplomatic.resources import xslt_dir
from diplomatic.xml.saxon import Stylesheet

PASS = "{urn:diplomatic:pass}"
PREPARE = """
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:f="urn:diplomatic:function">
  <xsl:include href="{folder}/common/functions.xsl"/>
  <xsl:include href="{folder}/transforms/passes.xsl"/>
  <xsl:template match="/"><xsl:sequence select="f:prepare(.)"/></xsl:template>
</xsl:stylesheet>
"""


def signs(root: etree._Element) -> list[tuple[str, dict[str, str]]]:
    """Return what is marked in the examples: element, and what the passes say of it."""
    names = [PASS + name for name in ("mark", "kind", "part-of")]
    found = (
        (str(element.tag), {name: value for name in names if (value := element.get(name))})
        for element in root.iter("{*}*")
    )
    return [each for each in found if each[1]]


def test_examples_are_marked_as_the_passes_mark_them(tmp_path: Path) -> None:
    stored = etree.parse(str(xslt_dir() / "common" / "key.xml")).getroot()
    expected = signs(stored)
    for element in stored.iter("{*}*"):
        for name in [name for name in element.attrib if str(name).startswith(PASS)]:
            del element.attrib[name]
    assert not signs(stored)
    sheet = tmp_path / "prepare.xsl"
    sheet.write_text(PREPARE.format(folder=xslt_dir().as_uri()))
    prepared = Stylesheet(sheet).transform(etree.tostring(stored)).text
    assert signs(etree.fromstring(prepared.encode())) == expected
