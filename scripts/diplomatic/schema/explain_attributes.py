"""Findings on attributes, in words."""

from __future__ import annotations

from diplomatic.findings import Finding, Place
from diplomatic.schema import pattern as pt
from diplomatic.schema.datatypes import known_values
from diplomatic.schema.judge import Fault, attribute_patterns
from diplomatic.schema.lexicon import Lexicon
from diplomatic.schema.words import (
    form_of,
    listed_attributes,
    listed_names,
    listed_values,
    nearest,
    shown_attribute,
    tag_of,
)


def explain_attribute(lexicon: Lexicon, fault: Fault, place: Place) -> Finding:
    """Return the finding for a fault of an attribute; `place` is that of the attribute or tag."""
    match fault.kind:
        case "attribute-unknown":
            return _unknown(lexicon, fault, place)
        case "attribute-missing":
            return _missing(lexicon, fault, place)
        case "attribute-conflict":
            name = shown_attribute(fault.attribute)
            message = f"@{name} cannot stand on {tag_of(fault.element)} beside the other attributes"
            return Finding("D115", message, place)
        case _:
            return _value(fault, place)


def _unknown(lexicon: Lexicon, fault: Fault, place: Place) -> Finding:
    """Return the finding for an attribute that an element does not have."""
    element, shown = fault.element, shown_attribute(fault.attribute)
    definition = lexicon.definition(element)
    own = list(attribute_patterns(definition.attributes)) if definition else []
    near = nearest(shown, [shown_attribute(name) for name in own])
    bearers = lexicon.bearers(fault.attribute)
    if bearers:
        where = f"@{shown} belongs to {listed_names(bearers)}."
        hint = f"Did you mean @{near}? {where}" if near else f"Take it out. {where}"
        return Finding("D111", f"{tag_of(element)} has no attribute @{shown}", place, hint)
    if fault.attribute.startswith("{"):
        message = f"@{shown} on {tag_of(element)} is an attribute of another namespace"
        return Finding("D119", message, place)
    hint = f"Did you mean @{near}?" if near else f"{tag_of(element)} has {listed_attributes(own)}."
    message = f"there is no attribute @{shown}, here on {tag_of(element)}"
    return Finding("D110", message, place, hint)


def _missing(lexicon: Lexicon, fault: Fault, place: Place) -> Finding:
    """Return the finding for an attribute that an element needs."""
    element = fault.element
    names = fault.attribute.split()
    shown = " or ".join(f"@{shown_attribute(name)}" for name in names)
    doc = lexicon.attribute_doc(element, names[0])
    hint = f"Add {shown}: {doc}." if doc else f"Add {shown}."
    values = known_values(fault.value) if fault.value else None
    if values:
        hint += f" Values: {listed_values(values)}."
    elif fault.value:
        hint += f" Its value is {form_of(fault.value)}."
    return Finding("D112", f"{tag_of(element)} needs the attribute {shown}", place, hint)


def _value(fault: Fault, place: Place) -> Finding:
    """Return the finding for an attribute's value that is refused."""
    wanted = fault.value or pt.NOT_ALLOWED
    tag, shown = tag_of(fault.element), shown_attribute(fault.attribute)
    values = known_values(wanted)
    if values is None:
        message = f"@{shown}=“{fault.text}” on {tag} does not have the form asked for"
        return Finding("D114", message, place, f"Write {form_of(wanted)}.")
    single = isinstance(wanted, pt.Choice | pt.Value)
    words = [fault.text] if single else fault.text.split() or [fault.text]
    wrong = next((word for word in words if word not in values), fault.text)
    near = nearest(wrong, values)
    hint = f"Did you mean “{near}”? " if near else ""
    message = f"“{wrong}” is no value of @{shown} on {tag}"
    return Finding("D113", message, place, f"{hint}Values: {listed_values(values)}.")
