"""A customisation applied to TEI: a grammar in, a smaller grammar out.

Each step takes something away: elements left out become `notAllowed`, attributes likewise, open
values become closed lists whose every value TEI accepts, optional attributes become required.
Patterns have no negation, so what is left accepts nothing that TEI refuses. `inclusion` proves the
same a second time, on the result, without knowing how it was made.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lxml import etree

from diplomatic.schema import pattern as pt
from diplomatic.schema.datatypes import matches
from diplomatic.schema.grammar import ElementDef, Grammar, attribute_name
from diplomatic.schema.judge import required_first
from diplomatic.schema.odd import AttributeSpec, Odd
from diplomatic.schema.pattern import Pattern
from diplomatic.schema.words import listed_names
from diplomatic.xml.names import RNG_NS, TEI_NS, XML_NS

Classes = dict[str, dict[str, str]]
"""For each element, by key: its attributes, each with the TEI class that it comes from."""


def attribute_classes(root: etree._Element) -> Classes:
    """Return which class gives which attribute to each element of a TEI grammar file.

    TEI's own grammar defines each attribute of a class under the name `att.CLASS.attribute.NAME`.
    """
    defines = {d.get("name", ""): d for d in root.findall(f"{{{RNG_NS}}}define")}
    classes: Classes = {}
    for key, define in defines.items():
        if define.find(f"{{{RNG_NS}}}element") is not None:
            classes[key] = _classes_of(define, defines)
    return classes


def _classes_of(define: etree._Element, defines: dict[str, etree._Element]) -> dict[str, str]:
    """Return the class of each attribute that a definition takes from classes."""
    found: dict[str, str] = {}
    waiting = [define]
    while waiting:
        for ref in waiting.pop().iter(f"{{{RNG_NS}}}ref"):
            name = ref.get("name", "")
            class_name, attribute, _ = name.partition(".attribute.")
            if attribute:
                for node in defines[name].iter(f"{{{RNG_NS}}}attribute"):
                    found[attribute_name(node)] = class_name
            elif name.startswith("att."):
                waiting.append(defines[name])
    return found


def qualified(ident: str) -> str:
    """Return an attribute's qualified name for the name that an ODD uses (`xml:lang`)."""
    prefix, colon, local = ident.partition(":")
    return f"{{{XML_NS}}}{local}" if colon and prefix == "xml" else ident


def customise(base: Grammar, classes: Classes, odd: Odd) -> Grammar:
    """Return the part of a TEI grammar that a customisation keeps.

    Raises:
        DiplomaticError: D152, the ODD names what TEI does not have, or asks for what it refuses.
    """
    _check_names(base, classes, odd)
    elements: dict[str, ElementDef] = {}
    docs: dict[str, str] = {}
    waiting = [k for k in odd.start if k in odd.included]
    while waiting:
        key = waiting.pop()
        if key in elements:
            continue
        elements[key] = _element(base.elements[key], classes[key], odd, docs)
        parts = pt.walk(elements[key].content)
        waiting.extend(p.name for p in parts if isinstance(p, pt.Ref))
    for name in sorted(set(odd.included) - set(elements)):
        message = f"<{name}> is included, but no element that is included may hold it"
        raise odd.error("D152", message, odd.elements[name].line if name in odd.elements else 1)
    start = pt.choice(pt.ref(key) for key in odd.start)
    others = frozenset(
        e.name.rpartition("}")[2]
        for e in base.elements.values()
        if isinstance(e.name, str) and TEI_NS in e.name and e.key not in elements
    )
    return Grammar(start, elements, attribute_docs=docs, other_names=others)


def _check_names(base: Grammar, classes: Classes, odd: Odd) -> None:
    """Refuse an ODD that names elements or classes which TEI does not have."""
    for name in odd.included:
        if name not in base.elements:
            raise odd.error("D152", f"TEI has no element <{name}>", 1)
    for name, element in odd.elements.items():
        if name not in odd.included:
            raise odd.error("D152", f"<{name}> is changed but not included", element.line)
    known = {c for by_attribute in classes.values() for c in by_attribute.values()}
    for name, spec in odd.classes.items():
        if name not in known:
            raise odd.error("D152", f"TEI has no attribute class {name}", spec.line)


def _element(
    element: ElementDef, classes: dict[str, str], odd: Odd, docs: dict[str, str]
) -> ElementDef:
    """Return an element's definition with what the customisation takes away gone."""
    spec = odd.elements.get(element.key)
    line = spec.line if spec else 1
    content = pt.substitute(element.content, lambda part: _dropped(part, odd))
    if content is pt.NOT_ALLOWED:
        wanted = sorted(
            s.name
            for s in required_first(element.content)
            if isinstance(s, pt.Ref) and s.name not in odd.included
        )
        message = f"<{element.key}> cannot be: TEI asks for {listed_names(wanted)} in it"
        raise odd.error("D152", message, line)
    own = dict(spec.attributes) if spec else {}
    present = {p.name for p in pt.walk(element.attributes) if isinstance(p, pt.Attribute)}
    for ident, attribute in own.items():
        if qualified(ident) not in present:
            message = f"<{element.key}> has no attribute @{ident} in TEI"
            raise odd.error("D152", message, attribute.line)
    attributes = element.attributes
    for name in sorted(present):
        attributes = _restrict(attributes, name, _specs(name, own, classes, odd), element.key, odd)
    for attribute in own.values():
        docs[f"{element.key}/@{qualified(attribute.ident)}"] = attribute.desc
    return replace(element, content=content, attributes=attributes, doc=spec.desc if spec else "")


def _dropped(part: Pattern, odd: Odd) -> Pattern | None:
    """Return `notAllowed` for an element that is not included."""
    if isinstance(part, pt.Ref) and part.name not in odd.included:
        return pt.NOT_ALLOWED
    return None


def _specs(
    name: str, own: dict[str, AttributeSpec], classes: dict[str, str], odd: Odd
) -> list[AttributeSpec]:
    """Return what the ODD says of an attribute: in its class, then in the element itself."""
    found = []
    spec = odd.classes.get(classes.get(name, ""))
    if spec is not None and spec.delete:
        found.append(AttributeSpec(name, True, False, (), "", spec.line))
    elif spec is not None:
        found += [a for a in spec.attributes.values() if qualified(a.ident) == name]
    mine = [a for a in own.values() if qualified(a.ident) == name]
    # A list of the element's own takes the place of its class's.
    if any(a.values for a in mine):
        found = [a for a in found if a.delete]
    return found + mine


def _restrict(
    attributes: Pattern, name: str, specs: list[AttributeSpec], key: str, odd: Odd
) -> Pattern:
    """Return attributes with one of them deleted, closed or made required."""
    for spec in specs:
        change = partial(_changed, name=name, spec=spec, key=key, odd=odd)
        attributes = pt.substitute(attributes, change)
        if attributes is pt.NOT_ALLOWED:
            message = f"@{spec.ident} cannot be taken from <{key}>: TEI requires it"
            raise odd.error("D152", message, spec.line)
    return attributes


def _changed(part: Pattern, name: str, spec: AttributeSpec, key: str, odd: Odd) -> Pattern | None:
    """Return the replacement of a part of the attributes, or None to look inside it."""
    if isinstance(part, pt.Attribute):
        if part.name != name:
            return part
        if spec.delete:
            return pt.NOT_ALLOWED
        return pt.attribute(name, _closed(part.value, spec, key, odd)) if spec.values else part
    if spec.required and isinstance(part, pt.Choice) and pt.EMPTY in part.options:
        rest = pt.choice(option for option in part.options if option is not pt.EMPTY)
        if isinstance(rest, pt.Attribute) and rest.name == name:
            return _changed(rest, name, spec, key, odd)
    return None


def _closed(value: Pattern, spec: AttributeSpec, key: str, odd: Odd) -> Pattern:
    """Return a pattern of values with its open parts replaced by the closed list."""

    def change(part: Pattern) -> Pattern | None:
        if isinstance(part, pt.TokenList | pt.OneOrMore | pt.Group):
            return None
        for item in spec.values:
            if not matches(part, item.ident):
                message = f"TEI does not allow “{item.ident}” in {key}/@{spec.ident}"
                raise odd.error("D152", message, spec.line)
        return pt.choice(pt.value(item.ident) for item in spec.values)

    return pt.substitute(value, change)
