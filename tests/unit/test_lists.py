"""Lists that are longer than the edition wants its pages: home, timeline, words, report, doubts."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from lxml import etree
from lxml import html as lxml_html

from diplomatic.edition import Edition
from diplomatic.publish.content import EditionContent
from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.lists import LISTS as KINDS
from diplomatic.publish.pages import about_pages, site_pages
from diplomatic.publish.shown import days_of
from diplomatic.publish.site import Site, publish_site
from diplomatic.publish.units import DocumentUnits
from diplomatic.settings import EditionSettings, WebSettings

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}" xml:lang="en"><teiHeader><fileDesc>'
    "<titleStmt><title>Letter {id}</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc><profileDesc><creation>{date}</creation></profileDesc>"
    '<revisionDesc><change when="2026-01-0{day}">Encoded.</change></revisionDesc></teiHeader>'
    '<text><body><p xml:id="{id}-p1">{body}</p></body></text></TEI>'
)
BODY = 'The <supplied resp="#tr">good</supplied> sands of <date when="1890-0{m}">then</date>.'
NAME = ' <persName ref="../indices/persons.xml#pers-{key}">{name}</persName> came.'
DATES = ["1946-05-13", "1946-05-14", "1946-05", "1946-06-01", "1946", "1945-02-03", None, None]
LISTS = ("index", "timeline", "versions", "report", "doubts")


class Folder:
    """An edition of eight documents, of which no page may list more than two."""

    def __init__(
        self, root: Path, length: int = 2, *, language: str = "en", search: bool = False
    ) -> None:
        self.root = root
        self.settings = EditionSettings(
            title="An edition",
            publisher="Nobody",
            date=datetime.date(2026, 1, 2),
            language=language,
            web=WebSettings(fonts=False, search=search, page_length=length),
        )
        for name in ("tei/documents", "tei/sources", "output/reports"):
            (root / name).mkdir(parents=True, exist_ok=True)
        for number in range(len(DATES)):
            self.document(number)
        doubt = {"line": 1, "words": "sands", "before": "the ", "after": " of"}
        rows = [{"document": f"d{number}", **doubt} for number in (0, 1, 5, 7) for _ in "ab"]
        (root / "output/reports/doubts.json").write_text(json.dumps(rows))

    def document(self, number: int, more: str = "") -> None:
        """Write a document, with more words if there are some."""
        date = DATES[number]
        stated = f'<date when="{date}"/>' if date else "<date/>"
        body = BODY.format(m=number + 1) + more
        text = TEI.format(id=f"d{number}", date=stated, day=number % 2 + 1, body=body)
        (self.root / "tei" / "documents" / f"d{number}.xml").write_text(text, "utf-8")

    def publish(self, *changed: str) -> Site:
        """Make the website, told which documents changed or not."""
        documents = self.root / "tei" / "documents"
        places = [str(documents / f"{name}.xml") for name in changed] or None
        return publish_site(Edition(self.root, self.settings), changed=places)

    @property
    def html(self) -> Path:
        """The folder of the website."""
        return self.root / "output" / "html"

    def page(self, name: str) -> etree._Element:
        """Return a page as a tree."""
        root: etree._Element = lxml_html.parse(str(self.html / f"{name}.html")).getroot()
        return root

    def words(self, name: str, path: str) -> list[str]:
        """Return the words of elements of a page."""
        return [
            " ".join(" ".join(map(str, found.itertext())).split())
            for found in self.page(name).xpath(path)
        ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """An edition whose lists are divided."""
    made = Folder(tmp_path_factory.mktemp("edition"), search=True)
    made.publish()
    return made


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ("index", ["1945 1 document", "1946 5 documents", "Not dated 2 documents"]),
        (
            "documents/1946",
            ["May 1946 3 documents", "June 1946 1 document"],
        ),
        ("documents/1946-05", ["13 May 1946 1 document", "14 May 1946 1 document"]),
        ("timeline", ["1890 8 dates", "1945 1 date", "1946 5 dates"]),
        ("versions", ["2026 8 changes"]),
        ("versions/2026-01-02", ["2 January 2026, part 1 of 2 2 changes"]),
        ("doubts", ["1945 2 doubts", "1946 4 doubts", "Not dated 2 doubts"]),
        ("words/53", []),
    ],
)
def test_a_list_leads_to_its_parts(folder: Folder, page: str, parts: list[str]) -> None:
    found = folder.words(page, "//nav[@class='parts']//li")
    assert found[: len(parts)] == parts
    assert bool(parts) == bool(found)


@pytest.mark.parametrize(
    ("page", "path", "expected"),
    [
        ("documents/1946", "//h4", ["Letter d4"]),
        ("documents/1946-05", "//h4", ["Letter d2"]),
        ("documents/1946-05", "//h3", ["May 1946"]),
        ("documents/1946-05-13", "//h4", ["Letter d0"]),
        ("documents/undated", "//h4", ["Letter d6", "Letter d7"]),
        ("documents/undated", "//h1", ["Not dated"]),
        ("documents/1946-05-13", "//p[@class='kicker'][..//h1]/span",
         ["Documents", "1946", "May 1946", "1 document"]),
        ("documents/1946-05-13", "//nav[@class='pager']/a",
         ["Previous page May 1946", "Next page 14 May 1946"]),
        ("timeline/1946", "//h2", ["1946", "May 1946", "June 1946"][1:]),
        ("report", "//tbody/tr", None),
        ("report/1945", "//tbody//a", ["Letter d5"]),
        ("doubts/1945", "//h2", ["Letter d5"]),
        ("versions/2026-01-02-part-2", "//main//li/a", ["Letter d5", "Letter d7"]),
        ("versions/2026-01-02-part-2", "//h1", ["2 January 2026, part 2 of 2"]),
    ],
)  # fmt: skip
def test_a_part_shows_what_is_in_it(
    folder: Folder, page: str, path: str, expected: list[str] | None
) -> None:
    if expected is None:
        expected = ["All documents 40 8 8", "1945 5 1 2", "1946 25 5 4", "Not dated 10 2 2"]
    assert folder.words(page, path) == expected


def test_every_page_of_a_list_can_be_reached_and_every_link_resolves(folder: Folder) -> None:
    assert_links_resolve(folder)


def assert_links_resolve(folder: Folder) -> None:
    """See that links lead to each page but one, and none to a place that is not there."""
    pages = {path.relative_to(folder.html).as_posix() for path in folder.html.rglob("*.html")}
    trees = {name: folder.page(name.removesuffix(".html")) for name in pages}
    anchors = {name: {str(found) for found in tree.xpath("//@id")} for name, tree in trees.items()}
    reached: set[str] = set()
    todo = {"index.html"}
    while todo:
        name = todo.pop()
        reached.add(name)
        for link in set(trees[name].xpath("//@href")):
            address, anchor = urldefrag(str(link))
            if address.startswith("http"):
                continue
            path = (folder.html / name).parent / address if address else folder.html / name
            assert path.exists(), (name, link)
            target = path.resolve().relative_to(folder.html.resolve()).as_posix()
            assert not anchor or target not in pages or anchor in anchors[target], (name, link)
            todo |= {target} & pages - reached
    assert pages - reached == {"404.html"}


@pytest.mark.parametrize("is_told", [True, False])
def test_changes_make_the_parts_that_show_them_and_the_files_of_a_clean_run(
    tmp_path: Path, is_told: bool
) -> None:
    folder = Folder(tmp_path / "edition")
    folder.publish()
    folder.document(5, ' One more on <date when="1946-06-02">a day</date>.')
    made = [name for name, _ in folder.publish(*["d5"] * is_told).made]
    parts = {name for name in made if name.startswith(("timeline", "doc", "versions", "report"))}
    assert parts == {
        *("timeline.html", "timeline/1946.html", "documents/1945.html"),
        *("report.html", "report/1945.html"),
    }
    documents = folder.root / "tei" / "documents"
    days = "".join(f'<date when="1946-06-1{number}">on</date>' for number in range(4))
    for name, change in {
        # A part is gone; a year is short enough for one page; one is longer; there is a name.
        "d3": lambda: (documents / "d3.xml").unlink(),
        "d7": lambda: (documents / "d7.xml").unlink(),
        "d6": lambda: folder.document(6, days),
        "d2": lambda: folder.document(2, NAME.format(key="kim", name="Kim") * 3),
    }.items():
        change()
        folder.publish(*[name] * is_told)
    site = folder.publish()
    assert site.made == []
    clean = tmp_path / "clean"
    shutil.copytree(folder.root / "tei", clean / "tei")
    shutil.copytree(folder.root / "output" / "reports", clean / "output" / "reports")
    anew = publish_site(Edition(clean, folder.settings))
    files = [
        {path.relative_to(root): path.read_bytes() for path in made.files}
        for made, root in ((site, folder.root), (anew, clean))
    ]
    assert files[0] == files[1]


def test_a_list_that_is_not_too_long_is_one_page(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "edition", length=8)
    folder.publish()
    assert not [path for name in LISTS for path in folder.html.glob(f"{name}/*")]
    assert folder.words("index", "//h3") == ["1945", "1946", "Not dated"]
    assert not any(folder.words(name, "//nav[@class='parts']") for name in LISTS)


def test_words_are_divided_by_as_many_letters_as_it_takes(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "edition", length=1, search=True)
    folder.document(0, " Sandy strand, émigré, eh, 강가 간. Stone stones stoned str")
    folder.publish()
    assert folder.words("words/53", "//nav[@class='parts']//li") == ["SA 2 words", "ST 5 words"]
    assert folder.words("words/53-54", "//nav[@class='parts']//li") == [
        "STO 3 words",
        "STR 2 words",
    ]
    assert folder.words("words/53-54-52", "//dt") == ["str", "strand"]
    assert folder.words("words/45", "//dt") == ["eh", "émigré"]
    assert folder.words("words/3131", "//dt") == ["간", "강가"]
    above = folder.words("words/53-54-52", "//p[@class='kicker']/span")
    assert above == ["Word list", "S", "ST", "2 words"]


def test_a_name_with_many_mentions_and_a_kind_with_many_names_are_divided(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "edition", length=1)
    others = "".join(
        NAME.format(key=key, name=name)
        for key, name in (("lee", "Lee"), ("li", "Li"), ("pak", "Pak"), ("an", "An"), ("u", "강"))
    )
    for number in range(len(DATES)):
        folder.document(number, NAME.format(key="kim", name="Kim") + (others if not number else ""))
    folder.publish()
    kinds = folder.words("persons", "//nav[@class='parts']//li")
    assert kinds == ["A 1 name", "K 1 name", "L 2 names", "P 1 name", "ㄱ 1 name"]
    assert folder.words("persons/4c", "//main//ul[@class='idx']//a") == ["Lee", "Li"]
    kicker = "//p[@class='kicker']/span"
    assert folder.words("persons/4c", kicker) == ["People and places", "People", "2 names"]
    assert folder.words("names/pers-kim", kicker) == ["People", "8 times"]
    years = folder.words("names/pers-kim", "//nav[@class='parts']//li")
    assert years == ["1945 1 time", "1946 5 times", "Not dated 2 times"]
    part = "names/pers-kim/1946-05-13"
    assert folder.words(part, kicker) == ["People", "Kim", "1946", "May 1946", "1 time"]
    assert folder.words(part, "//section//b") == ["Kim"]
    assert folder.page(part).xpath("//section//li/a/@href") == ["../../d0.html#p1"]
    assert folder.words(part, "//title") == ["Kim: 13 May 1946 · An edition"]
    assert_links_resolve(folder)


@pytest.mark.parametrize("language", ["de", "ko", "ru"])
def test_parts_are_named_in_the_language_of_the_edition(tmp_path: Path, language: str) -> None:
    folder = Folder(tmp_path / "edition", language=language)
    folder.publish()
    expected = {
        "de": "1946 5 Dokumente",
        "ko": "1946 문서 5건",
        "ru": "1946 5 документов",
    }
    assert expected[language] in folder.words("index", "//nav[@class='parts']//li")


def test_the_pages_of_a_large_edition_are_made_from_small_records() -> None:
    """No page lists all of 600 documents where 100 are enough, nor has a record of them."""
    number = 600
    dates = [f"19{n % 40 + 10}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(number)]
    facts = [
        DocumentFacts(f"d{n}", f"Letter {n}", "letter", date, incipit="Sand", doubts=0)
        for n, date in enumerate(dates)
    ]
    units = [
        DocumentUnits(
            dates=[(day, f"p{k}") for k, day in enumerate(dates[n : n + 24])],
            changes=[("2026-01-02", "Encoded.")],
            marks={"supplied": n % 7},
            words=n,
        )
        for n in range(number)
    ]
    settings = EditionSettings(
        title="T", publisher="P", date=datetime.date(2026, 1, 2), web=WebSettings(page_length=100)
    )
    content = EditionContent(settings, facts, units, {})
    records = {page.file: len(page.record()) for page in about_pages(content, site_pages(content))}
    assert {name: size for name, size in records.items() if size > 60_000} == {}
    assert sum(name.startswith("timeline/") for name in records) == 40
    assert {"documents/1949.html", "report/1910.html"} <= records.keys()
    assert {"versions/2026-01-02-part-3.html"} <= records.keys()
    assert all(records[name] < 5_000 for name in ("index.html", "404.html", "method.html"))


@pytest.mark.parametrize("kind", ["timeline", "versions"])
def test_what_a_list_is_divided_by_is_what_its_pages_show(kind: str) -> None:
    """Days and changes are counted from what is remembered in short, and shown from the units."""
    settings = EditionSettings(title="T", publisher="P", date=datetime.date(2026, 1, 2))
    facts = DocumentFacts("a", "A", "letter", "1946-05")
    dates = [("1946-05", "p1"), ("1946-05", "p1"), ("1890", "p2"), ("1890", "")]
    units = DocumentUnits(dates=dates, changes=[("2026", "One."), ("2026", "Two.")])
    sizes = {"timeline": [("1946-05", 2), ("1890", 2)], "versions": [("2026", 1), ("2026", 1)]}
    entries = KINDS[kind].entries(EditionContent(settings, [facts], [units], {}))
    assert [(entry.shown[0], entry.size) for entry in entries] == sizes[kind]
    assert days_of(facts, units) == {
        "1946-05": [("", True), ("p1", False)],
        "1890": [("p2", False), ("", False)],
    }
