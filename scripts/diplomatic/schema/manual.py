"""The encoding manual as HTML: the ODD's prose, and for each element what the grammar knows.

Out: a fragment (one `article`), which the website puts into a page of its own. Headings begin at
level 2; each element has the anchor `element-NAME`, each chapter that of the ODD.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Final

from lxml import etree

from diplomatic.findings import codes
from diplomatic.schema import pattern as pt
from diplomatic.schema.datatypes import known_values
from diplomatic.schema.grammar import ElementDef, Grammar
from diplomatic.schema.judge import attribute_patterns, symbols
from diplomatic.schema.lexicon import Lexicon
from diplomatic.schema.odd import AttributeSpec, Odd
from diplomatic.schema.words import WRAPPERS, form_of, shown_attribute
from diplomatic.xml.names import NSMAP, SCH_NS, XML_ID, local_name, tei

_EXAMPLES: Final = "http://www.tei-c.org/ns/Examples"
_LONG: Final = 6  # longer lists of elements are written once
_WIDE: Final = 150  # so many characters of an example are read as one line, with its namespace
_INLINE: Final = {"gi": ("code", "<{}>"), "att": ("code", "@{}"), "val": ("code", "{}")}


Symbols = frozenset[pt.Pattern]


class _Shared:
    """What several elements have in common: each long list is written with one of them."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        lexicon = Lexicon(grammar)
        ranked = sorted(grammar.elements, key=lambda k: (k not in WRAPPERS, k))
        self.held: dict[Symbols, str] = {}
        self.holders: dict[Symbols, str] = {}
        self.holders_of: dict[str, Symbols] = {}
        for key in ranked:
            held = symbols(grammar.elements[key].content)
            holders = frozenset(pt.ref(holder) for holder in lexicon.holders(pt.ref(key)))
            self.holders_of[key] = holders
            if len(held) > _LONG:
                self.held.setdefault(held, key)
            if len(holders) > _LONG:
                self.holders.setdefault(holders, key)


def manual(odd: Odd, grammar: Grammar) -> str:
    """Return the manual as a fragment of HTML."""
    shared = _Shared(grammar)
    article = etree.Element("article", {"class": "encoding-manual"})
    body = odd.root.find(f".//{tei('body')}")
    for chapter in body if body is not None else ():
        if chapter.tag == tei("div") and chapter.get(XML_ID) != "chapter-schema":
            _chapter(article, chapter, odd, shared)
    text = etree.tostring(article, method="html", encoding="unicode")
    return f"<!-- Made from edition.odd by `diplomatic schema`; not edited by hand. -->\n{text}\n"


def _chapter(parent: etree._Element, chapter: etree._Element, odd: Odd, shared: _Shared) -> None:
    """Add a chapter: its prose, then its elements."""
    section = _add(parent, "section", id=str(chapter.get(XML_ID)))
    for node in chapter.iterchildren(etree.Element):
        match local_name(str(node.tag)):
            case "head":
                _prose(_add(section, "h2"), node)
            case "p":
                _prose(_add(section, "p"), node)
            case "specGrp":
                for spec in node.iterchildren(tei("elementSpec")):
                    _element(section, spec, odd, shared)
                _classes(section, node.iterchildren(tei("classSpec")), odd)


def _prose(parent: etree._Element, node: etree._Element) -> None:
    """Add the words of a paragraph; names of elements, attributes and values become code."""
    parent.text = _blanks(node.text)
    for child in node.iterchildren(etree.Element):
        tag, form = _INLINE.get(local_name(str(child.tag)), ("em", "{}"))
        inner = _add(parent, tag, form.format("".join(map(str, child.itertext()))))
        inner.tail = _blanks(child.tail)


def _element(parent: etree._Element, spec: etree._Element, odd: Odd, shared: _Shared) -> None:
    """Add the section of an element."""
    name = str(spec.get("ident"))
    definition = shared.grammar.elements[name]
    section = _add(parent, "section", id=f"element-{name}")
    _add(_add(section, "h3"), "code", f"<{name}>")
    purpose = odd.elements[name].desc
    _add(section, "p", f"{purpose[:1].upper()}{purpose[1:]}.")
    for example in spec.iter(f"{{{_EXAMPLES}}}egXML"):
        _add(_add(section, "pre"), "code", _example(example))
    _attributes(section, name, definition, odd)
    facts = _add(section, "dl")
    _add(facts, "dt", "May hold")
    _links(_add(facts, "dd"), name, shared.held, symbols(definition.content))
    _add(facts, "dt", "May stand in")
    _links(_add(facts, "dd"), name, shared.holders, shared.holders_of[name])
    _rules(section, spec)


def _attributes(parent: etree._Element, name: str, definition: ElementDef, odd: Odd) -> None:
    """Add the attributes of an element: its own in a table, the rest by name."""
    known = attribute_patterns(definition.attributes)
    own = [a for a in odd.elements[name].attributes.values() if not a.delete]
    if own:
        table = _add(parent, "table")
        for spec in own:
            _attribute_row(_add(table, "tr"), spec, known)
    described = {a.ident for a in own}
    others = [s for s in sorted(map(shown_attribute, known)) if s not in described]
    _add(parent, "p", f"Attributes: {', '.join(f'@{other}' for other in others)}.")


def _attribute_row(
    row: etree._Element, spec: AttributeSpec, known: dict[str, tuple[pt.Attribute, ...]]
) -> None:
    """Add one attribute: name, need, meaning, values."""
    _add(_add(row, "th", scope="row"), "code", f"@{spec.ident}")
    _add(row, "td", "required" if spec.required else "optional")
    cell = _add(row, "td", f"{spec.desc}" if spec.desc else "")
    if spec.values:
        _values(cell, spec)
        return
    patterns = next((p for n, p in known.items() if shown_attribute(n) == spec.ident), ())
    if patterns and known_values(patterns[0].value) is None:
        cell.text = f"{cell.text or ''}: {form_of(patterns[0].value)}"


def _values(parent: etree._Element, spec: AttributeSpec) -> None:
    """Add the values of a closed list, each with its meaning."""
    values = _add(parent, "dl")
    for item in spec.values:
        _add(_add(values, "dt"), "code", item.ident)
        _add(values, "dd", item.desc)


def _classes(parent: etree._Element, specs: Iterable[etree._Element], odd: Odd) -> None:
    """Add the attributes that every element, or many, may have."""
    table = _add(parent, "table")
    for spec in specs:
        for attribute in odd.classes[str(spec.get("ident"))].attributes.values():
            if attribute.values:
                _attribute_row(_add(table, "tr"), attribute, {})
    if not len(table):
        parent.remove(table)


def _rules(parent: etree._Element, spec: etree._Element) -> None:
    """Add the rules beyond grammar that stand with an element."""
    tests = spec.iter(f"{{{SCH_NS}}}assert", f"{{{SCH_NS}}}report")
    found = [str(test.get("id")) for test in tests]
    if found:
        rules = _add(parent, "ul")
        for code in found:
            info = codes()[code]
            _add(rules, "li", f"{code}: {info.title}. {info.hint}")


def _links(parent: etree._Element, own: str, shared: dict[Symbols, str], found: Symbols) -> None:
    """Add links to elements, sorted, text first; a long list stands with one element only."""
    if shared.get(found, own) != own:
        parent.text = "the same as "
        _link(parent, shared[found])
        return
    parent.text = "text " if pt.TEXT in found else None
    names = sorted(symbol.name for symbol in found if isinstance(symbol, pt.Ref))
    for name in names:
        _link(parent, name).tail = " "
    if not names and parent.text is None:
        parent.text = "nothing"


def _link(parent: etree._Element, name: str) -> etree._Element:
    """Add a link to an element's section, and return it."""
    return _add(parent, "a", name, href=f"#element-{name}")


def _example(example: etree._Element) -> str:
    """Return the words of an example, its namespace left out; a long one is set in lines."""
    declarations = (f' xmlns="{_EXAMPLES}"', f' xmlns:sch="{SCH_NS}"', f' xmlns="{NSMAP["tei"]}"')
    texts = []
    for child in example.iterchildren(etree.Element):
        text = etree.tostring(child, encoding="unicode", with_tail=False)
        if len(text) > _WIDE:
            shown = copy.deepcopy(child)
            shown.tail = None
            _indent(shown, "\n")
            text = etree.tostring(shown, encoding="unicode")
        texts.append(text)
    text = "\n".join(texts)
    for declaration in declarations:
        text = text.replace(declaration, "")
    return text


def _indent(element: etree._Element, margin: str) -> None:
    """Set the children of an element in lines of their own, if they are all that it holds."""
    inner = f"{margin}  "
    texts = [element.text, *(child.tail for child in element)]
    if not len(element) or any(text and text.strip() for text in texts):
        return
    element.text = inner
    for child in element:
        child.tail = inner
        _indent(child, inner)
    element[-1].tail = margin


def _blanks(text: str | None) -> str:
    """Return text with each run of blanks made one."""
    words = " ".join((text or "").split())
    before = " " if text and text[:1].isspace() else ""
    after = " " if text and text[-1:].isspace() and words else ""
    return f"{before}{words}{after}"


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element with text and attributes, and return it."""
    node = etree.SubElement(parent, tag, attributes)
    node.text = text or None
    return node
