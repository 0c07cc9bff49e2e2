"""A grammar written as RELAX NG, in the form that libxml2 loads fast.

libxml2 takes a time quadratic in the number of alternatives for each `oneOrMore` of something that
may be empty, for each long `choice` written out, and hangs on TEI's nested repetitions. So: loops
inside loops are taken out (`pattern`), what may be empty is repeated by `zeroOrMore`, and the
elements of a long choice stand in a definition of their own, which is shared.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from diplomatic.schema import pattern as pt
from diplomatic.schema.grammar import ElementDef, Grammar
from diplomatic.schema.pattern import Pattern
from diplomatic.xml.names import RNG_NS, TEI_NS, XML_NS

_ANNOTATIONS: Final = "http://relaxng.org/ns/compatibility/annotations/1.0"
_NSMAP: Final[dict[str | None, str]] = {None: RNG_NS, "a": _ANNOTATIONS}
_SHARED_FROM: Final = 3  # so many elements in a choice get a definition of their own


def _rng(name: str, /, *content: etree._Element | str, **attributes: str) -> etree._Element:
    """Return a RELAX NG element with content and attributes."""
    # lxml takes None for the default namespace; its stubs do not know that.
    node = etree.Element(f"{{{RNG_NS}}}{name}", attributes, nsmap=_NSMAP)  # type: ignore[arg-type]
    for part in content:
        if isinstance(part, str):
            node.text = part
        else:
            node.append(part)
    return node


def _doc(text: str) -> etree._Element:
    """Return words of documentation."""
    node = etree.Element(f"{{{_ANNOTATIONS}}}documentation")
    node.text = text
    return node


class _Writer:
    """Writes patterns, and remembers the definitions that they share."""

    def __init__(self, docs: dict[str, str]) -> None:
        self.docs = docs
        self.classes: dict[Pattern, str] = {}
        self.attributes: dict[tuple[Pattern, str], str] = {}

    def element(self, element: ElementDef) -> etree._Element:
        """Return the definition of an element."""
        node = _rng("element", name=str(element.name).rpartition("}")[2])
        if element.doc:
            node.append(_doc(element.doc))
        node.append(self.write(element.content))
        for item in _items(element.attributes):
            if item is not pt.EMPTY:
                node.append(_rng("ref", name=self.attribute(item, element.key)))
        return _rng("define", node, name=element.key)

    def attribute(self, item: Pattern, key: str) -> str:
        """Return the name of the definition of an attribute, shared where it is the same."""
        names = [p.name for p in pt.walk(item) if isinstance(p, pt.Attribute)]
        doc = self.docs.get(f"{key}/@{names[0]}", "")
        if (item, doc) not in self.attributes:
            local = "-".join(name.rpartition("}")[2] for name in names)
            taken = set(self.attributes.values())
            name = f"att.{local}"
            if name in taken or doc:
                name = f"att.{key}.{local}"
            self.attributes[item, doc] = name
        return self.attributes[item, doc]

    def write(self, pattern: Pattern) -> etree._Element:
        """Return the RELAX NG of a pattern."""
        match pattern:
            case pt.Ref():
                return _rng("ref", name=pattern.name)
            case pt.Leaf():
                return _rng(pattern.name)
            case pt.Choice():
                return self._choice(pattern)
            case pt.Group():
                return _rng("group", *(self.write(item) for item in _items(pattern)))
            case pt.OneOrMore():
                loop = "zeroOrMore" if pattern.inner.nullable else "oneOrMore"
                return _rng(loop, self.write(pattern.inner))
            case pt.Attribute():
                return self._attribute(pattern)
            case _:
                return self._string(pattern)

    def _string(self, pattern: Pattern) -> etree._Element:
        """Return the RELAX NG of a pattern of character data."""
        match pattern:
            case pt.TokenList():
                return _rng("list", self.write(pattern.inner))
            case pt.Data():
                params = [_rng("param", text, name=name) for name, text in pattern.facets]
                return _rng("data", *params, type=pattern.type)
            case pt.Value():
                return _rng("value", pattern.value)
            case _:
                raise TypeError(pattern)

    def _attribute(self, pattern: pt.Attribute) -> etree._Element:
        """Return the RELAX NG of an attribute."""
        space, _, local = pattern.name.removeprefix("{").rpartition("}")
        names = {"name": local, "ns": space} if space else {"name": local}
        if space == XML_NS:
            names = {"name": f"xml:{local}"}
        return _rng("attribute", self.write(pattern.value), **names)

    def _choice(self, pattern: pt.Choice) -> etree._Element:
        """Return the RELAX NG of a choice; its elements, if many, as one shared definition."""
        # Sorted: the order of a choice depends on what this process has met before.
        options = [option for option in pattern.options if option is not pt.EMPTY]
        refs = [option for option in options if isinstance(option, pt.Ref)]
        shared = pt.choice(refs) if len(refs) >= _SHARED_FROM else pt.NOT_ALLOWED
        parts = [self.write(o) for o in options if o not in refs or shared is pt.NOT_ALLOWED]
        parts.sort(key=etree.tostring)
        if shared is not pt.NOT_ALLOWED:
            self.classes.setdefault(shared, f"class.{len(self.classes) + 1}")
            parts.append(_rng("ref", name=self.classes[shared]))
        inner = parts[0] if len(parts) == 1 else _rng("choice", *parts)
        if pt.EMPTY not in pattern.options:
            return inner
        if etree.QName(inner).localname == "oneOrMore":
            return _rng("zeroOrMore", *inner)
        return _rng("optional", inner)


def _items(pattern: Pattern) -> list[Pattern]:
    """Return the patterns of a group, in order."""
    items = []
    while isinstance(pattern, pt.Group):
        items.append(pattern.first)
        pattern = pattern.rest
    return [*items, pattern]


def write_grammar(grammar: Grammar, notice: str) -> bytes:
    """Return a grammar as a RELAX NG file; `notice` becomes a comment at its head."""
    writer = _Writer(grammar.attribute_docs)
    root = _rng("grammar", ns=TEI_NS, datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes")
    # Names that TEI has and this grammar leaves out: for explanations only.
    root.set(f"{{{_ANNOTATIONS}}}left-out", " ".join(sorted(grammar.other_names)))
    root.append(_rng("start", writer.write(grammar.start)))
    for key in sorted(grammar.elements):
        root.append(writer.element(grammar.elements[key]))
    for (item, doc), name in sorted(writer.attributes.items(), key=lambda pair: pair[1]):
        node = writer.write(item)
        if doc and (attribute := next(node.iter(f"{{{RNG_NS}}}attribute"), None)) is not None:
            attribute.insert(0, _doc(doc))
        root.append(_rng("define", node, name=name))
    for shared, name in writer.classes.items():
        members = sorted(option.name for option in shared.parts() if isinstance(option, pt.Ref))
        refs = [_rng("ref", name=member) for member in members]
        root.append(_rng("define", _rng("choice", *refs), name=name))
    root.addprevious(etree.Comment(notice))
    etree.indent(root)
    text = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    return text.replace(b"--><grammar", b"-->\n<grammar") + b"\n"
