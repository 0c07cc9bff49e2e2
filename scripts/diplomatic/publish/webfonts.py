"""Fonts of the website: subsets of packaged fonts, as WOFF2, with the style sheet that names them.

In: the characters that the pages use. Out: files by name. Source Serif 4 (SIL OFL 1.1) comes from
its package; Latin roman and italic and Cyrillic are separate files, so that a page loads what it
shows. Hangul syllables come from Noto Sans CJK KR, only those used, and only while they are few.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.workers import share, warm
from diplomatic.findings import DiplomaticError, Finding

_LATIN: Final = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x2032, 0x2033)
_SIGNS: Final = (0x2116, 0x2190, 0x2191, 0x2192, 0x27E8, 0x27E9, 0x2303, 0x00B6, 0x2026, 0x20AC)
_CYRILLIC: Final = range(0x400, 0x460)
_HANGUL: Final = (*range(0x3131, 0x318F), *range(0xAC00, 0xD7A4))
# More syllables than this weigh more than a reader's own Korean font is worth.
_FEW_SYLLABLES: Final = 600
_DISTRIBUTIONS: Final = ("fontpkg-source-serif-4", "manimgx-fonts-cjk", "fonttools")
# To be raised when this module makes other fonts from the same characters.
_FORM: Final = 2
_SHEET: Final = "fonts.css"
_LICENCE: Final = "LICENCE-SourceSerif4.txt"
_CJK_LICENCE: Final = "LICENCE-NotoSansCJK.txt"
_CJK_NOTICE: Final = (
    "hangul.woff2 is a subset of Noto Sans CJK KR.\n"
    "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'.\n"
    "This Font Software is licensed under the SIL Open Font License, Version 1.1,\n"
    "the text of which stands in LICENCE-SourceSerif4.txt beside this file.\n"
)


@dataclass(frozen=True)
class _Face:
    """One font file of the site: its name, where it comes from, and which characters it is for."""

    name: str
    source: str
    style: str
    family: str
    unicode_range: str


_FACES: Final = (
    _Face("roman", "SourceSerif4[opsz,wght].ttf", "normal", "Source Serif", "U+0-3FF,U+2000-2FFF"),
    _Face(
        "italic", "SourceSerif4-Italic[opsz,wght].ttf", "italic", "Source Serif",
        "U+0-3FF,U+2000-2FFF",
    ),
    _Face("cyrillic", "SourceSerif4[opsz,wght].ttf", "normal", "Source Serif", "U+400-4FF,U+2116"),
)  # fmt: skip
_HANGUL_FACE: Final = _Face("hangul", "", "normal", "Edition Hangul", "U+3131-318E,U+AC00-D7A3")


def web_fonts(characters: Iterable[str], made: Path | None = None) -> dict[str, bytes]:
    """Return the font files for pages with these characters, with fonts.css and the licences.

    `made` is the folder of an earlier run: what was made there for the same characters from the
    same packages is taken from it, since making it takes seconds.

    Raises:
        DiplomaticError: D714, a font package is not installed.
    """
    used = frozenset(map(ord, characters))
    head = f"/* {_key(used)} */\n".encode()
    return (made and _again(made, head)) or _make(used, head)


def remembered_fonts(characters: Iterable[str], memory: Path) -> dict[str, bytes]:
    """Return the fonts for these characters, from the folder `memory` or made and kept there.

    It is outside of the website, so that one that is made anew finds them too.

    Raises:
        DiplomaticError: D714, a font package is not installed; D801, they cannot be kept.
    """
    files = web_fonts(characters, memory)
    keep(files, _SHEET, memory)
    return files


def keep(files: Mapping[str, bytes], sheet: str, memory: Path) -> None:
    """Keep font files in a folder, with the style sheet that says what they are.

    Raises:
        DiplomaticError: D801, they cannot be kept.
    """
    with suppress(OSError):
        if (memory / sheet).read_bytes() == files[sheet]:
            return
    # The sheet says what the others are: it goes first, and comes last.
    with suppress(OSError):
        (memory / sheet).unlink()
    for name in sorted(files, key=sheet.__eq__):
        write_if_changed(memory / name, files[name], durable=False)


def _key(used: frozenset[int]) -> str:
    """Return what the fonts depend on, as one word: characters, packages, this module's form."""
    wanted = [sorted(_wanted(face.name, used)) for face in _FACES]
    syllables = sorted(used.intersection(_HANGUL))
    packages = [(name, _version(name)) for name in _DISTRIBUTIONS]
    text = repr((_FORM, wanted, syllables, packages))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _version(name: str) -> str:
    """Return the version of an installed package.

    Raises:
        DiplomaticError: D714, it is not installed.
    """
    try:
        return version(name)
    except PackageNotFoundError as error:
        raise DiplomaticError(Finding("D714", f"the package {name} is not installed")) from error


def _again(made: Path, head: bytes) -> dict[str, bytes] | None:
    """Return the files of an earlier run if its key is the same and all are there."""
    try:
        sheet = (made / _SHEET).read_bytes()
        if not sheet.startswith(head):
            return None
        names = [_SHEET, *re.findall(r"url\((.+?)\)", sheet.decode()), f"fonts/{_LICENCE}"]
        names += [f"fonts/{_CJK_LICENCE}"] if _HANGUL_FACE.family.encode() in sheet else []
        return {name: (made / name).read_bytes() for name in names}
    except OSError:
        return None


def _make(used: frozenset[int], head: bytes) -> dict[str, bytes]:
    """Make the files for these characters."""
    files: dict[str, bytes] = {}
    wanted = {face: _wanted(face.name, used) for face in _FACES}
    rules = [_rule(face, "400 700") for face, characters in wanted.items() if characters]
    syllables = frozenset(used.intersection(_HANGUL))
    if 0 < len(syllables) <= _FEW_SYLLABLES:
        wanted[_HANGUL_FACE] = syllables
        rules.append(_rule(_HANGUL_FACE, "400"))
        files[f"fonts/{_CJK_LICENCE}"] = _CJK_NOTICE.encode()
    # A face takes seconds: workers that are there make one each.
    for name, data in share(
        _made, [each for each in wanted.items() if each[1]], None, warm(), together=1
    ):
        files[f"fonts/{name}.woff2"] = data
    files[f"fonts/{_LICENCE}"] = (_package("fontpkg_source_serif_4") / "LICENSE").read_bytes()
    files[_SHEET] = head + "\n".join(rules).encode() + b"\n"
    return files


def _made(piece: tuple[_Face, frozenset[int]], _: None) -> tuple[str, bytes]:
    """Make the file of a face, in this process or a worker."""
    face, characters = piece
    return face.name, _serif(face.source, characters) if face.source else _hangul(characters)


def _wanted(name: str, used: frozenset[int]) -> frozenset[int]:
    """Return the characters that a face is to have; Cyrillic only where some is used."""
    if name == "cyrillic":
        return frozenset(_CYRILLIC) if used.intersection(_CYRILLIC) else frozenset()
    greek = used.intersection(range(0x370, 0x400))
    punctuation = used.intersection(range(0x2000, 0x3000))
    return frozenset((*_LATIN, *_SIGNS, *greek, *punctuation))


def _rule(face: _Face, weight: str) -> str:
    """Return the CSS rule for a face.

    `optional`: on a slow line the first page stays in the fallback face. With `swap` a line that
    breaks elsewhere in the new face moved all the text below it, whatever the metrics say.
    """
    return (
        f'@font-face{{font-family:"{face.family}";'
        f'src:url(fonts/{face.name}.woff2) format("woff2");font-weight:{weight};'
        f"font-style:{face.style};font-display:optional;unicode-range:{face.unicode_range}}}"
    )


def _package(name: str) -> Path:
    """Return the folder of an installed package.

    Raises:
        DiplomaticError: D714, it is not installed.
    """
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise DiplomaticError(Finding("D714", f"the font package {name} is not installed"))
    return Path(spec.origin).parent


@cache
def _serif(source: str, characters: frozenset[int]) -> bytes:
    """Return a subset of Source Serif 4: weights 400 to 700, at the optical size of text."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(_package("fontpkg_source_serif_4") / "files" / source, recalcTimestamp=False)
    subset(font, characters)
    return as_woff2(instantiateVariableFont(font, {"wght": (400, 700), "opsz": 14}))


@cache
def _hangul(syllables: frozenset[int]) -> bytes:
    """Return a subset of Noto Sans CJK KR at weight 400."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    collection = _package("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"
    font = TTFont(collection, fontNumber=_korean(collection), recalcTimestamp=False)
    subset(font, syllables)
    return as_woff2(instantiateVariableFont(font, {"wght": 400}))


def _korean(collection: Path) -> int:
    """Return the number of the Korean proportional face in a collection."""
    from fontTools.ttLib import TTCollection

    with TTCollection(collection, lazy=True) as fonts:
        names = [str(font["name"].getDebugName(1)) for font in fonts]
    return next((i for i, name in enumerate(names) if "KR" in name and "Mono" not in name), 0)


def subset(font: Any, characters: frozenset[int]) -> None:  # noqa: ANN401 - fontTools has no types
    """Keep of a font only what these characters need."""
    from fontTools.subset import Options, Subsetter

    options = Options(notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
    # Screens of today smooth without hints; in CFF2 the instancer needs them.
    options.hinting = "CFF2" in font
    options.layout_features = [*options.layout_features, "pnum", "lnum"]
    options.drop_tables += ["DSIG", "BASE", "vhea", "vmtx", "VORG", "VVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def as_woff2(font: Any) -> bytes:  # noqa: ANN401 - fontTools has no types
    """Return a font as WOFF2; the same font gives the same bytes."""
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
