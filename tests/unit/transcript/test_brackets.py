"""The bracket tree: pairs, nesting, repairs."""

from __future__ import annotations

import pytest

from diplomatic.transcript.brackets import MAX_DEPTH, Bracket, lex
from diplomatic.transcript.text import SourceText


def is_label(words: str) -> bool:
    return words.lower().startswith(("stamp", "handwritten"))


def tree(text: str) -> list[object]:
    """Return brackets as nested lists of their words."""

    def shown(bracket: Bracket) -> object:
        words = text[bracket.start : bracket.end]
        return [words, *map(shown, bracket.children)] if bracket.children else words

    return [shown(bracket) for bracket in lex(SourceText(text, "t.txt"), is_label).brackets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no bracket", []),
        ("a [b] c", ["[b]"]),
        ("[a][b]", ["[a]", "[b]"]),
        ("[a [b] c]", [["[a [b] c]", "[b]"]]),
        ("[[a]]", ["[[a]]"]),
        ("[[[a]]]", ["[[[a]]]"]),
        ("[[a] b]", [["[[a] b]", "[a]"]]),
        ("[over\nlines]", ["[over\nlines]"]),
        ("a ] b", []),
        ("a [ b", []),
        ("[ [him] said", ["[him]"]),
        ("[stamp: A\nB 1\n\nText [him].", ["[stamp: A\nB 1", "[him]"]),
        ("[stamp: A\nHEADING IN CAPITALS\ntext", ["[stamp: A"]),
        ("[[[[a]]]]", []),
    ],
)
def test_tree(text: str, expected: list[object]) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("ab\nc [d", "D401", 2, 3),
        ("ab] c", "D402", 1, 3),
        ("\n[stamp: x\n\ny", "D401", 2, 1),
        ("[[[[a", "D402", 1, 1),
    ],
)
def test_each_repair_is_a_finding_with_its_place(
    text: str, code: str, line: int, column: int
) -> None:
    (finding,) = lex(SourceText(text, "t.txt"), is_label).findings
    assert (finding.code, finding.place.line, finding.place.column) == (code, line, column)


def test_a_far_closing_sign_swallows_nothing() -> None:
    text = "[open\n" + "line of the letter\n\n" * 30 + "close] and [him]"
    lexed = lex(SourceText(text, "t.txt"), is_label)
    assert [text[b.start : b.end] for b in lexed.brackets] == ["[him]"]
    assert {finding.code for finding in lexed.findings} == {"D401", "D402"}


def test_depth_is_bounded() -> None:
    text = "[a" * 50 + "]" * 50
    depth, level = 0, lex(SourceText(text, "t.txt"), is_label).brackets
    while level:
        depth, level = depth + 1, [c for b in level for c in b.children]
    assert depth == MAX_DEPTH
