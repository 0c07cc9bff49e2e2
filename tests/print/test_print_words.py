"""The words on the page are the words of the TEI, in its order; nothing comes in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from print_helpers import FIXTURES, Made
from tagged import read_structure

from diplomatic.publish.print import Press, Source, document_pdf, prepare
from diplomatic.xml.names import local_name, tei

DOCUMENTS = sorted((Path(__file__).parents[2] / "tei" / "documents").glob("*.xml"))
LEAVES = (
    "p",
    "head",
    "ab",
    "item",
    "label",
    "dateline",
    "salute",
    "signed",
    "fw",
    "bibl",
    "l",
    "speaker",
)
OURS = ("#ed", "#tool")


def words_of(element: etree._Element) -> str:
    """Return the words of an element as the page must have them; an account of its own."""
    name = local_name(element.tag)
    ours = element.get("resp") in OURS
    if name in ("choice",):
        return choice_words(element)
    if name == "gap":
        return gap_words(element)
    if name == "pb":
        return f"|{element.get('n', '')}"
    if name in ("figDesc", "desc", "graphic", "space", "cb", "lb"):
        return ""
    inner = inner_words(element)
    if name == "note":
        set_off = element.get("type") in ("footnote", "endnote", "marginal") or ours
        return "" if set_off or element.get("resp") is None else f"[{inner}]"
    if name == "ref" and element.get("type") == "noteref":
        return "" if element.get("target") else inner
    if name == "figure":
        return f"[{''.join(''.join(e.itertext()) for e in element.iter(tei('figDesc')))}]"
    if name in ("supplied", "gloss") and element.get("resp"):
        return f"⟨{inner}⟩" if ours else f"[{inner}]"
    return inner


def inner_words(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        parts += [words_of(child), child.tail or ""]
    return "".join(parts)


def choice_words(element: etree._Element) -> str:
    first, *others = element.iterchildren(etree.Element)
    spelt_out = [o for o in others if o.get("resp") == "#tr" and o.find(tei("ex")) is not None]
    if spelt_out:
        return "".join(
            (f"[{e.text}]" if e.tag == tei("ex") else e.text or "")
            + (e.tail or "" if e is not spelt_out[0] else "")
            for e in spelt_out[0].iter()
        )
    second = [
        o
        for o in others
        if o.get("resp") == "#tr" and not o.get("corresp") and o.tag != tei("unclear")
    ]
    return inner_words(first) + "".join(f"[{inner_words(o)}]" for o in second)


def gap_words(element: etree._Element) -> str:
    if element.get("reason") != "editorial":
        return "[···]"
    desc = element.find(tei("desc"))
    return "[…]" if desc is None else f"[{desc.text}]"


def leaves(body: etree._Element) -> Iterator[etree._Element]:
    """Yield the blocks of a text that hold words of their own, in order, the docket left out."""
    for element in body.iter(etree.Element):
        inside = {local_name(a.tag) for a in element.iterancestors()}
        if local_name(element.tag) not in LEAVES or inside & {"note", "opener", "table", "figure"}:
            continue
        if element.tag in (tei("bibl"), tei("label"), tei("fw")) and "p" in inside:
            continue
        if not any(local_name(e.tag) in LEAVES for e in element.iterdescendants(etree.Element)):
            yield element


def bare(text: str) -> str:
    """Return a text without blanks and breaks."""
    return re.sub(r"[\s\u00a0\u200b]", "", text)


def assert_in_order(body: etree._Element, page: str) -> None:
    position = 0
    for element in leaves(body):
        words = bare(words_of(element))
        found = page.find(words, position)
        assert found >= 0, f"not on the page, or not in order: {words!r}"
        position = found + len(words)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_words_of_the_edition(path: Path, plain_press: Press) -> None:
    source = Source(path.read_bytes(), str(path), path.parent)
    record = prepare(source, plain_press)
    root = read_structure(document_pdf(record, plain_press))
    page = bare(root.text(notes=False))
    tree = etree.fromstring(source.data)
    assert_in_order(tree.find(f"{tei('text')}/{tei('body')}"), page)
    notes = bare("".join(note.text() for note in root.find("Note")))
    for note in tree.iter(tei("note")):
        if note.get("type") in ("footnote", "endnote"):
            assert bare("".join(b for e in note.iter(tei("bibl")) for b in e.itertext())) in notes


def test_words_of_every_phenomenon(made: Made) -> None:
    root = read_structure(made.document)
    page = bare(root.text(notes=False))
    tree = etree.fromstring((FIXTURES / "phenomena.xml").read_bytes())
    body = tree.find(f"{tei('text')}/{tei('body')}")
    for foreign in body.iter(tei("foreign")):
        if foreign.get("{http://www.w3.org/XML/1998/namespace}lang") in ("he", "ar"):
            # Glyphs of right-to-left scripts stand in the order of the eye.
            foreign.getparent().getparent().remove(
                foreign.getparent()
            ) if foreign.getparent().tag == tei("hi") else None
    for paragraph in list(body.iter(tei("p"))):
        if any(
            f.get("{http://www.w3.org/XML/1998/namespace}lang") == "he"
            for f in paragraph.iter(tei("foreign"))
        ):
            paragraph.getparent().remove(paragraph)
    assert_in_order(body, page)


def test_nothing_of_a_document_is_lost(made: Made) -> None:
    """Every word of text, front and back included, is somewhere in the document's PDF."""
    everything = bare(read_structure(made.document).text())
    tree = etree.fromstring((FIXTURES / "phenomena.xml").read_bytes())
    for element in tree.find(tei("text")).iter(etree.Element):
        inside = {local_name(a.tag) for a in element.iterancestors()}
        right_to_left = element.get("{http://www.w3.org/XML/1998/namespace}lang") in ("he", "ar")
        ours = element.get("resp") in OURS or inside & {"reg", "corr", "expan"}
        alternative = element.tag == tei("figDesc")
        if not element.text or right_to_left or ours or alternative:
            continue
        words = bare(element.text)
        assert words in everything or element.get("type") in ("noteref", "label"), words


def test_a_word_is_divided_only_by_a_soft_sign(made: Made) -> None:
    assert "\N{SOFT HYPHEN}" not in read_structure(made.document).text().replace(
        "\N{SOFT HYPHEN}\n", ""
    )
