"""The reading text of a TEI document: an account of its own, to compare every output with.

It shares no code with the stylesheets. `segments` gives the words of each block, of each cell,
stamp, caption, description and note, as a page must have them; a note is a segment apart from its
line. Blanks do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from diplomatic.resources import xslt_dir
from diplomatic.xml.names import local_name, tei

LEFTWARD = re.compile("[\u0590-\u08ff]")
OURS = ("#ed", "#tool")
# What begins and ends a segment.
BLOCKS = frozenset(
    (
        *("p", "head", "ab", "item", "label", "dateline", "salute", "signed", "fw", "bibl", "l"),
        *("speaker", "stamp", "cell", "trailer", "list", "table", "row", "lg", "opener", "closer"),
        *("postscript", "listBibl", "floatingText", "body", "div", "quote", "sp"),
    )
)
# Pages set these apart from the text: left and right of each other, below a frame, before a list.
MOVED = frozenset(("opener", "stamp", "label", "fw"))
# Parts of a docket stand apart where they are not among words.
DOCKET = ("seg", "note", "ref", "date", "gap", "idno")
# What stands for words that cannot be read, without the signs around it.
ILLEGIBLE = "\N{WHITE SQUARE}"


def bare(text: str) -> str:
    """Return a text without blanks, breaks, and signs of direction; one sign for the illegible."""
    text = re.sub(r"[\s\u00a0\u200b\u2066-\u2069]", "", text)
    return text.replace("[\u00b7\u00b7\u00b7]", ILLEGIBLE)


def letters(text: str) -> str:
    """Return only the letters and figures of a text."""
    return re.sub(r"[\W_]", "", text)


@dataclass(frozen=True)
class Segment:
    """Words that stand together; `moved` where a page may have them out of their order."""

    words: str
    moved: bool = False


@dataclass
class Reading:
    """The segments of a text, in its order; those of its notes stand among them."""

    done: list[Segment] = field(default_factory=list)
    line: str = ""
    moved: bool = False

    def end(self) -> None:
        """End a segment."""
        if bare(self.line):
            self.done.append(Segment(bare(self.line), self.moved))
        self.line = ""

    def read(self, element: etree._Element) -> None:
        """Read an element with all that is in it."""
        name = local_name(element.tag)
        if name == "note" and is_set_off(element):
            self.read_apart(element)
        elif (
            name in ("figDesc", "graphic") and element.getparent().find(tei("graphic")) is not None
        ):
            return  # said by the picture
        elif is_block(element):
            self.end()
            before = self.moved
            self.moved = before or name in MOVED
            self.read_signed(element)
            self.end()
            self.moved = before
        elif name == "choice":
            self.read_choice(element)
        elif name == "gap":
            self.line += gap_words(element)
        elif name == "ref" and element.get("type") == "noteref" and element.get("target"):
            return  # the mark of a note
        elif name not in ("pb", "cb", "lb", "space"):
            self.read_signed(element)

    def read_content(self, element: etree._Element) -> None:
        """Read what is in an element."""
        self.line += element.text or ""
        for child in element.iterchildren():
            if isinstance(child.tag, str):
                self.read(child)
            self.line += child.tail or ""

    def read_apart(self, note: etree._Element) -> None:
        """Read a note that stands apart from its line."""
        apart = Reading(moved=True)
        for child in note.findall(tei("seg")):
            if child.get("type") == "label":
                child.text = ""
        apart.read_content(note)
        apart.end()
        self.done += apart.done

    def read_signed(self, element: etree._Element) -> None:
        """Read an element that may have signs around it."""
        before, after = signs(element)
        self.line += before
        self.read_content(element)
        self.line += after

    def read_choice(self, element: etree._Element) -> None:
        """Read the transcript's reading, and a second one that the transcriber gives."""
        first, *others = element.iterchildren(etree.Element)
        spelt = [o for o in others if o.get("resp") == "#tr" and o.find(tei("ex")) is not None]
        if spelt:
            self.read_content(spelt[0])
            return
        self.read_content(first)
        for other in others:
            given = other.get("resp") == "#tr" and not other.get("corresp")
            if given and other.tag != tei("unclear"):
                self.line += "["
                self.read_content(other)
                self.line += "]"


def is_block(element: etree._Element) -> bool:
    """Say whether an element is a segment by itself."""
    name = local_name(element.tag)
    inside = element.getparent()
    if name == "bibl":
        return inside.tag == tei("listBibl")
    if name == "label":
        return inside.tag != tei("note")
    if name in ("fw", "salute", "dateline", "signed", "quote"):
        return inside.tag not in (tei("p"), tei("signed"), tei("item"))
    if name == "figure":
        return inside.tag in (tei("div"), tei("body"))
    if name == "seg" and element.get("type") in ("caption", "label"):
        return True
    apart = local_name(inside.tag) == "opener" and not bare(inside.text or "")
    return name in BLOCKS or (apart and name in DOCKET)


def is_set_off(note: etree._Element) -> bool:
    """Say whether a note stands under a mark of its own."""
    kinds = ("footnote", "endnote", "marginal")
    return note.get("type") in kinds or note.get("resp") in (*OURS, None)


def signs(element: etree._Element) -> tuple[str, str]:
    """Return the signs that stand around an element."""
    name = local_name(element.tag)
    if name in ("supplied", "gloss", "ex", "note", "figure", "vocal"):
        if name in ("supplied", "gloss") and not element.get("resp"):
            return "", ""
        return ("\u27e8", "\u27e9") if element.get("resp") in OURS else ("[", "]")
    return "", ""


def gap_words(element: etree._Element) -> str:
    """Return the sign for what is not there."""
    if element.get("reason") != "editorial":
        return ILLEGIBLE
    description = element.find(tei("desc"))
    return "[\u2026]" if description is None else f"[{description.text}]"


def segments(root: etree._Element, *parts: str) -> list[Segment]:
    """Return the segments of parts of a document's text; without parts, of all of it."""
    reading = Reading()
    for part in root.find(tei("text")):
        if not parts or local_name(part.tag) in parts:
            reading.moved = local_name(part.tag) != "body"
            reading.read_content(part)
            reading.end()
    return reading.done


def words_of(element: etree._Element) -> str:
    """Return the words of one block, without its notes."""
    reading = Reading()
    reading.read_content(element)
    reading.end()
    return "".join(each.words for each in reading.done if not each.moved)


def of_the_edition(root: etree._Element) -> set[str]:
    """Return what a page may say besides the text: words of the interface, and of the header."""
    said = {text for part in root.findall(tei("teiHeader")) for text in part.itertext()}
    said |= {text[:1].upper() + text[1:] for text in said}
    said |= {f"stamp: {kind.get('type')}" for kind in root.iter(tei("stamp"))}
    said |= {"".join(each.itertext()) for each in root.iter(tei("placeName"), tei("desc"))}
    for graphic in root.iter(tei("graphic")):
        said.add(graphic.get("url", ""))
        said |= {"".join(each.itertext()) for each in graphic.getparent().iter(tei("figDesc"))}
    for name in ("labels.xml", "labels-print.xml"):
        labels = etree.parse(str(xslt_dir() / "common" / name)).getroot()
        for label in labels.iter("{urn:diplomatic:labels}label", "{urn:diplomatic:labels}form"):
            said.update(re.split(r"\{\d\}", label.text or ""))
    return {each for each in map(bare, said) if len(each) > 2}


def left_over(words: list[str], own: set[str], page: str) -> tuple[list[str], list[str]]:
    """Take segments out of a page, the longest first, and what the edition may say.

    Returns:
        The segments that are not there, and what remains of the page: words that nobody wrote.
    """
    lost = []
    queue = [(len(each) < 8, False, -len(each), each) for each in words]
    queue += [(len(each) < 8, True, -len(each), each) for each in own]
    for _, optional, _, each in sorted(queue):
        if optional:
            page = page.replace(each, "\x00")
        elif each in page:
            page = page.replace(each, "\x00", 1)
        else:
            lost.append(each)
    pieces = (re.sub(r"[\W\d_]", "", piece) for piece in page.split("\x00"))
    return lost, [piece for piece in pieces if len(piece) > 1]
