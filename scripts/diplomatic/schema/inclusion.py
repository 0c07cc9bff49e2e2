"""The proof that one grammar accepts nothing which another refuses, element by element.

Content models over element names are regular languages, so inclusion can be decided: both models
are read in step, by derivatives, through every state that they can reach together. If the smaller
may end where the larger may not, or goes on where the larger cannot, it accepts too much, and the
way there is the counterexample. Since an element name has one definition in each grammar, the
inclusion of every element's content and attributes is the inclusion of the grammars.

This knows nothing of how the smaller grammar was made: it reads the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diplomatic.schema import pattern as pt
from diplomatic.schema.datatypes import after_token, known_values, matches
from diplomatic.schema.grammar import Grammar
from diplomatic.schema.judge import attribute_patterns
from diplomatic.schema.pattern import Pattern


@dataclass(frozen=True)
class Excess:
    """Something that the smaller grammar accepts and the larger refuses."""

    element: str
    what: str


def excesses(small: Grammar, large: Grammar) -> Iterator[Excess]:
    """Yield everything that `small` accepts and `large` refuses; nothing if it is a restriction."""
    for root in pt.first_symbols(small.start):
        if root not in pt.first_symbols(large.start):
            yield Excess(_word(root), "may be the root")
    for name, element in small.by_name.items():
        other = large.by_name.get(name)
        if other is None:
            yield Excess(element.key, "exists")
            continue
        counterexample = _content(element.content, other.content)
        if counterexample is not None:
            words = " ".join(map(_word, counterexample)) or "nothing"
            yield Excess(element.key, f"may hold {words}")
        for what in _attributes(element.attributes, other.attributes):
            yield Excess(element.key, what)


def _word(symbol: Pattern) -> str:
    """Return a symbol in words."""
    return symbol.name if isinstance(symbol, pt.Ref) else "text"


def _content(small: Pattern, large: Pattern) -> tuple[Pattern, ...] | None:
    """Return a sequence of children that only the smaller content model accepts, or None."""
    if small is large:
        return None
    seen = {(small, large)}
    waiting: list[tuple[Pattern, Pattern, tuple[Pattern, ...]]] = [(small, large, ())]
    while waiting:
        left, right, way = waiting.pop(0)
        if left.nullable and not right.nullable:
            return way
        for symbol in pt.first_symbols(left):
            pair = (pt.derivative(left, symbol), pt.derivative(right, symbol))
            if pair[0] is pt.NOT_ALLOWED or pair[0] is pair[1] or pair in seen:
                continue
            seen.add(pair)
            waiting.append((*pair, (*way, symbol)))
    return None


def _items(pattern: Pattern) -> list[Pattern]:
    """Return the parts of a group of attributes."""
    items = []
    while isinstance(pattern, pt.Group):
        items.append(pattern.first)
        pattern = pattern.rest
    return [*items, pattern]


def _attributes(small: Pattern, large: Pattern) -> Iterator[str]:
    """Yield what the smaller set of attributes allows beyond the larger."""
    offered = {_names(item): item for item in _items(large)}
    kept = set()
    for item in _items(small):
        names = _names(item)
        if not names:
            continue
        kept.add(names)
        if names not in offered:
            yield f"may have {'/'.join(sorted(names))} alone or together"
        elif not _attribute_within(item, offered[names]):
            yield f"may have {'/'.join(sorted(names))} otherwise"
    for names, item in offered.items():
        if names and not item.nullable and names not in kept:
            yield f"may lack {'/'.join(sorted(names))}"


def _names(item: Pattern) -> frozenset[str]:
    """Return the names of the attributes in a part."""
    return frozenset(attribute_patterns(item))


def _attribute_within(small: Pattern, large: Pattern) -> bool:
    """Say whether a part of the attributes allows no more than another with the same names."""
    if small is large:
        return True
    if small.nullable and not large.nullable:
        return False
    left, right = attribute_patterns(small), attribute_patterns(large)
    if len(left) > 1:  # attributes that depend on each other: only equal parts are known to be safe
        return False
    (name,) = left
    return all(any(_value_within(a.value, b.value) for b in right[name]) for a in left[name])


def _value_within(small: Pattern, large: Pattern) -> bool:
    """Say whether every string of a pattern is also one of another."""
    if small is large or large is pt.TEXT:
        return True
    match small:
        case pt.Value():
            return matches(large, small.value)
        case pt.Choice():
            return all(_value_within(option, large) for option in small.options)
        case pt.TokenList():
            return _tokens_within(small, large)
        case _:
            return isinstance(large, pt.Choice) and any(
                _value_within(small, option) for option in large.options
            )


def _tokens_within(small: pt.TokenList, large: Pattern) -> bool:
    """Say whether every list of tokens of a closed list is also one of another pattern."""
    values = known_values(small)
    if values is None or not isinstance(large, pt.TokenList):
        return False
    seen = {(small.inner, large.inner)}
    waiting = [(small.inner, large.inner)]
    while waiting:
        left, right = waiting.pop()
        if left.nullable and not right.nullable:
            return False
        for value in values:
            pair = (after_token(left, value), after_token(right, value))
            if pair[0] is not pt.NOT_ALLOWED and pair not in seen:
                seen.add(pair)
                waiting.append(pair)
    return True
