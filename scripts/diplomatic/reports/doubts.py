"""The list of doubts: each guess of the program, with its reason and the way to settle it.

`records` makes plain data of the doubts of one document, `as_section` shows them; `as_page` puts
those of many together, for output/reports/doubts.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from lxml import etree

from diplomatic.reports.page import add, as_part, as_text, new_page
from diplomatic.reports.text import printable
from diplomatic.transcript.decision_files import as_toml, choosing, confirming
from diplomatic.transcript.decisions import reading_name
from diplomatic.transcript.model import Doubt

Record = dict[str, Any]
# Where the sections of the page go.
_HERE: Final = "documents"
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


def as_section(found: Sequence[Record]) -> str:
    """Return the doubts of one document as the part of the page that tells of it."""
    items = etree.Element("ul")
    for record in found:
        _item(items, record)
    head, place = etree.Element("h2"), etree.Element("p", {"class": "place"})
    head.text, place.text = found[0]["document"], printable(found[0]["file"])
    return "".join(as_part(part) for part in (head, place, items))


def as_page(title: str, count: int, low: int, sections: Iterable[str]) -> str:
    """Return an HTML page.

    Args:
        title: its title.
        count: how many doubts are open.
        low: how many of them are of low certainty.
        sections: `as_section` of each document.
    """
    page, main = new_page(title)
    add(main, "p", _summary(count, low))
    main.append(etree.Comment(_HERE))
    before, _, after = as_text(page).partition(f"<!--{_HERE}-->")
    return "".join((before, *sections, after))


def _summary(count: int, low: int) -> str:
    """Return how many doubts are open, in words."""
    if not count:
        return "No doubt is open."
    doubts = f"{count} doubt{'' if count == 1 else 's'} open"
    return (
        f"{doubts}, {low} of low certainty. To settle them, run diplomatic review, or copy the"
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
