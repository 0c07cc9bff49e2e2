"""Publishing a website: what is written, what is kept, what is said of broken documents."""

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html

from diplomatic.edition import Edition
from diplomatic.findings import DiplomaticError
from diplomatic.publish import webfonts
from diplomatic.publish.records import edition_record
from diplomatic.publish.search import pagefind_files
from diplomatic.publish.site import publish_site, render_document, render_edition_page
from diplomatic.publish.webfonts import remembered_fonts, web_fonts
from diplomatic.settings import EditionSettings, WebSettings

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}" xml:lang="en"><teiHeader><fileDesc>'
    "<titleStmt><title>Document {id}</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>{body}</body></text></TEI>"
)


def edition(root: Path, **documents: str) -> Edition:
    """Make an edition with these documents, without fonts."""
    settings = EditionSettings(
        title="An edition",
        publisher="Nobody",
        date=datetime.date(2026, 1, 2),
        web=WebSettings(fonts=False),
    )
    folder = root / "tei" / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in documents.items():
        (folder / f"{name}.xml").write_text(TEI.format(id=name, body=body), "utf-8")
    return Edition(root, settings)


def test_a_site_is_written_and_the_second_time_is_the_same(tmp_path: Path) -> None:
    made = edition(tmp_path, a="<p>One.</p>", b="<p>Two.</p>")
    first = publish_site(made)
    before = {path: path.read_bytes() for path in first.files}
    assert {"index.html", "method.html", "404.html", "a.html", "b.html"} <= {
        path.name for path in first.files
    }
    stamps = {path: path.stat().st_mtime_ns for path in first.files}
    second = publish_site(made)
    assert {path: path.read_bytes() for path in second.files} == before
    assert {path: path.stat().st_mtime_ns for path in second.files} == stamps


@pytest.mark.parametrize(
    ("base", "root"),
    [
        (None, ""),
        ("https://example.org", "/"),
        ("https://example.org/papers/korea/", "/papers/korea/"),
    ],
)
def test_the_page_not_found_links_from_where_the_edition_is(base: str | None, root: str) -> None:
    settings = EditionSettings(
        title="t", publisher="p", date=datetime.date(2026, 1, 2), base_url=base
    )
    page = render_edition_page(edition_record(settings, [], "missing")).html
    tree = lxml_html.document_fromstring(page)
    assert f"{root}index.html" in tree.xpath("//main//a/@href")
    assert tree.xpath("//link[@rel='stylesheet']/@href")[0] == f"{root}assets/edition.css"


@pytest.mark.parametrize("base", ["https://example.org", "https://example.org/papers/korea/"])
def test_an_edition_with_an_address_says_it_on_every_page(tmp_path: Path, base: str) -> None:
    made = edition(tmp_path, a="<p>One.</p>", b="<p>Two.</p>")
    web = WebSettings(fonts=False, contact="editor@example.org")
    settings = EditionSettings.model_validate(
        made.settings.model_dump() | {"base_url": base, "web": web}
    )
    site = publish_site(replace(made, settings=settings))
    assert not site.findings
    address = f"{base.rstrip('/')}/a.html"
    page = lxml_html.parse(str(made.html_dir / "a.html"))
    assert page.xpath("//link[@rel='canonical']/@href") == [address]
    assert page.xpath("//meta[@name='citation_public_url']/@content") == [address]
    assert address in page.xpath("string(//*[@class='cit'])")
    for name in ("feed.xml", "sitemap.xml", "data/oai.xml", "data/edition.ttl", "a.bib", "a.ris"):
        assert address in (made.html_dir / name).read_text("utf-8"), name
    addresses = (made.html_dir / "sitemap.xml").read_text("utf-8")
    assert "404.html" not in addresses
    assert f"{base.rstrip('/')}/index.html" in addresses


def test_tei_without_an_identifier_goes_by_the_name_of_its_file(tmp_path: Path) -> None:
    made = edition(tmp_path, a="<p>One word.</p>", b="<p>Another.</p>")
    for path in (tmp_path / "tei" / "documents").glob("*.xml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(' xml:id="[ab]"', "", text).replace("Document", "Text"), "utf-8")
    assert not publish_site(made).findings
    home = lxml_html.parse(str(made.html_dir / "index.html"))
    assert home.xpath("//h4/a/@href") == ["a.html", "b.html"]
    assert (made.html_dir / "a.bib").read_text("utf-8").startswith("@misc{a,")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<p xml:id='a-p1'>x</p><p xml:id='a-p1'>y</p>", "D710"),
        ("<p>", "D100"),
    ],
)
def test_a_broken_document_is_a_finding_and_keeps_its_page(
    tmp_path: Path, body: str, code: str
) -> None:
    made = edition(tmp_path, a="<p>One.</p>", b="<p>Two.</p>")
    publish_site(made)
    page = (made.html_dir / "a.html").read_bytes()
    findings = publish_site(edition(tmp_path, a=body)).findings
    assert [finding.code for finding in findings] == [code]
    assert findings[0].place.file.endswith("a.xml")
    assert (made.html_dir / "a.html").read_bytes() == page
    assert "Two." in (made.html_dir / "b.html").read_text("utf-8")


@pytest.mark.parametrize(
    "reference",
    ["<ref type='noteref' target='#no'>[1]</ref>", "<ref target='#no'>there</ref>"],
)
def test_a_dead_reference_is_an_error_and_no_link(tmp_path: Path, reference: str) -> None:
    made = edition(tmp_path, a=f"<p>See {reference}.</p>")
    (finding,) = publish_site(made).findings
    assert (finding.code, finding.severity) == ("D713", "error")
    assert "#no" not in (made.html_dir / "a.html").read_text("utf-8")


def test_a_finding_names_the_line_of_the_transcript(tmp_path: Path) -> None:
    made = edition(tmp_path, a="<p source='line:20,21'><ref target='#no'>x</ref></p>")
    (finding,) = publish_site(made).findings
    assert finding.place.transcript_line == 21


def test_an_empty_edition_has_a_home_page(tmp_path: Path) -> None:
    site = publish_site(edition(tmp_path))
    assert not site.findings
    assert "0 documents" in (tmp_path / "output" / "html" / "index.html").read_text("utf-8")


def test_an_unknown_language_of_the_interface_is_served_in_english(tmp_path: Path) -> None:
    settings = edition(tmp_path).settings
    page = render_edition_page(edition_record(settings, [], "home"), language="xx-YY")
    assert '<html lang="en">' in page.html


def test_an_element_without_a_rule_is_shown_and_reported() -> None:
    tei = TEI.format(id="a", body="<p>x <metamark>y</metamark></p>").encode()
    record = edition_record(
        EditionSettings(title="t", publisher="p", date=datetime.date(2026, 1, 2)), [], "home"
    )
    page = render_document(tei, record, name="a.xml")
    assert ">y<" in page.html
    assert [finding.code for finding in page.findings] == ["D711"]


def test_doubts_are_shown_with_a_link_to_their_line(tmp_path: Path) -> None:
    made = edition(tmp_path, a="<p source='line:0,1'>One [x].</p>")
    made.sources_dir.mkdir()
    (made.sources_dir / "a.txt").write_text("One [x].\n", "utf-8")
    publish_site(made)
    assert not (made.html_dir / "doubts.html").exists()
    made.reports_dir.mkdir(exist_ok=True)
    doubt = {"document": "a", "line": 1, "words": "[x]", "reason": "a guess"}
    (made.reports_dir / "doubts.json").write_text(json.dumps([doubt, 3]), "utf-8")
    assert not publish_site(made).findings
    page = (made.html_dir / "doubts.html").read_text("utf-8")
    assert 'href="a.source.html#L1"' in page
    assert "a guess" in page
    assert 'id="L1"' in (made.html_dir / "a.source.html").read_text("utf-8")
    table = (made.html_dir / "data" / "documents.csv").read_text("utf-8").splitlines()
    counted = dict(zip(table[0].split(","), table[1].split(","), strict=True))["doubts"]
    report = lxml_html.parse(str(made.html_dir / "report.html"))
    heads = [head.text for head in report.xpath("//thead//th")]
    shown = report.xpath("//tbody/tr/*")[heads.index("Doubts still open")].text
    assert counted == shown == "1"
    (made.reports_dir / "doubts.json").write_text("no JSON", "utf-8")
    assert not publish_site(made).findings


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "glued to a quotation mark"),
        ("ko", "따옴표에 그대로 붙어 있다"),
        ("ru", "приклеено к кавычке"),
    ],
)
def test_reasons_are_told_in_the_language_of_the_interface(
    tmp_path: Path, language: str, said: str
) -> None:
    made = edition(tmp_path, a="<p>One [x].</p>")
    made = replace(made, settings=made.settings.model_copy(update={"language": language}))
    made.reports_dir.mkdir(parents=True)
    doubt = {"document": "a", "line": 1, "words": "[x]", "chosen": "sic", "cert": "low"}
    doubts = [doubt | {"reason": "glued to a quotation mark"}, doubt | {"reason": "4711 <own>"}]
    (made.reports_dir / "doubts.json").write_text(json.dumps(doubts), "utf-8")
    assert not publish_site(made).findings
    page = lxml_html.parse(str(made.html_dir / "doubts.html"))
    first, second = (item.text_content() for item in page.xpath("//p[@class='said']"))
    assert said in first
    assert "4711 <own>" in second


def test_a_line_that_became_metadata_is_listed_at_the_end(tmp_path: Path) -> None:
    body = "<p source='line:1,2'>Two.</p><p source='line:3,5'>Four<lb/>five.</p>"
    made = edition(tmp_path, a=body)
    made.sources_dir.mkdir()
    text = "Title: x\nTwo.\n\nFour\nfive.\n\nRights: none\n"
    (made.sources_dir / "a.txt").write_text(text, "utf-8")
    assert not publish_site(made).findings
    tree = lxml_html.parse(str(made.html_dir / "a.source.html"))
    rows = [row.xpath(".//li/a/text()") for row in tree.xpath("//*[@class='row']")]
    assert rows == [["2", "3"], ["4", "5", "6"]]
    assert tree.xpath("//*[@id='metadata']//li/a/text()") == ["1", "7"]


def test_a_key_that_could_leave_the_folder_makes_no_page(tmp_path: Path) -> None:
    made = edition(tmp_path, a="<p><persName ref='x.xml#../../evil'>N.</persName></p>")
    site = publish_site(made)
    assert not any("evil" in str(path) for path in site.files)
    assert "evil" not in (made.html_dir / "a.html").read_text("utf-8")


def test_search_is_made_only_when_wanted(tmp_path: Path) -> None:
    made = edition(tmp_path, a="<p>One.</p>")
    publish_site(made)
    names = {path.relative_to(made.html_dir).as_posix() for path in made.html_dir.rglob("*")}
    assert {"search.html", "pagefind/pagefind.js", "assets/search-data.js"} <= names
    web = WebSettings(fonts=False, search=False)
    without = Edition(tmp_path / "two", made.settings.model_copy(update={"web": web}))
    publish_site(without)
    assert not (without.html_dir / "search.html").exists()
    page = (without.html_dir / "index.html").read_text("utf-8")
    assert "search" not in page


def test_pagefind_writes_the_same_each_time() -> None:
    page = "<html lang='en'><body data-pagefind-body><h1>T</h1><p>One two.</p>"
    metas = "".join(
        f"<meta content='{value}' data-pagefind-filter='{name}[content]'>"
        for name in ("kind", "year", "place")
        for value in "abcdef"
    )
    pages = {f"{n}.html": f"{page}{metas}{n}</body></html>".encode() for n in range(3)}
    assert pagefind_files(pages) == pagefind_files(pages, alone=False)


def test_fonts_have_only_the_scripts_used_and_are_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = web_fonts("abc")
    assert set(files) == {
        "fonts.css",
        "fonts/roman.woff2",
        "fonts/italic.woff2",
        "fonts/LICENCE-SourceSerif4.txt",
    }
    assert remembered_fonts("cba", tmp_path) == files
    with monkeypatch.context() as patch:
        patch.setattr(webfonts, "_make", None)
        assert remembered_fonts("abc", tmp_path) == files
    assert "fonts/cyrillic.woff2" in remembered_fonts("abc\u0436", tmp_path)
    # A build that is killed while it keeps them leaves no sheet that tells of others.
    (tmp_path / "fonts/roman.woff2").write_bytes(b"of another build")
    (tmp_path / "fonts.css").unlink()
    assert remembered_fonts("abc", tmp_path) == files


def test_a_missing_font_package_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diplomatic.publish.webfonts.find_spec", lambda name: None)
    with pytest.raises(DiplomaticError) as caught:
        web_fonts("abc")
    assert caught.value.finding.code == "D714"
