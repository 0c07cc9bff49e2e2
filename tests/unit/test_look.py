"""An edition's own look: colours, files, templates."""

import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from diplomatic.edition import Edition
from diplomatic.publish.look import contrast, look_findings, style_sheet
from diplomatic.publish.site import publish_site
from diplomatic.settings import EditionSettings, WebSettings

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a" xml:lang="en"><teiHeader><fileDesc>'
    "<titleStmt><title>A</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><opener><salute>Dear N.,"
    "</salute></opener><p>It rained.</p></body></text></TEI>"
)
MODULE = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:m="urn:diplomatic:mode"
  exclude-result-prefixes="#all">
  <xsl:template match="tei:salute" mode="m:html" as="element(p)" priority="5">
    <p class="salute own"><xsl:apply-templates mode="m:html"/></p>
  </xsl:template>
</xsl:stylesheet>"""


def edition(root: Path, **web: object) -> Edition:
    """Make an edition of one document with these settings of the website."""
    (root / "tei" / "documents").mkdir(parents=True, exist_ok=True)
    (root / "tei" / "documents" / "a.xml").write_text(TEI, "utf-8")
    settings = EditionSettings(
        title="An edition",
        publisher="Nobody",
        date=datetime.date(2026, 1, 2),
        web=WebSettings(fonts=False, search=False, **web),
    )
    return Edition(root, settings)


def page(made: Edition) -> str:
    """Publish, and return the page of the document."""
    assert not publish_site(made).findings
    return (made.html_dir / "a.html").read_text("utf-8")


def test_colours_and_fonts_go_to_the_end_of_the_sheet(tmp_path: Path) -> None:
    made = edition(tmp_path, colours={"link": "#215732"}, font="Literata", notes="below")
    page(made)
    sheet = (made.html_dir / "assets" / "edition.css").read_text("utf-8")
    own = sheet[sheet.rindex(":root{--link:#215732") :]
    assert '--serif:"Literata",var(--serif-stack)' in own
    assert "--link:#9cc4ea" in own  # the dark page keeps its own
    assert ".u>.note{grid-column:1" in own
    assert style_sheet(WebSettings()) == ""


def test_files_and_a_logo_of_the_edition_are_on_the_website(tmp_path: Path) -> None:
    assets = tmp_path / "xslt" / "assets"
    assets.mkdir(parents=True)
    (assets / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (assets / "style.css").write_text(".stamp{border-style:dashed}", "utf-8")
    made = edition(tmp_path, logo="logo.svg")
    assert '<img src="assets/own/logo.svg" alt="">' in page(made)
    assert (made.html_dir / "assets" / "own" / "logo.svg").exists()
    sheet = (made.html_dir / "assets" / "edition.css").read_text("utf-8")
    assert sheet.endswith(".stamp{border-style:dashed}")


def test_a_template_of_the_edition_wins(tmp_path: Path) -> None:
    usual = page(edition(tmp_path / "usual"))
    assert 'class="salute own"' not in usual
    own = tmp_path / "own"
    (own / "xslt" / "html").mkdir(parents=True)
    (own / "xslt" / "html" / "salute.xsl").write_text(MODULE, "utf-8")
    html = page(edition(own))
    assert '<p class="salute own">Dear N.,</p>' in html
    assert "It rained." in html


def test_the_example_of_the_manual_is_the_one_tested() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "styling.md").read_text("utf-8")
    assert '<xsl:template match="tei:salute" mode="m:html" as="element(p)" priority="5">' in manual


def test_a_template_that_does_not_compile_is_a_finding(tmp_path: Path) -> None:
    made = edition(tmp_path)
    before = page(made)
    (tmp_path / "xslt" / "html").mkdir(parents=True)
    module = MODULE.replace('mode="m:html" as', 'mode="m:htlm" as')
    (tmp_path / "xslt" / "html" / "salute.xsl").write_text(module, "utf-8")
    findings = publish_site(made).findings
    assert {finding.code for finding in findings} == {"D701"}
    assert (made.html_dir / "a.html").read_text("utf-8") == before


def test_colours_that_cannot_be_read_and_missing_logos_are_told(tmp_path: Path) -> None:
    made = edition(tmp_path, colours={"link": "#dddddd"}, logo="none.svg")
    assert [finding.code for finding in look_findings(made)] == ["D716", "D717"]
    assert round(contrast("#000", "#ffffff"), 2) == 21


@pytest.mark.parametrize(
    "web",
    [
        {"colours": {"link": "red;}"}},
        {"colours": {"colour": "#123456"}},
        {"font": 'x"},body{'},
        {"logo": "../../secret.svg"},
    ],
)
def test_settings_cannot_carry_code(web: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        WebSettings(**web)
