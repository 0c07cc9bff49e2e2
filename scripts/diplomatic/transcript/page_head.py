"""The head of a web page: date and title, controls, funding line, citation, abstract.

Conventions §2: the own abstract may stand here too; one before the date is another document's.
"""

from __future__ import annotations

import re

from diplomatic.transcript.dates import dates_in
from diplomatic.transcript.languages import script_of
from diplomatic.transcript.model import Block, Division
from diplomatic.transcript.page import Page
from diplomatic.transcript.shelfmark import parse_source

NEAR = 14
_QUOTED = re.compile(r"[“\"‘'](?P<title>[^”\"]{8,300}?),?[”\"’']")
# What a host adds to a title, after a sign.
_HOST = re.compile(r"\s+[|–—-]\s+[^|–—]{3,60}$")
# A page's label for what is a field of the header under another name.
_FIELDS = {"summary": "abstract", "credits": "funding"}


class PageHead:
    """Cuts a page from above."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dates = dates_in(page.conventions)
        self.label = page.conventions.compile(r"(?:(?<=\s)|^)({citation_label})\s*:", re.DOTALL)

    def cut(self, bottom: int, sure: bool) -> tuple[int, list[Division]]:
        """Return where the document begins, and the divisions of what stands before it.

        Args:
            bottom: where the foot of the page begins.
            sure: whether it is known to be a page of an archive.
        """
        page = self.page
        dated = self._page_date(bottom, sure)
        front: list[Division] = []
        if dated is None:
            return self._furniture(0, bottom, front), front
        self._above(dated, front)
        head = Division("transcript-head", [self._top("dateline", dated)])
        page.metadata.fields["date"] = page.words(dated)
        front.append(head)
        position = dated + 1
        if position < bottom and self._is_title(position):
            head.content.append(self._top("head", position))
            page.metadata.fields["title"] = page.words(position)
            position += 1
        page.evidence.append("the date and title of a web page at the top")
        return self._furniture(position, bottom, front), front

    def _top(self, kind: str, index: int) -> Block:
        """Return a block of a division's opening over one line."""
        line = self.page.lines[index]
        return Block(kind, line.start, line.end, "top")

    def _page_date(self, bottom: int, sure: bool) -> int | None:
        """Return the index of the page's date line; a bare transcript may begin with a date too."""
        page = self.page
        for index in range(min(bottom, NEAR)):
            words = page.words(index)
            if script_of(words) != "Latn":
                return None  # the document itself has begun, in its original language
            if not page.matches("page-date", words):
                continue
            title = page.words(index + 1) if index + 1 < bottom else ""
            likely = sure or index > 0 or page.matches("page-title", title)
            if likely and title and 8 < len(title) < 300:
                return index
        return None

    def _is_title(self, index: int) -> bool:
        """Whether a line can be the title of a page."""
        words = self.page.words(index)
        return (
            len(words) < 300
            and not self.dates.is_alone(words)
            and not self.page.is_furniture(words)
        )

    def _above(self, stop: int, front: list[Division]) -> None:
        """Take what stands before the page's date: furniture, or another document's abstract."""
        page = self.page
        for index in range(stop):
            words = page.words(index)
            if len(words) > 120 and not page.is_furniture(words):
                page.add(front, "abstract", index, "p")
                front[-1].attributes["resp"] = "#tr"
            else:
                page.add(front, "furniture", index, "ab", type="label")

    def _furniture(self, start: int, bottom: int, front: list[Division]) -> int:
        """Take furniture, the funding line and the citation; return where the document begins."""
        page, position = self.page, start
        last = self._last_furniture(start, bottom)
        while position < bottom:
            words = page.words(position)
            kind = self._kind(words)
            if not kind and position > last:
                break
            if not kind:
                kind = self._unknown(words)
            if kind in ("abstract", "rights"):
                page.add(front, kind, position, "p")
            else:
                page.add(front, kind, position, "ab", type="label")
            position += 1
        return position

    def _unknown(self, words: str) -> str:
        """Return what a line among the furniture is: the abstract, or the title."""
        tells = (
            len(words.split()) > 4
            and words[-1:] == "."
            and not self.page.conventions.line_patterns["item"].match(words)
        )
        if len(words) > 60 or tells:
            self.page.know("abstract", words)
            return "abstract"
        self.page.know("title", _HOST.sub("", words))
        return "furniture"

    def _last_furniture(self, start: int, bottom: int) -> int:
        """Return the index of the last certain furniture line near the top; -1 for none."""
        near = [(i, self.page.words(i)) for i in range(start, min(bottom, start + NEAR))]
        found = [i for i, words in near if self.page.is_furniture(words)]
        labelled = [(i, labels) for i, words in near if (labels := self._labels(words))]
        if any("citation" in labels for _, labels in labelled):
            found.extend(i for i, _ in labelled)
        if found:
            self.page.evidence.append("the furniture of a web page at the top")
        return max(found, default=-1)

    def _kind(self, words: str) -> str:
        """Return the kind of division a line of furniture belongs to; empty for other lines."""
        page = self.page
        if page.matches("funding", words):
            page.keep("funding", words)
            page.evidence.append("the line on its funding")
            return "rights"
        if labelled := self._labels(words):
            self._fields(words, labelled)
            return "metadata"
        if page.matches("citation", words[:400]):
            self._citation(words)
            return "metadata"
        return "furniture" if page.is_furniture(words) else ""

    def _labels(self, words: str) -> dict[str, str]:
        """Return the labels of a citation in a line, one or several, with what follows each."""
        if ":" not in words:
            return {}
        marks = list(self.label.finditer(words))
        if not marks or (marks[0].start() > 0 and len(marks) < 2):
            return {}
        ends = [*(mark.start() for mark in marks[1:]), len(words)]
        return {
            mark[1].lower(): words[mark.end() : end].strip()
            for mark, end in zip(marks, ends, strict=True)
        }

    def _fields(self, words: str, labelled: dict[str, str]) -> None:
        """Keep what the labels of a citation say."""
        if cited := labelled.get("citation"):
            self._citation(cited)
        before = self.label.split(words, maxsplit=1)[0].strip()
        if before:
            self.page.know("title", _HOST.sub("", before))
        for label, value in labelled.items():
            if label not in ("citation", "contents") and value:
                self.page.know(_FIELDS.get(label, label.replace(" ", "_")), value)

    def _citation(self, words: str) -> None:
        """Keep what a full citation says: title, date, archive and people."""
        page = self.page
        quoted = _QUOTED.match(words)
        if quoted and "title" not in page.metadata.fields:
            page.know("title", quoted["title"].strip(" ,"))
        end = quoted.end() if quoted else 0
        if date := next(self.dates.find(words, end, len(words)), None):
            page.know("date", words[date.start : date.end])
        for name, value in parse_source(words, self.page.conventions).items():
            page.know(name, value)
