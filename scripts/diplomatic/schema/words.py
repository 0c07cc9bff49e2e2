"""Words for what a grammar knows: names, lists, forms of values, nearest spellings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

from lxml import etree

from diplomatic.schema import pattern as pt
from diplomatic.schema.pattern import Pattern
from diplomatic.xml.names import XML_NS

_FORMS: Final = {
    "ID": "an identifier: a letter, then letters, digits, hyphens or points; no blank",
    "NCName": "a name: a letter, then letters, digits, hyphens or points; no blank",
    "Name": "a name: a letter, then letters, digits, hyphens or points; no blank",
    "anyURI": "an address, or # and an identifier",
    "boolean": "true or false",
    "date": "a date that exists, as 1951-03-09, 1951-03 or 1951",
    "decimal": "a number, as 3 or 2.5",
    "double": "a number, as 3 or 2.5",
    "float": "a number, as 3 or 2.5",
    "language": "a language tag, as en, ru or ru-Latn",
    "nonNegativeInteger": "a whole number, not negative",
    "time": "a time, as 14:30:00",
    "token": "a word without blanks",
}
# Of many elements that could hold a stray one, these are the likeliest, in this order.
WRAPPERS: Final = (
    *("p", "item", "div", "ab", "head", "opener", "closer", "postscript", "cell", "row", "signed"),
    *("dateline", "desc", "figDesc", "respStmt"),
)
_COMMON: Final = (
    *WRAPPERS,
    *("list", "table", "note", "hi", "gap", "supplied", "date", "persName", "placeName"),
    *("orgName", "ref", "title", "item", "label"),
)
_SHOWN: Final = 8


def transcript_line(element: etree._Element) -> int:
    """Return the line of the transcript that an element came from, by the nearest @source; or 0."""
    for ancestor in (element, *element.iterancestors()):
        source = str(ancestor.get("source", ""))
        if source.startswith("line:"):
            start = source.removeprefix("line:").partition(",")[0]
            return int(start) + 1 if start.isdigit() else 0
    return 0


def is_element(node: etree._Element | None) -> bool:
    """Say whether a node is an element, not a comment or instruction."""
    return node is not None and isinstance(node.tag, str)


def tag_of(element: etree._Element | None) -> str:
    """Return an element as its start tag without attributes."""
    return f"<{etree.QName(element).localname}>" if element is not None else ""


def name_of(symbol: Pattern | None) -> str:
    """Return a symbol as people write it."""
    return f"<{symbol.name}>" if isinstance(symbol, pt.Ref) else "text"


def some(tag: str) -> str:
    """Return a name with its article: a <p>, an <item>."""
    return f"{'an' if tag[:1] in 'aeio' else 'a'} <{tag}>"


def listed(found: Iterable[Pattern]) -> str:
    """Return symbols as a list in words: text first, the likeliest elements next."""
    rank = {name: index for index, name in reversed(list(enumerate(_COMMON)))}
    found = tuple(found)
    refs = sorted(
        (s.name for s in found if isinstance(s, pt.Ref)),
        key=lambda name: (rank.get(name, len(rank)), name),
    )
    words = ["text"] if pt.TEXT in found else []
    return _shorter([*words, *(f"<{name}>" for name in refs)])


def listed_names(keys: Iterable[str]) -> str:
    """Return element names as a list in words, the likeliest first."""
    rank = {name: index for index, name in reversed(list(enumerate(_COMMON)))}
    keys = sorted(keys, key=lambda name: (rank.get(name, len(rank)), name))
    return _shorter([f"<{key}>" for key in keys])


def listed_attributes(names: Iterable[str]) -> str:
    """Return attribute names as a list in words."""
    return _shorter([f"@{shown_attribute(name)}" for name in sorted(names)])


def _shorter(items: list[str]) -> str:
    """Return items joined, the list cut where it is long."""
    more = len(items) - _SHOWN
    shown = ", ".join(items[:_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


def listed_values(values: list[str]) -> str:
    """Return all values of a closed list."""
    return ", ".join(values)


def shown_attribute(name: str) -> str:
    """Return an attribute's name as people write it."""
    return name.replace(f"{{{XML_NS}}}", "xml:").rpartition("}")[2]


def shortened(text: str) -> str:
    """Return the beginning of a text, blanks made single."""
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the most similar of some names, or nothing."""
    folded: dict[str, str] = {}
    for each in names:
        folded.setdefault(each.lower(), each)
    near = difflib.get_close_matches(name.lower(), folded, 1, 0.7)
    return folded[near[0]] if near else ""


def form_of(pattern: Pattern) -> str:
    """Return in words which strings a pattern takes."""
    types = sorted({part.type for part in pt.walk(pattern) if isinstance(part, pt.Data)})
    chosen = "date" if "date" in types else types[0] if types else "token"
    listed = " (or several, with blanks between)" if isinstance(pattern, pt.TokenList) else ""
    return _FORMS.get(chosen, f"a value of type {chosen}") + listed
