"""The lines of a transcript in the making, and what stands in a line: runs, marks, pictures.

Markup begins and ends with the runs that show it, so that it nests; each run's words go to the
stream of the file's own words that they belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from diplomatic.inputs.flow import Comment, Inline, NoteMark, PageBreak, Picture, Run
from diplomatic.transcript.layer import Layer
from diplomatic.transcript.spans import Added, Span
from diplomatic.transcript.text import strip_blank

# Signs at which Python ends a line, and those that XML cannot hold.
_BREAKS: Final = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1b\ufffe\uffff\ud800-\udfff]")
_LETTER: Final = re.compile(r"[^\W_][\u0300-\u036f]*")
_LINE: Final = re.compile(r"[^\s\ufeff\u200b](?:[^\n]*[^\s\ufeff\u200b])?")
# Of fewer letters a word set apart is no more than letters: markup inside it would part them.
_FEWEST: Final = 4
_WORD: Final = re.compile(r"\S+")


@dataclass
class _Open:
    """Markup that began at an offset."""

    key: tuple[str, ...]
    start: int


@dataclass
class _Writer:
    """The text so far: its length, its last sign, where its last visible sign ends."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    visible: int = 0
    last: str = ""
    empty_line: bool = False

    def put(self, words: str) -> None:
        """Append characters."""
        if words:
            self.parts.append(words)
            self.length += len(words)
            self.last = words[-1]
            self.empty_line = False
            if shown := strip_blank(words):
                self.visible = self.length - len(words) + words.index(shown) + len(shown)

    def end_line(self, empty: bool = False) -> None:
        """Begin a line, after an empty one if asked for, where one is not begun yet."""
        if not self.length:
            return
        if self.last != "\n":
            self.put("\n")
        if empty and not self.empty_line:
            self.put("\n")
            self.empty_line = True


class Phrases:
    """Writes what stands in paragraphs."""

    def __init__(self, layer: Layer, labels: dict[str, str], hands: list[str]) -> None:
        """Begin.

        Args:
            layer: takes the markup.
            labels: the labels of notes by their keys.
            hands: the keys of those who made tracked changes.
        """
        self.out = _Writer()
        self.layer = layer
        self.labels = labels
        self.hands = {key: f"hand{number}" for number, key in enumerate(hands, 1)}
        self.one_stream = False
        self.waiting: list[Span] = []
        self.open: list[_Open] = []
        self.begun = 0
        self.streams: dict[str, list[list[str]]] = {
            name: [] for name in ("text", "deleted", "notes", "comments")
        }
        self.stream = self.begin("text")

    def begin(self, name: str) -> list[str]:
        """Return a list that goes on with a stream."""
        self.streams[name].append([])
        return self.streams[name][-1]

    def claim(self, words: str) -> tuple[int, int]:
        """Write a bracket that the file itself explains; return its extent."""
        start = self.out.length
        self.place_waiting(start)
        self.out.put(words)
        self.layer.claimed[start] = self.out.length
        return start, self.out.length

    def content(self, content: list[Inline], start: int, tabs: bool = True) -> tuple[int, int]:
        """Write what stands in a paragraph; return where its visible words begin and end."""
        self.open = []
        self.begun = self.out.length
        for part in content:
            if isinstance(part, Run):
                self._run(part, tabs)
            else:
                self._close(())
                self._point(part)
        self._close(())
        return start, max(start, self.out.visible)

    def _run(self, run: Run, tabs: bool) -> None:
        """Write words with their look."""
        words = clean(run.words)
        words = words if tabs else words.replace("\t", " ")
        if self.out.length == self.begun or self.out.last == "\n":
            words = words.lstrip()
        if not words:
            return
        if words.strip():
            self.place_waiting(self.out.length + len(words) - len(words.lstrip()))
        deleted = run.change == "del" and not self.one_stream
        (self.begin("deleted") if deleted else self.stream).append(words)
        spaced = "letterspaced" in run.looks
        looks = sorted(run.looks - {"letterspaced", "strikethrough"})
        keys: list[tuple[str, ...]] = []
        if run.change:
            keys.append((run.change, run.hand))
        if run.link:
            keys.append(("link", run.link))
        keys += [("struck",)] if "strikethrough" in run.looks else []
        keys += [("hi", look) for look in looks]
        self._close(tuple(keys))
        self.open += [_Open(key, self.out.length) for key in keys[len(self.open) :]]
        if spaced:
            self._letterspaced(words)
        else:
            self.out.put(words)

    def _letterspaced(self, words: str) -> None:
        """Write words with a blank after each letter."""
        position = 0
        for found in _WORD.finditer(words):
            self.out.put(words[position : found.start()])
            position = found.end()
            letters = [each[0] for each in re.finditer(r"\S[\u0300-\u036f]*", found[0])]
            start, hidden = self.out.length, []
            for letter in letters[:-1]:
                self.out.put(letter)
                hidden.append((self.out.length, self.out.length + 1))
                self.out.put(" ")
            self.out.put(letters[-1])
            if len(letters) >= _FEWEST and _LETTER.search(found[0]):
                extent = (start, self.out.length)
                look = {"rend": "letterspaced"}
                self.layer.spans.append(Span(*extent, "hi", look, tuple(hidden), firm=False))
        self.out.put(words[position:])

    def _close(self, keys: tuple[tuple[str, ...], ...]) -> None:
        """Close the markup that does not go on, from the first that differs."""
        kept = 0
        while kept < min(len(keys), len(self.open)) and self.open[kept].key == keys[kept]:
            kept += 1
        for opened in self.open[kept:]:
            span = self._span(opened.key, opened.start, self.out.length)
            self.layer.spans.append(span)
        del self.open[kept:]

    def _span(self, key: tuple[str, ...], start: int, end: int) -> Span:
        """Return markup of a look, a link or a tracked change."""
        if key[0] == "link":
            return Span(start, end, "ref", {"type": "link", "target": key[1]}, divisible=True)
        if key[0] == "hi":
            return Span(start, end, "hi", {"rend": key[1]}, divisible=True)
        if key[0] == "struck":
            return Span(start, end, "del", {"rend": "strikethrough"}, divisible=True)
        attributes = {"resp": "#tr"}
        if key[1] in self.hands:
            attributes["hand"] = f"#{self.hands[key[1]]}"
        return Span(start, end, key[0], attributes, divisible=True)

    def _point(self, part: Inline) -> None:
        """Write a note's mark or a picture; keep a comment or page break."""
        if isinstance(part, NoteMark) and part.key not in self.labels:
            # The note stands where nothing is read, as in the frame of a page.
            self._run(Run(part.shown), tabs=True)
            self._close(())
        elif isinstance(part, NoteMark):
            label = self.labels[part.key]
            self.stream.append(part.shown)
            extent = self.claim(f"[{part.shown.strip('[]') or label}]")
            self.layer.spans.append(Span(*extent, "ref", {"type": "noteref", "n": label}))
        elif isinstance(part, Picture) and (words := " ".join(clean(part.words).split())):
            start, end = self.claim(f"[{words.replace('[', '(').replace(']', ')')}]")
            hidden = ((start, start + 1), (end - 1, end))
            self.layer.spans.append(Span(start, end, "figure", {}, hidden))
            self.layer.spans.append(Span(start + 1, end - 1, "figDesc", {"resp": "#tr"}))
        elif isinstance(part, PageBreak):
            self._wait(Span(0, 0, "pb"))
        elif isinstance(part, Comment) and part.words:
            words = clean(part.words)
            self.begin("comments").append(words)
            said = f"{words} ({part.author})" if part.author else words
            attributes = {"type": "editorial", "resp": "#ed"}
            self._wait(Span(0, 0, "note", attributes, after=(Added("", said),)))

    def _wait(self, point: Span) -> None:
        """Put what has no extent behind the words of its line; before its first, it waits."""
        if self.out.length > self.begun and self.out.visible > self.begun:
            point.start = point.end = self.out.visible
            self.layer.spans.append(point)
        else:
            self.waiting.append(point)

    def place_waiting(self, offset: int) -> None:
        """Put what waited for words before them."""
        for point in self.waiting:
            point.start = point.end = offset
            self.layer.spans.append(point)
        self.waiting.clear()


def on_lines(span: Span, text: str) -> list[Span]:
    """Return markup as one piece on each line, without blank space at its ends."""
    if not span.divisible:
        return [span]
    made = []
    for found in _LINE.finditer(text, span.start, span.end):
        made.append(replace(span, start=found.start(), end=found.end()))
    return made


def clean(words: str) -> str:
    """Return words without signs that are a line's end to some programs, or that XML forbids."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("", _BREAKS.sub(" ", words))
