"""Facts about a document: the small record that lists, chronologies and indexes are made from.

In: a TEI tree. Out: `DocumentFacts`, plain data that goes into JSON and to another process. What a
document does not state is None or empty; nothing is guessed. Trees are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from lxml import etree

from diplomatic.xml.names import NSMAP, XML_ID, XML_LANG, local_name, tei

# Elements whose words are not words of the text: notes, their marks, residue, signs.
_NOT_WORDS: Final = frozenset(map(tei, ("note", "surplus", "gap", "space", "fw")))
_BLOCKS: Final = (
    *("p", "item", "head", "ab", "signed", "dateline", "stamp", "fw", "salute", "seg", "note"),
    *("bibl", "cell", "l", "closer", "opener"),
)
# The end of a sentence; the full stop of an initial is none.
_SENTENCE_END: Final = re.compile(r"(?<!\b\w)[.?!][\"'”’)]* ")
# A key becomes part of an address and of the name of a file.
_KEY: Final = re.compile(r"\w[\w.-]*")
# Who did something with a letter.
_ACTOR: Final = "//tei:correspAction[@type='{}']/*[self::tei:persName or self::tei:orgName]"
# So many letters of a text tell it from others.
_BEGINNING: Final = 140
# How a date can be given, and in which form others can read it.
_WHEN: Final = ("when", "from", "to", "notBefore", "notAfter")
_DAY: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
# Where the original is kept: of several places the first.
_KEPT_AT: Final = "(//tei:teiHeader//tei:msIdentifier)[1]"
_NAMES: Final = {"persName": "person", "placeName": "place", "orgName": "org", "term": "term"}


@dataclass(frozen=True)
class Mention:
    """A name where it occurs: the entity's key and kind, the unit's id, the words, the sentence."""

    key: str
    kind: str
    unit: str
    words: str
    sentence: str


@dataclass(frozen=True)
class Party:
    """Who or what stands in a correspAction: a person, org or place, or a date with its attributes.

    `role` is what was done (`sent`, `received`); `key` is that of the index, if it points there.
    """

    role: str
    kind: str
    name: str = ""
    key: str = ""
    when: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DocumentFacts:
    """What is known of a document without its text. Dates are ISO 8601, as far as they go.

    `doubts` is how many doubts its encoding left open, which the TEI does not say: None until it
    the report on them is read.
    """

    id: str
    title: str
    kind: str
    date: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    writer: str | None = None
    place: str | None = None
    abstract: str | None = None
    licence: str | None = None
    archive: str | None = None
    marking: list[str] = field(default_factory=list)
    registered: list[str] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    notes: int = 0
    doubts: int | None = None
    addressee: str | None = None
    sender: str | None = None
    language: str | None = None
    holding: str | None = None
    shelfmark: str | None = None
    archive_place: str | None = None
    parties: list[Party] = field(default_factory=list)
    is_licensed: bool = False
    incipit: str | None = None

    @property
    def is_letter(self) -> bool:
        """Say whether it is known who sent the document to whom."""
        return bool(self.sender and self.addressee)

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, for JSON."""
        return asdict(self)


def read_facts(tree: etree._ElementTree) -> DocumentFacts:
    """Return the facts of a TEI document."""
    root = tree.getroot()
    date = _first(root, "//tei:profileDesc/tei:creation/tei:date")
    return DocumentFacts(
        id=root.get(XML_ID, ""),
        title=_title(root),
        kind=_kind(root),
        date=_attribute(date, "when"),
        date_from=_attribute(date, "notBefore") or _attribute(date, "from"),
        date_to=_attribute(date, "notAfter") or _attribute(date, "to"),
        writer=_words_of(root, "//tei:fileDesc/tei:titleStmt/tei:author", _ACTOR.format("sent"))
        or _words_of(root, "//tei:signed//tei:persName"),
        place=_words_of(root, "//tei:text//tei:dateline//tei:placeName"),
        abstract=_words_of(
            root, "//tei:text/*/tei:div[@type='abstract']", "//tei:profileDesc/tei:abstract"
        ),
        is_licensed=root.find(".//tei:availability/tei:licence", NSMAP) is not None,
        licence=_words_of(
            root,
            "//tei:teiHeader//tei:availability/tei:licence",
            "//tei:teiHeader//tei:availability",
        ),
        archive=_archive(root),
        marking=_all_words(root, "//tei:text//tei:seg[@type='classification']"),
        registered=_all_words(root, "//tei:text//tei:idno[@type='incoming' or @type='outgoing']"),
        languages={
            e.get("ident", ""): words(e) for e in _all(root, "//tei:langUsage/tei:language")
        },
        mentions=list(_mentions(root)),
        notes=len(_all(root, "//tei:text//tei:note[@n or tei:seg[@type='label']]")),
        addressee=_words_of(root, _ACTOR.format("received")),
        parties=list(_parties(root)),
        incipit=_incipit(root),
        sender=_words_of(root, _ACTOR.format("sent")),
        language=root.get(XML_LANG),
        holding=_joined(root, "tei:institution", "tei:repository"),
        shelfmark=_joined(root, "tei:collection", "tei:idno"),
        archive_place=_joined(root, "tei:settlement", "tei:region", "tei:country"),
    )


def words(element: etree._Element) -> str:
    """Return the words of an element as a reader would say them, blanks normalised."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    """Yield the pieces of text of an element, without notes, residue and unread members."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            if child.tag == tei("choice"):
                yield from _pieces(_reading(child))
            elif child.tag == tei("app"):
                yield from _pieces(next(child.iter(tei("lem"), tei("rdg")), child))
            elif child.tag in (tei("lb"), tei("pb")):
                yield "" if child.get("break") == "no" else " "
            elif child.tag not in _NOT_WORDS and child.get("type") != "noteref":
                yield from _pieces(child)
        yield child.tail or ""


def _reading(choice: etree._Element) -> etree._Element:
    """Return the member of a choice that is read: ours if there is one, else the first."""
    members = [child for child in choice if isinstance(child.tag, str)]
    ours = [child for child in members[1:] if child.get("resp") in ("#ed", "#tool")]
    return (ours or members or [choice])[0]


def _all(root: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at a path."""
    found = root.xpath(path, namespaces=NSMAP)
    return [e for e in found if isinstance(e, etree._Element)] if isinstance(found, list) else []


def _first(root: etree._Element, path: str) -> etree._Element | None:
    """Return the first element at a path, or None."""
    return next(iter(_all(root, path)), None)


def _attribute(element: etree._Element | None, name: str) -> str | None:
    """Return an attribute of an element that may not be there."""
    return None if element is None else element.get(name)


def _all_words(root: etree._Element, path: str) -> list[str]:
    """Return the words of the elements at a path, each once, in order."""
    return list(dict.fromkeys(filter(None, map(words, _all(root, path)))))


def _words_of(root: etree._Element, *paths: str) -> str | None:
    """Return the words of the first element that has some, by paths in order of preference."""
    for path in paths:
        found = _all_words(root, path)
        if found:
            return found[0]
    return None


def _title(root: etree._Element) -> str:
    """Return the title, or the id of a document that has none."""
    titles = "/tei:TEI/tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title"
    return _words_of(root, f"{titles}[@type='main']", titles) or root.get(XML_ID) or ""


def _kind(root: etree._Element) -> str:
    """Return the kind: the category that the header names (`journal`), else `document`."""
    reference = _attribute(_first(root, "//tei:textClass/tei:catRef"), "target") or ""
    return reference.rpartition("#")[2].removeprefix("genre-") or "document"


def _incipit(root: etree._Element) -> str | None:
    """Return the first words of the text, as catalogues give them of what has no abstract."""
    text = (
        _words_of(root, *(f"//tei:text//tei:body//tei:{name}" for name in ("p", "l", "ab"))) or ""
    )
    if len(text) <= _BEGINNING:
        return text or None
    return f"{text[:_BEGINNING].rpartition(' ')[0].rstrip(' ,;:–—-')} …"


def _archive(root: etree._Element) -> str | None:
    """Return where the original is kept, from wide to narrow, or None."""
    numbers = "//tei:sourceDesc/tei:bibl[@type='original']/tei:idno[not(@type='registry')]"
    path = f"{_KEPT_AT}/*[not(self::tei:altIdentifier)] | {numbers}"
    return ", ".join(_all_words(root, path)) or None


def _joined(root: etree._Element, *names: str) -> str | None:
    """Return some parts of where the original is kept, or None."""
    found = (word for name in names for word in _all_words(root, f"{_KEPT_AT}/{name}"))
    return ", ".join(found) or None


def _mentions(root: etree._Element) -> Iterator[Mention]:
    """Yield the mentions of entities of the indices, in the order of the text."""
    document = root.get(XML_ID, "")
    for element in _all(root, "//tei:text//*[contains(@ref, '#')]"):
        kind = _NAMES.get(local_name(str(element.tag)))
        if kind is None:
            continue
        unit = _unit(element)
        anchor = "" if unit is None else unit.get(XML_ID, "").removeprefix(f"{document}-")
        key = (element.get("ref") or "").split()[0].rpartition("#")[2]
        if not _KEY.fullmatch(key):
            continue
        named = words(element)
        yield Mention(key, kind, anchor, named, _sentence(_block(element), named))


def _parties(root: etree._Element) -> Iterator[Party]:
    """Yield who sent and received a letter, where and when, as its header says."""
    for action in _all(root, "//tei:profileDesc/tei:correspDesc/tei:correspAction"):
        role = action.get("type", "")
        for element in action:
            name = local_name(str(element.tag)) if isinstance(element.tag, str) else ""
            if name == "date":
                when = {
                    key: element.get(key, "")
                    for key in _WHEN
                    if _DAY.fullmatch(element.get(key, ""))
                }
                yield Party(role, "date", when=when)
            elif name in _NAMES and words(element):
                key = element.get("ref", "").partition("#")[2]
                yield Party(role, _NAMES[name], words(element), key)


def _unit(element: etree._Element) -> etree._Element | None:
    """Return the nearest ancestor with an id that is a paragraph, item or note."""
    for ancestor in element.iterancestors(tei("p"), tei("item"), tei("note"), tei("ab")):
        if XML_ID in ancestor.attrib:
            return ancestor
    return None


def _block(element: etree._Element) -> etree._Element:
    """Return the line or paragraph that an element stands in."""
    return next(element.iterancestors(*map(tei, _BLOCKS)), element)


def _sentence(block: etree._Element, named: str) -> str:
    """Return the sentence of a block that has the name first."""
    text = words(block)
    at = max(text.find(named), 0)
    ends = (match.end() for match in _SENTENCE_END.finditer(text))
    # After the full stop of an abbreviation (pp. 9) no sentence begins.
    stops = [end for end in ends if not text[end : end + 1].isalnum() or text[end].isupper()]
    start = max((stop for stop in stops if stop <= at), default=0)
    end = min((stop for stop in stops if stop >= at + len(named)), default=len(text))
    return text[start:end].strip()


def language_of(tree: etree._ElementTree) -> str:
    """Return the language of a document's text (BCP 47), English if it does not say."""
    return tree.getroot().get(XML_LANG, "en")
