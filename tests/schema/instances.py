"""Random documents that a grammar accepts, made from its content models alone."""

from __future__ import annotations

import random
from collections.abc import Iterator

from lxml import etree

from diplomatic.schema import pattern as pt
from diplomatic.schema.datatypes import matches
from diplomatic.schema.grammar import Grammar
from diplomatic.schema.judge import attribute_patterns
from diplomatic.schema.pattern import Pattern
from diplomatic.xml.names import XML_ID

_STRINGS = {
    "ID": "id",
    "NCName": "name",
    "Name": "name",
    "anyURI": "#id",
    "boolean": "true",
    "date": "1951-03-09",
    "decimal": "3",
    "double": "3",
    "float": "3",
    "gYear": "1951",
    "language": "ru",
    "nonNegativeInteger": "3",
    "time": "14:30:00",
    "string": "words",
    "token": "word",
}
_DEEP = 6


class Maker:
    """Makes elements; the deeper they stand, the less they hold."""

    def __init__(self, grammar: Grammar, seed: int) -> None:
        self.grammar = grammar
        self.choose = random.Random(seed)
        self.costs = self._costs()
        self.made: set[str] = set()
        self.number = 0

    def _costs(self) -> dict[str, int]:
        """Return for each element how deep the shallowest instance of it is."""
        costs: dict[str, int] = {}
        while True:
            known = {
                key: self._cost(element.content, costs) + 1
                for key, element in self.grammar.elements.items()
            }
            if known == costs:
                return costs
            costs = known

    def _cost(self, pattern: Pattern, costs: dict[str, int]) -> int:
        """Return how deep the shallowest content of a model is."""
        match pattern:
            case pt.Ref():
                return costs.get(pattern.name, 999)
            case pt.Choice():
                return min(self._cost(option, costs) for option in pattern.options)
            case pt.Group():
                return max(self._cost(pattern.first, costs), self._cost(pattern.rest, costs))
            case pt.OneOrMore():
                return self._cost(pattern.inner, costs)
            case _:
                return 0

    def element(self, key: str, depth: int = 0, wanted: str = "") -> etree._Element:
        """Return an element with attributes and content; `wanted` children are preferred."""
        definition = self.grammar.elements[key]
        self.made.add(key)
        node = etree.Element(str(definition.name))
        self._attributes(node, definition.attributes)
        for symbol in self._content(definition.content, depth, wanted):
            if symbol is pt.TEXT:
                self._text(node)
            elif isinstance(symbol, pt.Ref):
                node.append(self.element(symbol.name, depth + 1))
        return node

    def _text(self, node: etree._Element) -> None:
        if len(node):
            node[-1].tail = (node[-1].tail or "") + "words "
        else:
            node.text = (node.text or "") + "words "

    def _content(self, content: Pattern, depth: int, wanted: str) -> Iterator[Pattern]:
        """Yield children: a random walk through the content model that comes to an end."""
        state, left = content, self.choose.randrange(1, 4) if depth < _DEEP else 0
        goal = pt.ref(wanted)
        while True:
            first = pt.first_symbols(state)
            if wanted and goal in first:
                symbol, wanted = goal, ""
            elif left > 0 and first and not wanted:
                symbol = self.choose.choice(first)
            elif state.nullable and not wanted:
                return
            else:
                symbol = self._nearest(state, first, goal if wanted else None)
            left -= 1
            yield symbol
            state = pt.derivative(state, symbol)

    def _nearest(self, state: Pattern, first: tuple[Pattern, ...], goal: Pattern | None) -> Pattern:
        """Return the symbol that leads to the goal, or else to the end, at least cost."""

        def rank(symbol: Pattern) -> tuple[bool, int]:
            after = pt.derivative(state, symbol)
            far = goal is not None and goal not in tuple(pt.walk(after))
            own = self.costs.get(symbol.name, 0) if isinstance(symbol, pt.Ref) else 0
            stuck = 500 if after is state else 0
            return far, own + stuck + self._cost(after, self.costs)

        return min(first, key=rank)

    def _attributes(self, node: etree._Element, pattern: Pattern) -> None:
        """Set what is required, and some of what is optional."""
        while isinstance(pattern, pt.Group):
            self._attributes(node, pattern.first)
            pattern = pattern.rest
        if pattern is pt.EMPTY or (pattern.nullable and self.choose.random() > 0.15):
            return
        names = attribute_patterns(pattern)
        name = self.choose.choice(sorted(names))
        self.number += 1
        value = self._value(names[name][0].value)
        node.set(name, f"i{self.number}" if name == XML_ID else value)

    def _value(self, pattern: Pattern) -> str:
        """Return a string that a pattern takes."""
        match pattern:
            case pt.Value():
                return pattern.value
            case pt.Data():
                return _facet(pattern) or _STRINGS[pattern.type]
            case pt.Choice():
                options = [o for o in pattern.options if not _odd(o)]
                return self._value(self.choose.choice(options))
            case pt.TokenList() | pt.OneOrMore():
                return self._value(pattern.inner)
            case pt.Group():
                return f"{self._value(pattern.first)} {self._value(pattern.rest)}"
            case _:
                return "" if pattern is pt.EMPTY else "words"


def _odd(pattern: Pattern) -> bool:
    """Say whether a datatype is one that no sample string is kept for."""
    if not isinstance(pattern, pt.Data):
        return False
    return not _facet(pattern) if pattern.facets else pattern.type not in _STRINGS


def _facet(pattern: pt.Data) -> str:
    """Return a sample for a datatype with a facet, by trying."""
    samples = ("word", "3", "1951", "0,0", "x:y", "1951-03-09", "P1D", "50%", "3cm")
    return next((s for s in samples if pattern.facets and matches(pattern, s)), "")


def instances(grammar: Grammar, rounds: int, seed: int = 1937) -> Iterator[bytes]:
    """Yield documents until each element of the grammar has stood in one, `rounds` times over."""
    ways = _ways(grammar)
    for turn in range(rounds):
        maker = Maker(grammar, seed + turn)
        for key in sorted(grammar.elements):
            if key not in maker.made:
                yield etree.tostring(_along(maker, ways[key]))


def _ways(grammar: Grammar) -> dict[str, tuple[str, ...]]:
    """Return for each element the shortest way to it from the root."""
    roots = [s.name for s in pt.first_symbols(grammar.start) if isinstance(s, pt.Ref)]
    ways: dict[str, tuple[str, ...]] = {root: (root,) for root in roots}
    waiting = list(roots)
    while waiting:
        key = waiting.pop(0)
        for part in pt.walk(grammar.elements[key].content):
            if isinstance(part, pt.Ref) and part.name not in ways:
                ways[part.name] = (*ways[key], part.name)
                waiting.append(part.name)
    return ways


def _along(maker: Maker, way: tuple[str, ...]) -> etree._Element:
    """Return a document in which the elements of a way stand one inside the other."""
    root = here = maker.element(way[0], wanted=way[1] if len(way) > 1 else "")
    for position in range(1, len(way)):
        child = next(c for c in here if str(c.tag).endswith(f"}}{way[position]}"))
        wanted = way[position + 1] if position + 1 < len(way) else ""
        new = maker.element(way[position], position, wanted)
        here.replace(child, new)
        here = new
    return root
