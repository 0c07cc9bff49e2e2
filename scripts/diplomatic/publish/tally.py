"""What was marked, supplied or changed in a document, in numbers: the editorial report.

In: a TEI tree; the doubts that the last encoding left. Out: counts by kind (`report.KIND` in the
labels). A member of a choice is not counted: the choice is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from lxml import etree

from diplomatic.xml.names import NSMAP, local_name, tei

# The kinds of the report, in its order.
KINDS: Final = (
    *("supplied", "supplied.ours", "gap", "omission", "unclear", "sic", "ours", "stamp", "space"),
    "surplus",
)
_OURS: Final = frozenset(("#ed", "#tool"))
_CHOSEN: Final = frozenset(("editorial", "sampling", "omission", "cancelled", "irrelevant"))
_PLAIN: Final = frozenset(("unclear", "stamp", "space", "surplus", "sic"))
_COUNTED: Final = tuple(map(tei, ("supplied", "gap", "choice", *sorted(_PLAIN))))

# Where a row says which document it is of; within words, quotation marks have a backslash.
_DOCUMENT: Final = re.compile(rb'"document": "([^"\\\\]*)"')

Doubts = Mapping[str, Sequence[Mapping[str, Any]]]


def tally(tree: etree._ElementTree) -> dict[str, int]:
    """Return how often each kind of mark occurs in the text of a document."""
    found: Counter[str] = Counter()
    for text in tree.getroot().iterfind("tei:text", NSMAP):
        for element in text.iter(*_COUNTED):
            around = element.getparent()
            if around is None or around.tag != tei("choice"):
                found.update(_kinds(element))
    return {kind: found[kind] for kind in KINDS if found[kind]}


def _kinds(element: etree._Element) -> list[str]:
    """Return the kinds that an element is counted under."""
    name = local_name(str(element.tag))
    ours = element.get("resp") in _OURS
    if name == "supplied":
        return ["supplied.ours" if ours else "supplied"]
    if name == "gap":
        return ["omission" if element.get("reason") in _CHOSEN else "gap"]
    if name == "choice":
        changed = any(member.get("resp") in _OURS for member in element)
        wrong = element.find(tei("sic")) is not None
        unsure = element.find(tei("unclear")) is not None
        counted = {"ours": changed, "sic": wrong, "unclear": unsure}
        return [kind for kind, counts in counted.items() if counts]
    return [name] if name in _PLAIN else []


def rows_of_doubts(path: Path) -> dict[str, list[bytes]] | None:
    """Return the doubts that the last encoding left, each as JSON, by document.

    As a build writes them, a line each, they need not be read for that. None if no report tells of
    them.

    Args:
        path: `doubts.json` in the folder of the reports.
    """
    try:
        data = path.read_bytes()
        rows = data[1:-2].split(b",\n") if data[:2] == b"[{" and data[-3:] == b"}]\n" else []
        documents = [_DOCUMENT.search(row) for row in rows if row[:1] == b"{" and row[-1:] == b"}"]
        if not rows or len(documents) != len(rows) or None in documents:
            listed = json.loads(data)
            rows = [_written(row) for row in listed if isinstance(row, dict)]
            documents = list(map(_DOCUMENT.search, rows))
    except (OSError, ValueError, TypeError):
        return None
    found: dict[str, list[bytes]] = {}
    for row, document in zip(rows, documents, strict=True):
        found.setdefault(document[1].decode() if document else "", []).append(row)
    return found


def _written(row: dict[str, Any]) -> bytes:
    """Return a doubt as a build writes it."""
    return json.dumps(row, ensure_ascii=False).encode()
