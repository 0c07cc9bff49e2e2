"""The fonts of the printed book: which packages bring them, and what characters they have.

Fonts come from Python packages only, so that a book is the same on every machine. In: nothing but
what is installed. Out: a `FontSet`; findings on characters that no font has (D733), which are made
before typesetting begins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place


@dataclass(frozen=True)
class Family:
    """A family of fonts: its name, the package that brings it, and its files for print.

    `index` is the font inside a collection of several; `folder` is where the package has its files.
    """

    name: str
    distribution: str
    package: str
    roman: str
    italic: str = ""
    folder: str = "files"
    index: int = 0
    licence: str = "SIL Open Font License 1.1"


# In the order in which a character is looked for (`_families` of edition.typ has the same).
TEXT_FAMILIES: Final = (
    Family(
        "EB Garamond",
        "fontpkg-eb-garamond",
        "fontpkg_eb_garamond",
        "EBGaramond[wght].ttf",
        "EBGaramond-Italic[wght].ttf",
    ),
    Family("Cardo", "fontpkg-cardo", "fontpkg_cardo", "Cardo-Regular.ttf", "Cardo-Italic.ttf"),
    Family(
        "Noto Sans CJK",
        "manimgx-fonts-cjk",
        "manimgx_fonts_cjk",
        "NotoSansCJK-VF.otf.ttc",
        folder="",
        index=1,
    ),
    Family("Amiri", "fontpkg-amiri", "fontpkg_amiri", "Amiri-Regular.ttf", "Amiri-Italic.ttf"),
)
# May be chosen for the text, before all others.
OTHER_FAMILIES: Final = (
    Family(
        "Source Serif 4",
        "fontpkg-source-serif-4",
        "fontpkg_source_serif_4",
        "SourceSerif4[opsz,wght].ttf",
        "SourceSerif4-Italic[opsz,wght].ttf",
    ),
)
# Sets file names and hashes, which are the edition's own.
CODE_FAMILY: Final = Family(
    "Source Code Pro",
    "fontpkg-source-code-pro",
    "fontpkg_source_code_pro",
    "SourceCodePro[wght].ttf",
)

_VERSION = re.compile(r"(\d+(?:\.\d+)+)")
# The lines of the transcript that an element was made from, counted from 0.
_SOURCE = re.compile(r"line:(\d+)")
# Characters without a shape of their own: they part or join others.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


@dataclass(frozen=True)
class Font:
    """A font file of the set, with what it says of itself."""

    family: Family
    path: Path
    version: str
    characters: frozenset[int]


@dataclass(frozen=True)
class FontSet:
    """The fonts of the book: romans in the order of search, italics by family, one for code."""

    romans: tuple[Font, ...]
    italics: dict[str, Font]
    code: Font

    def __reduce__(self) -> tuple[Callable[..., FontSet], tuple[tuple[Family, ...]]]:
        """Go to a worker by name: it reads the fonts itself, once, sooner than they are sent."""
        return _load, (tuple(font.family for font in (*self.romans, self.code)),)

    @property
    def folders(self) -> list[str]:
        """Folders that the typesetter reads."""
        fonts = (*self.romans, *self.italics.values(), self.code)
        return sorted({str(font.path.parent) for font in fonts})

    @cached_property
    def characters(self) -> frozenset[int]:
        """Every character that can be set."""
        return frozenset().union(*(font.characters for font in self.romans))

    def has(self, character: str) -> bool:
        """Say whether a character can be set, or needs no shape."""
        return ord(character) in self.characters or unicodedata.category(character) in _INVISIBLE

    def upright(self, text: str) -> str:
        """Return the characters of `text` that have no italic shape, each once and in order.

        A family with an italic is asked for the italic; without one, its roman is used as it is.
        So a character of the one kind before the other in the order of search must be set upright.
        """
        return "".join(sorted(c for c in set(text) if self.has(c) and not self._slants(c)))

    def _slants(self, character: str) -> bool:
        """Say whether the search in italic finds a character."""
        if unicodedata.category(character) in _INVISIBLE:
            return True
        for font in self.romans:
            italic = self.italics.get(font.family.name, font)
            if ord(character) in italic.characters:
                return True
        return False


def load_fonts(text: str = TEXT_FAMILIES[0].name) -> FontSet:
    """Return the fonts of the book; they are read once in a process.

    Args:
        text: the family that is asked first for each character.

    Raises:
        DiplomaticError: D731, a package is not installed; D732, a file of it is not there or is
            no font.
    """
    chosen = [family for family in OTHER_FAMILIES if family.name == text]
    return _load((*chosen, *TEXT_FAMILIES, CODE_FAMILY))


@cache
def _load(families: tuple[Family, ...]) -> FontSet:
    """Read the fonts of families, of which the last is for code."""
    *text, code = families
    italics = {f.name: _font(f, f.italic) for f in text if f.italic}
    return FontSet(tuple(_font(f, f.roman) for f in text), italics, _font(code, code.roman))


def _font(family: Family, file: str) -> Font:
    """Read one font file."""
    path = _folder(family) / file
    if not path.is_file():
        raise _broken(family, path, "the font file is not there")
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as stream:
            font = TTFont(stream, fontNumber=family.index, lazy=True)
            characters = frozenset(font.getBestCmap() or ())
            return Font(family, path, _version(font), characters)
    except (TTLibError, OSError) as error:
        raise _broken(family, path, f"the font cannot be read ({error})") from error


def _folder(family: Family) -> Path:
    """Return the folder of a family's files, without importing its package."""
    spec = find_spec(family.package)
    locations = list(spec.submodule_search_locations or []) if spec else []
    if not locations:
        message = f"the font package {family.distribution} ({family.name}) is not installed"
        hint = f"Install it: pip install {family.distribution}. The book is set in it."
        raise DiplomaticError(Finding("D731", message, hint=hint))
    return Path(locations[0]) / family.folder


def _broken(family: Family, path: Path, message: str) -> DiplomaticError:
    """Return the error for a font file that cannot be used."""
    hint = f"Install the package again: pip install --force-reinstall {family.distribution}."
    return DiplomaticError(Finding("D732", f"{family.name}: {message}", Place(str(path)), hint))


def _version(font: Any) -> str:  # noqa: ANN401 - fontTools has no types
    """Return the version that a font states, as a number."""
    stated = str(font["name"].getDebugName(5) or "")
    found = _VERSION.search(stated)
    return found[1] if found else stated


def line_number(element: etree._Element) -> int:
    """Return the line of an element in its file; 0 when it has none."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def transcript_line(element: etree._Element) -> int:
    """Return the line of the transcript that an element was made from; 0 when none is known."""
    for around in (element, *element.iterancestors()):
        if match := _SOURCE.match(around.get("source", "")):
            return int(match[1]) + 1
    return 0


def printed_text(tree: etree._ElementTree, name: str) -> Iterator[tuple[str, Place]]:
    """Yield every piece of text of a document with its place: all that may come onto a page.

    `name` is what findings call the document.
    """
    for element in tree.iter(etree.Element):
        if element.text:
            yield element.text, _place(element, name)
        for child in element:
            if child.tail:
                line = line_number(child) or line_number(element)
                yield child.tail, Place(name, line, transcript_line=transcript_line(element))


def _place(element: etree._Element, name: str) -> Place:
    """Return the place of an element in its file and in the transcript."""
    return Place(name, line_number(element), transcript_line=transcript_line(element))


def missing_characters(pieces: Iterable[tuple[str, Place]], fonts: FontSet) -> list[Finding]:
    """Return a finding (D733) for each character that no font has, at its first place.

    Args:
        pieces: text with the place where it begins (`printed_text`).
        fonts: the fonts of the book.
    """
    first: dict[str, Place] = {}
    for text, place in pieces:
        for offset, character in enumerate(text):
            if character not in first and not fonts.has(character):
                line = place.line + text.count("\n", 0, offset)
                first[character] = replace(place, line=line)
    return [_missing(character, place) for character, place in first.items()]


def _missing(character: str, place: Place) -> Finding:
    """Return the finding for one character."""
    title = unicodedata.name(character, "a character without a name")
    shown = character if character.isprintable() else "�"
    return Finding("D733", f"no font has {shown} (U+{ord(character):04X} {title})", place)


def character_class(characters: Sequence[str]) -> str:
    """Return characters as the inside of a character class of an XPath regular expression."""
    return "".join("\\" + c if c in "\\[]^-{}" else c for c in characters)
