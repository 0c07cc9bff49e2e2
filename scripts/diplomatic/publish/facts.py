"""Facts about a document: the small record that lists, chronologies and indexes are made from.

In: a TEI tree. Out: `DocumentFacts`, plain data that goes into JSON and to another process. What a
document does not state is None or empty; nothing is guessed. Trees are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from diplomatic.xml.names import NSMAP, XML_ID, XML_LANG, local_name, tei
from diplomatic.xml.paths import elements

# Elements whose words are not words of the text: notes, their marks, residue, signs.
_NOT_WORDS: Final = frozenset(map(tei, ("note", "surplus", "gap", "space", "fw")))
_BREAKS: Final = frozenset(map(tei, ("lb", "pb")))
_CHOICE: Final = tei("choice")
_APP: Final = tei("app")
_BLOCKS: Final = tuple(
    map(
        tei,
        (
            *("p", "item", "head", "ab", "signed", "dateline", "stamp", "fw", "salute", "seg"),
            *("note", "bibl", "cell", "l", "closer", "opener"),
        ),
    )
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
    mentions: Sequence[Mention] = ()
    notes: int = 0
    doubts: int | None = None
    addressee: str | None = None
    sender: str | None = None
    language: str | None = None
    holding: str | None = None
    shelfmark: str | None = None
    archive_place: str | None = None
    parties: Sequence[Party] = ()
    is_licensed: bool = False
    incipit: str | None = None

    @property
    def is_letter(self) -> bool:
        """Say whether it is known who sent the document to whom."""
        return bool(self.sender and self.addressee)

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, for JSON."""
        plain = dict(vars(self))
        plain["mentions"] = [dict(vars(mention)) for mention in self.mentions]
        plain["parties"] = [dict(vars(party)) for party in self.parties]
        return plain


def read_facts(tree: etree._ElementTree) -> DocumentFacts:
    """Return the facts of a TEI document."""
    root = tree.getroot()
    date = _first(root, "//tei:profileDesc/tei:creation/tei:date")
    kept_at = _first(root, "(//tei:teiHeader//tei:msIdentifier)[1]")
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
        archive=_archive(root, kept_at),
        marking=_all_words(root, "//tei:text//tei:seg[@type='classification']"),
        registered=_all_words(root, "//tei:text//tei:idno[@type='incoming' or @type='outgoing']"),
        languages={
            e.get("ident", ""): words(e) for e in elements(root, "//tei:langUsage/tei:language")
        },
        mentions=list(_mentions(root)),
        notes=len(elements(root, "//tei:text//tei:note[@n or tei:seg[@type='label']]")),
        addressee=_words_of(root, _ACTOR.format("received")),
        parties=list(_parties(root)),
        incipit=_incipit(root),
        sender=_words_of(root, _ACTOR.format("sent")),
        language=root.get(XML_LANG),
        holding=_joined(kept_at, "institution", "repository"),
        shelfmark=_joined(kept_at, "collection", "idno"),
        archive_place=_joined(kept_at, "settlement", "region", "country"),
    )


def words(element: etree._Element) -> str:
    """Return the words of an element as a reader would say them, blanks normalised."""
    if len(element) == 0:
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    _gather(element, pieces)
    return " ".join("".join(pieces).split())


def _gather(element: etree._Element, pieces: list[str]) -> None:
    """Add the pieces of text of an element, without notes, residue and unread members."""
    pieces.append(element.text or "")
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            if tag == _CHOICE:
                _gather(_reading(child), pieces)
            elif tag == _APP:
                _gather(next(child.iter(tei("lem"), tei("rdg")), child), pieces)
            elif tag in _BREAKS:
                pieces.append("" if child.get("break") == "no" else " ")
            elif tag not in _NOT_WORDS and child.get("type") != "noteref":
                _gather(child, pieces)
        pieces.append(child.tail or "")


def _reading(choice: etree._Element) -> etree._Element:
    """Return the member of a choice that is read: ours if there is one, else the first."""
    members = [child for child in choice if isinstance(child.tag, str)]
    ours = [child for child in members[1:] if child.get("resp") in ("#ed", "#tool")]
    return (ours or members or [choice])[0]


def _first(root: etree._Element, path: str) -> etree._Element | None:
    """Return the first element at a path, or None."""
    return next(iter(elements(root, path)), None)


def _attribute(element: etree._Element | None, name: str) -> str | None:
    """Return an attribute of an element that may not be there."""
    return None if element is None else element.get(name)


def _all_words(root: etree._Element, path: str) -> list[str]:
    """Return the words of the elements at a path, each once, in order."""
    return _distinct(elements(root, path))


def _distinct(found: Iterable[etree._Element]) -> list[str]:
    """Return the words of some elements, each once, in order."""
    return list(dict.fromkeys(filter(None, map(words, found))))


def _words_of(root: etree._Element, *paths: str) -> str | None:
    """Return the words of the first element that has some, by paths in order of preference."""
    found = (words(element) for path in paths for element in elements(root, path))
    return next(filter(None, found), None)


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


def _archive(root: etree._Element, kept_at: etree._Element | None) -> str | None:
    """Return where the original is kept, from wide to narrow, or None."""
    parts = [] if kept_at is None else kept_at.iterchildren(tei("*"))
    numbers = "//tei:sourceDesc/tei:bibl[@type='original']/tei:idno[not(@type='registry')]"
    found = [each for each in parts if each.tag != tei("altIdentifier")]
    found += elements(root, numbers)
    return ", ".join(_distinct(found)) or None


def _joined(kept_at: etree._Element | None, *names: str) -> str | None:
    """Return some parts of where the original is kept (of several places the first), or None."""
    if kept_at is None:
        return None
    found = (word for name in names for word in _distinct(kept_at.iterchildren(tei(name))))
    return ", ".join(found) or None


def _mentions(root: etree._Element) -> Iterator[Mention]:
    """Yield the mentions of entities of the indices, in the order of the text."""
    document = root.get(XML_ID, "")
    for element in elements(root, "//tei:text//*[contains(@ref, '#')]"):
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
    for action in elements(root, "//tei:profileDesc/tei:correspDesc/tei:correspAction"):
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
    return next(element.iterancestors(*_BLOCKS), element)


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
