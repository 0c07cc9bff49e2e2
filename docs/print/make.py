"""Makes the pictures of docs/printing.md: one page of an invented volume for each setting.

Run from the repository, with the test extra installed: python docs/print/make.py [NAME ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

import pymupdf

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests" / "print"))

from print_helpers import fixture_indices, fixture_source, make_settings  # noqa: E402

from diplomatic.publish.fonts import load_fonts  # noqa: E402
from diplomatic.publish.print import Press, document_pdf, prepare, volume_pdf  # noqa: E402

# By name: the settings, words of the page to be shown, and whether of one document by itself.
PICTURES = {
    "standard": ({}, "asked me to inform", False),
    "a5": ({"page": "a5"}, "asked me to inform", False),
    "a4": ({"document_page": "a4"}, "asked me to inform", True),
    "letter": ({"document_page": "letter"}, "asked me to inform", True),
    "trim": (
        {"trim": [170, 240], "margins": {"inner": 30, "outer": 40, "top": 20, "bottom": 30}},
        "asked me to inform",
        False,
    ),
    "type-size": ({"type_size": 13, "leading": 16}, "asked me to inform", False),
    "font": ({"font": "Source Serif 4", "type_size": 10}, "asked me to inform", False),
    "line-numbers": ({"line_numbers": True}, "The issue of the harbour", False),
    "paragraph-numbers": ({"paragraph_numbers": False}, "The issue of the harbour", False),
    "apparatus": ({}, "Every place at which", False),
    "apparatus-line": ({"apparatus": "line"}, "Every place at which", False),
    "notes-end": ({"notes": "end"}, "drafted by", False),
    "parts": ({}, "Three voices are kept apart", False),
    "index": ({}, "Only the places at which", False),
}


def picture(name: str) -> bytes:
    """Return the picture of a page as PNG, 62 dots to the inch."""
    choices, words, alone = PICTURES[name]
    settings = make_settings(print=choices)
    press = Press(settings, load_fonts(settings.print.font))
    if alone:
        data = document_pdf(prepare(fixture_source(), press), press)
    else:
        data = volume_pdf([prepare(fixture_source(), press, 1)], fixture_indices(), press)
    with pymupdf.open(stream=data) as opened:
        found = [page for page in opened if words in " ".join(page.get_text().split())]
        pixels = found[-1].get_pixmap(dpi=62)
        return bytes(pixels.tobytes("png"))


def main(names: list[str]) -> None:
    """Write the pictures named, or all."""
    for name in names or PICTURES:
        (HERE / f"{name}.png").write_bytes(picture(name))


if __name__ == "__main__":
    main(sys.argv[1:])
