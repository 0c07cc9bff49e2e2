"""Grammar findings in words: what is wrong, what was expected, the nearest name, how to mend it.

libxml2 says *that* a document is invalid; this module says why. It walks the content models of
the compiled grammar itself (`judge`) and puts each fault into a sentence with a hint. What an
element is for comes from the ODD, through the grammar's documentation.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from diplomatic.findings import Finding, Place
from diplomatic.schema import pattern as pt
from diplomatic.schema.datatypes import known_values
from diplomatic.schema.grammar import ElementDef, Grammar
from diplomatic.schema.judge import Fault, attribute_patterns, judge_element, symbols
from diplomatic.schema.pattern import Pattern
from diplomatic.schema.positions import Positions, Spot
from diplomatic.xml.names import TEI_NS, XML_NS

_CODES: Final = {
    "not-here": "D105",
    "order": "D106",
    "missing-before": "D107",
    "incomplete": "D108",
    "text": "D109",
    "attribute-missing": "D112",
    "attribute-conflict": "D115",
    "content": "D117",
    "repeated": "D118",
}
_FORMS: Final = {
    "ID": "an identifier: a letter, then letters, digits, hyphens or points; no blank",
    "NCName": "a name: a letter, then letters, digits, hyphens or points; no blank",
    "Name": "a name: a letter, then letters, digits, hyphens or points; no blank",
    "anyURI": "an address, or # and an identifier",
    "boolean": "true or false",
    "date": "a date that exists, as 1951-03-09, 1951-03 or 1951",
    "decimal": "a number, as 3 or 2.5",
    "double": "a number, as 3 or 2.5",
    "float": "a number, as 3 or 2.5",
    "language": "a language tag, as en, ru or ru-Latn",
    "nonNegativeInteger": "a whole number, not negative",
    "time": "a time, as 14:30:00",
    "token": "a word without blanks",
}
# Of many elements that could hold a stray one, these are the likeliest, in this order.
_WRAPPERS: Final = (
    "p",
    "item",
    "div",
    "ab",
    "head",
    "opener",
    "closer",
    "postscript",
    "cell",
    "bibl",
    "row",
    "signed",
    "dateline",
    "desc",
    "figDesc",
    "respStmt",
    "note",
)
_SHOWN: Final = 8


class Explainer:
    """Explains what a grammar refuses in a document."""

    def __init__(self, grammar: Grammar, positions: Positions, name: str) -> None:
        self.grammar = grammar
        self.positions = positions
        self.name = name
        self.order: dict[etree._Element, int] = {}

    def explain(self, root: etree._Element) -> list[Finding]:
        """Return a finding for each fault, in the order of the file."""
        found = list(self._root(root))
        elements = [node for node in root.iter(etree.Element) if isinstance(node.tag, str)]
        self.order = {element: index for index, element in enumerate(elements)}
        known: dict[etree._Element, ElementDef | None] = {}
        for element in elements:
            definition = self._definition(element, known)
            known[element] = definition
            if definition is None:
                found += self._unknown(element, known)
                continue
            for fault in judge_element(self.grammar, element, definition):
                found += self._say(fault)
        return found

    def _definition(
        self, element: etree._Element, known: dict[etree._Element, ElementDef | None]
    ) -> ElementDef | None:
        """Return the definition that an element is judged by."""
        parent = element.getparent()
        holder = known.get(parent) if parent is not None else None
        content = holder.content if holder is not None else pt.EMPTY
        candidates = self.grammar.candidates(content, str(element.tag))
        return candidates[0] if candidates else None

    # --- places

    def _place(self, element: etree._Element, spot: Spot) -> Place:
        """Return the place of a spot in the file, and the line of the transcript it came from."""
        return Place(self.name, spot[0], spot[1], transcript_line(element))

    def _at(self, element: etree._Element) -> Place:
        """Return the place of an element's start tag."""
        return self._place(element, self.positions.start(self.order.get(element, 0)))

    # --- faults

    def _root(self, root: etree._Element) -> Iterator[Finding]:
        """Yield a finding if the outermost element cannot be one."""
        definition = self.grammar.by_name.get(str(root.tag))
        allowed = pt.first_symbols(self.grammar.start)
        if definition is not None and pt.ref(definition.key) not in allowed:
            message = f"the file begins with {_tag(root)}; a file begins with {_list(allowed)}"
            self.order = {root: 0}
            yield Finding("D116", message, self._at(root), "")

    def _unknown(
        self, element: etree._Element, known: dict[etree._Element, ElementDef | None]
    ) -> list[Finding]:
        """Return the finding for an element that the grammar does not have."""
        name, parent = etree.QName(element), element.getparent()
        holder = known.get(parent) if parent is not None else None
        if parent is not None and holder is None:
            outer = etree.QName(parent)
            if outer.namespace == name.namespace != TEI_NS:
                return []  # the foreign element around it has been reported
        if name.namespace != TEI_NS:
            space = f"the namespace {name.namespace}" if name.namespace else "no namespace"
            message = f"{_tag(element)} is in {space}, and the text is in TEI's"
            hint = f'Write xmlns="{TEI_NS}" on the outermost element, and no other on this one.'
            return [Finding("D104", message, self._at(element), hint)]
        names = self._allowed_names(holder) or self._all_names()
        near = _nearest(name.localname, names) or _nearest(name.localname, self._all_names())
        if name.localname in self.grammar.other_names:
            message = f"<{name.localname}> is TEI, but no element of this edition"
            hint = self._instead(near, holder)
            return [Finding("D103", message, self._at(element), hint)]
        message = f"there is no element <{name.localname}>"
        hint = f"Did you mean <{near}>{self._purpose(near)}?" if near else ""
        return [Finding("D102", message, self._at(element), hint)]

    def _instead(self, near: str, holder: ElementDef | None) -> str:
        """Return the hint for an element of TEI that this edition leaves out."""
        usual = "Use an element of the edition instead"
        if near:
            return f"{usual}; the nearest name is <{near}>{self._purpose(near)}."
        if holder is None:
            return f"{usual}."
        first = [s for s in pt.first_symbols(holder.content) if s is not pt.TEXT]
        return f"{usual}; <{holder.key}> may hold {_list(first)}."

    def _say(self, fault: Fault) -> list[Finding]:
        """Return the findings for a fault."""
        match fault.kind:
            case "attribute-unknown":
                return [self._attribute_unknown(fault)]
            case "attribute-missing" | "attribute-conflict":
                return [self._attribute_other(fault)]
            case "value":
                return [self._value(fault)]
            case "content":
                return [self._content(fault)]
            case "incomplete":
                return [self._incomplete(fault)]
            case "text":
                return [self._text(fault)]
            case _:
                return [self._child(fault)]

    def _child(self, fault: Fault) -> Finding:
        """Return the finding for a child element that cannot stand where it does."""
        child, parent = fault.child, fault.element
        if child is None:
            raise TypeError(fault.kind)
        inside = f"{_tag(child)} inside {_tag(parent)}"
        expected = (
            f"expected here: {_list(fault.expected)}"
            if fault.expected
            else (f"nothing more may stand here in {_tag(parent)}")
        )
        previous = child.getprevious()
        after = f" after {_tag(previous)}" if _is_element(previous) else ""
        match fault.kind:
            case "missing-before":
                before = _name(fault.missing)
                message = f"{inside}: {before} is missing before it"
                hint = f"Put {before}{self._purpose(before[1:-1])} before {_tag(child)}."
            case "order":
                message = f"{inside} stands in the wrong place{after}; {expected}"
                hint = self._order_hint(child, parent)
            case "repeated":
                message = f"{inside} stands there a second time; {expected}"
                hint = f"Keep one {_tag(child)}, or put the other elsewhere."
            case _:
                message = f"{inside} is not allowed; {expected}"
                hint = self._move_hint(child, parent, fault)
        hint = f"{hint} {self._about(child)}".strip()
        return Finding(_CODES[fault.kind], message, self._at(child), hint)

    def _order_hint(self, child: etree._Element, parent: etree._Element) -> str:
        """Return how to put children in order: what the child has to stand before or after."""
        definition = self._definition_of(parent)
        symbol = pt.ref(self._key(child))
        for sibling in reversed(list(child.itersiblings(preceding=True))):
            if not _is_element(sibling) or sibling.tag == child.tag:
                continue
            if definition and _may_follow(definition.content, symbol, pt.ref(self._key(sibling))):
                return f"Put {_tag(child)} before {_tag(sibling)}."
        return f"Look at the order of the children of {_tag(parent)}."

    def _move_hint(self, child: etree._Element, parent: etree._Element, fault: Fault) -> str:
        """Return where a child that its parent may not hold could go."""
        name, symbol = etree.QName(child).localname, pt.ref(self._key(child))
        near = _nearest(name, [s.name for s in fault.expected if isinstance(s, pt.Ref)])
        if near:
            return f"Did you mean <{near}>{self._purpose(near)}?"
        for wrapper in _WRAPPERS:
            definition = self.grammar.elements.get(wrapper)
            if (
                definition
                and pt.ref(wrapper) in fault.expected
                and symbol in symbols(definition.content)
            ):
                return f"Put it into a <{wrapper}>{self._purpose(wrapper)}."
        for ancestor in parent.iterancestors():
            definition = self._definition_of(ancestor)
            if definition and symbol in symbols(definition.content):
                return f"Move it out of {_tag(parent)}, into {_tag(ancestor)}."
        return f"It may stand in {_names(self._holders(symbol))}."

    def _text(self, fault: Fault) -> Finding:
        """Return the finding for words where only elements may stand."""
        parent = fault.element
        spot = self.positions.text(self.order[parent], fault.slot)
        words = _shortened(fault.text)
        message = f"the words “{words}” stand directly in {_tag(parent)}, which holds elements only"
        if fault.expected:
            message += f"; expected here: {_list(fault.expected)}"
        wrapper = next(
            (w for w in _WRAPPERS if pt.ref(w) in fault.expected and self._takes_text(w)), ""
        )
        hint = (
            f"Put them into a <{wrapper}>{self._purpose(wrapper)}."
            if wrapper
            else ("Put them into one of the elements that may stand here, or take them out.")
        )
        return Finding("D109", message, self._place(parent, spot), hint)

    def _incomplete(self, fault: Fault) -> Finding:
        """Return the finding for an element whose end comes too early."""
        element = fault.element
        what = "is empty" if not len(element) else "ends too early"
        message = f"{_tag(element)} {what}; still to come: {_list(fault.expected)}"
        first = next((s for s in fault.expected if isinstance(s, pt.Ref)), None)
        hint = f"Add {_name(first)}{self._purpose(first.name)}." if first else ""
        spot = self.positions.end(self.order[element])
        hint = f"{hint} {self._about(element)}".strip()
        return Finding("D108", message, self._place(element, spot), hint)

    # --- attributes

    def _attribute_unknown(self, fault: Fault) -> Finding:
        """Return the finding for an attribute that an element does not have."""
        element, shown = fault.element, _shown(fault.attribute)
        definition = self._definition_of(element)
        own = list(attribute_patterns(definition.attributes)) if definition else []
        place = self._attribute_place(fault)
        near = _nearest(shown, [_shown(name) for name in own])
        bearers = [
            key
            for key, other in self.grammar.elements.items()
            if fault.attribute in attribute_patterns(other.attributes)
        ]
        if near and not bearers:
            message = f"there is no attribute @{shown}"
            return Finding("D110", message, place, f"Did you mean @{near}?")
        if bearers:
            message = f"{_tag(element)} has no attribute @{shown}"
            where = f"@{shown} belongs to {_names(bearers)}."
            hint = f"Did you mean @{near}? {where}" if near else f"Take it out. {where}"
            return Finding("D111", message, place, hint)
        if fault.attribute.startswith("{"):
            message = f"@{shown} on {_tag(element)} is an attribute of another namespace"
            return Finding("D119", message, place)
        message = f"there is no attribute @{shown}"
        hint = f"{_tag(element)} has {_attributes(own)}."
        return Finding("D110", message, place, hint)

    def _attribute_other(self, fault: Fault) -> Finding:
        """Return the finding for an attribute that is missing, or excludes another."""
        element, code = fault.element, _CODES[fault.kind]
        names = " or ".join(f"@{_shown(name)}" for name in fault.attribute.split())
        if fault.kind == "attribute-conflict":
            message = f"{names} cannot stand on {_tag(element)} beside the other attributes"
            return Finding(code, message, self._attribute_place(fault))
        message = f"{_tag(element)} needs the attribute {names}"
        first = fault.attribute.split()[0]
        doc = self._attribute_doc(element, first)
        values = known_values(fault.value) if fault.value else None
        hint = f"Add {names}: {doc}." if doc else f"Add {names}."
        if values:
            hint += f" Values: {_listed(values)}."
        elif fault.value:
            hint += f" Its value is {_form(fault.value)}."
        return Finding(code, message, self._at(element), hint)

    def _value(self, fault: Fault) -> Finding:
        """Return the finding for an attribute's value that is refused."""
        wanted = fault.value or pt.NOT_ALLOWED
        element, shown = fault.element, _shown(fault.attribute)
        place = self._attribute_place(fault)
        values = known_values(wanted)
        if values is None:
            message = f"@{shown}=“{fault.text}” on {_tag(element)} does not have the form asked for"
            return Finding("D114", message, place, f"Write {_form(wanted)}.")
        single = isinstance(wanted, pt.Choice | pt.Value)
        words = [fault.text] if single else fault.text.split() or [fault.text]
        wrong = next((word for word in words if word not in values), fault.text)
        message = f"“{wrong}” is no value of @{shown} on {_tag(element)}"
        near = _nearest(wrong, values)
        hint = f"Did you mean “{near}”? " if near else ""
        return Finding("D113", message, place, f"{hint}Values: {_listed(values)}.")

    def _content(self, fault: Fault) -> Finding:
        """Return the finding for words that do not have the form which an element asks for."""
        spot = self.positions.text(self.order[fault.element], 0)
        words = _shortened(fault.text)
        message = f"“{words}” in {_tag(fault.element)} does not have the form asked for"
        hint = f"Write {_form(fault.value or pt.TEXT)}."
        return Finding("D117", message, self._place(fault.element, spot), hint)

    def _attribute_place(self, fault: Fault) -> Place:
        """Return the place of the attribute at fault."""
        local = fault.attribute.rpartition("}")[2]
        spot = self.positions.attribute(self.order[fault.element], local)
        return self._place(fault.element, spot)

    # --- what the grammar knows

    def _definition_of(self, element: etree._Element) -> ElementDef | None:
        """Return the definition of an element by its name."""
        return self.grammar.by_name.get(str(element.tag))

    def _key(self, element: etree._Element) -> str:
        """Return the key of an element's definition."""
        definition = self._definition_of(element)
        return definition.key if definition else ""

    def _all_names(self) -> list[str]:
        """Return the names of all elements of the grammar."""
        return [name.rpartition("}")[2] for name in self.grammar.by_name]

    def _allowed_names(self, holder: ElementDef | None) -> list[str]:
        """Return the names of the elements that a parent may hold."""
        if holder is None:
            return []
        return [s.name for s in symbols(holder.content) if isinstance(s, pt.Ref)]

    def _holders(self, symbol: Pattern) -> list[str]:
        """Return the names of the elements that may hold this one, the likeliest first."""
        found = [k for k, e in self.grammar.elements.items() if symbol in symbols(e.content)]
        rank = {name: index for index, name in enumerate(_WRAPPERS)}
        return sorted(found, key=lambda name: (rank.get(name, len(rank)), name))

    def _takes_text(self, key: str) -> bool:
        """Say whether an element may hold words directly."""
        definition = self.grammar.elements.get(key)
        return bool(definition and pt.TEXT in symbols(definition.content))

    def _purpose(self, key: str) -> str:
        """Return what an element is for, as an aside in brackets; nothing if that is not known."""
        definition = self.grammar.elements.get(key)
        return f" ({definition.doc})" if definition and definition.doc else ""

    def _about(self, element: etree._Element) -> str:
        """Return what an element is for, as a sentence."""
        definition = self._definition_of(element)
        return f"{_tag(element)} is {definition.doc}." if definition and definition.doc else ""

    def _attribute_doc(self, element: etree._Element, attribute: str) -> str:
        """Return what an attribute says, in the words of the ODD."""
        return self.grammar.attribute_docs.get(f"{self._key(element)}/@{attribute}", "")


# --- words ----------------------------------------------------------------------------------


def transcript_line(element: etree._Element) -> int:
    """Return the line of the transcript that an element came from, by the nearest @source; or 0."""
    for ancestor in (element, *element.iterancestors()):
        source = str(ancestor.get("source", ""))
        if source.startswith("line:"):
            start = source.removeprefix("line:").partition(",")[0]
            return int(start) + 1 if start.isdigit() else 0
    return 0


def _is_element(node: etree._Element | None) -> bool:
    """Say whether a node is an element, not a comment or instruction."""
    return node is not None and isinstance(node.tag, str)


def _tag(element: etree._Element | None) -> str:
    """Return an element as its start tag without attributes."""
    return f"<{etree.QName(element).localname}>" if element is not None else ""


def _name(symbol: Pattern | None) -> str:
    """Return a symbol as people write it."""
    return f"<{symbol.name}>" if isinstance(symbol, pt.Ref) else "text"


def _list(found: Iterable[Pattern]) -> str:
    """Return symbols as a list in words: text first, the likeliest elements next."""
    rank = {name: index for index, name in enumerate(_WRAPPERS)}
    refs = sorted(
        (s.name for s in found if isinstance(s, pt.Ref)),
        key=lambda name: (rank.get(name, len(rank)), name),
    )
    words = ["text"] if pt.TEXT in tuple(found) else []
    return _shorter([*words, *(f"<{name}>" for name in refs)])


def _names(keys: Iterable[str]) -> str:
    """Return element names as a list in words."""
    return _shorter([f"<{key}>" for key in keys])


def _attributes(names: Iterable[str]) -> str:
    """Return attribute names as a list in words."""
    return _shorter([f"@{_shown(name)}" for name in sorted(names)])


def _shorter(items: list[str]) -> str:
    """Return items joined, the list cut where it is long."""
    more = len(items) - _SHOWN
    shown = ", ".join(items[:_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown


def _listed(values: list[str]) -> str:
    """Return all values of a closed list."""
    return ", ".join(values)


def _shown(name: str) -> str:
    """Return an attribute's name as people write it."""
    return name.replace(f"{{{XML_NS}}}", "xml:").rpartition("}")[2]


def _shortened(text: str) -> str:
    """Return the beginning of a text, blanks made single."""
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def _nearest(name: str, names: Iterable[str]) -> str:
    """Return the most similar of some names, or nothing."""
    folded: dict[str, str] = {}
    for each in names:
        folded.setdefault(each.lower(), each)
    near = difflib.get_close_matches(name.lower(), folded, 1, 0.7)
    return folded[near[0]] if near else ""


def _form(pattern: Pattern) -> str:
    """Return in words which strings a pattern takes."""
    types = [part.type for part in pt.walk(pattern) if isinstance(part, pt.Data)]
    chosen = "date" if "date" in types else types[0] if types else "token"
    listed = " (or several, with blanks between)" if isinstance(pattern, pt.TokenList) else ""
    return _FORMS.get(chosen, f"a value of type {chosen}") + listed


def _may_follow(content: Pattern, first: Pattern, then: Pattern) -> bool:
    """Say whether `then` may come somewhere after `first` in a content model."""
    seen: set[Pattern] = set()
    waiting = [content]
    while waiting:
        state = waiting.pop()
        if state in seen or state is pt.NOT_ALLOWED:
            continue
        seen.add(state)
        after = pt.derivative(state, first)
        if after is not pt.NOT_ALLOWED and then in symbols(after):
            return True
        waiting.extend(pt.derivative(state, s) for s in pt.first_symbols(state))
    return False
