"""The foot of a web page: the abstract, the form with its labels, the words on rights.

Conventions §2: the labels may be bare, or lost; the abstract stands before them without a
separator; the call number may be the last thing that is left.
"""

from __future__ import annotations

from diplomatic.transcript.model import Division
from diplomatic.transcript.page import Page
from diplomatic.transcript.shelfmark import is_source_line, parse_source

# What a line that ends a page has beside its call number.
_PEOPLE = ("obtained", "translator", "contributed", "transcriber")


class PageFoot:
    """Cuts a page from below."""

    def __init__(self, page: Page) -> None:
        self.page = page
        labels = page.conventions.word_sets["form_label"]
        self.labels = labels | {word.rstrip(":") for word in labels}
        self.rights = page.conventions.compile(r"\b{rights}")

    def is_label(self, words: str) -> bool:
        """Whether a line is one of the form's labels."""
        return words.lower().rstrip(" :") in self.labels

    def cut(self) -> tuple[int, list[Division]]:
        """Return where the furniture at the end begins, and its divisions."""
        page = self.page
        start = self._first_of_form()
        if start is None:
            return self._only_furniture()
        page.evidence.append("labels of an archive's form at the end")
        form = self._form(start)
        abstract = self._abstract_before(start)
        if abstract is None:
            return start, form
        page.metadata.fields["abstract"] = page.words(abstract)
        divisions: list[Division] = []
        page.add(divisions, "abstract", abstract, "p")
        divisions[0].attributes["resp"] = "#tr"
        for index in range(abstract + 1, start):
            page.add(divisions, "furniture", index, "ab", type="label")
        return abstract, [*divisions, *form]

    def _only_furniture(self) -> tuple[int, list[Division]]:
        """Return where a page without a form ends: with words of its controls, or nothing."""
        count = start = len(self.page.lines)
        while start > 1 and self.page.is_furniture(self.page.words(start - 1)):
            start -= 1
        divisions: list[Division] = []
        for index in range(start, count):
            self.page.add(divisions, "furniture", index, "ab", type="label")
        return start, divisions

    def _first_of_form(self) -> int | None:
        """Return the index of the first line of the form at the end, if there is one."""
        page, count = self.page, len(self.page.lines)
        marks = [
            index
            for index in range(count // 3, count)
            if self.is_label(page.words(index)) or self.rights.search(page.words(index))
        ]
        for index in marks:
            near = sum(1 for other in marks if index < other <= index + 6)
            if near or index >= count - 2:
                return self._with_source(index)
        if count > 3 and self._is_source(count - 1) and self._names_people(count - 1):
            return count - 1
        return None

    def _with_source(self, first: int) -> int:
        """Return where a form begins that call numbers without a label stand before."""
        least = max(1, len(self.page.lines) // 3)
        start = first
        for index in range(first - 1, least, -1):
            if self._is_source(index):
                start = index
            elif not self.page.is_furniture(self.page.words(index)):
                break
        return start

    def _is_source(self, index: int) -> bool:
        """Whether a line gives a call number as a source line does."""
        words = self.page.words(index)
        return (
            is_source_line(words, self.page.conventions)
            and parse_source(words, self.page.conventions).get("repository", "") != ""
        )

    def _names_people(self, index: int) -> bool:
        """Whether a line says who obtained or translated the document."""
        known = parse_source(self.page.words(index), self.page.conventions)
        return any(known.get(role) for role in _PEOPLE)

    def _form(self, start: int) -> list[Division]:
        """Return the form's divisions: labels with their values, and the words on rights."""
        page, label = self.page, ""
        divisions: list[Division] = []
        for index in range(start, len(page.lines)):
            words = page.words(index)
            if self.is_label(words):
                label = words.lower().rstrip(" :")
                page.add(divisions, "form-labels", index, "ab", type="label")
            elif self.rights.search(words) or label == "rights":
                page.add(divisions, "rights", index, "p")
                page.keep("rights", words)
            else:
                page.add(divisions, "form-labels", index, "ab", type="value")
                self._value(label, words)
        return divisions

    def _value(self, label: str, words: str) -> None:
        """Keep the value of a label."""
        page = self.page
        words = (
            self.page.conventions.line_patterns["source-label"].sub("", words, count=1)
            if not label
            else words
        )
        if label in ("source", "original archive", "credits", "") and is_source_line(
            words, self.page.conventions
        ):
            for name, value in parse_source(words, self.page.conventions).items():
                page.know(name, value)
            page.know("source", words)
        elif people := parse_source(words, self.page.conventions):
            for name, value in people.items():
                page.know(name, value)
        elif label:
            page.keep(label.replace(" ", "_"), words)

    def _abstract_before(self, start: int) -> int | None:
        """Return the index of the abstract: the last paragraph before the form, if it is one."""
        page = self.page
        index = start - 1
        while index > 0 and page.is_furniture(page.words(index)):
            index -= 1
        if index < 3:
            return None
        words, before = page.words(index), page.words(index - 1)
        reads = len(words) >= 40 and words[-1:] in '.!?”"’)' and "[" not in words
        tells = page.matches("abstract-verb", words)
        after_prose = len(before) > 60 and before[-1:] in ".!?" and not before.startswith("[")
        if len(words) < 60 or (after_prose and len(before) > 200):
            return index if reads and tells else None
        return index if reads and not after_prose else None
