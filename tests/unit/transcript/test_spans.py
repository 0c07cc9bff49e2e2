"""Nesting of spans: inner in outer, and what gives way where two cross."""

from __future__ import annotations

from diplomatic.transcript.spans import Node, Span, nest


def shown(nodes: list[Node]) -> list[object]:
    return [(n.span.name, shown(n.children)) if n.children else n.span.name for n in nodes]


def test_inner_spans_nest_in_outer_ones() -> None:
    spans = [Span(2, 4, "b"), Span(0, 10, "a"), Span(6, 9, "c"), Span(7, 8, "d")]
    assert shown(nest(spans)) == [("a", ["b", ("c", ["d"])])]


def test_spans_over_the_same_stretch_nest_as_given() -> None:
    assert shown(nest([Span(0, 4, "first"), Span(0, 4, "second")])) == [("first", ["second"])]


def test_of_two_that_cross_the_one_that_is_not_firm_goes() -> None:
    assert shown(nest([Span(0, 5, "name", firm=False), Span(3, 8, "supplied")])) == ["supplied"]
    assert shown(nest([Span(0, 5, "supplied"), Span(3, 8, "name", firm=False)])) == ["supplied"]


def test_of_two_firm_ones_the_later_goes() -> None:
    assert shown(nest([Span(0, 5, "first"), Span(3, 8, "second")])) == ["first"]


def test_nothing_stands_in_hidden_signs() -> None:
    bracket = Span(0, 6, "supplied", hidden=((0, 1), (5, 6)))
    assert shown(nest([bracket, Span(5, 6, "name"), Span(1, 5, "date")])) == [
        ("supplied", ["date"])
    ]


def test_letters_that_are_parted_give_way_to_what_stands_in_them() -> None:
    spaced = Span(0, 7, "hi", hidden=((1, 2), (3, 4), (5, 6)), firm=False)
    assert shown(nest([spaced, Span(6, 7, "unclear")])) == ["unclear"]


def test_an_empty_span_stands_before_what_begins_at_its_place() -> None:
    assert shown(nest([Span(3, 9, "fw"), Span(3, 3, "pb")])) == ["pb", "fw"]
