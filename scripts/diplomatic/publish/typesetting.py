"""Typst source to PDF, and its complaints back to the TEI.

The stylesheets end each line of Typst in `// @tei XPATH line N transcript M`; whatever Typst says
of a line is reported for that element. Warnings are failures: a book with one is not as it should
be.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from diplomatic.build.workers import share
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.publish.fonts import FontSet
from diplomatic.resources import xslt_dir

PDF_STANDARDS: Final = ("ua-1", "a-3a")
_MAIN: Final = "main.typ"
_LIBRARY: Final = "edition.typ"
_PAGE_LIST: Final = "page-list("
# Characters of Typst in a book of some hundred pages.
_LARGE: Final = 500_000

_BLOCK = re.compile(r"^(error|warning): ", re.MULTILINE)
_PLACE = re.compile(r"┌─ (?:.*/)?([^/\s]+\.typ):(\d+):(\d+)")
_TEI = re.compile(r"// @tei (\S+)(?: line (\d+))?(?: transcript (\d+))?\s*$")
_LABEL = re.compile(r"label `<([^>]+)>`")
_DOCUMENT = re.compile(r'^document-part\("([^"]+)"')


class TypesettingError(DiplomaticError):
    """Typst refused; `findings` holds all that it said."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings[0])
        self.findings = findings


@dataclass(frozen=True)
class Typescript:
    """What Typst is to set.

    Attributes:
        source: the main file.
        format: the page (a key of `_formats` in edition.typ).
        date: the edition's, for the PDF; the clock is never asked.
        inputs: texts that the source asks for by name (`sys.inputs`), such as attached TEI.
        names: what findings call the documents, by id; '' stands for the whole.
        images: files that the source names, by that name.
    """

    source: str
    format: str
    date: datetime.date
    inputs: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Pages:
    """What was set: the PDF, and where its parts and the units of its documents begin.

    `places` are rows of sheet (counted from 1), document and anchor, in order; '' is the head of a
    document and '*' its end; a part of the volume has its name and 'part'. A document by itself has
    none.
    """

    pdf: bytes
    places: list[tuple[int, str, str]] = field(default_factory=list)


def typeset(script: Typescript, fonts: FontSet) -> Pages:
    """Return a typescript as set; the same bytes for the same typescript.

    A large one is set in a process of its own: Typst keeps what it knows of a book, two megabytes
    a page, until its process ends.

    Raises:
        TypesettingError: D734, one finding for each thing that Typst complains of.
    """
    if len(script.source) < _LARGE:
        return _typeset(script, fonts)
    (result,) = share(_typeset_apart, [script], fonts, processes=2)
    if isinstance(result, Pages):
        return result
    raise TypesettingError(result)


def _typeset_apart(script: Typescript, fonts: FontSet) -> Pages | list[Finding]:
    """Set a typescript in a worker; complaints come back as a value."""
    try:
        return _typeset(script, fonts)
    except TypesettingError as error:
        return error.findings


def _typeset(script: Typescript, fonts: FontSet) -> Pages:
    """Set a typescript in this process.

    Raises:
        TypesettingError: D734.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="diplomatic-") as folder:
        root = Path(folder)
        _lay_out(script, root)
        try:
            compiler = typst.Compiler(
                root / _MAIN,
                root=root,
                font_paths=_typst_fonts(tuple(fonts.folders)),
                sys_inputs={**script.inputs, "format": script.format},
            )
            data, warnings = compiler.compile_with_warnings(
                pdf_standards=list(PDF_STANDARDS), timestamp=_midnight(script.date)
            )
            lists = json.loads(compiler.query("<page-list>")) if _PAGE_LIST in script.source else []
        except typst.TypstError as error:
            raise TypesettingError(complaints(str(error.diagnostic), script)) from error
    if warnings:
        said = "\n".join(str(warning.diagnostic) for warning in warnings)
        raise TypesettingError(complaints(said, script))
    places = [(int(page), str(id_), str(at)) for each in lists for page, id_, at in each["value"]]
    # What Typst gives is one PDF; only other formats come as several files, or none.
    return Pages(data if isinstance(data, bytes) else b"", places)


def _lay_out(script: Typescript, root: Path) -> None:
    """Write what Typst reads into a folder of its own."""
    (root / _MAIN).write_text(script.source, "utf-8")
    shutil.copyfile(xslt_dir() / "assets" / _LIBRARY, root / _LIBRARY)
    for name, path in script.images.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


@cache
def _typst_fonts(folders: tuple[str, ...]) -> Any:  # noqa: ANN401 - typst's class is not exported
    """Return the fonts in folders as Typst takes them; no others are looked for."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )


def _midnight(date: datetime.date) -> int:
    """Return the beginning of a day as a time stamp."""
    moment = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    return int(moment.timestamp())


def complaints(said: str, script: Typescript) -> list[Finding]:
    """Return what Typst said as findings at the TEI elements it is about.

    Args:
        said: Typst's own words, of one or more errors and warnings.
        script: what was set.
    """
    lines = script.source.split("\n")
    starts = [match.start() for match in _BLOCK.finditer(said)] or [0]
    blocks = [said[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    findings = [_complaint(block, lines, script) for block in blocks]
    return list(dict.fromkeys(findings))


def _complaint(block: str, lines: list[str], script: Typescript) -> Finding:
    """Return one block of Typst's words as a finding."""
    message = _BLOCK.sub("", block.strip().split("\n", 1)[0], count=1)
    number = _line_of(block, lines)
    if number is None:
        place = next((m for m in _PLACE.finditer(block)), None)
        where = f" ({place[1]}, line {place[2]})" if place else ""
        return Finding("D734", message + where, Place(script.names.get("", "")))
    path, tei_line, transcript_line = _tei_place(lines, number)
    name = _document_of(lines, number, script)
    at = Place(name, tei_line, transcript_line=transcript_line)
    return Finding("D734", f"{message} ({path})" if path else message, at)


def _line_of(block: str, lines: list[str]) -> int | None:
    """Return the line (from 0) of the main file that a complaint is about, if it tells."""
    for match in _PLACE.finditer(block):
        if match[1] == _MAIN:
            return int(match[2]) - 1
    if label := _LABEL.search(block):
        quoted = f'"{label[1]}"'
        return next((number for number, line in enumerate(lines) if quoted in line), None)
    return None


def _tei_place(lines: list[str], number: int) -> tuple[str, int, int]:
    """Return where a line comes from: XPath, line of the TEI, line of the transcript.

    It is the element that the first line from there on names.
    """
    for line in lines[number:]:
        if match := _TEI.search(line):
            return match[1], int(match[2] or 0), int(match[3] or 0)
    return "", 0, 0


def _document_of(lines: list[str], number: int, script: Typescript) -> str:
    """Return the name of the document that a line belongs to."""
    for line in reversed(lines[: number + 1]):
        if match := _DOCUMENT.match(line):
            return script.names.get(match[1], match[1])
    return script.names.get("", "")
