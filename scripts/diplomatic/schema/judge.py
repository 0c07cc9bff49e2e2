"""One element against a grammar: which attribute or child is at fault, and what was expected.

In: an element and its definition. Out: `Fault`s, in the order of the file, without words. Each
element is judged by itself, so a fault does not cascade into its children or its parents; inside
an element, what cannot stand there is passed over, and after a fault in the order nothing more is
said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from lxml import etree

from diplomatic.schema import pattern as pt
from diplomatic.schema.datatypes import matches
from diplomatic.schema.grammar import ElementDef, Grammar
from diplomatic.schema.pattern import Pattern


@dataclass(frozen=True)
class Fault:
    """One thing that the grammar refuses.

    `child` is the child element or text at fault (its slot: how many elements stand before it);
    `expected` is what could have stood there; `missing` is what should have stood before it.
    """

    kind: str
    element: etree._Element
    child: etree._Element | None = None
    slot: int = 0
    text: str = ""
    attribute: str = ""
    value: Pattern | None = None
    expected: tuple[Pattern, ...] = ()
    missing: Pattern | None = None


@dataclass(frozen=True)
class _Node:
    """One child that a content model judges: an element, or text that is not blank."""

    symbol: Pattern | None
    element: etree._Element | None
    slot: int
    text: str


def symbols(pattern: Pattern) -> frozenset[Pattern]:
    """Return every element and text that a content model mentions."""
    return _symbols(pattern)


@cache
def _symbols(pattern: Pattern) -> frozenset[Pattern]:
    """Return the symbols of a pattern (remembered)."""
    return frozenset(p for p in pt.walk(pattern) if isinstance(p, pt.Ref) or p is pt.TEXT)


@cache
def _is_string(pattern: Pattern) -> bool:
    """Say whether a content model is character data of a certain form."""
    return any(isinstance(p, pt.Data | pt.Value | pt.TokenList) for p in pt.walk(pattern))


def judge_element(
    grammar: Grammar, element: etree._Element, definition: ElementDef
) -> Iterator[Fault]:
    """Yield the faults of one element's attributes and content."""
    yield from _judge_attributes(element, definition)
    yield from _judge_content(grammar, element, definition.content)


# --- attributes ---------------------------------------------------------------------------


@cache
def after_attribute(pattern: Pattern, accepted: frozenset[Pattern]) -> Pattern:
    """Return what attributes may follow once one of the accepted patterns has been met."""
    match pattern:
        case pt.Attribute():
            return pt.EMPTY if pattern in accepted else pt.NOT_ALLOWED
        case pt.Choice():
            return pt.choice(after_attribute(option, accepted) for option in pattern.options)
        case pt.OneOrMore():
            return pt.group(after_attribute(pattern.inner, accepted), pt.optional(pattern))
        case pt.Group():
            first = pt.group(after_attribute(pattern.first, accepted), pattern.rest)
            rest = pt.group(pattern.first, after_attribute(pattern.rest, accepted))
            return pt.choice([first, rest])
        case _:
            return pt.NOT_ALLOWED


@cache
def attribute_patterns(pattern: Pattern) -> dict[str, tuple[pt.Attribute, ...]]:
    """Return the attributes that a pattern mentions, by qualified name (`*` for any)."""
    found: dict[str, tuple[pt.Attribute, ...]] = {}
    for part in pt.walk(pattern):
        if isinstance(part, pt.Attribute):
            found[part.name] = (*found.get(part.name, ()), part)
    return found


def _judge_attributes(element: etree._Element, definition: ElementDef) -> Iterator[Fault]:
    """Yield the faults of an element's attributes."""
    known = attribute_patterns(definition.attributes)
    state, strangers = definition.attributes, []
    for key, raw in element.attrib.items():
        name, value = str(key), str(raw)
        patterns = known.get(name) or known.get("*", ())
        if not patterns:
            strangers.append(name)
            yield Fault("attribute-unknown", element, attribute=name, text=value)
            continue
        accepted = frozenset(p for p in patterns if matches(p.value, value))
        if not accepted:
            wanted = pt.choice(p.value for p in patterns)
            yield Fault("value", element, attribute=name, text=value, value=wanted)
            accepted = frozenset(patterns)
        after = after_attribute(state, accepted)
        if after is pt.NOT_ALLOWED:
            yield Fault("attribute-conflict", element, attribute=name, text=value)
        else:
            state = after
    for fault in () if state.nullable else _missing_attributes(element, state):
        # A misspelt attribute has been reported: the one it stands for is not missing as well.
        if not get_close_matches(fault.attribute, strangers, 1):
            yield fault


def _missing_attributes(element: etree._Element, state: Pattern) -> Iterator[Fault]:
    """Yield a fault for each attribute that is required and absent."""
    while isinstance(state, pt.Group):
        if not state.first.nullable:
            yield from _missing_attributes(element, state.first)
        state = state.rest
    if not state.nullable:
        names = list(attribute_patterns(state))
        wanted = attribute_patterns(state)[names[0]][0].value
        yield Fault("attribute-missing", element, attribute=" ".join(names), value=wanted)


# --- content ------------------------------------------------------------------------------


def _nodes(grammar: Grammar, element: etree._Element, content: Pattern) -> Iterator[_Node]:
    """Yield the children of an element that a content model judges."""
    words, slot = element.text or "", 0
    for child in element:
        if isinstance(child.tag, str):
            if words.strip():
                yield _Node(pt.TEXT, None, slot, words)
            candidates = grammar.candidates(content, child.tag)
            symbol = pt.ref(candidates[0].key) if candidates else None
            yield _Node(symbol, child, slot, "")
            words, slot = "", slot + 1
        words += child.tail or ""
    if words.strip():
        yield _Node(pt.TEXT, None, slot, words)


def _judge_content(grammar: Grammar, element: etree._Element, content: Pattern) -> Iterator[Fault]:
    """Yield the faults in the sequence of an element's children."""
    if _is_string(content) and not len(element):
        if not matches(content, element.text or ""):
            yield Fault("content", element, text=element.text or "", value=content)
        return
    state, passed_over, strangers = content, False, False
    said: set[Pattern | None] = set()
    for node in _nodes(grammar, element, content):
        after = pt.derivative(state, node.symbol) if node.symbol else pt.NOT_ALLOWED
        if after is not pt.NOT_ALLOWED:
            state = after
            continue
        passed_over = True
        if node.symbol is None:
            strangers = True  # it is reported where it is judged itself
            continue
        if node.symbol in said or (strangers and node.symbol in symbols(content)):
            continue  # nobody knows what the stranger stands for: order cannot be judged
        said.add(node.symbol)
        fault = _misplaced(element, node, state, content)
        yield fault
        if fault.kind in ("missing-before", "order", "repeated"):
            return
    if not state.nullable and not passed_over:
        yield Fault("incomplete", element, expected=required_first(state))


def _misplaced(element: etree._Element, node: _Node, state: Pattern, content: Pattern) -> Fault:
    """Return the fault of a child that cannot stand where it does."""
    first = pt.first_symbols(state)
    kind, missing = "not-here", None
    if node.symbol is pt.TEXT:
        kind = "text"
    elif node.symbol in symbols(content):
        kind = "order"
        wanted = required_first(state) if not state.nullable else ()
        before = [
            s
            for s in wanted
            if pt.derivative(pt.derivative(state, s), _of(node)) is not pt.NOT_ALLOWED
        ]
        if before:
            kind, missing = "missing-before", before[0]
        elif _stood_before(element, node):
            kind = "repeated"
    return Fault(kind, element, node.element, node.slot, node.text, expected=first, missing=missing)


def _of(node: _Node) -> Pattern:
    """Return the symbol of a node that has one."""
    return node.symbol or pt.NOT_ALLOWED


def _stood_before(element: etree._Element, node: _Node) -> bool:
    """Say whether a sibling of the same name stands before a child."""
    if node.element is None:
        return False
    return any(s.tag == node.element.tag for s in node.element.itersiblings(preceding=True))


def required_first(state: Pattern) -> tuple[Pattern, ...]:
    """Return the symbols that bring a content model nearer to its end, where one is required."""
    first = pt.first_symbols(state)
    moving = tuple(s for s in first if pt.derivative(state, s) is not state)
    return moving or first
