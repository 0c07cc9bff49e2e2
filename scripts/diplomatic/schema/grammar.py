"""A RELAX NG grammar in memory: each element's attributes and content, as patterns.

In: a grammar file in the XML syntax of RELAX NG. Out: `Grammar`. TEI grammars are *local*: an
element name has one definition, wherever it stands. That is what lets an explanation go on below
an element that stands in the wrong place, and inclusion be decided element by element; a grammar
which is not local is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.schema import pattern as pt
from diplomatic.schema.pattern import Pattern
from diplomatic.schema.positions import line_of
from diplomatic.xml.names import RNG_NS, XML_NS
from diplomatic.xml.reader import parse_file

_RNG: Final = f"{{{RNG_NS}}}"
_ANNOTATIONS: Final = "{http://relaxng.org/ns/compatibility/annotations/1.0}"
_DOC: Final = f"{_ANNOTATIONS}documentation"


@dataclass(frozen=True)
class Wildcard:
    """Elements of any name, except those of some namespaces and some names."""

    not_namespaces: frozenset[str]
    not_names: frozenset[str]

    def accepts(self, name: str) -> bool:
        """Say whether an element of this qualified name is meant."""
        namespace = name[1:].partition("}")[0] if name.startswith("{") else ""
        return namespace not in self.not_namespaces and name not in self.not_names


@dataclass(frozen=True)
class ElementDef:
    """What the grammar says of one element."""

    key: str
    name: str | Wildcard
    attributes: Pattern
    content: Pattern
    doc: str = ""


@dataclass
class Grammar:
    """A grammar: element definitions by key, and which of them may be the root."""

    start: Pattern
    elements: dict[str, ElementDef]
    by_name: dict[str, ElementDef] = field(default_factory=dict)
    attribute_docs: dict[str, str] = field(default_factory=dict)
    other_names: frozenset[str] = frozenset()
    """Names of TEI elements that this grammar leaves out, where the file lists them."""
    _wildcards: dict[Pattern, list[tuple[ElementDef, Wildcard]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for element in self.elements.values():
            if isinstance(element.name, str):
                self.by_name[element.name] = element

    def candidates(self, content: Pattern, name: str) -> list[ElementDef]:
        """Return the definitions that an element of this name may have inside `content`."""
        own = self.by_name.get(name)
        found = [own] if own else []
        found += [wild for wild, names in self._wildcards_in(content) if names.accepts(name)]
        return found

    def _wildcards_in(self, content: Pattern) -> list[tuple[ElementDef, Wildcard]]:
        """Return the elements of any name that a content model mentions."""
        if content not in self._wildcards:
            mentioned = [self.elements[p.name] for p in pt.walk(content) if isinstance(p, pt.Ref)]
            self._wildcards[content] = [
                (element, element.name)
                for element in mentioned
                if isinstance(element.name, Wildcard)
            ]
        return self._wildcards[content]


class _Reader:
    """Turns the definitions of a grammar file into patterns."""

    def __init__(self, root: etree._Element, name: str) -> None:
        self.root = root
        self.name = name
        self.defines = {d.get("name", ""): d for d in root.findall(f"{_RNG}define")}
        self.elements: dict[str, ElementDef] = {}
        self._named: dict[str, Pattern] = {}
        self._waiting: list[tuple[str, etree._Element]] = []

    def read_start(self, start: etree._Element) -> Pattern:
        """Return the pattern of the start, and read every element that it leads to."""
        pattern = self._sequence(start)
        while self._waiting:
            key, node = self._waiting.pop()
            self.elements[key] = self._element(key, node)
        return pattern

    def broken(self, node: etree._Element, message: str) -> DiplomaticError:
        """Return the error for something in the file that cannot be used."""
        place = Place(self.name, line_of(node))
        return DiplomaticError(Finding("D150", message, place))

    def named(self, name: str, user: etree._Element) -> Pattern:
        """Return the pattern of a definition; an element becomes a Ref."""
        if name not in self._named:
            define = self.defines.get(name)
            if define is None:
                raise self.broken(user, f"the grammar has no definition “{name}”")
            elements = define.findall(f"{_RNG}element")
            if elements:
                self._named[name] = pt.ref(name)
                self._waiting.append((name, elements[0]))  # later: its content may mention itself
            else:
                self._named[name] = self._sequence(define)
        return self._named[name]

    def _element(self, key: str, node: etree._Element) -> ElementDef:
        """Return the definition that an element pattern makes."""
        parts = [self._read(c) for c in _patterns(node)]
        attributes = [p for p in parts if has_attribute(p)]
        content = [p for p in parts if not has_attribute(p)]
        for mixed in attributes:
            if any(isinstance(p, pt.Ref) or p is pt.TEXT for p in _outside_values(mixed)):
                raise self.broken(node, f"attributes and content of {key} depend on each other")
        return ElementDef(
            key,
            self._element_name(node),
            pt.sequence(attributes),
            pt.sequence(content),
            node.findtext(_DOC, ""),
        )

    def _element_name(self, node: etree._Element) -> str | Wildcard:
        """Return the qualified name, or the name class, of an element pattern."""
        local = node.get("name")
        if local is not None:
            return f"{{{_inherited(node, 'ns')}}}{local}"
        spaces = node.findall(f"{_RNG}anyName/{_RNG}except/{_RNG}nsName")
        names = node.findall(f"{_RNG}anyName/{_RNG}except/{_RNG}name")
        return Wildcard(
            frozenset(s.get("ns", "") for s in spaces),
            frozenset(f"{{{n.get('ns', '')}}}{(n.text or '').strip()}" for n in names),
        )

    def _sequence(self, node: etree._Element) -> Pattern:
        """Return the patterns inside a node, one after another."""
        return pt.sequence(self._read(child) for child in _patterns(node))

    def _read(self, node: etree._Element) -> Pattern:  # one branch for each kind of pattern
        """Return the pattern of one node."""
        match etree.QName(node).localname:
            case "ref":
                return self.named(node.get("name", ""), node)
            case "choice":
                return pt.choice(self._read(child) for child in _patterns(node))
            case "group":
                return self._sequence(node)
            case "optional":
                return pt.optional(self._sequence(node))
            case "zeroOrMore":
                return pt.zero_or_more(self._sequence(node))
            case "oneOrMore":
                return pt.one_or_more(self._sequence(node))
            case "list":
                return pt.token_list(self._sequence(node))
            case "attribute":
                return self._attribute(node)
            case _:
                return self._leaf(node)

    def _attribute(self, node: etree._Element) -> Pattern:
        """Return the pattern of an attribute."""
        if node.get("name") is None:
            return pt.attribute("*", pt.TEXT)
        inner = self._sequence(node) if _patterns(node) else pt.TEXT
        return pt.attribute(attribute_name(node), inner)

    def _leaf(self, node: etree._Element) -> Pattern:
        """Return the pattern of a node that holds no other pattern."""
        match etree.QName(node).localname:
            case "empty":
                return pt.EMPTY
            case "text":
                return pt.TEXT
            case "notAllowed":
                return pt.NOT_ALLOWED
            case "value":
                return pt.value(" ".join((node.text or "").split()))
            case "data":
                params = node.findall(f"{_RNG}param")
                facets = tuple((p.get("name", ""), p.text or "") for p in params)
                return pt.data(node.get("type", ""), facets)
            case "anyName":
                return pt.EMPTY
            case other:
                raise self.broken(node, f"“{other}” in a grammar is not understood")


def _patterns(node: etree._Element) -> list[etree._Element]:
    """Return the children that are RELAX NG, annotations left out."""
    return [c for c in node if isinstance(c.tag, str) and c.tag.startswith(_RNG)]


def attribute_name(node: etree._Element) -> str:
    """Return the qualified name of an attribute pattern."""
    local = node.get("name", "")
    if local.startswith("xml:"):
        return f"{{{XML_NS}}}{local[4:]}"
    space = node.get("ns", "")
    return f"{{{space}}}{local}" if space else local


def _inherited(node: etree._Element, name: str) -> str:
    """Return an attribute of a node or of its nearest ancestor that has it."""
    found = node.xpath(f"string(ancestor-or-self::*[@{name}][1]/@{name})")
    return str(found)


@cache
def has_attribute(pattern: Pattern) -> bool:
    """Say whether a pattern holds an attribute pattern."""
    if isinstance(pattern, pt.Attribute):
        return True
    return any(has_attribute(part) for part in pattern.parts())


def _outside_values(pattern: Pattern) -> list[Pattern]:
    """Return the parts of a pattern, what is inside attributes left out."""
    if isinstance(pattern, pt.Attribute):
        return [pattern]
    return [pattern, *(p for part in pattern.parts() for p in _outside_values(part))]


def read_grammar(root: etree._Element, name: str) -> Grammar:
    """Read a parsed grammar; `name` is what findings call it.

    Raises:
        DiplomaticError: D150, the grammar uses what is not supported, or is not local.
    """
    reader = _Reader(root, name)
    start = root.find(f"{_RNG}start")
    if start is None:
        raise reader.broken(root, "the grammar has no start")
    pattern = reader.read_start(start)
    left_out = frozenset(root.get(f"{_ANNOTATIONS}left-out", "").split())
    docs = _attribute_docs(reader)
    grammar = Grammar(pattern, reader.elements, attribute_docs=docs, other_names=left_out)
    named = [e for e in grammar.elements.values() if isinstance(e.name, str)]
    if len(named) != len(grammar.by_name):
        raise reader.broken(root, "an element name has two definitions: the grammar is not local")
    return grammar


def _attribute_docs(reader: _Reader) -> dict[str, str]:
    """Return what attributes say, by `element/@attribute`, where the grammar documents it."""
    docs: dict[str, str] = {}
    for key in reader.elements:
        for ref in reader.defines[key].iterfind(f"{_RNG}element/{_RNG}ref"):
            for node in reader.defines[ref.get("name", "")].iter(f"{_RNG}attribute"):
                if text := node.findtext(_DOC, ""):
                    docs[f"{key}/@{attribute_name(node)}"] = text
    return docs


@cache
def load_grammar(path: Path) -> Grammar:
    """Read a grammar file, once in this process.

    Raises:
        DiplomaticError: as `read_grammar`; D012, D100 from reading.
    """
    return read_grammar(parse_file(path).getroot(), str(path))
