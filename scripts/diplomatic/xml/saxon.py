"""The one place that touches Saxon: XSLT 3.0 stylesheets, compiled once and run many times.

Facts that shape this module (found by trying, SaxonC 12 and 13): a processor must live in the
main thread of its process; a terminating `xsl:message` reaches Python only through saved
messages; a node and the file it came from must not both be given to one executable. So sources
go in as text that `diplomatic.xml.reader` has already refused entities in, and messages come
back as findings. Saxon also prints errors on the standard error of the process, which no setting
of it stops; they are caught there, because only they name the place in the stylesheet.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from diplomatic.findings import DiplomaticError, Finding, Place, codes

Parameter = str | bool | int | bytes

# A message of ours (xslt/common/errors.xsl): code, transcript line if known, words.
_MESSAGE = re.compile(r"(?P<code>D\d{3}) (?:\[line (?P<line>\d+)\] )?(?P<words>.+)", re.DOTALL)

_STDERR = 2
_STYLESHEET_PLACE = re.compile(r"on line (\d+)(?: column (\d+))? of (\S+\.xsl)")


@dataclass
class Result:
    """What a transformation made: the text, and the messages it wrote on the way."""

    text: str
    messages: list[str] = field(default_factory=list)

    def findings(self, name: str) -> list[Finding]:
        """Return the messages as findings about the source called `name`."""
        return [finding_of(message, name) for message in self.messages]


def finding_of(message: str, name: str, otherwise: str = "D703") -> Finding:
    """Return a stylesheet's message as a finding; `otherwise` is its code if it states none."""
    match = _MESSAGE.fullmatch(message.strip())
    if match is None or match["code"] not in codes():
        return Finding(otherwise, message.strip(), Place(name))
    place = Place(name, transcript_line=int(match["line"] or 0))
    return Finding(match["code"], match["words"], place)


@cache
def _processor() -> Any:  # noqa: ANN401 - saxonche has no types
    """Return this process's Saxon processor, made at first use (it is slow to import)."""
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    # A stylesheet reads what it is given and the files beside it, never the network.
    processor.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "file")
    return processor


@dataclass(frozen=True)
class Parsed:
    """A document that Saxon has read, to be transformed more than once."""

    node: Any


def parsed(source: bytes, name: str) -> Parsed:
    """Return an XML document, already read safely, for several transformations.

    Raises:
        DiplomaticError: D120, the source is beyond what Saxon's own parser reads.
    """
    return Parsed(_parsed(source, name))


class Stylesheet:
    """A compiled XSLT 3.0 stylesheet or package."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        """Compile the stylesheet at `path`, or `text`, which messages call by that path.

        Raises:
            DiplomaticError: D701, it does not compile; the message is Saxon's.
        """
        self.path = path
        compiler = _processor().new_xslt30_processor()
        source = {"stylesheet_file": str(path)} if text is None else {"stylesheet_text": text}
        with _native_errors() as printed:
            try:
                self._executable = compiler.compile_stylesheet(**source)
            except Exception as error:  # saxonche raises its own, unexported class
                message = " ".join((str(error) or printed()).split())
                place = _stylesheet_place(message, path)
                raise DiplomaticError(Finding("D701", message, place)) from error
        self._executable.set_save_xsl_message(True)

    def transform(
        self,
        source: bytes | Parsed,
        parameters: Mapping[str, Parameter] | None = None,
        *,
        name: str = "",
    ) -> Result:
        """Apply the stylesheet's default mode to an XML document.

        Args:
            source: the document, UTF-8, already read safely; or as `parsed` gives it.
            parameters: stylesheet parameters; `bytes` are parsed and passed as a document node.
            name: what findings call the source.

        Raises:
            DiplomaticError: D702, the transformation stopped; the message is the stylesheet's;
                D120, the source is beyond what Saxon's own parser reads.
        """
        node = _read(source, name) if isinstance(source, bytes) else source.node
        return self._run(lambda: self._apply(node), parameters or {}, name)

    def call(self, template: str, parameters: Mapping[str, Parameter] | None = None) -> Result:
        """Call a named template (in `{namespace}local` form) that needs no source document.

        Raises:
            DiplomaticError: D702, the transformation stopped.
        """
        executable = self._executable
        return self._run(
            lambda: executable.call_template_returning_string(template), parameters or {}, template
        )

    def _apply(self, node: Any) -> str:  # noqa: ANN401 - saxonche has no types
        """Apply templates to a node and return the text made."""
        self._executable.set_global_context_item(xdm_item=node)
        return str(self._executable.transform_to_string(xdm_node=node) or "")

    def _run(
        self, work: Callable[[], str], parameters: Mapping[str, Parameter], name: str
    ) -> Result:
        """Run `work` with parameters set, gather messages, and turn a failure into a finding."""
        self._executable.clear_parameters()
        self._executable.clear_xsl_messages()
        for key, value in parameters.items():
            self._executable.set_parameter(key, _xdm(value))
        with _native_errors() as printed:
            try:
                text = work()
            except Exception as error:  # saxonche raises its own, unexported class
                message = self._failure(str(error).strip(), printed())
                raise DiplomaticError(finding_of(message, name, "D702")) from error
        return Result(text, self._messages())

    def _failure(self, error: str, printed: str) -> str:
        """Return what to say of a failure: the stylesheet's last message, or Saxon's error.

        Saxon's own error names its place in the stylesheet only in what it prints.
        """
        messages = self._messages()
        if messages and "terminated by xsl:message" in error:
            return messages[-1].strip()
        found = _STYLESHEET_PLACE.search(printed)
        return f"{error} (line {found[1]} of {found[3]})" if found else error

    def _messages(self) -> list[str]:
        """Return the texts of the messages written since the last run began."""
        saved = self._executable.get_xsl_messages()
        if saved is None:
            return []
        return [saved.item_at(index).get_string_value() for index in range(saved.size)]


@lru_cache(maxsize=1)
def _read(source: bytes, name: str) -> Any:  # noqa: ANN401 - saxonche has no types
    """Return a document as a node; that of the last one is kept, for the next stylesheet."""
    return _parsed(source, name)


def _parsed(source: bytes, name: str) -> Any:  # noqa: ANN401 - saxonche has no types
    """Return an XML document, already read safely, as the node that Saxon works on."""
    with _native_errors():
        try:
            return _processor().parse_xml(xml_text=source.decode("utf-8"))
        except Exception as error:  # saxonche raises its own, unexported class
            message = " ".join(str(error).split())
            raise DiplomaticError(Finding("D120", message, Place(name))) from error


def _xdm(value: Parameter) -> Any:  # noqa: ANN401 - saxonche has no types
    """Return a Python value as the XDM value that a stylesheet parameter takes."""
    processor = _processor()
    if isinstance(value, bytes):
        return _parsed(value, "a parameter")
    if isinstance(value, bool):
        return processor.make_boolean_value(value)
    if isinstance(value, int):
        return processor.make_integer_value(value)
    return processor.make_string_value(value)


def _stylesheet_place(message: str, path: Path) -> Place:
    """Return the place that a message of the compiler names, which may be in an included file."""
    found = _STYLESHEET_PLACE.search(message)
    if not found:
        return Place(str(path))
    return Place(str(_module(found[3], path)), int(found[1]), int(found[2] or 0))


def _module(name: str, entry: Path) -> Path:
    """Return the file of this name that an entry stylesheet is, includes, or has beside it."""
    if entry.name == name:
        return entry
    with contextlib.suppress(OSError, UnicodeDecodeError):
        for address in re.findall(r'href="([^"]+)"', entry.read_text("utf-8")):
            path = unquote(urlsplit(address).path)
            if address.startswith("file:") and path.endswith(f"/{name}"):
                return Path(path[1:] if re.match("/[A-Za-z]:", path) else path)
    return next(entry.parent.rglob(name), Path(name))


@contextmanager
def _native_errors() -> Iterator[Callable[[], str]]:
    """Catch what native code prints on standard error; yield a function that returns it.

    Nothing of Python's is lost: Saxon holds the interpreter while it works. Where the process has
    no standard error, or no folder for temporary files, nothing is caught.
    """
    try:
        sink = _sink()
        saved = os.dup(_STDERR)
    except OSError:
        yield str
        return
    # Emptied only when something was printed: this happens several times for each document.
    if os.lseek(sink, 0, os.SEEK_END):
        os.lseek(sink, 0, os.SEEK_SET)
        os.ftruncate(sink, 0)
    os.dup2(sink, _STDERR)
    try:
        yield lambda: _content(sink)
    finally:
        os.dup2(saved, _STDERR)
        os.close(saved)


@cache
def _sink() -> int:
    """Return this process's file, as a descriptor, for what native code prints."""
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _content(sink: int) -> str:
    """Return what was printed into the file."""
    size = os.lseek(sink, 0, os.SEEK_END)
    os.lseek(sink, 0, os.SEEK_SET)
    return os.read(sink, size).decode("utf-8", "replace")


@cache
def stylesheet(path: Path) -> Stylesheet:
    """Return the stylesheet at `path`, compiled once in this process."""
    return Stylesheet(path)
