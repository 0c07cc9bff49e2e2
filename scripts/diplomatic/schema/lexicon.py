"""What a grammar knows of its elements and attributes, in words: purposes, names, holders."""

from __future__ import annotations

from lxml import etree

from diplomatic.schema import pattern as pt
from diplomatic.schema.grammar import ElementDef, Grammar
from diplomatic.schema.judge import attribute_patterns, symbols
from diplomatic.schema.pattern import Pattern
from diplomatic.schema.words import WRAPPERS, tag_of


class Lexicon:
    """Looks things up in a grammar for explanations."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def definition(self, element: etree._Element) -> ElementDef | None:
        """Return the definition of an element by its name."""
        return self.grammar.by_name.get(str(element.tag))

    def symbol(self, element: etree._Element) -> Pattern:
        """Return the symbol that stands for an element in content models."""
        definition = self.definition(element)
        return pt.ref(definition.key) if definition else pt.NOT_ALLOWED

    def all_names(self) -> list[str]:
        """Return the names of all elements of the grammar."""
        return [name.rpartition("}")[2] for name in self.grammar.by_name]

    def allowed_names(self, holder: ElementDef | None) -> list[str]:
        """Return the names of the elements that a parent may hold."""
        if holder is None:
            return []
        return sorted(s.name for s in symbols(holder.content) if isinstance(s, pt.Ref))

    def holders(self, symbol: Pattern) -> list[str]:
        """Return the names of the elements that may hold this one, the likeliest first."""
        found = [k for k, e in self.grammar.elements.items() if symbol in symbols(e.content)]
        rank = {name: index for index, name in enumerate(WRAPPERS)}
        return sorted(found, key=lambda name: (rank.get(name, len(rank)), name))

    def bearers(self, attribute: str) -> list[str]:
        """Return the names of the elements that have an attribute."""
        return [
            key
            for key, element in self.grammar.elements.items()
            if attribute in attribute_patterns(element.attributes)
        ]

    def wrapper(self, symbol: Pattern, expected: tuple[Pattern, ...]) -> str:
        """Return the likeliest of the elements expected that may hold `symbol`, or nothing."""
        for name in WRAPPERS:
            element = self.grammar.elements.get(name)
            if element and pt.ref(name) in expected and symbol in symbols(element.content):
                return name
        return ""

    def purpose(self, key: str) -> str:
        """Return what an element is for, as an aside in brackets; nothing if that is not known."""
        element = self.grammar.elements.get(key)
        return f" ({element.doc})" if element and element.doc else ""

    def about(self, element: etree._Element) -> str:
        """Return what an element is for, as a sentence."""
        definition = self.definition(element)
        return f"{tag_of(element)} is {definition.doc}." if definition and definition.doc else ""

    def attribute_doc(self, element: etree._Element, attribute: str) -> str:
        """Return what an attribute says, in the words of the ODD."""
        definition = self.definition(element)
        key = definition.key if definition else ""
        return self.grammar.attribute_docs.get(f"{key}/@{attribute}", "")
