"""Small faults put into valid documents, of the kinds that editors make.

Each mutation says which element (or attribute) is at fault, so that a test can ask whether the
explanation names it. The choice of places is pseudo-random with a fixed seed.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from diplomatic.xml.names import TEI_NS, XML_ID, local_name, tei

Change = Callable[[etree._Element, random.Random], set[str] | None]


@dataclass(frozen=True)
class Mutant:
    """A document with one fault; `named` are the words of which the explanation must use one."""

    kind: str
    data: bytes
    named: frozenset[str]


def _name(element: etree._Element) -> str:
    return local_name(str(element.tag))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def drop(element: etree._Element, _: random.Random) -> set[str]:
    """Take an element out, its words left behind."""
    parent, named = _parent(element), {_name(element), _name(_parent(element))}
    named |= {_name(child) for child in parent if isinstance(child.tag, str)}
    text = (element.text or "") + (element.tail or "")
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)
    return named


def swap(element: etree._Element, _: random.Random) -> set[str] | None:
    """Let an element and the one after it change places."""
    following = element.getnext()
    if following is None or not isinstance(following.tag, str):
        return None
    element.addprevious(following)
    return {_name(element), _name(following), _name(_parent(element))}


def misspell(element: etree._Element, choose: random.Random) -> set[str]:
    """Write the name of an element wrongly."""
    name = _name(element)
    place = choose.randrange(len(name))
    wrong = name[:place] + choose.choice("xqz") + name[place + 1 :]
    element.tag = tei(wrong)
    return {wrong}


def rename(element: etree._Element, choose: random.Random) -> set[str]:
    """Give an element the name of another."""
    name = choose.choice(("p", "div", "list", "item", "gap", "head", "date", "emph", "note", "ab"))
    named = {_name(element), name, _name(_parent(element))}
    named |= {_name(child) for child in _parent(element) if isinstance(child.tag, str)}
    named |= {_name(child) for child in element if isinstance(child.tag, str)}
    element.tag = tei(name)
    return named


def strange_attribute(element: etree._Element, choose: random.Random) -> set[str]:
    """Add an attribute that the element does not have."""
    name = choose.choice(("typ", "colour", "when", "href", "style", "quantity", "key", "url"))
    element.set(name, "1")
    return {name}


def wrong_value(element: etree._Element, choose: random.Random) -> set[str] | None:
    """Give an attribute a value that is unlikely to be allowed."""
    names = [key for key in element.attrib if not str(key).startswith("{")]
    if not names:
        return None
    name = str(choose.choice(names))
    element.set(name, choose.choice(("", "no such thing", "1951-13-45", "%%", "Ж")))
    return {name}


def lost_attribute(element: etree._Element, choose: random.Random) -> set[str] | None:
    """Take an attribute away."""
    if not element.attrib:
        return None
    name = choose.choice(sorted(map(str, element.attrib)))
    del element.attrib[name]
    return {local_name(name)}


def stray_text(element: etree._Element, _: random.Random) -> set[str]:
    """Put words before the children of an element."""
    element.text = "stray words " + (element.text or "")
    return {_name(element)}


def stray_tail(element: etree._Element, _: random.Random) -> set[str]:
    """Put words after an element."""
    element.tail = " stray words " + (element.tail or "")
    return {_name(_parent(element))}


def twice(element: etree._Element, _: random.Random) -> set[str]:
    """Write an element a second time, without its identifiers."""
    again = copy.deepcopy(element)
    for each in again.iter(etree.Element):
        each.attrib.pop(XML_ID, None)
    element.addnext(again)
    return {_name(_parent(element)), *(_name(each) for each in again.iter(etree.Element))}


def same_id(element: etree._Element, _: random.Random) -> set[str] | None:
    """Give an element the identifier of the document."""
    if element.get(XML_ID) is None:
        return None
    root = element.getroottree().getroot()
    element.set(XML_ID, str(root.get(XML_ID)))
    return {str(root.get(XML_ID))}


def nested(element: etree._Element, _: random.Random) -> set[str]:
    """Put an element into another of the same name."""
    outer = etree.Element(element.tag)
    element.addprevious(outer)
    outer.append(element)
    return {_name(element), _name(_parent(outer))}


def emptied(element: etree._Element, _: random.Random) -> set[str]:
    """Take away everything that an element holds."""
    for child in list(element):
        element.remove(child)
    element.text = None
    return {_name(element)}


def foreign(element: etree._Element, _: random.Random) -> set[str]:
    """Put an element into another namespace."""
    element.tag = f"{{http://www.w3.org/1999/xhtml}}{_name(element)}"
    return {_name(element)}


CHANGES: tuple[Change, ...] = (
    drop,
    swap,
    misspell,
    rename,
    strange_attribute,
    wrong_value,
    lost_attribute,
    stray_text,
    stray_tail,
    twice,
    same_id,
    nested,
    emptied,
    foreign,
)


def mutants(documents: list[bytes], number: int, seed: int = 1951) -> Iterator[Mutant]:
    """Yield so many documents with one fault each, all kinds in turn."""
    choose = random.Random(seed)
    made = 0
    while made < number:
        change = CHANGES[made % len(CHANGES)]
        root = etree.fromstring(choose.choice(documents))
        inner = list(root.iter(f"{{{TEI_NS}}}*"))[1:]
        named = change(choose.choice(inner), choose)
        if named is None:
            continue
        made += 1
        yield Mutant(change.__name__, etree.tostring(root), frozenset(named))
