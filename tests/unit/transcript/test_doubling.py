"""A text that stands twice: the second copy is found whole, or not at all."""

from __future__ import annotations

import pytest
from making import CONVENTIONS

from diplomatic.transcript.capture import cut
from diplomatic.transcript.doubling import second_copy
from diplomatic.transcript.text import SourceText

TEXT = "NOTE\nThe ferry was sold on 1 July to the union of the fishermen.\n[signature] V. Lis"
BROKEN = TEXT.replace("sold on", "sold\non")
HEAD = "July 1, 1949\nNote on the Sale"
TAIL = "Lis records the sale of the ferry to the union.\nAuthor(s):\nSource\nRights\n"


def copy_of(text: str) -> list[str]:
    """Return the lines of the second copy."""
    source = SourceText(text, "t.txt")
    lines = [line for line in source.lines if source.words(line)]
    found = second_copy(source, lines)
    return [source.words(line) for line in lines[slice(*found)]] if found else []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{TEXT}\n{TEXT}", TEXT),
        (f"{HEAD}\n{TEXT}\n{HEAD}\n{TEXT}\n{TAIL}", f"{HEAD}\n{TEXT}"),
        (f"{HEAD}\n{TEXT}\n{TEXT}\n{TAIL}", TEXT),
        (f"{TEXT}\n\n{BROKEN}", "NOTE\nThe ferry was sold"),
    ],
    ids=["bare", "with-head", "head-once", "other-breaks"],
)  # fmt: skip
def test_the_second_copy_is_found(text: str, lines: str) -> None:
    assert copy_of(text)[: lines.count("\n") + 1] == lines.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"{TEXT}\n{TEXT.replace('sold', 'bought')}",
        "A.\n" * 40,
        f"{TEXT}\nNOTE\nThe other ferry was sold in May, and nobody knows to whom.\nV. Lis",
    ],
    ids=["once", "other-words", "too-short", "same-heading"],
)
def test_what_only_resembles_itself_is_no_copy(text: str) -> None:
    assert copy_of(text) == []


def test_a_copy_is_kept_in_the_back_in_the_order_of_the_transcript() -> None:
    text = f"{HEAD}\n{TEXT}\n{HEAD}\n{TEXT}\n{TAIL}"
    capture = cut(SourceText(text, "t.txt"), CONVENTIONS)
    assert [text[line.start : line.end] for line in capture.body] == TEXT.split("\n")
    kinds = [division.type for division in capture.back]
    assert kinds == ["furniture", "abstract", "form-labels"]
    assert len(capture.copy) == 5


def test_a_copy_with_text_after_it_is_left_where_it_is() -> None:
    text = f"{TEXT}\n{TEXT}\nThe mayor was told of it on the same day and said nothing at all."
    capture = cut(SourceText(text, "t.txt"), CONVENTIONS)
    assert capture.copy == []
    assert len(capture.body) == 7
