"""Compare a whole encoded document with its expect.toml.

expect.toml holds: ``capture`` (``archival``, ``wiki`` or ``plain``; compared with the header),
``genre`` (the category, or several that would do), ``[header]`` fields, ``find`` = expectations
that some element of the text must meet, ``never`` = that none may meet, ``[count]`` = how many
elements meet an expectation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from case_files import Document
from encoder import CRASHES, encode
from expectations import parse
from lxml import etree
from tei_reading import key, text_root, words

HEADER = {
    "title": ".//{*}titleStmt/{*}title",
    "date": ".//{*}profileDesc/{*}creation/{*}date",
    "country": ".//{*}sourceDesc//{*}msIdentifier/{*}country",
    "repository": ".//{*}sourceDesc//{*}msIdentifier/{*}repository",
    "shelfmark": ".//{*}sourceDesc//{*}msIdentifier",
    "archive": ".//{*}sourceDesc",
    "translator": ".//{*}titleStmt",
    "people": ".//{*}fileDesc",
    "record": ".//{*}teiHeader",
    "language": ".//{*}langUsage/{*}language",
    "rights": ".//{*}availability",
    "abstract": ".//{*}profileDesc/{*}abstract",
}


@dataclass
class Checked:
    """The checks of one document: kind and whether it was met; the missed ones in words."""

    id: str
    checks: list[tuple[str, bool]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def add(self, kind: str, right: bool, what: str) -> None:
        """Note one check."""
        self.checks.append((kind, right))
        if not right:
            self.missing.append(f"{kind}: {what}")


def _found(tree: etree._Element, path: str) -> list[etree._Element]:
    return [element for one in path.split("|") for element in tree.findall(one)]


def _header_value(tree: etree._Element, field_name: str, value: str) -> bool:
    header = tree.find("{*}teiHeader")
    if header is None:
        return False
    for element in _found(header.getparent(), HEADER[field_name]):
        if field_name == "date" and value in {
            element.get("when"),
            element.get("from"),
            element.get("notBefore"),
        }:
            return True
        if field_name == "language" and element.get("ident") == value:
            return True
        if field_name not in {"date", "language"} and key(value) in key(words(element)):
            return True
    return False


def _header(checked: Checked, tree: etree._Element, fields: dict[str, str | list[str]]) -> None:
    for field_name, values in fields.items():
        for value in [values] if isinstance(values, str) else values:
            checked.add(f"header {field_name}", _header_value(tree, field_name, value), value)


def _kind(checked: Checked, tree: etree._Element, expect: dict[str, object]) -> None:
    wiki = tree.find(".//{*}sourceDesc/{*}bibl[@type='wiki']") is not None
    if "capture" in expect:
        checked.add("capture", wiki == (expect["capture"] == "wiki"), str(expect["capture"]))
    if "genre" in expect:
        wanted = expect["genre"] if isinstance(expect["genre"], list) else [expect["genre"]]
        target = " ".join(e.get("target", "") for e in tree.findall(".//{*}textClass/{*}catRef"))
        checked.add(
            "genre",
            any(target.endswith(f"genre-{one}") for one in wanted),
            f"{wanted} found {target!r}",
        )


def check_document(document: Document) -> Checked:
    """Encode a document and check everything that its expect.toml says."""
    checked = Checked(document.id)
    try:
        tree = encode(document.data, document.id, document.expect.get("sidecar_kind"))
    except CRASHES as error:
        checked.add("crash", right=False, what=f"{type(error).__name__}: {error}")
        return checked
    _kind(checked, tree, document.expect)
    _header(checked, tree, document.expect.get("header", {}))
    elements = [e for e in text_root(tree).iter() if isinstance(e.tag, str)]
    for notation in document.expect.get("find", []):
        one = parse(notation)
        checked.add(f"find {one.names[0]}", any(one.fits(e) for e in elements), notation)
    for notation in document.expect.get("never", []):
        one = parse(notation)
        checked.add("never", not any(one.fits(e) for e in elements), notation)
    for notation, number in document.expect.get("count", {}).items():
        one = parse(notation)
        have = sum(one.fits(e) for e in elements)
        checked.add("count", have == number, f"{notation} = {number}, found {have}")
    return checked
