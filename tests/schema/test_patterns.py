"""Patterns, their derivatives, values, and places in files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic.schema import pattern as pt
from diplomatic.schema.datatypes import known_values, matches
from diplomatic.schema.judge import attribute_patterns
from diplomatic.schema.pattern import Pattern
from diplomatic.schema.positions import find_positions

A, B, C = pt.ref("a"), pt.ref("b"), pt.ref("c")
SYMBOLS = (A, B, C)


def accepts(pattern: Pattern, children: list[Pattern]) -> bool:
    for child in children:
        pattern = pt.derivative(pattern, child)
    return pattern.nullable


def words(pattern: Pattern, length: int) -> set[tuple[Pattern, ...]]:
    """Return all sequences up to a length that a pattern accepts, by its definition."""
    match pattern:
        case pt.Ref():
            return {(pattern,)} if length else set()
        case pt.Choice():
            return set().union(*(words(option, length) for option in pattern.options))
        case pt.Group():
            return {
                one + two
                for one in words(pattern.first, length)
                for two in words(pattern.rest, length - len(one))
            }
        case pt.OneOrMore():
            found = words(pattern.inner, length)
            while True:
                more = {one + two for one in found for two in found if len(one + two) <= length}
                if more <= found:
                    return found
                found |= more
        case _:
            return {()} if pattern is pt.EMPTY else set()


PATTERNS = st.recursive(
    st.sampled_from([*SYMBOLS, pt.EMPTY, pt.NOT_ALLOWED]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(pt.choice),
        st.lists(inner, max_size=3).map(pt.sequence),
        inner.map(pt.one_or_more),
        inner.map(pt.zero_or_more),
    ),
    max_leaves=8,
)


@given(PATTERNS, st.lists(st.sampled_from(SYMBOLS), max_size=4))
def test_derivatives_accept_what_the_pattern_means(
    pattern: Pattern, children: list[Pattern]
) -> None:
    assert accepts(pattern, children) == (tuple(children) in words(pattern, 4))


@given(PATTERNS)
def test_first_symbols_are_those_that_can_begin(pattern: Pattern) -> None:
    can = {s for s in SYMBOLS if pt.derivative(pattern, s) is not pt.NOT_ALLOWED}
    assert set(pt.first_symbols(pattern)) == can


@given(PATTERNS)
def test_leaving_an_element_out_accepts_less(pattern: Pattern) -> None:
    less = pt.substitute(pattern, lambda part: pt.NOT_ALLOWED if part is A else None)
    assert words(less, 4) == {word for word in words(pattern, 4) if A not in word}


@given(PATTERNS)
def test_equal_patterns_are_one(pattern: Pattern) -> None:
    assert pt.substitute(pattern, lambda _: None) is pattern


def test_values() -> None:
    tokens = pt.token_list(pt.one_or_more(pt.choice([pt.value("bold"), pt.value("italic")])))
    assert matches(tokens, " bold  italic ")
    assert not matches(tokens, "")
    assert not matches(tokens, "bold red")
    assert known_values(tokens) == ["bold", "italic"]
    date = pt.choice([pt.data("date"), pt.data("gYear")])
    assert matches(date, "1952-02-29")
    assert not matches(date, "1951-02-29")
    assert known_values(date) is None
    three = pt.token_list(pt.sequence([pt.data("decimal")] * 2 + [pt.EMPTY]))
    assert matches(three, "1 2")
    assert not matches(three, "1 2 3")
    assert matches(pt.data("token", (("pattern", "[a-z]+"),)), "abc")
    assert not matches(pt.data("token", (("pattern", "[a-z]+"),)), "a1")


def test_attributes_by_name() -> None:
    both = pt.group(pt.attribute("a", pt.TEXT), pt.optional(pt.attribute("b", pt.value("1"))))
    assert sorted(attribute_patterns(both)) == ["a", "b"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_positions(end: str) -> None:
    text = end.join(
        ['<?xml version="1.0"?>', "<a>", "  x<b", '     n="1>2"', "  m='2'/>", " y 김<c/>", "</a>"]
    )
    found = find_positions(text.encode())
    assert found.starts == [(2, 1), (3, 4), (6, 5)]
    assert found.attribute(1, "n") == (4, 6)
    assert found.attribute(1, "m") == (5, 3)
    assert found.attribute(1, "none") == (3, 4)
    assert found.text(0, 0) == (3, 3)
    assert found.text(0, 1) == (6, 2)
    assert found.end(0) == (7, 1)
