"""Fonts of the ebook: those of the website, and cuts of the book's fonts for all other scripts.

In: the characters of the ebook. Out: files by name, `fonts.css` among them. A website leaves
Hebrew, Arabic and Han to the reader's device; an ebook is read where no such font may be. Each font
is cut down to the characters that are used, and its licence goes with it.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from diplomatic.publish.fonts import OTHER_FAMILIES, Font, load_fonts
from diplomatic.publish.webfonts import as_woff2, keep, remembered_fonts, subset

FAMILY: Final = "Edition Scripts"
# More characters of one font than this weigh more than they are worth in an ebook.
_MANY: Final = 4_000
_SHEET: Final = "scripts.css"
_NOTICE: Final = (
    "{file} is a subset of {name}.\n"
    "This Font Software is licensed under the SIL Open Font License, Version 1.1,\n"
    "the text of which stands in LICENCE-SourceSerif4.txt beside this file.\n"
)


def book_fonts(characters: Iterable[str], memory: Path) -> dict[str, bytes]:
    """Return the font files for these characters, with fonts.css and the licences.

    Args:
        characters: all that the ebook shows.
        memory: a folder in which what is made is kept, to be taken from there the next time.

    Raises:
        DiplomaticError: D714, D731, D732, a font is not installed or cannot be read; D801, they
            cannot be kept.
    """
    used = frozenset(characters)
    files = remembered_fonts(used, memory / "web")
    rest = frozenset(c for c in used if _has_shape(c)) - _covered(files)
    if not rest:
        return files
    text = repr((sorted(rest), _versions()))
    head = f"/* {hashlib.sha256(text.encode()).hexdigest()[:16]} */\n".encode()
    extra = _again(memory / "scripts", head) or _make(rest, head)
    keep(extra, _SHEET, memory / "scripts")
    files["fonts.css"] += extra.pop(_SHEET)
    return files | extra


def families(characters: Iterable[str]) -> list[tuple[str, str]]:
    """Return the name of each font that an ebook with these characters has, and its licence's file.

    Raises:
        DiplomaticError: D731, D732, a font is not installed or cannot be read.
    """
    found = []
    left = frozenset(map(ord, filter(_has_shape, characters)))
    for font in _fonts():
        if left & font.characters:
            name = font.family.name
            found.append((name, f"LICENCE-{name.replace(' ', '')}.txt"))
        left -= font.characters
    return found


def _has_shape(character: str) -> bool:
    """Say whether a character is one to be drawn."""
    return unicodedata.category(character)[0] not in "CZ"


def _covered(files: dict[str, bytes]) -> frozenset[str]:
    """Return the characters that fonts have already."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for name, data in files.items():
        if name.endswith(".woff2"):
            with TTFont(io.BytesIO(data), lazy=True) as font:
                found.update(font.getBestCmap())
    return frozenset(map(chr, found))


def _fonts() -> tuple[Font, ...]:
    """Return the fonts of the book in the order in which they are asked for a character."""
    return load_fonts(OTHER_FAMILIES[0].name).romans


def _versions() -> list[tuple[str, str]]:
    """Return the fonts, and what cuts them, with their versions."""
    fonts = [(font.family.name, font.version) for font in _fonts()]
    return [*fonts, ("fonttools", version("fonttools"))]


def _again(made: Path, head: bytes) -> dict[str, bytes] | None:
    """Return the files of an earlier run if its key is the same and all are there."""
    try:
        sheet = (made / _SHEET).read_bytes()
        if not sheet.startswith(head):
            return None
        fonts = re.findall(r"url\((.+?)\)", sheet.decode())
        names = [name for font in fonts for name in (font, _licence(font))]
        return {_SHEET: sheet} | {name: (made / name).read_bytes() for name in names}
    except OSError:
        return None


def _licence(font: str) -> str:
    """Return the name of the file with the licence of a font file."""
    return font.replace("scripts-", "LICENCE-").replace(".woff2", ".txt")


def _make(rest: frozenset[str], head: bytes) -> dict[str, bytes]:
    """Make the files for these characters."""
    files: dict[str, bytes] = {}
    rules = []
    for font, codes in _shared_out(rest):
        name = f"fonts/scripts-{font.family.name.replace(' ', '')}.woff2"
        files[name] = _cut(font, codes)
        files[_licence(name)] = _terms(font, name)
        rules.append(
            f'@font-face{{font-family:"{FAMILY}";src:url({name}) format("woff2");'
            f"font-weight:400;font-style:normal;unicode-range:{_ranges(sorted(codes))}}}"
        )
    return files | {_SHEET: head + "\n".join(rules).encode() + b"\n"}


def _shared_out(rest: frozenset[str]) -> Iterator[tuple[Font, frozenset[int]]]:
    """Yield each font that is needed with the characters that are to come from it."""
    left = frozenset(map(ord, rest))
    for font in _fonts():
        codes = left & font.characters
        left -= codes
        if 0 < len(codes) <= _MANY:
            yield font, codes


@cache
def _cut(font: Font, codes: frozenset[int]) -> bytes:
    """Return a font with these characters only, at its usual weight."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    number = font.family.index if font.path.suffix == ".ttc" else -1
    opened = TTFont(font.path, fontNumber=number, recalcTimestamp=False)
    subset(opened, codes)
    if "fvar" in opened:
        axes = {axis.axisTag: axis.defaultValue for axis in opened["fvar"].axes}
        opened = instantiateVariableFont(opened, axes | {"wght": 400})
    return as_woff2(opened)


def _terms(font: Font, file: str) -> bytes:
    """Return the licence of a font: its package's own text, or where that text stands."""
    for folder in (font.path.parent, font.path.parent.parent):
        for name in ("LICENSE", "OFL.txt"):
            if (folder / name).is_file():
                return (folder / name).read_bytes()
    return _NOTICE.format(file=Path(file).name, name=font.family.name).encode()


def _ranges(codes: list[int]) -> str:
    """Return character codes in order as a `unicode-range`."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)
