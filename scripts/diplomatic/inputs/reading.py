"""A file of any kind as a transcript: its text with its layer, proven against the file's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.inputs.flow import Manuscript
from diplomatic.inputs.kinds import kind_of
from diplomatic.transcript.layer import Layer
from diplomatic.transcript.text import SourceText, decode, is_visible

Streams = dict[str, str]


def read_source(data: bytes, name: str) -> SourceText:
    """Return a file as a transcript.

    Args:
        data: the file.
        name: its name, whose ending says what it is; findings call it so.

    Raises:
        DiplomaticError: D010, D011, D013, plain text that is none; D421 to D423, D100, D101,
            D120, another file that cannot be read safely.
    """
    kind = kind_of(data, name)
    if kind == ".txt":
        return decode(data, name)
    made = _READERS[kind](data, name)
    if not is_visible(made.text):
        message = "the file holds no visible character"
        raise DiplomaticError(Finding("D011", message, Place(name)))
    return SourceText(made.text, name, made.layer)


def transcript_of(path: Path) -> str:
    """Return a file's transcript as text.

    Raises:
        DiplomaticError: D012, it cannot be read; else as `read_source`.
    """
    try:
        status = path.stat()
        return _text_of(path, status.st_mtime_ns, status.st_size)
    except OSError as error:
        message = error.strerror or "cannot be read"
        raise DiplomaticError(Finding("D012", message, Place(str(path)))) from error


@lru_cache(maxsize=8)
def _text_of(path: Path, _changed: int, _size: int) -> str:
    """Return a file's transcript; several places ask for it in turn."""
    return read_source(path.read_bytes(), str(path)).text.removeprefix("\ufeff")


@dataclass(frozen=True)
class _Made:
    """The text of a file, and its layer."""

    text: str
    layer: Layer


def _word(data: bytes, name: str) -> _Made:
    """Read a Word document."""
    from diplomatic.inputs.own_words import words_of_word
    from diplomatic.inputs.package import Package
    from diplomatic.inputs.word import read_word
    from diplomatic.inputs.word_parts import relationships

    package = Package(data, name)
    start = relationships(package, "").parts.get("officeDocument", ["word/document.xml"])[0]
    links = relationships(package, start).parts
    manuscript = read_word(package)
    return _proven(manuscript, lambda: words_of_word(Package(data, name), start, links), name)


def _opendocument(data: bytes, name: str) -> _Made:
    """Read an OpenDocument text."""
    from diplomatic.inputs.opendocument import read_opendocument
    from diplomatic.inputs.own_words import words_of_opendocument
    from diplomatic.inputs.package import Package

    manuscript = read_opendocument(Package(data, name))
    return _proven(manuscript, lambda: words_of_opendocument(Package(data, name)), name)


def _page(data: bytes, name: str) -> _Made:
    """Read a web page."""
    from diplomatic.inputs.page_parts import decode_page

    return _read_page(decode_page(data, name), name)


def _markdown(data: bytes, name: str) -> _Made:
    """Read a text in Markdown."""
    from diplomatic.inputs.markdown import render

    html = render(decode(data, name).text.removeprefix("\ufeff"))
    return _read_page(html, name, saved=False)


def _read_page(html: str, name: str, saved: bool = True) -> _Made:
    """Read a web page that is text already."""
    from diplomatic.inputs.own_words import words_of_page
    from diplomatic.inputs.page import read_page

    return _proven(read_page(html, name, saved), lambda: words_of_page(html), name)


def _proven(manuscript: Manuscript, own: Callable[[], Streams], name: str) -> _Made:
    """Write what was read as a transcript; say where its words are not the file's own."""
    from diplomatic.inputs.compose import compose
    from diplomatic.inputs.proof import compare_words

    composed = compose(manuscript)
    if count := manuscript.undescribed:
        things = "a picture or chart" if count == 1 else f"{count} pictures or charts"
        said = f"{things} without a description: nothing stands for it in the text"
        composed.layer.findings.append(Finding("D428", said, Place(name)))
    composed.layer.findings += compare_words(own(), composed.streams, name)
    return _Made(composed.text, composed.layer)


_READERS: dict[str, Callable[[bytes, str], _Made]] = {
    ".docx": _word,
    ".odt": _opendocument,
    ".html": _page,
    ".md": _markdown,
}
