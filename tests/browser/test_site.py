"""The website in a real browser, opened as files."""

import posixpath
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree
from lxml import html as lxml_html

from diplomatic.xml.names import NSMAP, XML_ID
from diplomatic.xml.reader import parse_file

JOURNAL = "ivanov-journal-1956-01-13"
ARTICLE = "deportation-of-koreans"
KINDS = (
    "index.html",
    "names.html",
    "method.html",
    "404.html",
    f"{JOURNAL}.html",
    f"{ARTICLE}.html",
    "every-sign.html",
    f"{JOURNAL}.source.html",
    "persons.html",
    "names/pers-kim-il-sung.html",
    "timeline.html",
    "map.html",
    "report.html",
    "questionnaire.html",
    "doubts.html",
    "cite.html",
    "data.html",
    "versions.html",
    "accessibility.html",
    "search.html",
    "words/4b.html",
    "withdrawn-example.html",
)
# Where the words of a document stand on its page, and on that of its source.
TEXTS = "//article//text() | //*[@class='row-text']//text()"
VIEWS = ("v-read", "v-dip")


# Of all rules of axe only those on colour look at the scheme.
WHOLE = {"resultTypes": ["violations"]}
COLOURS = WHOLE | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
RUN_AXE = """options => axe.run(document, options).then(results =>
  results.violations.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html)]))"""


def axe_findings(page: Any, options: dict[str, Any]) -> list[Any]:
    """Return what axe finds on a page, in each view that it has."""
    axe = pytest.importorskip("axe_playwright_python.base", reason="no axe")
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.AXE_SCRIPT)
    found = []
    for view in VIEWS if page.locator("#v-dip").count() else ("",):
        if view:
            page.click(f"label[for={view}]")
        found += page.evaluate(RUN_AXE, options)
    return found


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing(visit: Any, name: str) -> None:
    page = visit(name)
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, options in (("light", WHOLE), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            assert axe_findings(page, options) == [], (width, scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_card_open(visit: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe")
    page = visit(f"{JOURNAL}.html", scheme=scheme)
    page.click("#m1")
    results = axe.Axe().run(page)
    assert not results.response["violations"], results.generate_report()


SPACED = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"


def test_nothing_is_lost_at_320_and_with_the_text_spacing_of_wcag(visit: Any, site: Path) -> None:
    page = visit("index.html", width=320)
    wide = []
    for name in KINDS:
        page.goto((site / name).as_uri())
        for view in VIEWS if page.locator("#v-dip").count() else ("",):
            if view:
                page.click(f"label[for={view}]")
            wide.append((name, view, page.evaluate("document.documentElement.scrollWidth")))
        page.add_style_tag(content=SPACED)
        wide.append((name, "spaced", page.evaluate("document.documentElement.scrollWidth")))
    assert [each for each in wide if each[2] > 320] == []


def test_no_request_leaves_the_folder(visit: Any, site: Path) -> None:
    page = visit("index.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(f"{request.url} {request.failure}"))
    for name in KINDS:
        page.goto((site / name).as_uri())
    page.wait_for_load_state("networkidle")
    assert len(asked) > len(KINDS)
    assert [url for url in asked if not url.startswith(site.as_uri())] == []
    # What was still on its way when the page was left has not failed.
    assert [each for each in failed if not each.endswith("net::ERR_ABORTED")] == []


def test_every_link_resolves(site: Path) -> None:
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    pages = {name: lxml_html.parse(str(path)) for name, path in found.items()}
    anchors = {name: set(tree.xpath("//@id")) for name, tree in pages.items()}
    dead = []
    for name, tree in pages.items():
        for address in map(str, tree.xpath("//@href")):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = posixpath.normpath(
                posixpath.join(posixpath.dirname(name), unquote(parts.path))
            )
            target = target if parts.path else name
            missing = target.startswith("..") or not (site / target).exists()
            anchored = target in anchors and parts.fragment
            if missing or (anchored and unquote(parts.fragment) not in anchors[target]):
                dead.append((name, address))
    assert not dead


def test_every_page_can_be_reached(site: Path) -> None:
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in pages:
            continue
        reached.add(name)
        for address in lxml_html.parse(str(site / name)).xpath("//@href"):
            path = unquote(urlsplit(str(address)).path)
            waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)))
    assert pages - reached == {"404.html", "withdrawn-example.html"}


def test_pointers_of_downloaded_tei_resolve(site: Path) -> None:
    for document in (site / "tei" / "documents").glob("*.xml"):
        for pointer in re.findall(r'(?:ref|href)="(\.\./[^"#]+)', document.read_text("utf-8")):
            assert (document.parent / pointer).exists(), pointer


@pytest.mark.parametrize("name", KINDS)
def test_no_page_has_a_script_or_a_style_of_its_own(site: Path, name: str) -> None:
    tree = lxml_html.parse(str(site / name))
    assert not tree.xpath(
        "//script[not(@type='application/ld+json' or @src)] | //style | //@style | //iframe | //img"
    )


def test_views_switch_without_script(visit: Any) -> None:
    page = visit(f"{JOURNAL}.html", script=False)
    page.click("label[for=v-dip]")
    assert page.locator(".text .was").first.is_visible()
    assert not page.locator(".text .now").first.is_visible()
    page.click("label[for=v-read]")
    assert not page.locator(".text .was").first.is_visible()


def test_a_card_opens_and_returns_by_keyboard(visit: Any) -> None:
    page = visit(f"{JOURNAL}.html", script=False)
    page.focus("#m6")
    page.keyboard.press("Enter")
    page.wait_for_url("**#a6")
    card = page.locator("#a6")
    assert card.evaluate("e => getComputedStyle(e).position") == "fixed"
    assert card.locator(".lem").inner_text() == "[him]"
    page.focus("#a6 .home")
    page.keyboard.press("Enter")
    page.wait_for_url("**#m6")
    assert page.locator("#m6").is_visible()
    top = page.locator("#m6").bounding_box()["y"]
    assert 100 < top < 800


def test_notes_are_tied_both_ways(visit: Any) -> None:
    page = visit(f"{ARTICLE}.html")
    for number in range(1, 10):
        assert page.locator(f"#r{number}").get_attribute("href") == f"#n{number}"
        assert page.locator(f"#n{number} .back").first.get_attribute("href") == f"#r{number}"
    assert page.locator(".note").count() == 9


def test_notes_stand_in_the_margin_on_wide_screens_and_below_on_narrow_ones(visit: Any) -> None:
    wide = visit(f"{ARTICLE}.html")
    text, note = wide.locator("#p1 .t").bounding_box(), wide.locator("#n1").bounding_box()
    assert note["x"] > text["x"] + text["width"]
    narrow = visit(f"{ARTICLE}.html", width=390)
    text, note = narrow.locator("#p1 .t").bounding_box(), narrow.locator("#n1").bounding_box()
    assert note["y"] >= text["y"] + text["height"]


def test_a_note_referred_to_twice_has_two_ways_back(visit: Any) -> None:
    page = visit("every-sign.html")
    assert page.locator("#n2 a.back").count() == 2
    assert page.locator("#notes #n4").count() == 1


def test_tab_order_is_reading_order(visit: Any) -> None:
    page = visit(f"{JOURNAL}.html")
    order = page.evaluate(
        """() => [...document.querySelectorAll('#text a')].map(a => a.compareDocumentPosition(
             document.querySelector('.rail a')) & Node.DOCUMENT_POSITION_FOLLOWING)"""
    )
    assert all(order)
    assert not page.locator("[tabindex]:not([tabindex='-1']):not(.table)").count()


def squeeze(text: str) -> str:
    """Return a text with every run of blanks as one blank."""
    return " ".join(text.split())


def shown(page: Any, selector: str) -> str:
    """Return what a view shows of an element, with drawn signs as the transcript's words."""
    return squeeze(
        page.evaluate(
            """selector => {
              const copy = document.querySelector(selector);
              const out = [];
              const walk = node => {
                if (node.nodeType === 3) { out.push(node.data); return; }
                if (node.nodeType !== 1 || (node !== copy && node.matches('.pn, .note'))) return;
                const style = getComputedStyle(node);
                if (style.display === 'none') return;
                const aside = '.space .vh, .fnref .vh, .back .vh, .surplus .now, .ours-sign';
                if (node.matches(aside)) return;
                if (node.matches('br, p, div, li, h2, h3, dt, dd')) out.push(' ');
                node.childNodes.forEach(walk);
                if (node.matches('p, div, li, h2, h3, dt, dd')) out.push(' ');
              };
              walk(copy);
              return out.join('');
            }""",
            selector,
        )
    )


@pytest.mark.parametrize("document", [JOURNAL, ARTICLE])
def test_the_diplomatic_view_is_the_transcript(visit: Any, site: Path, document: str) -> None:
    lines = (site / "tei" / "sources" / f"{document}.txt").read_text("utf-8").split("\n")
    tree = parse_file(site / "tei" / "documents" / f"{document}.xml")
    page = visit(f"{document}.html")
    page.click("label[for=v-dip]")
    compared = 0
    for unit in tree.xpath(
        "//tei:body//*[@xml:id][starts-with(@source, 'line:')]", namespaces=NSMAP
    ):
        anchor = unit.get(XML_ID).removeprefix(f"{document}-")
        first, last = map(int, unit.get("source").removeprefix("line:").split(","))
        if anchor.startswith("p"):
            assert shown(page, f"#{anchor}") == squeeze(" ".join(lines[first:last])), anchor
            compared += 1
    assert compared > 5


@pytest.mark.parametrize("document", [JOURNAL, ARTICLE])
def test_every_line_of_the_transcript_is_on_the_page(visit: Any, site: Path, document: str) -> None:
    lines = (site / "tei" / "sources" / f"{document}.txt").read_text("utf-8").split("\n")
    page = visit(f"{document}.html")
    page.click("label[for=v-dip]")
    notes = page.locator(".note").evaluate_all("notes => notes.map(note => '#' + note.id)")
    blocks = [shown(page, selector) for selector in ("#text", ".dochead", *notes)]
    whole = re.sub(r"[\s\[\]]", "", " ".join(blocks))
    for line in lines:
        assert re.sub(r"[\s\[\]]", "", line) in whole, line


@pytest.mark.parametrize("document", [JOURNAL, ARTICLE])
def test_every_line_of_the_transcript_is_in_one_row_of_the_source_view(
    visit: Any, site: Path, document: str
) -> None:
    lines = (site / "tei" / "sources" / f"{document}.txt").read_text("utf-8").splitlines()
    tree = lxml_html.parse(str(site / f"{document}.source.html"))
    rows = tree.xpath("//*[@class='lines']/li")
    shown_lines = {int(row.find("a").text): row.find("span").text or "" for row in rows}
    assert len(rows) == len(shown_lines)
    assert [shown_lines[number] for number in sorted(shown_lines)] == lines
    assert shown_lines.keys() == set(range(1, len(lines) + 1))
    page = visit(f"{document}.html", script=False)
    page.click("fieldset a")
    assert page.url.endswith(f"{document}.source.html")
    page.goto(f"{page.url}#p3")
    assert page.locator("#p3").is_visible()


@pytest.mark.parametrize("document", [JOURNAL, ARTICLE])
def test_a_row_of_the_source_view_has_the_words_of_its_lines(site: Path, document: str) -> None:
    tree = lxml_html.parse(str(site / f"{document}.source.html"))
    for row in tree.xpath("//*[@class='row']"):
        encoding = "".join(row.xpath(".//pre//text()"))
        stored = etree.fromstring(f"<row>{encoding}</row>".encode())
        words = set(re.findall(r"\w{4,}", " ".join(row.xpath(".//*[@class='ln']//text()"))))
        have = set(
            re.findall(r"\w{4,}", f"{' '.join(stored.itertext())} {''.join(stored.itertext())}")
        )
        assert words <= have, row.get("id")


def reading(element: Any) -> str:
    """Return the reading text of an element of the body, by rules of this test alone."""
    name = etree.QName(element).localname
    inside = (element.text or "") + "".join(
        (reading(child) if isinstance(child.tag, str) else "") + (child.tail or "")
        for child in element
    )
    if name == "choice":
        ours = [child for child in element if child.get("resp") in ("#ed", "#tool")]
        member = reading(ours[0] if ours else element[0])
        return f"⟨{member}⟩" if ours and etree.QName(ours[0]).localname == "expan" else member
    if name == "surplus":
        return ""
    if element.get("type") == "noteref":
        return inside.strip("[]")
    if name in ("supplied", "gloss", "note"):
        return f"[{inside}]"
    return inside


@pytest.mark.parametrize("document", [JOURNAL, ARTICLE])
def test_the_reading_view_is_the_reading_text_of_the_tei(
    visit: Any, site: Path, document: str
) -> None:
    tree = parse_file(site / "tei" / "documents" / f"{document}.xml")
    page = visit(f"{document}.html")
    units = tree.xpath("//tei:body//tei:p[@xml:id]", namespaces=NSMAP)
    assert len(units) > 5
    for unit in units:
        anchor = unit.get(XML_ID).removeprefix(f"{document}-")
        label = unit.xpath(
            "string(parent::tei:item[not(tei:p[1]/@xml:id != $id)]/preceding-sibling::*[1])",
            id=unit.get(XML_ID),
            namespaces=NSMAP,
        )
        assert shown(page, f"#{anchor}") == squeeze(f"{label} {reading(unit)}"), anchor


@pytest.mark.parametrize("kind", ["html", "css"])
def test_the_nu_checker_has_nothing_to_say(site: Path, nu_checker: list[str], kind: str) -> None:
    options = ["--css"] if kind == "css" else []
    # Many pages of one kind say no more than some of them.
    many = [*(site / "names").glob("*.html")][5:] + [*(site / "words").glob("*.html")][5:]
    files = sorted({*site.rglob(f"*.{kind}")} - {*many})
    assert files
    command = [*nu_checker, *options, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    said = done.stdout.strip() or done.stderr.replace("Document checking completed.", "").strip()
    assert (done.returncode, said.removesuffix("No errors found.").strip()) == (0, "")
