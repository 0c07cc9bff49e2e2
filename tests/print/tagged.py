"""Reads the text of a tagged PDF through its structure tree, as a screen reader does.

Artifacts (running heads, folios, rules) are left out; notes and marks can be told from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass
class Node:
    """An element of the structure tree: its role, and its children in reading order."""

    role: str
    attributes: dict[str, Any] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield this element and all within it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def find(self, role: str) -> list[Node]:
        """Return the elements with a role."""
        return [node for node in self.walk() if node.role == role]

    def text(self, *, notes: bool = True) -> str:
        """Return the words; without notes, neither notes nor the marks that call them."""
        parts = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif notes or not (child.role == "Note" or (child.role == "Lbl" and self.role != "LI")):
                parts.append(child.text(notes=notes))
        return "".join(parts)


def read_structure(data: bytes) -> Node:
    """Return the structure tree of a PDF, with its words."""
    with pikepdf.open(BytesIO(data)) as pdf:
        words = {page.objgen: _marked_content(page) for page in pdf.pages}
        return _node(pdf.Root.StructTreeRoot, None, words)


def _node(element: Any, page: Any, words: dict[Any, dict[int, str]]) -> Node:
    page = element.get("/Pg", page)
    node = Node(str(element.get("/S", "/Root"))[1:], {str(k): v for k, v in element.items()})
    node.attributes = {
        key: str(node.attributes[key])
        for key in ("/Lang", "/Alt", "/ActualText")
        if key in node.attributes
    }
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            node.children.append(words[page.objgen].get(kid, ""))
        elif "/MCID" in kid:
            node.children.append(words[kid.get("/Pg", page).objgen].get(int(kid.MCID), ""))
        elif "/S" in kid:
            node.children.append(_node(kid, page, words))
    return node


def _marked_content(page: pikepdf.Page) -> dict[int, str]:
    """Return the words of a page by the number of their marked content."""
    fonts = {name: _unicode_map(font) for name, font in (page.Resources.get("/Font") or {}).items()}
    found: dict[int, str] = {}
    stack: list[int | None] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else None
            number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
            stack.append(int(number) if number is not None else (stack[-1] if stack else None))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and stack and stack[-1] is not None:
            strings = operands[0] if name == "TJ" else [operands[0]]
            text = "".join(
                _decode(bytes(s), font) for s in strings if isinstance(s, pikepdf.String)
            )
            found[stack[-1]] = found.get(stack[-1], "") + _in_reading_order(text)
    return found


def _in_reading_order(text: str) -> str:
    """Return words of a line from right to left, which a PDF has as the eye meets them, turned."""
    return text[::-1] if _LEFTWARD.search(text) else text


def _decode(data: bytes, font: dict[int, str]) -> str:
    codes = (int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2))
    return "".join(font.get(code, "\N{REPLACEMENT CHARACTER}") for code in codes)


def _unicode_map(font: Any) -> dict[int, str]:
    """Return the text of each code of a font, from its ToUnicode map."""
    table: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(font.ToUnicode):
        if str(operator) == "endbfchar":
            for code, text in zip(operands[::2], operands[1::2], strict=True):
                table[int.from_bytes(bytes(code), "big")] = bytes(text).decode("utf-16-be")
        elif str(operator) == "endbfrange":
            for low, high, text in zip(operands[::3], operands[1::3], operands[2::3], strict=True):
                start, base = int.from_bytes(bytes(low), "big"), bytes(text).decode("utf-16-be")
                for code in range(start, int.from_bytes(bytes(high), "big") + 1):
                    table[code] = base[:-1] + chr(ord(base[-1]) + code - start)
    return table
