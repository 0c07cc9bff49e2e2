"""What counts as a structure, in the other edition's TEI and in ours, by the words it covers.

The other edition's habits are translated (`theirs`): its letters have "Sir:" in small capitals
inside the paragraph and the closing formula in a paragraph before the closer, and its inline source
notes ("[Telegram.]", "763.72/1", "[Inclosure 1 in No. 10.]") are left out on both sides, for ours
are headings, references or labels of the enclosure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from lxml import etree
from tei_reading import kept, name, text_root

Words = tuple[str, ...]
Units = dict[str, list[Words]]
# Between the closing formula and the rest: a closer with or without the formula is as good.
FORMULA_END = "|"


def flat(element: etree._Element, *, notes: bool = False) -> Words:
    """Words of an element: no notes inside it, no note marks, nothing that a tool added."""
    parts: list[str] = []

    def walk(node: etree._Element) -> None:
        parts.append(node.text or "")
        for child in node:
            parts.append(" " if child.get("break") != "no" and _breaks(child) else "")
            if isinstance(child.tag, str) and kept(child) and (notes or not _aside(child)):
                walk(child)
            parts.append(child.tail or "")

    walk(element)
    return tuple(re.findall(r"\w+", "".join(parts).casefold()))


def _breaks(node: etree._Element) -> bool:
    inline = {
        "hi",
        "ex",
        "supplied",
        "expan",
        "choice",
        "unclear",
        "persName",
        "placeName",
        "orgName",
        "date",
    }
    return not isinstance(node.tag, str) or name(node) not in inline


def _aside(node: etree._Element) -> bool:
    local = name(node)
    if local == "note":
        return node.get("rend") != "inline" and (
            node.get("place") is not None or node.get("n") is not None
        )
    return (local == "ref" and node.get("type") == "noteref") or local == "fw"


def _merged(elements: Iterable[etree._Element]) -> list[Words]:
    """Words of elements; neighbours (only breaks and empty elements between them) are one unit."""
    units: list[list[str]] = []
    previous: etree._Element | None = None
    for element in elements:
        if previous is not None and _follows(previous, element):
            units[-1].extend(flat(element))
        else:
            units.append(list(flat(element)))
        previous = element
    return [tuple(unit) for unit in units if unit]


def _follows(first: etree._Element, second: etree._Element) -> bool:
    node = first.getnext()
    while node is not None and node is not second:
        empty = not isinstance(node.tag, str) or name(node) in {
            "pb",
            "lb",
            "gap",
            "milestone",
            "fw",
        }
        if (
            not (empty or (name(node) == "note" and node.get("rend") == "inline"))
            or (node.tail or "").strip()
        ):
            return False
        node = node.getnext()
    if node is second:
        return True
    # the children of two openers that follow each other
    one, two = first.getparent(), second.getparent()
    return (
        one is not None and two is not None and one is not two
        and name(one) == "opener" == name(two) and one.getnext() is two
        and first.getnext() is None and second.getprevious() is None
    )  # fmt: skip


def _all(root: etree._Element, *names: str) -> list[etree._Element]:
    return [e for e in root.iter() if isinstance(e.tag, str) and name(e) in names]


def _pages(root: etree._Element) -> list[Words]:
    return [("page", e.get("n") or "") for e in _all(root, "pb")]


def theirs(tree: etree._Element) -> tuple[Units, set[Words]]:
    """Structures of the other edition, and the texts that are no structure of ours to count."""
    root = text_root(tree)
    inline = [e for e in _all(root, "note") if e.get("rend") == "inline"]
    units: Units = defaultdict(list)
    units["heading"] = _merged(_all(root, "head"))
    units["dateline"] = _merged(_all(root, "dateline"))
    units["salutation"] = [w for p in _all(root, "p") if (w := _salutation(p))]
    closers = _all(root, "closer")
    units["closer"] = [(*_formula(closer), FORMULA_END, *flat(closer)) for closer in closers]
    units["signature"] = [
        w for c in closers if (w := tuple(x for s in _all(c, "signed") for x in flat(s)))
    ]
    units["list"] = [
        flat(e)
        for e in _all(root, "list")
        if not any(name(p) == "signed" for p in e.iterancestors())
    ]
    units["page break"] = _pages(root)
    units["note"] = [flat(e) for e in _all(root, "note") if e.get("rend") != "inline"]
    units["enclosure"] = [flat(e) for e in _all(root, "attachment")]
    units["postscript"] = [flat(e) for e in _all(root, "postscript")]
    titles = tree.findall(".//{*}titleStmt/{*}title")
    aside = {flat(e) for e in [*inline, *titles]}
    aside |= {flat(e) for e in _all(root, "p") if e.get("rend") in {"center", "flushleft"}}
    return units, aside


def _salutation(paragraph: etree._Element) -> Words:
    first = next((c for c in paragraph if isinstance(c.tag, str)), None)
    if (
        first is None
        or paragraph.get("rend")
        or (paragraph.text or "").strip()
        or name(first) != "hi"
        or first.get("rend") != "smallcaps"
    ):
        return ()
    return (
        flat(first)
        if (first.tail or "").lstrip().startswith((":", ",", "—")) or flat(first)[-1:] == ("sir",)
        else ()
    )


def _formula(closer: etree._Element) -> Words:
    before = closer.getprevious()
    if before is None or not isinstance(before.tag, str) or name(before) != "p":
        return ()
    text = "".join(before.itertext()).strip()
    found = flat(before)
    return found if len(found) <= 12 and re.search(r"(,|\betc\.?\]?,?)$", text) else ()


def ours(tree: etree._Element) -> Units:
    """Structures of our TEI, in the same classes."""
    root = text_root(tree)
    body = root.find("{*}body")
    if body is None:
        return {}
    units: Units = defaultdict(list)
    units["heading"] = _merged(e for e in _all(body, "head") if not inside(e, "list", "table"))
    units["dateline"] = _merged(_all(body, "dateline"))
    units["salutation"] = [flat(e) for e in _all(body, "salute") if not inside(e, "closer")]
    closers = _all(body, "closer")
    units["closer"] = [flat(e) for e in closers]
    units["signature"] = [
        w for c in closers if (w := tuple(x for s in _all(c, "signed") for x in flat(s)))
    ]
    units["list"] = [flat(e) for e in _all(body, "list") if not inside(e, "signed")]
    units["page break"] = _pages(root)
    units["note"] = [
        _note(e) for e in _all(root, "note") if e.get("place") or e.get("n") or inside(e, "back")
    ]
    units["enclosure"] = [
        flat(e) for e in _all(body, "div", "floatingText") if e.get("type") == "enclosure"
    ]
    units["postscript"] = [flat(e) for e in _all(body, "postscript")]
    units["list"] = [unit for unit in units["list"] if unit]
    return units


def inside(element: etree._Element, *names: str) -> bool:
    return any(name(parent) in names for parent in element.iterancestors())


def _note(note: etree._Element) -> Words:
    found = flat(note)
    mark = next((flat(e) for e in note if isinstance(e.tag, str) and e.get("type") == "label"), ())
    return found[len(mark) :] if found[: len(mark)] == mark else found
