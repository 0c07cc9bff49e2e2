"""The list of doubts: each guess of the program, with its reason and the way to settle it.

`records` makes plain data of the doubts of one document; `as_json` and `as_page` show those of
many, for output/reports/doubts.json and doubts.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from lxml import etree

from diplomatic.reports.page import add, as_text, new_page
from diplomatic.transcript.decision_files import as_toml, choosing, confirming
from diplomatic.transcript.decisions import reading_name
from diplomatic.transcript.model import Doubt

Record = dict[str, Any]
# What an editor reads instead of the names of the readings.
_NAMES: Final = {
    "supplied": "a word that the transcriber adds",
    "gloss": "an explanation or translation",
    "identification": "who or what is meant",
    "original-wording": "the word of the original",
    "expansion": "a short form written out",
    "correction": "the right word for an error",
    "variant": "another spelling",
    "stamp": "a stamp",
    "handwriting": "writing by hand",
    "note": "a note of the transcriber",
    "gap": "something left out or unreadable",
    "signature": "a signature",
    "emblem": "an emblem or picture",
    "unclear": "a doubtful reading",
    "note-reference": "the mark of a note",
    "sic": "an error that the source has",
    "blank": "a space left empty",
    "page": "a page number",
    "sound": "something heard",
    "received": "when the document came in",
    "text": "words of the document itself",
}


def described(chosen: str) -> str:
    """Return a reading with what it means."""
    name = reading_name(chosen)
    return f"{name} ({_NAMES[name]})" if name in _NAMES else name


def records(document: str, file: str, doubts: Iterable[Doubt]) -> list[Record]:
    """Return the open doubts of a document as plain data.

    Args:
        document: its identifier.
        file: its transcript, as the report calls it.
        doubts: what the encoder left open.
    """
    return [_record(document, file, doubt) for doubt in doubts]


def _record(document: str, file: str, doubt: Doubt) -> Record:
    """Return one doubt as plain data, with the decisions that would settle it."""
    settle = {"confirm": as_toml(confirming(doubt))}
    if doubt.runner_up:
        settle["runner_up"] = as_toml(choosing(doubt, doubt.runner_up))
    return {
        "document": document,
        "file": file,
        "line": doubt.line,
        "column": doubt.column,
        "words": doubt.words,
        "before": doubt.before,
        "after": doubt.after,
        "chosen": reading_name(doubt.chosen),
        "cert": doubt.cert,
        "rule": doubt.rule,
        "reason": doubt.reason,
        "runner_up": reading_name(doubt.runner_up),
        "settle": settle,
    }


def as_json(found: Sequence[Record]) -> str:
    """Return doubts as a JSON array, in the order given."""
    return json.dumps(list(found), ensure_ascii=False, indent=1) + "\n"


def as_page(found: Sequence[Record], title: str) -> str:
    """Return doubts as an HTML page, grouped by document."""
    page, main = new_page(title)
    add(main, "p", _summary(found))
    for document, group in groupby(found, key=lambda record: record["document"]):
        listed = list(group)
        add(main, "h2", document)
        add(main, "p", listed[0]["file"], class_="place")
        items = add(main, "ul")
        for record in listed:
            _item(items, record)
    return as_text(page)


def _summary(found: Sequence[Record]) -> str:
    """Return how many doubts are open, in words."""
    if not found:
        return "No doubt is open."
    low = sum(record["cert"] == "low" for record in found)
    count = f"{len(found)} doubt{'' if len(found) == 1 else 's'} open"
    return (
        f"{count}, {low} of low certainty. To settle them, run diplomatic review, or copy the"
        " lines given into tei/decisions/, in the file named."
    )


def _item(parent: etree._Element, record: Mapping[str, Any]) -> None:
    """Add one doubt."""
    item = add(parent, "li", class_=record["cert"])
    words = add(item, "p", record["before"])
    add(words, "mark", record["words"]).tail = record["after"]
    chosen = add(item, "p", "Read as ")
    add(
        chosen, "strong", described(record["chosen"])
    ).tail = f", {record['cert']} certainty: {record['reason']}."
    if record["runner_up"]:
        add(item, "p", f"It could also be {described(record['runner_up'])}.")
    place = f"line {record['line']}, column {record['column']}, rule {record['rule']}"
    add(item, "p", place, class_="place")
    ways = add(item, "details")
    add(ways, "summary", "How to settle it")
    file = f"tei/decisions/{record['document']}.toml"
    settle: dict[str, str] = record["settle"]
    _way(ways, f"It is right; add to {file}:", settle["confirm"])
    if "runner_up" in settle:
        _way(ways, f"It is {described(record['runner_up'])}; add:", settle["runner_up"])


def _way(parent: etree._Element, saying: str, lines: str) -> None:
    """Add one way to settle a doubt, with the lines to copy."""
    add(parent, "p", saying)
    add(add(parent, "pre"), "code", lines)
