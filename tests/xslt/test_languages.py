"""The interface in its languages: complete, and no word of it outside the tables."""

import ast
import datetime
import re
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

import diplomatic
from diplomatic.publish.content import EditionContent
from diplomatic.publish.facts import read_facts
from diplomatic.publish.labels import label
from diplomatic.publish.pages import about_pages, site_pages
from diplomatic.publish.records import edition_record, frame_of, in_context, text_record
from diplomatic.publish.site import render_document, render_edition_page
from diplomatic.publish.units import read_units
from diplomatic.publish.word_pages import word_pages
from diplomatic.publish.wordlist import Initial, merged, summed, words_in
from diplomatic.resources import xslt_dir
from diplomatic.settings import EditionSettings
from diplomatic.xml.reader import parse_bytes, parse_file

LANGUAGES = ("de", "ko", "ru")
LABELS = "{urn:diplomatic:labels}"
EXAMPLE = Path(__file__).parents[1] / "browser" / "every-sign.xml"
SETTINGS = EditionSettings(title="4711", publisher="4712", date=datetime.date(2026, 1, 2))
CATEGORIES = {"slavic": {"one", "few", "many"}, "one-other": {"one", "other"}, "other": {"other"}}


def table(name: str) -> dict[str, etree._Element]:
    """Return the labels of a table by key."""
    root = parse_file(xslt_dir() / "common" / name).getroot()
    return {e.get("key"): e for e in root.iter(f"{LABELS}label")}


def holes(element: etree._Element) -> set[str]:
    """Return the places of a label that are filled in."""
    return set(re.findall(r"\{\d\}", "".join(element.itertext())))


@pytest.mark.parametrize("form", ["labels", "labels-print"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_label_and_every_plural(language: str, form: str) -> None:
    english, own = table(f"{form}.xml"), table(f"{form}.{language}.xml")
    assert not english.keys() - own.keys()
    root = parse_file(xslt_dir() / "common" / f"{form}.{language}.xml").getroot()
    wanted = CATEGORIES[root.find(f"{LABELS}language").get("plural")]
    for key, element in english.items():
        assert holes(element) == holes(own[key]), key
        if len(element):
            assert {form.get("n") for form in own[key]} == wanted, key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["13 January 1956", "3 documents"]),
        ("de", ["13. Januar 1956", "3 Dokumente"]),
        ("ru", ["13 января 1956 г.", "январь 1956 г.", "3 документа"]),
        ("ko", ["1956년 1월 13일", "1956년 1월", "문서 3건"]),
        ("de-AT", ["3 Dokumente"]),
    ],
)
def test_dates_and_numbers_are_those_of_the_language(language: str, words: list[str]) -> None:
    tei = EXAMPLE.read_bytes()
    facts = read_facts(parse_bytes(tei, "x.xml"))
    days = ("1956-01-13", "1956-01", "1957")
    documents = [replace(facts, id=f"d{day}", date=day) for day in days]
    page = render_edition_page(edition_record(SETTINGS, documents, "home"), language=language).html
    for word in words:
        assert word in page
    assert f'<html lang="{language.split("-")[0]}"' in page


def reasons_of_the_rules() -> set[str]:
    """Return every reason that a rule can give: of the rows of conventions, and in the code."""
    package = Path(diplomatic.__file__).parent
    found = {"glued to a quotation mark"}
    for path in (package / "conventions").glob("*.toml"):
        found.update(re.findall(r'^reason = "(.+)"$', path.read_text("utf-8"), re.MULTILINE))
    for path in (package / "transcript" / "rules").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reading":
                found.update(sentences(node.args[4:5]))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "reason":
                found.update(sentences([node.value]))
    weights = ast.parse((package / "transcript" / "supply.py").read_text("utf-8"))
    for node in ast.walk(weights):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            found.update(sentences(node.elts[1:]))
    return found


def sentences(nodes: list[ast.expr]) -> set[str]:
    """Return the strings of some pieces of code."""
    all_nodes = [part for node in nodes for part in ast.walk(node)]
    return {n.value for n in all_nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reasons_of_doubts_are_translated(language: str) -> None:
    root = parse_file(xslt_dir() / "common" / "reasons.xml").getroot()
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    known = {
        reason.get("said")
        for reason in root
        if any(each.get(xml_lang) == language and each.text for each in reason)
    }
    rules = reasons_of_the_rules()
    missing = sorted(rules - known)
    # A new rule may come before its translation: its reason is shown in English until then.
    assert len(missing) <= len(rules) // 10, f"reasons.xml lacks {missing} in {language}"
    assert len(known) > 100


def pseudo(folder: Path) -> Path:
    """Make stylesheets with a language whose every word stands in white brackets."""
    shutil.copytree(xslt_dir(), folder / "xslt")
    path = folder / "xslt" / "common" / "labels.xml"
    root = parse_file(path).getroot()
    root[0].set("{http://www.w3.org/XML/1998/namespace}lang", "qps")
    for element in root.iter(f"{LABELS}label", f"{LABELS}form"):
        if not len(element):
            element.text = f"⟦{element.text or ''}⟧"
    (path.parent / "labels.qps.xml").write_bytes(etree.tostring(root))
    questions = path.parent / "questions.xml"
    text = questions.read_text("utf-8")
    pseudo_words = r'<in xml:lang="qps">⟦\1⟧</in>'
    questions.write_text(re.sub(r'<in xml:lang="en">(.*?)</in>', pseudo_words, text), "utf-8")
    return folder / "xslt" / "html.xsl"


def loose(html: str, own: str) -> list[str]:
    """Return the words of a page that stand in no brackets and are not its own."""
    tree = lxml_html.document_fromstring(html)
    for data in tree.xpath(
        "//script | //*[@class='manual-text' or @class='s' or @class='Z3988'] | //article | //code"
    ):
        data.getparent().remove(data)
    texts = tree.xpath("//text() | //@aria-label | //@alt | //@title | //@placeholder")
    text = " ".join(map(str, texts))
    while "⟦" in text:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
        if shorter == text:
            break
        text = shorter
    known = set(re.findall(r"\w+", own)) | {"TEI", "BibTeX", "RIS", "CSL", "JSON", "XML"}
    return [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in known]


def test_no_word_of_the_interface_is_in_a_stylesheet(tmp_path: Path) -> None:
    entry = pseudo(tmp_path)
    tei = EXAMPLE.read_bytes()
    tree = parse_bytes(tei, "x.xml")
    facts, units = read_facts(tree), read_units(tree)
    own = " ".join(map(str, tree.getroot().itertext())) + " every sign html " + str(facts)
    letters = [
        Initial(letter, "", partial(merged, [summed([(facts.id, found)])]))
        for letter, found in sorted(words_in(units).items())
    ]
    files = (("corpus", "data/corpus.xml"),)
    content = EditionContent(SETTINGS, [facts], [units], {}, letters, files)
    listed = site_pages(content)
    record = text_record(
        frame_of(SETTINGS, [facts], listed), in_context([facts], 0, {}, {"tei": "4713"})
    )
    pages = {"document": render_document(tei, record, name="", language="qps", entry=entry)}
    for page in (*about_pages(content, listed), *word_pages(content, listed)):
        pages[page.file] = render_edition_page(page.record(), language="qps", entry=entry)
    # Its text, which is long, is kept by language as a document.
    del pages["method.html"]
    names = "corpus data xml edition bib ris json Diplomatic"
    own = f"{own} {own.casefold()} {names}"
    found = {name: loose(page.html, own) for name, page in pages.items()}
    assert not {name: left for name, left in found.items() if left and not name.startswith("words")}


def test_python_reads_the_same_words() -> None:
    assert label("kind.letter", "ru") == "Письмо"
    assert label("kind.letter", "xx") == "Letter"
    assert label("kind.unheard-of", "en") == "unheard-of"


# Names of formats, plural categories of Unicode, and code of Typst.
NO_WORDS = {"BibTeX", "RIS", "CSL-JSON", "TEI P5", "one", "few", "many", "other", "parbreak()"}
SPOKEN = ("aria-label", "alt", "title", "placeholder")


@pytest.mark.parametrize("folder", ["common", "html", "epub", "typst", "transforms", "."])
def test_no_stylesheet_writes_a_word(folder: str) -> None:
    """Also of those for print and ebook: no text of theirs has letters, beside templates."""
    loose = []
    for path in (xslt_dir() / folder).glob("*.xsl"):
        for element in parse_file(path).getroot().iter(etree.Element):
            texts = [element.text or "", *(child.tail or "" for child in element)]
            texts += [element.get(name, "") for name in SPOKEN if "XSL" not in str(element.tag)]
            plain = [re.sub(r"\{[^}]*\}+", "", text).strip() for text in texts]
            loose += [t for t in plain if re.search(r"[^\W\d_]{2}", t) and t not in NO_WORDS]
    assert not loose
