"""Which entries of the indices a document uses, so that a change of others leaves it alone.

Encoding uses the names that stand in the transcript, and would use a new one that stands in it;
the check uses what its pointers lead to. Both are kept as marks: short hashes, each of one name or
pointer with all that is read of it. While the indices are as they were, nothing is read at all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from diplomatic.build.files import MISSING
from diplomatic.build.state import State
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError

# What depends on every entry: a document of which nothing was read, an index that is broken.
_ALL: Final = "all "
# How many former states of the indices are kept, for documents that were not made since.
_KEPT: Final = 3
_BEFORE: Final = re.compile(r"[^\s\"'<>=]*\Z")
_AFTER: Final = re.compile(r"(?:#[^\s\"'<>]*)?")
_SCHEME: Final = re.compile(r"[A-Za-z][\w+.-]*:")
# Longer addresses of files inside an edition are not to be had.
_LONGEST: Final = 1000
_TOLD: Final = 5


class Entries:
    """The indices of an edition, and what is used of them."""

    def __init__(self, edition: Edition, state: State) -> None:
        self._edition = edition
        self._state = state
        self._identified: dict[Path, Mapping[str, str] | None] = {}
        # What the marks that were met in this run are of.
        self._names: dict[str, str] = {}

    @cached_property
    def version(self) -> str:
        """One word for all that the indices hold; nothing where there are none."""
        paths = self._edition.index_paths.values()
        return self._state.hash_of_all(paths)[:24] if paths else ""

    # ------------------------------------------------------------ encoding

    def named(self, document: Document) -> str:
        """Return the marks of the names that can stand in a transcript, as it was encoded last."""
        task = self._state.task(f"encode {document.id}")
        if task is None:
            return ""
        before, kept = task.facts.get("indices"), task.inputs.get("index entries", "")
        if kept.startswith(_ALL):
            return self.everything
        if before == self.version or not self.version:
            return kept if self.version else ""
        marks = self._found(document, str(before), kept)
        if marks == kept:
            self._state.note_fact(f"encode {document.id}", "indices", self.version)
        return marks

    def _found(self, document: Document, before: str, kept: str) -> str:
        """Return the same after a change of the indices, from what was found before it."""
        now, then = self._marks, self._tables.get(before)
        if now is None:
            return self.everything
        still = set(kept.split()) & now.keys() if then is not None else set()
        asked = now.keys() - (then or {}).keys()
        try:
            return " ".join(sorted(still | self._standing(document, asked)))
        except DiplomaticError:
            return self.everything

    def _standing(self, document: Document, asked: Iterable[str]) -> set[str]:
        """Return which marks are of names that can stand in a transcript.

        Raises:
            DiplomaticError: it cannot be read.
        """
        from diplomatic.encode.names import squeezed
        from diplomatic.inputs import transcript_of

        words = {mark: self._words[mark] for mark in asked}
        if not words:
            return set()
        text = squeezed(transcript_of(document.source))
        return {mark for mark, name in words.items() if name in text}

    @property
    def everything(self) -> str:
        """The mark of what depends on every entry."""
        return f"{_ALL}{self.version}"

    @cached_property
    def _words(self) -> dict[str, str]:
        """The words of every name of the indices, by their marks.

        Raises:
            DiplomaticError: an index is broken.
        """
        from diplomatic.encode.names import load_names

        paths = self._edition.index_paths.values()
        index = load_names(paths, self._edition.settings.language)
        listed = [each for several in index.by_first_word.values() for each in several]
        self._names.update((each.mark, each.ref.rpartition("#")[2]) for each in listed)
        return {each.mark: each.words for each in listed}

    @cached_property
    def _marks(self) -> Mapping[str, str] | None:
        """The entry of every name by its mark; None if an index is broken. It is kept."""
        if self.version not in self._tables:
            try:
                marks = {mark: self._names[mark] for mark in self._words}
            except DiplomaticError:
                return None
            for old in [*self._tables][: 1 - _KEPT]:
                del self._tables[old]
            self._tables[self.version] = marks
            self._state.keep_note("names", self._tables)
        return self._tables[self.version]

    @cached_property
    def _tables(self) -> dict[str, dict[str, str]]:
        """The entries of the names of the indices by their marks, by the version of the indices."""
        return self._state.note("names")

    def remember(self) -> None:
        """Keep what the names of the indices are, to know the new ones after a change."""
        _ = self._marks if self.version else None

    # ------------------------------------------------------------ check

    def pointed(self, document: Document) -> str:
        """Return the marks of what a document points to in other files, as it was checked last."""
        task = self._state.task(f"check {document.id}")
        if task is None:
            return ""
        elsewhere = list(map(str, task.facts.get("elsewhere", [])))
        kept = task.inputs.get("index entries", "")
        version = self._around(document, elsewhere)
        if task.facts.get("indices") == version:
            return kept
        marks, _ = self.pointing(document)
        if marks == kept:
            self._state.note_fact(f"check {document.id}", "indices", version)
        return marks

    def pointing(self, document: Document) -> tuple[str, dict[str, Any]]:
        """Return the same as a document is now, and what is to be kept of it."""
        try:
            data = document.tei.read_bytes()
        except OSError:
            data = b""
        if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:100]:
            return self.everything, {"indices": self._around(document, [])}
        pointers = set(_pointers(data.decode("utf-8", "replace")))
        own = {str(path) for path in self._edition.index_paths.values()}
        files = {file: _target(document, file) for file, _, _ in pointers}
        elsewhere = sorted(file for file, path in files.items() if str(path) not in own)
        marks = {self._mark(files[f], f"{f}{sign}{rest}", rest) for f, sign, rest in pointers}
        facts: dict[str, Any] = {"indices": self._around(document, elsewhere)}
        return " ".join(sorted(marks)), facts | ({"elsewhere": elsewhere} if elsewhere else {})

    def _around(self, document: Document, elsewhere: Iterable[str]) -> str:
        """Return one word for the indices and for other files that a document points into."""
        others = [self._state.hash_of(_target(document, file))[:24] for file in elsewhere]
        return " ".join((self.version, *others))

    def _mark(self, path: Path, pointer: str, fragment: str) -> str:
        """Return the mark of a pointer, with what it leads to."""
        known = self._of_file(path)
        found = known.get(unquote(fragment), "") if known is not None else MISSING
        # The finding on a pointer that leads nowhere names those that are near.
        all_of_it = "" if found else self._state.hash_of(path)
        mark = _short(f"{pointer} {found} {all_of_it}")
        self._names[mark] = unquote(fragment) or pointer
        return mark

    def _of_file(self, path: Path) -> Mapping[str, str] | None:
        """Return what each identifier of a file belongs to; None if it cannot be read."""
        if path not in self._identified:
            try:
                self._identified[path] = _identified(path)
            except DiplomaticError:
                self._identified[path] = None
        return self._identified[path]

    # ------------------------------------------------------------ why

    def told(self, before: str, now: str) -> str:
        """Return in words which entries are not as they were, from marks."""
        known = dict(self._names)
        for table in self._tables.values():
            known |= {mark: name for mark, name in table.items() if mark not in known}
        other = set(before.split()) ^ set(now.split())
        names = sorted({known[mark] for mark in other if mark in known})
        if not names or _ALL.strip() in other:
            return "indices"
        more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
        return f"index {'entry' if len(names) == 1 else 'entries'} {', '.join(names[:_TOLD])}{more}"


def _pointers(text: str) -> Iterable[tuple[str, str, str]]:
    """Yield whatever looks like a pointer into an XML file: file, `#` or nothing, fragment."""
    parts = text.split(".xml")
    for one, other in pairwise(parts):
        begun, after = _BEFORE.search(one[-_LONGEST:]), _AFTER.match(other)
        file = unescape(f"{begun.group() if begun else ''}.xml")
        if not _SCHEME.match(file) and not file.startswith("/"):
            sign, fragment = "#" if other.startswith("#") else "", after.group() if after else ""
            yield file, sign, unescape(fragment.removeprefix("#"))


def _identified(path: Path) -> Mapping[str, str]:
    """Return which element each identifier of a file belongs to.

    Raises:
        DiplomaticError: it cannot be read.
    """
    # Imported here: a build in which nothing points elsewhere needs no parser.
    from diplomatic.xml.names import XML_ID
    from diplomatic.xml.reader import parse_file

    elements = parse_file(path).getroot().iter("*")
    return {str(each.get(XML_ID)): str(each.tag) for each in elements if each.get(XML_ID)}


def _target(document: Document, file: str) -> Path:
    """Return the file that a pointer of a document leads into."""
    path = document.tei.parent
    for part in unquote(file).split("/"):
        path = path.parent if part == ".." else path / part
    return path


def _short(words: str) -> str:
    """Return the mark of words."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]
