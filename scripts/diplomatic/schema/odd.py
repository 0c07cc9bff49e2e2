"""Reading a TEI customisation (ODD), as far as this project's compiler understands it.

Understood: `schemaSpec` with `@start`, `moduleRef` with `@include`, `specGrpRef`; `elementSpec` and
`classSpec` in mode `change`; `classSpec` in mode `delete`; `attDef` in mode `change` (usage, closed
`valList`) and `delete`; `constraintSpec` in Schematron. Everything of that can only restrict TEI.
Anything else is refused by name (D151): nothing is skipped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.schema.positions import line_of
from diplomatic.xml.names import NSMAP, SCH_NS, TEI_NS, XML_ID, tei
from diplomatic.xml.reader import parse_file

_PROSE: Final = frozenset({"desc", "gloss", "remarks", "exemplum"})


@dataclass(frozen=True)
class ValueSpec:
    """One value of a closed list, and what it means."""

    ident: str
    desc: str


@dataclass(frozen=True)
class AttributeSpec:
    """What the customisation says of an attribute."""

    ident: str
    delete: bool
    required: bool
    values: tuple[ValueSpec, ...]
    desc: str
    line: int


@dataclass(frozen=True)
class ElementSpec:
    """What the customisation says of an element."""

    ident: str
    module: str
    desc: str
    attributes: dict[str, AttributeSpec]
    line: int


@dataclass(frozen=True)
class ClassSpec:
    """What the customisation says of an attribute class: some attributes, or that it goes."""

    ident: str
    delete: bool
    attributes: dict[str, AttributeSpec]
    line: int


@dataclass
class Odd:
    """A customisation, read."""

    name: str
    root: etree._Element
    start: tuple[str, ...]
    included: dict[str, str] = field(default_factory=dict)
    """Names of the elements taken from TEI, each with its module."""
    elements: dict[str, ElementSpec] = field(default_factory=dict)
    classes: dict[str, ClassSpec] = field(default_factory=dict)
    constraints: list[etree._Element] = field(default_factory=list)

    def error(self, code: str, message: str, line: int) -> DiplomaticError:
        """Return the error for something in this ODD."""
        return DiplomaticError(Finding(code, message, Place(self.name, line)))

    def unsupported(self, node: etree._Element, what: str = "") -> DiplomaticError:
        """Return the error for a node that the compiler does not understand."""
        name = etree.QName(node).localname if isinstance(node.tag, str) else "?"
        message = f"<{name}>{what and ' ' + what} is not supported by the ODD compiler"
        return self.error("D151", message, line_of(node))


def read_odd(path: Path) -> Odd:
    """Read a customisation.

    Raises:
        DiplomaticError: D012, D100 from reading; D151, it uses what is not supported.
    """
    root = parse_file(path).getroot()
    spec = root.find(f".//{tei('schemaSpec')}")
    if spec is None:
        finding = Finding("D151", "the ODD has no <schemaSpec>", Place(str(path), 1))
        raise DiplomaticError(finding)
    odd = Odd(str(path), root, tuple(spec.get("start", "TEI").split()))
    for node in _specifications(odd, spec):
        _read_specification(odd, node)
    return odd


def _specifications(odd: Odd, parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the specifications in a `schemaSpec` or `specGrp`, references followed."""
    for node in _elements(parent):
        if node.tag != tei("specGrpRef"):
            yield node
            continue
        target = node.get("target", "").removeprefix("#")
        groups = [g for g in odd.root.iter(tei("specGrp")) if g.get(XML_ID) == target]
        if not groups:
            raise odd.unsupported(node, f"to “{target}”, which is not in the file,")
        yield from _specifications(odd, groups[0])


def _read_specification(odd: Odd, node: etree._Element) -> None:
    """Read one child of a `schemaSpec`."""
    match etree.QName(node).localname:
        case "moduleRef":
            if node.get("include") is None or node.get("url") is not None:
                raise odd.unsupported(node, "without @include")
            names = node.get("include", "").split()
            odd.included.update((name, node.get("key", "")) for name in names)
        case "elementSpec":
            _read_element(odd, node)
        case "classSpec":
            _read_class(odd, node)
        case "constraintSpec":
            _read_constraint(odd, node)
        case name if name not in _PROSE:
            raise odd.unsupported(node)


def _read_element(odd: Odd, node: etree._Element) -> None:
    """Read an `elementSpec`."""
    if node.get("mode") != "change":
        raise odd.unsupported(node, f"in mode “{node.get('mode', 'add')}”")
    attributes: dict[str, AttributeSpec] = {}
    for child in _elements(node):
        name = etree.QName(child).localname
        if name == "attList":
            attributes.update(_attributes(odd, child))
        elif name == "constraintSpec":
            _read_constraint(odd, child)
        elif name not in _PROSE:
            raise odd.unsupported(child, f'in <elementSpec ident="{node.get("ident")}">')
    ident = node.get("ident", "")
    odd.elements[ident] = ElementSpec(
        ident, node.get("module", ""), text_of(node, "desc"), attributes, line_of(node)
    )


def _read_class(odd: Odd, node: etree._Element) -> None:
    """Read a `classSpec`."""
    mode = node.get("mode", "add")
    if mode not in ("change", "delete") or node.get("type") != "atts":
        raise odd.unsupported(node, f"of type “{node.get('type')}” in mode “{mode}”")
    attributes: dict[str, AttributeSpec] = {}
    for child in _elements(node):
        name = etree.QName(child).localname
        if name == "attList":
            attributes.update(_attributes(odd, child))
        elif name not in _PROSE:
            raise odd.unsupported(child, f'in <classSpec ident="{node.get("ident")}">')
    ident = node.get("ident", "")
    odd.classes[ident] = ClassSpec(ident, mode == "delete", attributes, line_of(node))


def _read_constraint(odd: Odd, node: etree._Element) -> None:
    """Read a `constraintSpec`: Schematron whose every test has a code."""
    if node.get("scheme") != "schematron":
        raise odd.unsupported(node, f"in “{node.get('scheme')}”")
    for test in node.iter(f"{{{SCH_NS}}}assert", f"{{{SCH_NS}}}report"):
        if not test.get("id"):
            raise odd.unsupported(test, "without @id (its code)")
    odd.constraints.append(node)


def _attributes(odd: Odd, node: etree._Element) -> Iterator[tuple[str, AttributeSpec]]:
    """Yield the attribute specifications in an `attList`."""
    for child in _elements(node):
        mode = child.get("mode", "add")
        if child.tag != tei("attDef") or mode not in ("change", "delete"):
            raise odd.unsupported(child, f"in mode “{mode}”")
        for part in _elements(child):
            if etree.QName(part).localname not in _PROSE | {"valList"}:
                raise odd.unsupported(part, f'in <attDef ident="{child.get("ident")}">')
        ident = child.get("ident", "")
        yield (
            ident,
            AttributeSpec(
                ident,
                mode == "delete",
                child.get("usage") == "req",
                tuple(_values(odd, child)),
                text_of(child, "desc"),
                line_of(child),
            ),
        )


def _values(odd: Odd, node: etree._Element) -> Iterator[ValueSpec]:
    """Yield the values of an attribute's closed list."""
    for values in node.findall(tei("valList")):
        if values.get("type") != "closed":
            raise odd.unsupported(values, f"of type “{values.get('type')}”")
        for item in values.findall(tei("valItem")):
            yield ValueSpec(item.get("ident", ""), text_of(item, "desc"))


def _elements(node: etree._Element) -> list[etree._Element]:
    """Return the child elements of a node."""
    return [child for child in node if isinstance(child.tag, str)]


def text_of(node: etree._Element, child: str) -> str:
    """Return the words of a node's child (`desc`, `remarks` …), blanks made single."""
    return " ".join(str(node.xpath(f"string(tei:{child})", namespaces=NSMAP)).split())


__all__ = ["TEI_NS", "AttributeSpec", "ClassSpec", "ElementSpec", "Odd", "ValueSpec", "read_odd"]
