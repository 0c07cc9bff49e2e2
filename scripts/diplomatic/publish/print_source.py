"""What the printed edition writes into a TEI tree before it is transformed, and reads back.

In: a parsed TEI document. Out: the same tree with the line of each element, which the stylesheet
puts beside its Typst, and with pictures named; the stylesheet's messages as findings.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic.findings import Finding, Place
from diplomatic.publish.fonts import line_number
from diplomatic.xml.names import XML_ID, tei
from diplomatic.xml.saxon import finding_of

PASS_NS: Final = "urn:diplomatic:pass"
# Pictures that Typst reads.
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
# Where a stylesheet's message says that it is about (common/errors.xsl).
_PATH = re.compile(r" \((/[^()]*)\)$")
_STEP = re.compile(r"/([\w.-]+)")


def annotate(
    tree: etree._ElementTree, folder: Path | None, name: str
) -> tuple[dict[str, Path], list[Finding]]:
    """Give each element its line, each graphic the name of its file, and the document an id.

    Args:
        tree: the document.
        folder: what the addresses of pictures are relative to; None: pictures are refused.
        name: what findings call the document.

    Returns:
        The pictures by the name given to them, and a finding (D737) for each that cannot be used.
    """
    images: dict[str, Path] = {}
    findings: list[Finding] = []
    root = tree.getroot()
    root.set(XML_ID, root.get(XML_ID) or _identifier(name))
    for element in tree.iter(etree.Element):
        element.set(f"{{{PASS_NS}}}line", str(line_number(element)))
        if element.tag == tei("graphic"):
            path = picture(element.get("url", ""), folder)
            if path is None:
                message = f"the picture {element.get('url', '')!r} is not there, or cannot be set"
                findings.append(Finding("D737", message, Place(name, line_number(element))))
                continue
            file = f"images/{len(images)}{path.suffix.lower()}"
            images[file] = path
            element.set(f"{{{PASS_NS}}}file", file)
    return images, findings


def _identifier(name: str) -> str:
    """Return the id of a document that states none: its file name, as far as an id can be that."""
    return "d-" + re.sub(r"[^\w.-]", "-", Path(name).stem, flags=re.ASCII)


def picture(address: str, folder: Path | None) -> Path | None:
    """Return the file of a picture that lies in or beside the document's folder and can be set."""
    if folder is None or not address or ":" in address:
        return None
    path = (folder / address).resolve()
    inside = path.is_relative_to(folder.resolve().parent)
    return path if inside and path.is_file() and path.suffix.lower() in _PICTURES else None


def report(message: str, tree: etree._ElementTree, name: str) -> Finding:
    """Return a message of a stylesheet as a finding at the line of the element it names."""
    finding = finding_of(message, name)
    path = _PATH.search(finding.message)
    if path is None:
        return finding
    place = replace(finding.place, line=line_of(tree, path[1]))
    return replace(finding, message=finding.message[: path.start()], place=place)


def line_of(tree: etree._ElementTree, path: str) -> int:
    """Return the line of the element at a path without namespaces; 0 when there is none."""
    found = tree.xpath(_STEP.sub(r"/*[local-name()='\1']", path))
    first = found[0] if isinstance(found, list) and found else None
    return line_number(first) if isinstance(first, etree._Element) else 0
