"""Grammar findings in words: what is wrong, what was expected, the nearest name, how to mend it.

libxml2 says *that* a document is invalid; this module says why. It walks the content models of
the compiled grammar itself (`judge`) and puts each fault into a sentence with a hint. What an
element is for comes from the ODD, through the grammar's documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from diplomatic.findings import Finding, Place, limited
from diplomatic.schema import pattern as pt
from diplomatic.schema.explain_attributes import explain_attribute
from diplomatic.schema.grammar import ElementDef, Grammar
from diplomatic.schema.judge import Fault, judge_element, symbols
from diplomatic.schema.lexicon import Lexicon
from diplomatic.schema.positions import Positions, Spot
from diplomatic.schema.words import (
    form_of,
    is_element,
    listed,
    listed_names,
    name_of,
    nearest,
    shortened,
    some,
    tag_of,
    transcript_line,
)
from diplomatic.xml.names import TEI_NS

_CODES: Final = {
    "not-here": "D105",
    "order": "D106",
    "missing-before": "D107",
    "repeated": "D118",
}


class Explainer:
    """Explains what a grammar refuses in a document."""

    def __init__(self, grammar: Grammar, positions: Positions, name: str) -> None:
        self.grammar = grammar
        self.lexicon = Lexicon(grammar)
        self.positions = positions
        self.name = name
        self.order: dict[etree._Element, int] = {}

    def explain(self, root: etree._Element) -> list[Finding]:
        """Return a finding for each fault, in the order of the file; D121 after too many."""
        self.order = {element: index for index, element in enumerate(root.iter(etree.Element))}
        return limited(self._faults(root), self.name)

    def _faults(self, root: etree._Element) -> Iterator[Finding]:
        """Yield a finding for each fault."""
        yield from self._root(root)
        known: dict[etree._Element, ElementDef | None] = {}
        for element in self.order:
            parent = element.getparent()
            holder = known.get(parent) if parent is not None else None
            content = holder.content if holder is not None else pt.EMPTY
            candidates = self.grammar.candidates(content, str(element.tag))
            known[element] = definition = candidates[0] if candidates else None
            if definition is None:
                yield from self._unknown(element, holder)
            else:
                yield from map(self._say, judge_element(self.grammar, element, definition))

    # --- places

    def _place(self, element: etree._Element, spot: Spot) -> Place:
        """Return the place of a spot in the file, and the line of the transcript it came from."""
        return Place(self.name, spot[0], spot[1], transcript_line(element))

    def _at(self, element: etree._Element) -> Place:
        """Return the place of an element's start tag."""
        return self._place(element, self.positions.start(self.order[element]))

    def _at_attribute(self, fault: Fault) -> Place:
        """Return the place of the attribute at fault, or of the tag that should have it."""
        local = fault.attribute.rpartition("}")[2]
        spot = self.positions.attribute(self.order[fault.element], local)
        return self._place(fault.element, spot)

    # --- elements that the grammar does not have

    def _root(self, root: etree._Element) -> Iterator[Finding]:
        """Yield a finding if the outermost element cannot be one."""
        allowed = pt.first_symbols(self.grammar.start)
        if self.lexicon.definition(root) and self.lexicon.symbol(root) not in allowed:
            message = f"the file begins with {tag_of(root)}; a file begins with {listed(allowed)}"
            yield Finding("D116", message, self._at(root))

    def _unknown(self, element: etree._Element, holder: ElementDef | None) -> list[Finding]:
        """Return the finding for an element that the grammar does not have."""
        name, parent = etree.QName(element), element.getparent()
        if name.namespace != TEI_NS:
            if parent is not None and holder is None:
                return []  # the element around it has been reported
            space = f"the namespace {name.namespace}" if name.namespace else "no namespace"
            message = f"{tag_of(element)} is in {space}, and the text is in TEI's"
            hint = f'Write xmlns="{TEI_NS}" on the outermost element, and no other on this one.'
            if name.namespace:
                hint = "Say the same with an element of TEI, or take it out."
            return [Finding("D104", message, self._at(element), hint)]
        inside = f", here in {tag_of(parent)}" if parent is not None else ""
        if name.localname in self.grammar.other_names:
            message = f"<{name.localname}> is TEI, but no element of this edition{inside}"
            return [Finding("D103", message, self._at(element), self._instead(holder))]
        allowed, every = self.lexicon.allowed_names(holder), self.lexicon.all_names()
        near = nearest(name.localname, allowed) or nearest(name.localname, every)
        hint = f"Did you mean <{near}>{self.lexicon.purpose(near)}?" if near else ""
        message = f"there is no element <{name.localname}>{inside}"
        return [Finding("D102", message, self._at(element), hint)]

    def _instead(self, holder: ElementDef | None) -> str:
        """Return the hint for an element of TEI that this edition leaves out."""
        if holder is None:
            return ""
        refs = tuple(s for s in symbols(holder.content) if isinstance(s, pt.Ref))
        return f"Use an element of the edition instead: <{holder.key}> may hold {listed(refs)}."

    # --- faults inside an element

    def _say(self, fault: Fault) -> Finding:
        """Return the finding for a fault."""
        match fault.kind:
            case "content":
                return self._content(fault)
            case "incomplete":
                return self._incomplete(fault)
            case "text":
                return self._text(fault)
            case kind if kind in _CODES:
                return self._child(fault, fault.child if fault.child is not None else fault.element)
            case _:
                return explain_attribute(self.lexicon, fault, self._at_attribute(fault))

    def _child(self, fault: Fault, child: etree._Element) -> Finding:
        """Return the finding for a child element that cannot stand where it does."""
        parent = fault.element
        inside = f"{tag_of(child)} inside {tag_of(parent)}"
        expected = f"expected here: {listed(fault.expected)}"
        if not fault.expected:
            expected = f"nothing more may stand in {tag_of(parent)}"
        previous = child.getprevious()
        after = f" after {tag_of(previous)}" if is_element(previous) else ""
        if fault.kind == "missing-before":
            before = name_of(fault.missing)
            message = f"{inside}: {before} is missing before it"
            hint = f"Put {before}{self.lexicon.purpose(before[1:-1])} before {tag_of(child)}."
        elif fault.kind == "order":
            message = f"{inside} may not stand{after}; {expected}"
            hint = self._order_hint(child, parent)
        elif fault.kind == "repeated":
            message = f"a second {inside} may not stand{after}; {expected}"
            hint = f"Keep one {tag_of(child)}, or put this one elsewhere."
            hint = self._order_hint(child, parent) or hint
        else:
            message = f"{inside} is not allowed; {expected}"
            hint = self._move_hint(child, parent, fault)
        hint = f"{hint} {self.lexicon.about(child)}".strip()
        return Finding(_CODES[fault.kind], message, self._at(child), hint)

    def _order_hint(self, child: etree._Element, parent: etree._Element) -> str:
        """Return before which sibling a child would have to stand; nothing if there is none."""
        definition = self.lexicon.definition(parent)
        symbol = self.lexicon.symbol(child)
        state = definition.content if definition else pt.NOT_ALLOWED
        for sibling in parent.iterchildren(etree.Element):
            if sibling is child:
                break
            after = pt.derivative(state, self.lexicon.symbol(sibling))
            if sibling.tag == child.tag:
                return ""
            could_stand = pt.derivative(state, symbol) is not pt.NOT_ALLOWED
            if could_stand and symbol not in symbols(after):
                return f"Put {tag_of(child)} before {tag_of(sibling)}."
            state = state if after is pt.NOT_ALLOWED else after
        return ""

    def _move_hint(self, child: etree._Element, parent: etree._Element, fault: Fault) -> str:
        """Return where a child that its parent may not hold could go."""
        symbol = self.lexicon.symbol(child)
        near = nearest(
            etree.QName(child).localname, [s.name for s in fault.expected if isinstance(s, pt.Ref)]
        )
        if near:
            return f"Did you mean <{near}>{self.lexicon.purpose(near)}?"
        wrapper = self.lexicon.wrapper(symbol, fault.expected)
        if wrapper:
            return f"Put it into {some(wrapper)}{self.lexicon.purpose(wrapper)}."
        for ancestor in parent.iterancestors():
            definition = self.lexicon.definition(ancestor)
            if definition and symbol in symbols(definition.content):
                return f"Move it out of {tag_of(parent)}, into {tag_of(ancestor)}."
        return f"It may stand in {listed_names(self.lexicon.holders(symbol))}."

    def _text(self, fault: Fault) -> Finding:
        """Return the finding for words where only elements may stand."""
        parent = fault.element
        spot = self.positions.text(self.order[parent], fault.slot)
        message = f"the words “{shortened(fault.text)}” stand directly in {tag_of(parent)}"
        if fault.expected:
            message += f"; expected here: {listed(fault.expected)}"
        wrapper = self.lexicon.wrapper(pt.TEXT, fault.expected)
        hint = "Put them into one of the elements that may stand here, or take them out."
        if wrapper:
            hint = f"Put them into {some(wrapper)}{self.lexicon.purpose(wrapper)}."
        return Finding("D109", message, self._place(parent, spot), hint)

    def _incomplete(self, fault: Fault) -> Finding:
        """Return the finding for an element whose end comes too early."""
        element = fault.element
        what = "ends too early" if len(element) else "is empty"
        message = f"{tag_of(element)} {what}; still to come: {listed(fault.expected)}"
        names = [s.name for s in fault.expected if isinstance(s, pt.Ref)]
        hint = self.lexicon.about(element)
        if len(names) == 1:
            hint = f"Add <{names[0]}>{self.lexicon.purpose(names[0])}. {hint}".strip()
        spot = self.positions.end(self.order[element])
        return Finding("D108", message, self._place(element, spot), hint)

    def _content(self, fault: Fault) -> Finding:
        """Return the finding for words that do not have the form which an element asks for."""
        spot = self.positions.text(self.order[fault.element], 0)
        tag = tag_of(fault.element)
        message = f"“{shortened(fault.text)}” in {tag} does not have the form asked for"
        hint = f"Write {form_of(fault.value or pt.TEXT)}."
        return Finding("D117", message, self._place(fault.element, spot), hint)
