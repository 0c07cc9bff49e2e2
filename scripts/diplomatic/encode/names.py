"""Names from the edition's indices: where they stand in a text, longest first.

Only what an editor has put into `tei/indices/` is tagged (design §3.5). A variant matches as it is
written, or in capitals; in the script that it is written in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from diplomatic.transcript.spans import Span
from diplomatic.xml.names import NSMAP, XML_ID, XML_LANG
from diplomatic.xml.reader import parse_file

_WORD = re.compile(r"[^\W_][\w'’.-]*")
# index file: entries, names inside an entry, the element that tags a mention
_KINDS = {
    "persons.xml": ("tei:person", "tei:persName", "persName"),
    "places.xml": ("tei:place", "tei:placeName", "placeName"),
    "organisations.xml": ("tei:org", "tei:orgName", "orgName"),
    "terms.xml": ("tei:item", "tei:term", "term"),
}


@dataclass(frozen=True)
class Variant:
    """One way to write a name."""

    words: str
    element: str
    ref: str
    language: str = ""

    @cached_property
    def mark(self) -> str:
        """A short hash of all that it is."""
        words = "\0".join((self.words, self.element, self.ref, self.language))
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The variant as whole words, with any blank space between them, a line break included."""
        return re.compile(r"\s+".join(map(re.escape, self.words.split())) + r"(?![^\W_])")


@dataclass
class NameIndex:
    """All variants of the edition's names, by their first word."""

    by_first_word: dict[str, list[Variant]] = field(default_factory=dict)

    def add(self, variant: Variant) -> None:
        """Add a variant, and its form in capitals."""
        forms = (
            {variant.words, variant.words.upper()} if len(variant.words) > 3 else {variant.words}
        )
        for words in forms:
            if not _WORD.match(words):
                continue
            listed = self.by_first_word.setdefault(words[:3], [])
            listed.append(Variant(words, variant.element, variant.ref, variant.language))
            listed.sort(key=lambda each: (-len(each.words), each.words, each.ref))

    def find(self, text: str, start: int, end: int) -> list[Span]:
        """Return the names in a stretch of text as spans, the longest where several begin."""
        if not self.by_first_word:
            return []
        spans: list[Span] = []
        position = start
        while found := _WORD.search(text, position, end):
            at = self._at(text, found.start(), end)
            if at is None:
                position = _next_word(text, found.start(), found.end())
                continue
            variant, last = at
            attributes = {"ref": variant.ref}
            if variant.language:
                attributes["xml:lang"] = variant.language
            spans.append(Span(found.start(), last, variant.element, attributes, firm=False))
            position = last
        return spans

    def marks_in(self, text: str) -> str:
        """Return the marks of all names that can stand in a text, wherever it may be cut."""
        plain = squeezed(text) if self.by_first_word else ""
        begun = {plain[at : at + 3] for at in range(len(plain))}
        short = {key for key in self.by_first_word if len(key) < 3}
        listed = (self.by_first_word[key] for key in self.by_first_word.keys() & begun | short)
        marks = {each.mark for several in listed for each in several if each.words in plain}
        return " ".join(sorted(marks))

    def _at(self, text: str, start: int, end: int) -> tuple[Variant, int] | None:
        """Return the longest variant that stands at an offset as whole words, and its end."""
        for variant in self.by_first_word.get(text[start : start + 3], ()):
            if matched := variant.pattern.match(text, start, end):
                return variant, matched.end()
        return None


def squeezed(text: str) -> str:
    """Return a text with one blank for any blank space, as the words of a name are written."""
    return " ".join(text.split())


def _next_word(text: str, start: int, end: int) -> int:
    """Return where the next word may begin: inside a word joined by a hyphen, or after it."""
    hyphen = text.find("-", start, end)
    return hyphen + 1 if hyphen > 0 else end


def load_names(index_files: Iterable[Path], language: str = "en") -> NameIndex:
    """Return the names of an edition's index files; a file that is not there has none.

    Args:
        index_files: the TEI lists in `tei/indices/`.
        language: the edition's language, which needs no `@xml:lang` at a mention.

    Raises:
        DiplomaticError: D100 and following, a file is no XML.
    """
    index = NameIndex()
    for path in index_files:
        if path.name in _KINDS and path.is_file():
            for variant in _variants(parse_file(path), path.name, language):
                index.add(variant)
    return index


def _variants(tree: etree._ElementTree, name: str, language: str) -> Iterable[Variant]:
    """Yield the variants that an index file lists."""
    entries, names, element = _KINDS[name]
    for entry in tree.iterfind(f".//{entries}", NSMAP):
        identifier = entry.get(XML_ID)
        if not identifier:
            continue
        for each in entry.iterfind(names, NSMAP):
            words = " ".join("".join(map(str, each.itertext())).split())
            own = each.get(XML_LANG, "")
            if words and each.get("type") != "heading":
                tag = "" if own == language else own
                yield Variant(words, element, f"../indices/{name}#{identifier}", tag)
