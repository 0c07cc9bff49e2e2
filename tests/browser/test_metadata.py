"""What a bibliography program saves of a page: its head, read as Zotero reads it.

No package has Zotero's translators, so the rules of two of them (Embedded Metadata and RDF, as
published) are followed here: `citation_…` are the fields of Highwire Press, which win; `DC.…` are
Dublin Core, where `coverage` is the place in an archive and `type` the kind of the manuscript or
letter; `z:…` are Zotero's own, where `itemType` decides the item and every other sets the field of
its name; `citation_book_title` and the like would decide the item first.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from lxml import html as lxml_html

from .test_site import ARTICLE, JOURNAL

HIGHWIRE = {
    "citation_title": "title",
    "citation_date": "date",
    "citation_publisher": "publisher",
    "citation_abstract": "abstractNote",
    "citation_public_url": "url",
    "citation_language": "language",
}
DECIDES = {"journal_title", "book_title", "conference_title", "dissertation_institution"}


def saved(path: Path) -> dict[str, Any]:
    """Return the item that Zotero makes of a page."""
    tree = lxml_html.parse(str(path))
    pairs = [(m.get("name", ""), m.get("content", "")) for m in tree.xpath("//head/meta[@name]")]
    schemas = {link.get("rel") for link in tree.xpath("//head/link[starts-with(@rel, 'schema.')]")}
    assert schemas == {"schema.DC"}
    assert not {f"citation_{name}" for name in DECIDES} & {name for name, _ in pairs}
    item: dict[str, Any] = {"authors": [], "tags": []}
    for name, content in pairs:
        if name.startswith("z:"):
            item[name[2:]] = content
        elif name == "DC.coverage":
            item.setdefault("archiveLocation", content)
        elif name == "DC.type":
            item["type"] = content
        elif name == "DC.rights":
            item["rights"] = content
    for name, content in pairs:
        if name in HIGHWIRE:
            item[HIGHWIRE[name]] = content
        elif name == "citation_author":
            item["authors"] += [part.strip() for part in content.split(";")]
        elif name == "citation_keywords":
            item["tags"] += [part.strip() for part in content.split(";")]
    return item


def test_a_letter_is_saved_with_its_archive_and_call_number(site: Path) -> None:
    item = saved(site / "every-sign.html")
    assert (item["itemType"], item["type"]) == ("letter", "Document")
    assert item["title"] == "Every sign, in an invented letter"
    assert item["authors"] == ["P. Orlov"]
    assert (item["date"], item["language"]) == ("1951-03-09", "en")
    assert item["archive"] == "State Archive, Port Sable"
    assert item["callNumber"] == "Fond 9, list 3, sheet 4"
    assert "State Archive" in item["archiveLocation"]
    assert item["publisher"]


@pytest.mark.parametrize(("document", "author"), [(JOURNAL, "V. Ivanov"), (ARTICLE, None)])
def test_a_document_is_saved_as_a_manuscript(site: Path, document: str, author: str | None) -> None:
    item = saved(site / f"{document}.html")
    assert item["itemType"] == "manuscript"
    assert item["rights"]
    assert item["type"] in ("Journal", "Article")
    assert item["authors"] == ([author] if author else [])
    assert ("archive" in item) is False, "what is not stated is not made up"


def test_each_document_of_the_home_page_can_be_saved_from_there(site: Path) -> None:
    tree = lxml_html.parse(str(site / "index.html"))
    found = [parse_qs(title) for title in tree.xpath("//span[@class='Z3988']/@title")]
    assert len(found) == len(tree.xpath("//article[@class='card']")) == 3
    assert {item["ctx_ver"][0] for item in found} == {"Z39.88-2004"}
    assert {item["rft_val_fmt"][0] for item in found} == {"info:ofi/fmt:kev:mtx:dc"}
    journal = next(item for item in found if "Journal" in item["rft.title"][0])
    assert journal["rft.type"] == ["manuscript"]
    assert journal["rft.date"] == ["1956-01-13"]
    assert journal["rft.creator"] == ["V. Ivanov"]


def test_every_document_has_its_citation_beside_it(site: Path) -> None:
    for document in (JOURNAL, ARTICLE, "every-sign"):
        tree = lxml_html.parse(str(site / f"{document}.html"))
        for kind in (f"{document}.bib", f"{document}.ris", f"{document}.json"):
            assert tree.xpath("//a[@href=$kind]", kind=kind)
            assert (site / kind).stat().st_size > 100
        beside = tree.xpath("//link[@rel='alternate']/@href")
        assert set(beside) == {f"tei/documents/{document}.xml", f"{document}.json"}
