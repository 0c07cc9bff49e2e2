"""Whether a string has the form that a pattern asks for: values, datatypes, lists of tokens.

The datatypes are those of XML Schema; libxml2 judges them, so that a value is never accepted here
and refused by the compiled grammar.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from lxml import etree

from diplomatic.schema import pattern as pt
from diplomatic.schema.pattern import Pattern
from diplomatic.xml.names import RNG_NS

_LIBRARY: Final = "http://www.w3.org/2001/XMLSchema-datatypes"


@cache
def _validator(data: pt.Data) -> etree.RelaxNG:
    """Return a grammar of one element whose content is this datatype."""
    element = etree.Element(f"{{{RNG_NS}}}element", name="v", datatypeLibrary=_LIBRARY)
    node = etree.SubElement(element, f"{{{RNG_NS}}}data", type=data.type)
    for name, text in data.facets:
        etree.SubElement(node, f"{{{RNG_NS}}}param", name=name).text = text
    return etree.RelaxNG(element)


@cache
def _is_data(data: pt.Data, text: str) -> bool:
    """Say whether a string is of a datatype."""
    element = etree.Element("v")
    element.text = text
    return bool(_validator(data).validate(element))


def matches(pattern: Pattern, text: str) -> bool:
    """Say whether the whole of a string matches a pattern of character data."""
    match pattern:
        case pt.Data():
            return _is_data(pattern, text)
        case pt.Value():
            return pattern.value == " ".join(text.split())
        case pt.Choice():
            return any(matches(option, text) for option in pattern.options)
        case pt.TokenList():
            return _match_tokens(pattern.inner, text.split())
        case pt.Group():
            return pattern.nullable and not text.strip()
        case pt.OneOrMore():
            return matches(pattern.inner, text)
        case _:
            return pattern is pt.TEXT or (pattern is pt.EMPTY and not text.strip())


def _match_tokens(pattern: Pattern, tokens: list[str]) -> bool:
    """Say whether a list of tokens matches a pattern."""
    for token in tokens:
        pattern = after_token(pattern, token)
    return pattern.nullable


def after_token(pattern: Pattern, token: str) -> Pattern:
    """Return what may follow in a pattern once a token has been read."""
    match pattern:
        case pt.Choice():
            return pt.choice(after_token(option, token) for option in pattern.options)
        case pt.OneOrMore():
            return pt.group(after_token(pattern.inner, token), pt.optional(pattern))
        case pt.Group():
            after = pt.group(after_token(pattern.first, token), pattern.rest)
            if not pattern.first.nullable:
                return after
            return pt.choice([after, after_token(pattern.rest, token)])
        case _:
            return pt.EMPTY if matches(pattern, token) else pt.NOT_ALLOWED


def known_values(pattern: Pattern) -> list[str] | None:
    """Return the strings of a closed list, sorted; None where other strings are allowed too."""
    values = []
    for part in pt.walk(pattern):
        if isinstance(part, pt.Data) or part is pt.TEXT:
            return None
        if isinstance(part, pt.Value):
            values.append(part.value)
    return sorted(values)
