"""Patterns of RELAX NG, and their derivatives.

A content model is a regular expression over element names and text. Three things are done with
it here: restricting a grammar (`customise`), judging a sequence of children (`explain`), and
proving that one grammar accepts nothing that another refuses (`inclusion`). All three rest on the
derivative of a pattern: what may still follow when one child has been read
(Brzozowski 1964; for RELAX NG: James Clark, "An algorithm for RELAX NG validation").

Patterns are made by the functions below only, which simplify and share: equal patterns are the
same object, so derivatives can be remembered by identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, eq=False, repr=False)
class Pattern:
    """A pattern; subclasses say which. Compare with `is`."""

    nullable: bool

    def parts(self) -> tuple[Pattern, ...]:
        """Return the patterns directly inside this one."""
        return ()


@dataclass(frozen=True, eq=False, repr=False)
class Leaf(Pattern):
    """Nothing at all (`EMPTY`), what cannot be (`NOT_ALLOWED`), or character data (`TEXT`)."""

    name: str


@dataclass(frozen=True, eq=False, repr=False)
class Ref(Pattern):
    """One element, by the name of its definition in the grammar."""

    name: str


@dataclass(frozen=True, eq=False, repr=False)
class Choice(Pattern):
    """One of several patterns."""

    options: tuple[Pattern, ...]

    def parts(self) -> tuple[Pattern, ...]:
        """Return the options."""
        return self.options


@dataclass(frozen=True, eq=False, repr=False)
class Group(Pattern):
    """One pattern, then another."""

    first: Pattern
    rest: Pattern

    def parts(self) -> tuple[Pattern, ...]:
        """Return the two patterns."""
        return (self.first, self.rest)


@dataclass(frozen=True, eq=False, repr=False)
class OneOrMore(Pattern):
    """A pattern, once or several times."""

    inner: Pattern

    def parts(self) -> tuple[Pattern, ...]:
        """Return the repeated pattern."""
        return (self.inner,)


@dataclass(frozen=True, eq=False, repr=False)
class TokenList(Pattern):
    """A string that is a list of tokens separated by blanks."""

    inner: Pattern

    def parts(self) -> tuple[Pattern, ...]:
        """Return the pattern of the tokens."""
        return (self.inner,)


@dataclass(frozen=True, eq=False, repr=False)
class Data(Pattern):
    """A string of an XML Schema datatype, perhaps with facets."""

    type: str
    facets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False, repr=False)
class Value(Pattern):
    """One particular string."""

    value: str


@dataclass(frozen=True, eq=False, repr=False)
class Attribute(Pattern):
    """An attribute: its qualified name (`*` for any) and the pattern of its value."""

    name: str
    value: Pattern

    def parts(self) -> tuple[Pattern, ...]:
        """Return the pattern of the value."""
        return (self.value,)


EMPTY: Final = Leaf(True, "empty")
NOT_ALLOWED: Final = Leaf(False, "notAllowed")
TEXT: Final = Leaf(True, "text")


@cache
def ref(name: str) -> Ref:
    """Return the pattern of an element."""
    return Ref(False, name)


@cache
def data(type_: str, facets: tuple[tuple[str, str], ...] = ()) -> Data:
    """Return the pattern of a datatype."""
    return Data(False, type_, facets)


@cache
def value(text: str) -> Value:
    """Return the pattern of one string."""
    return Value(False, text)


@cache
def _attribute(name: str, inner: Pattern) -> Attribute:
    """Return the one attribute pattern of these parts."""
    return Attribute(False, name, inner)


def attribute(name: str, inner: Pattern) -> Pattern:
    """Return the pattern of an attribute; what can have no value cannot be."""
    return NOT_ALLOWED if inner is NOT_ALLOWED else _attribute(name, inner)


@cache
def token_list(inner: Pattern) -> Pattern:
    """Return the pattern of a list of tokens."""
    return NOT_ALLOWED if inner is NOT_ALLOWED else TokenList(False, inner)


@cache
def group(first: Pattern, rest: Pattern) -> Pattern:
    """Return `first`, then `rest`, simplified; groups lean to the right."""
    if first is NOT_ALLOWED or rest is NOT_ALLOWED:
        return NOT_ALLOWED
    if first is EMPTY:
        return rest
    if rest is EMPTY:
        return first
    if isinstance(first, Group):
        return group(first.first, group(first.rest, rest))
    return Group(first.nullable and rest.nullable, first, rest)


def sequence(items: Iterable[Pattern]) -> Pattern:
    """Return the patterns one after another."""
    result: Pattern = EMPTY
    for item in reversed(list(items)):
        result = group(item, result)
    return result


def _options(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the alternatives that a pattern offers."""
    if isinstance(pattern, Choice):
        yield from pattern.options
    elif pattern is not NOT_ALLOWED:
        yield pattern


_choices: dict[frozenset[int], Choice] = {}


def choice(items: Iterable[Pattern]) -> Pattern:
    """Return the choice of patterns: flat, without repetition, the order of first mention kept."""
    options: dict[int, Pattern] = {}
    for item in items:
        options.update((id(option), option) for option in _options(item))
    if len(options) > 1 and any(o.nullable and o is not EMPTY for o in options.values()):
        options.pop(id(EMPTY), None)
    if not options:
        return NOT_ALLOWED
    if len(options) == 1:
        return next(iter(options.values()))
    key = frozenset(options)
    if key not in _choices:
        kept = tuple(options.values())
        _choices[key] = Choice(any(o.nullable for o in kept), kept)
    return _choices[key]


def _unstarred(pattern: Pattern) -> Pattern:
    """Return a pattern whose repetition equals the repetition of this one, with fewer loops."""
    if isinstance(pattern, OneOrMore):
        return _unstarred(pattern.inner)
    if isinstance(pattern, Choice):
        return choice(_unstarred(option) for option in pattern.options)
    if isinstance(pattern, Group) and pattern.nullable:
        return choice([_unstarred(pattern.first), _unstarred(pattern.rest), EMPTY])
    return pattern


@cache
def _repeated(inner: Pattern) -> Pattern:
    """Return the one pattern that repeats this one."""
    return OneOrMore(inner.nullable, inner)


def one_or_more(inner: Pattern) -> Pattern:
    """Return a pattern repeated, loops inside loops taken out."""
    plain = _unstarred(inner)
    if plain in (EMPTY, NOT_ALLOWED, TEXT):
        return plain
    if isinstance(plain, Choice) and EMPTY in plain.options:
        loop = one_or_more(choice(o for o in plain.options if o is not EMPTY))
        return choice([loop, EMPTY])
    return _repeated(plain)


def optional(inner: Pattern) -> Pattern:
    """Return a pattern that may be absent."""
    return choice([inner, EMPTY])


def zero_or_more(inner: Pattern) -> Pattern:
    """Return a pattern that may be absent or repeated."""
    return optional(one_or_more(inner))


def substitute(pattern: Pattern, change: Callable[[Pattern], Pattern | None]) -> Pattern:
    """Return a pattern rebuilt with parts replaced.

    `change` gives the replacement of a part, or None to look inside it. If every replacement
    accepts no more than the part it replaces, the result accepts no more than the original:
    patterns have no negation, so every operator is monotone.
    """
    seen: dict[Pattern, Pattern] = {}

    def rebuild(part: Pattern) -> Pattern:
        if part not in seen:
            changed = change(part)
            seen[part] = _rebuilt(part, rebuild) if changed is None else changed
        return seen[part]

    return rebuild(pattern)


def _rebuilt(pattern: Pattern, inside: Callable[[Pattern], Pattern]) -> Pattern:
    """Return a pattern of the same kind whose parts went through `inside`."""
    match pattern:
        case Choice():
            return choice(inside(option) for option in pattern.options)
        case Group():
            return group(inside(pattern.first), inside(pattern.rest))
        case OneOrMore():
            return one_or_more(inside(pattern.inner))
        case TokenList():
            return token_list(inside(pattern.inner))
        case Attribute():
            return attribute(pattern.name, inside(pattern.value))
        case _:
            return pattern


@cache
def derivative(pattern: Pattern, symbol: Pattern) -> Pattern:
    """Return what may follow in `pattern` once `symbol` (a Ref, or TEXT) has been read."""
    match pattern:
        case Ref():
            return EMPTY if pattern is symbol else NOT_ALLOWED
        case Leaf():
            return TEXT if pattern is TEXT and symbol is TEXT else NOT_ALLOWED
        case Choice():
            return choice(derivative(option, symbol) for option in pattern.options)
        case OneOrMore():
            return group(derivative(pattern.inner, symbol), optional(pattern))
        case Group():
            after = group(derivative(pattern.first, symbol), pattern.rest)
            if not pattern.first.nullable:
                return after
            return choice([after, derivative(pattern.rest, symbol)])
        case _:
            return NOT_ALLOWED


def walk(pattern: Pattern) -> Iterator[Pattern]:
    """Yield a pattern and everything inside it, each once, in order."""
    seen: set[Pattern] = set()
    stack = [pattern]
    while stack:
        part = stack.pop()
        if part not in seen:
            seen.add(part)
            yield part
            stack.extend(reversed(part.parts()))


@cache
def first_symbols(pattern: Pattern) -> tuple[Pattern, ...]:
    """Return the symbols (Refs and TEXT) that may come first in a pattern."""
    match pattern:
        case Ref():
            return (pattern,)
        case Leaf():
            return (TEXT,) if pattern is TEXT else ()
        case Choice():
            found = [first_symbols(option) for option in pattern.options]
        case OneOrMore():
            found = [first_symbols(pattern.inner)]
        case Group() if pattern.first.nullable:
            found = [first_symbols(pattern.first), first_symbols(pattern.rest)]
        case Group():
            found = [first_symbols(pattern.first)]
        case _:
            found = []
    return tuple(dict.fromkeys(symbol for symbols in found for symbol in symbols))
