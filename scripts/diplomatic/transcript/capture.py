"""Capture: what kind of page a transcript was saved from, and where its furniture ends.

Three kinds are told apart: the page of a digital archive, a wiki article, a bare transcript
(conventions §2 and §8). Nothing is thrown away: furniture becomes divisions of `front` and
`back`, and what it says of the document becomes metadata.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from diplomatic.conventions import Conventions
from diplomatic.transcript.dates import is_date_alone, parse_date, year_of
from diplomatic.transcript.doubling import second_copy
from diplomatic.transcript.languages import script_of
from diplomatic.transcript.model import Block, Division, Metadata
from diplomatic.transcript.shelfmark import is_source_line, parse_source
from diplomatic.transcript.text import Line, SourceText


@dataclass
class Capture:
    """A transcript with its furniture told apart: `body` holds the document's own lines.

    `copy` holds the lines of a second copy of the text, which stand in `back`.
    """

    kind: str
    reason: str
    body: list[Line]
    front: list[Division] = field(default_factory=list)
    back: list[Division] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    copy: list[Line] = field(default_factory=list)


def cut(source: SourceText, conventions: Conventions, kind: str = "") -> Capture:
    """Return an archival or bare transcript with its furniture cut off.

    Args:
        source: the transcript.
        conventions: the label and furniture words.
        kind: `archival` or `plain`, when the sidecar says so; else it is found out.
    """
    lines = [line for line in source.lines if source.words(line)]
    if doubled := second_copy(source, lines):
        first, last = doubled
        once = _cut_once(source, conventions, [*lines[:first], *lines[last:]], kind)
        if not once.body or once.body[-1].start < lines[first].start:
            return _with_copy(once, lines[first:last])
    return _cut_once(source, conventions, lines, kind)


def _cut_once(
    source: SourceText, conventions: Conventions, lines: list[Line], kind: str
) -> Capture:
    """Return a transcript whose text stands once with its furniture cut off."""
    if kind == "plain":
        return Capture("plain", "the sidecar says so", lines)
    return _Cutter(source, conventions, lines).run(kind)


def _with_copy(once: Capture, copy: list[Line]) -> Capture:
    """Put a second copy of the text into the back, where the transcript has it."""
    held = Division("furniture", [_block("p", line) for line in copy])
    before = [division for division in once.back if _start(division) < copy[0].start]
    return replace(once, back=[*before, held, *once.back[len(before) :]], copy=copy)


def _start(division: Division) -> int:
    """Return where a division of furniture begins in the transcript."""
    return min(part.start for part in division.content if isinstance(part, Block))


class _Cutter:
    """The lines of a transcript, cut from both ends."""

    def __init__(self, source: SourceText, conventions: Conventions, lines: list[Line]) -> None:
        self.source = source
        self.lines = lines
        sets = conventions.word_sets
        self.labels = sets["form_label"] | {w.rstrip(":") for w in sets["form_label"]}
        self.furniture = sets["furniture"]
        self.rights = conventions.compile(r"\b{rights}")
        self.patterns = conventions.line_patterns
        self.metadata = Metadata()
        self.evidence: list[str] = []

    def words(self, line: Line) -> str:
        """Return a line's words."""
        return self.source.words(line)

    def run(self, kind: str) -> Capture:
        """Cut the bottom, then the top, and say what was seen."""
        bottom, back = self._bottom()
        top, front = self._top(bottom, bool(back) or kind == "archival")
        if not self.evidence and kind != "archival":
            return self._plain()
        reason = " and ".join(self.evidence) or "the sidecar says so"
        return Capture("archival", reason, self.lines[top:bottom], front, back, self.metadata)

    def _plain(self) -> Capture:
        """Return a bare transcript; a line that names the series before the number is its head."""
        reason = "no furniture of a web page"
        if len(self.lines) < 3:
            return Capture("plain", reason, self.lines)
        first, second = self.words(self.lines[0]), self.words(self.lines[1])
        numbered = any(
            self.patterns[name].match(second) for name in ("number-heading", "reference")
        )
        if (
            not numbered
            or len(first) > 250
            or first[-1:] in ".:;,"
            or self.patterns["reference"].match(first)
        ):
            return Capture("plain", reason, self.lines)
        self.metadata.fields["series"] = first
        head = Division("transcript-head", [_top_block("head", self.lines[0])])
        return Capture("plain", reason, self.lines[1:], [head], [], self.metadata)

    # ------------------------------------------------------------ from below

    def is_label(self, line: Line) -> bool:
        """Whether a line is one of the form's labels."""
        return self.words(line).lower().rstrip(" :") in self.labels

    def _bottom(self) -> tuple[int, list[Division]]:
        """Return where the furniture at the end begins, and its divisions."""
        start = self._first_of_form()
        if start is None:
            return len(self.lines), []
        self.evidence.append("labels of an archive's form at the end")
        form = self._form(start)
        abstract = self._abstract_before(start)
        if abstract is None:
            return start, form
        words = self.words(self.lines[abstract])
        self.metadata.fields["abstract"] = words
        block = _block("p", self.lines[abstract])
        return abstract, [Division("abstract", [block], {"resp": "#tr"}), *form]

    def _first_of_form(self) -> int | None:
        """Return the index of the first line of the form at the end, if there is one."""
        count = len(self.lines)
        marks = [
            index
            for index in range(count // 3, count)
            if self.is_label(self.lines[index]) or self.rights.search(self.words(self.lines[index]))
        ]
        for index in marks:
            near = sum(1 for other in marks if index < other <= index + 6)
            if near or index >= count - 2:
                first = index
                while (
                    first > 1 and self._is_source(self.lines[first - 1]) and first - 1 > count // 3
                ):
                    first -= 1
                return first
        return None

    def _is_source(self, line: Line) -> bool:
        """Whether a line gives a call number as a source line does."""
        words = self.words(line)
        return is_source_line(words) and parse_source(words).get("repository", "") != ""

    def _form(self, start: int) -> list[Division]:
        """Return the form's divisions: labels with their values, and the words on rights."""
        divisions: list[Division] = []
        label = ""
        for line in self.lines[start:]:
            words = self.words(line)
            if self.is_label(line):
                label = words.lower().rstrip(" :")
                kind, element = (
                    "form-labels",
                    Block("ab", line.start, line.end, attributes={"type": "label"}),
                )
            elif self.rights.search(words) or label == "rights":
                kind, element = "rights", _block("p", line)
                self._keep("rights", words)
            else:
                kind, element = (
                    "form-labels",
                    Block("ab", line.start, line.end, attributes={"type": "value"}),
                )
                self._value(label, words)
            if not divisions or divisions[-1].type != kind:
                divisions.append(Division(kind))
            divisions[-1].content.append(element)
        return divisions

    def _keep(self, name: str, words: str) -> None:
        """Keep a field, adding to what is known of it."""
        known = self.metadata.fields.get(name)
        self.metadata.fields[name] = f"{known} {words}" if known else words

    def _value(self, label: str, words: str) -> None:
        """Keep the value of a label."""
        if label in ("source", "original archive", "credits", "") and is_source_line(words):
            for name, value in parse_source(words).items():
                self.metadata.fields.setdefault(name, value)
            self.metadata.fields.setdefault("source", words)
        elif people := parse_source(words):
            self.metadata.fields.update(
                {k: v for k, v in people.items() if k not in self.metadata.fields}
            )
        elif label:
            self._keep(label.replace(" ", "_"), words)

    def _abstract_before(self, start: int) -> int | None:
        """Return the index of the abstract: the last paragraph before the form, if it is one."""
        index = start - 1
        while index > 0 and self.words(self.lines[index]).lower() in self.furniture:
            index -= 1
        if index < 3:
            return None
        words = self.words(self.lines[index])
        before = self.words(self.lines[index - 1])
        reads = len(words) >= 40 and words[-1:] in '.!?”"’)' and "[" not in words
        tells = self.patterns["abstract-verb"].match(words) is not None
        after_prose = len(before) > 60 and before[-1:] in ".!?" and not before.startswith("[")
        if len(words) < 60 or (after_prose and len(before) > 200):
            return index if reads and tells else None
        return index if reads and not after_prose else None

    # ------------------------------------------------------------ from above

    def _top(self, bottom: int, sure: bool) -> tuple[int, list[Division]]:
        """Return where the document begins, and the divisions of what stands before it."""
        dated = self._page_date(bottom, sure)
        start = 0 if dated is None else dated
        front: list[Division] = []
        self._furniture_above(start, front)
        if dated is None:
            start = self._skip_furniture(0, bottom, front)
            return start, front
        head = Division("transcript-head", [_top_block("dateline", self.lines[dated])])
        self.metadata.fields["date"] = self.words(self.lines[dated])
        front.append(head)
        position = dated + 1
        if position < bottom and self._is_title(self.lines[position]):
            head.content.append(_top_block("head", self.lines[position]))
            self.metadata.fields["title"] = self.words(self.lines[position])
            position += 1
        self.evidence.append("the date and title of a web page at the top")
        return self._skip_furniture(position, bottom, front), front

    def _page_date(self, bottom: int, sure: bool) -> int | None:
        """Return the index of the page's date line; a bare transcript may begin with a date too."""
        for index, line in enumerate(self.lines[: min(bottom, 14)]):
            words = self.words(line)
            if script_of(words) != "Latn":
                return None  # the document itself has begun, in its original language
            if not self.patterns["page-date"].match(words):
                continue
            title = self.words(self.lines[index + 1]) if index + 1 < bottom else ""
            likely = sure or index > 0 or self.patterns["page-title"].match(title)
            if likely and title and 8 < len(title) < 300:
                return index
        return None

    def _is_title(self, line: Line) -> bool:
        """Whether a line can be the title of a page."""
        words = self.words(line)
        return len(words) < 300 and not is_date_alone(words) and words.lower() not in self.furniture

    def _furniture_above(self, stop: int, front: list[Division]) -> None:
        """Take what stands before the page's date: furniture, or another document's abstract."""
        for line in self.lines[:stop]:
            words = self.words(line)
            foreign = len(words) > 120 and words.lower() not in self.furniture
            kind = "abstract" if foreign else "furniture"
            element = (
                _block("p", line)
                if foreign
                else Block("ab", line.start, line.end, attributes={"type": "label"})
            )
            if not front or front[-1].type != kind:
                front.append(Division(kind, [], {"resp": "#tr"} if foreign else {}))
            front[-1].content.append(element)

    def _skip_furniture(self, start: int, bottom: int, front: list[Division]) -> int:
        """Take furniture, the funding line and the citation; return where the document begins."""
        position = start
        last = self._last_furniture(start, bottom)
        while position < bottom:
            words = self.words(self.lines[position])
            kind = self._furniture_kind(words)
            if not kind and position > last:
                break
            if not kind:
                kind = "abstract" if len(words) > 60 else "furniture"
                if kind == "abstract":
                    self.metadata.fields.setdefault("abstract", words)
                else:
                    self.metadata.fields.setdefault("title", words)
            if not front or front[-1].type != kind:
                front.append(Division(kind))
            element = "p" if kind in ("abstract", "rights") else "ab"
            attributes = {"type": "label"} if element == "ab" else {}
            line = self.lines[position]
            front[-1].content.append(Block(element, line.start, line.end, attributes=attributes))
            position += 1
        return position

    def _last_furniture(self, start: int, bottom: int) -> int:
        """Return the index of the last certain furniture line near the top; -1 for none."""
        near = range(start, min(bottom, start + 14))
        found = [i for i in near if self.words(self.lines[i]).lower() in self.furniture]
        if found:
            self.evidence.append("the furniture of a web page at the top")
        return found[-1] if found else -1

    def _furniture_kind(self, words: str) -> str:
        """Return the kind of division a line of furniture belongs to; empty for other lines."""
        if self.patterns["funding"].match(words):
            self._keep("funding", words)
            self.evidence.append("the line on its funding")
            return "rights"
        if any(self.patterns[name].match(words[:400]) for name in ("citation-line", "citation")):
            for name, value in parse_source(words).items():
                self.metadata.fields.setdefault(name, value)
            return "metadata"
        return "furniture" if words.lower() in self.furniture else ""


def _block(kind: str, line: Line) -> Block:
    """Return a block over one line."""
    return Block(kind, line.start, line.end)


def _top_block(kind: str, line: Line) -> Block:
    """Return a block of a division's opening over one line."""
    return Block(kind, line.start, line.end, "top")


def year_hint(fields: dict[str, str], candidates: Iterable[str]) -> int:
    """Return the year that days without a year are in: the page's, else the first that is named."""
    for words in (fields.get("date", ""), fields.get("title", ""), *candidates):
        if year := year_of(parse_date(words)):
            return year
    return 0
