"""Citations and exchange files, parsed back by the libraries that others would use."""

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from lxml import etree

from diplomatic.publish import citations, corpus, exchange
from diplomatic.publish.facts import DocumentFacts, Mention, Party
from diplomatic.publish.turtle import turtle
from diplomatic.settings import EditionSettings, Licence, WebSettings
from diplomatic.xml.names import NSMAP
from diplomatic.xml.reader import parse_bytes

SETTINGS = EditionSettings(
    title="Letters & journals",
    subtitle="an edition",
    editors=["A. Editor", "B. Other"],
    publisher="Nobody {Press}",
    date=datetime.date(2026, 1, 2),
    version="1.2",
    base_url="https://example.org/edition/",
    licence=Licence(name="CC BY 4.0", url="https://creativecommons.org/licenses/by/4.0/"),
    web=WebSettings(contact="editor@example.org"),
)
LETTER = DocumentFacts(
    id="d1",
    title='A “letter” of 5 % & more_of_it, \\ {so} \n "it" goes </script>',
    kind="letter",
    date="1951-03-09",
    writer="Лис, П.",
    sender="Лис, П.",
    addressee="N. Belov",
    place="Port Sable",
    abstract="Said\n to be short.",
    language="en",
    holding="State Archive",
    shelfmark="Fond 9, l. 3",
    archive_place="Northland",
    parties=[
        Party("sent", "person", "Лис, П.", "pers-lis"),
        Party("sent", "place", "Port Sable", "place-port"),
        Party("sent", "date", when={"when": "1951-03-09"}),
        Party("received", "org", "N. Belov & Sons"),
    ],
    mentions=[Mention("pers-lis", "person", "p1", "Lis", "Then Lis came.")],
)
BARE = DocumentFacts(id="d2", title="Bare", kind="document")


def test_csl_json_says_what_is_stated_and_nothing_else() -> None:
    letter, bare = json.loads(citations.csl_json(SETTINGS, [LETTER, BARE]))
    assert letter["type"] == "personal_communication"
    assert letter["author"] == [{"literal": "Лис, П."}]
    assert letter["recipient"] == [{"literal": "N. Belov"}]
    assert letter["issued"] == {"date-parts": [[1951, 3, 9]]}
    assert (letter["archive"], letter["archive_location"]) == ("State Archive", "Fond 9, l. 3")
    assert letter["URL"] == "https://example.org/edition/d1.html"
    assert bare["type"] == "manuscript"
    assert not {"author", "issued", "archive", "language", "recipient"} & set(bare)


def test_bibtex_is_parsed_back() -> None:
    bibtexparser = pytest.importorskip("bibtexparser", reason="bibtexparser is not installed")
    library = bibtexparser.parse_string(citations.bibtex(SETTINGS, [LETTER, BARE]).decode())
    assert not library.failed_blocks
    letter, bare = library.entries
    assert (letter.key, letter["author"], letter["year"]) == ("d1", "{Лис, П.}", "1951")
    assert letter["number"] == "{Fond 9, l. 3}"
    assert letter["editor"] == "{A. Editor} and {B. Other}"
    assert r"5 \% \& more\_of\_it" in letter["title"]
    assert "author" not in bare.fields_dict


def test_ris_is_parsed_back() -> None:
    rispy = pytest.importorskip("rispy", reason="rispy is not installed")
    letter, bare = rispy.loads(citations.ris(SETTINGS, [LETTER, BARE]).decode())
    assert (letter["type_of_reference"], letter["authors"]) == ("PCOMM", ["Лис, П."])
    assert (letter["year"], letter["date"]) == ("1951", "1951/03/09/")
    assert letter["call_number"] == "Fond 9, l. 3"
    assert letter["title"].endswith('"it" goes </script>')
    assert bare["type_of_reference"] == "MANSCPT"
    assert "authors" not in bare


# rdflib warns of itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_json_ld_is_linked_data_and_cannot_end_its_script() -> None:
    names = {"pers-lis": ("Lis, P.", ("https://example.org/authority/1",))}
    text = citations.json_ld(SETTINGS, LETTER, names)
    assert "<" not in text
    data = json.loads(text)
    assert data["name"] == LETTER.title
    assert data["mentions"] == [
        {"@type": "Person", "name": "Lis, P.", "sameAs": ["https://example.org/authority/1"]}
    ]
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    # The context is on the network; a vocabulary of the same effect stands in for it.
    data["@context"] = {"@vocab": "https://schema.org/"}
    graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    page = rdflib.URIRef("https://example.org/edition/d1.html")
    name = rdflib.URIRef("https://schema.org/name")
    assert str(graph.value(page, name)) == LETTER.title


def test_turtle_is_parsed_back() -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    graph = rdflib.Graph().parse(data=turtle(SETTINGS, [LETTER, BARE]), format="turtle")
    schema = rdflib.Namespace("https://schema.org/")
    page = rdflib.URIRef("https://example.org/edition/d1.html")
    assert str(graph.value(page, schema.name)) == LETTER.title
    assert graph.value(page, schema.dateCreated).toPython() == datetime.date(1951, 3, 9)
    mentioned = graph.value(page, schema.mentions)
    assert (mentioned, rdflib.RDF.type, schema.Person) in graph
    without = SETTINGS.model_copy(update={"base_url": None})
    base = "https://other.example/data/edition.ttl"
    graph = rdflib.Graph().parse(data=turtle(without, [BARE]), format="turtle", publicID=base)
    assert (rdflib.URIRef("https://other.example/d2.html"), schema.name, None) in graph


def test_tables_have_a_row_for_each_document() -> None:
    text = exchange.table(SETTINGS, [LETTER, BARE]).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == ["d1", "d2"]
    assert rows[0]["writer"] == "Лис, П."
    assert rows[0]["title"] == LETTER.title
    data = json.loads(exchange.records(SETTINGS, [LETTER]))
    assert data["documents"][0]["mentions"][0]["sentence"] == "Then Lis came."


def test_feed_sitemap_and_harvest_have_full_addresses() -> None:
    feed = etree.fromstring(exchange.feed(SETTINGS, [LETTER, BARE]))
    atom = {"a": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("a:entry", atom)
    assert [e.findtext("a:id", None, atom) for e in entries] == [
        "https://example.org/edition/d1.html",
        "https://example.org/edition/d2.html",
    ]
    required = ("id", "title", "updated")
    assert all(e.find(f"a:{name}", atom) is not None for e in [feed, *entries] for name in required)
    sites = etree.fromstring(exchange.sitemap(SETTINGS, ["b.html", "index.html"]))
    assert [e.text for e in sites.iter("{*}loc")] == [
        "https://example.org/edition/b.html",
        "https://example.org/edition/index.html",
    ]
    repository = etree.fromstring(exchange.oai(SETTINGS, [LETTER, BARE]))
    assert [etree.QName(e).localname for e in repository] == [
        "Identify", "ListMetadataFormats", "ListRecords",
    ]  # fmt: skip
    assert repository.findtext(".//{*}adminEmail") == "editor@example.org"
    assert [e.text for e in repository.iter("{*}creator")] == ["Лис, П."]


def test_what_needs_an_address_is_not_made_without_one(tmp_path: Path) -> None:
    without = SETTINGS.model_copy(update={"base_url": None})
    files = exchange.exchange_names(without, [LETTER]).values()
    assert not {"sitemap.xml", "feed.xml", "data/oai.xml", "data/letters.xml"} & set(files)
    files = exchange.exchange_names(SETTINGS, [LETTER]).values()
    assert "data/letters.xml" in files
    made = exchange.exchange_files(exchange.Exchanged(SETTINGS, [LETTER]))
    assert made.keys() == set(files) - {"data/corpus.xml", "sitemap.xml"}, "made from other things"
    files = exchange.exchange_names(SETTINGS, [BARE]).values()
    assert {"sitemap.xml", "feed.xml", "data/oai.xml"} <= set(files)
    assert "data/letters.xml" not in files


def test_the_corpus_has_every_document_with_ids_of_its_own() -> None:
    tei = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{0}"><teiHeader xml:id="tr"/><text>'
        '<body><p xml:id="{0}-p1"><supplied resp="#tr">x</supplied> <ref target="#{0}-p1"/></p>'
        "</body></text></TEI>"
    )
    trees = (parse_bytes(tei.format(name).encode(), f"{name}.xml") for name in ("a", "b"))
    documents = [corpus.corpus_document(tree.getroot()) for tree in trees]
    root = parse_bytes(b"".join(corpus.corpus(SETTINGS, documents)), "corpus.xml").getroot()
    ids = root.xpath("//@xml:id", namespaces=NSMAP)
    assert len(ids) == len(set(ids)) == 6
    pointers = root.xpath("//@resp | //@target")
    assert {pointer.removeprefix("#") for pointer in pointers} - {""} <= set(ids) | {
        "https://creativecommons.org/licenses/by/4.0/"
    }


def test_the_citation_file_has_the_editors() -> None:
    text = exchange.citation_file(SETTINGS).decode()
    assert 'title: "Letters & journals: an edition"' in text
    assert '  - name: "A. Editor"' in text
