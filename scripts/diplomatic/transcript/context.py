"""What a rule may see besides a bracket's words: the words around it and the block it is in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from diplomatic.conventions import Conventions
from diplomatic.transcript.brackets import Bracket
from diplomatic.transcript.dates import DateReader, dates_in
from diplomatic.transcript.spans import Span
from diplomatic.transcript.text import SourceText

_WORD_BEFORE = re.compile(r"[^\s\[\]()“”\"«».,;:!?]+(?=[\s“”\"«».,;:!?)]*$)")
REACH = 160
# Signs of the transcriber's doubt: another certainty beside them would be misread.
_OWN_DOUBT = frozenset({"doubt", "sic"})


@dataclass(frozen=True)
class Setting:
    """What holds for a whole transcript: its text, the conventions, the labels of its notes.

    `language` is the text's own. `note_scope` tells the notes of one text of a bilingual
    transcript from the other's.
    `decide` is the editor's word on a bracket: given the reading that a rule chose, it returns
    that which holds.
    """

    source: SourceText
    conventions: Conventions
    note_labels: frozenset[str] = frozenset()
    original_language: str = "und"
    raw_notes: bool = False
    note_scope: str = ""
    language: str = "en"
    decide: Callable[[Context, Reading | None], Reading | None] | None = None

    @property
    def dates(self) -> DateReader:
        """The reader of dates for the conventions in force."""
        return dates_in(self.conventions)


@dataclass(frozen=True)
class Context:
    """One bracket in its block; `zone` is the block's role: top, middle, bottom, stamp or back."""

    setting: Setting
    bracket: Bracket
    block_start: int
    block_end: int
    zone: str = "middle"

    @property
    def text(self) -> str:
        """All characters of the transcript."""
        return self.setting.source.text

    @property
    def conventions(self) -> Conventions:
        """The conventions in force."""
        return self.setting.conventions

    @cached_property
    def inner(self) -> str:
        """What stands between the signs."""
        return self.text[self.bracket.inner_start : self.bracket.inner_end]

    @cached_property
    def before(self) -> str:
        """What stands before the bracket in its block, at most `REACH` characters."""
        return self.text[max(self.block_start, self.bracket.start - REACH) : self.bracket.start]

    def ends(self, pattern: re.Pattern[str], reach: int) -> re.Match[str] | None:
        """Search the end of what stands before for a pattern that ends there.

        Args:
            pattern: it ends with `$`.
            reach: how many characters it needs; looking from further off only takes time.
        """
        return pattern.search(self.before, max(0, len(self.before) - reach))

    @cached_property
    def after(self) -> str:
        """What stands after the bracket in its block, at most `REACH` characters."""
        return self.text[self.bracket.end : min(self.block_end, self.bracket.end + REACH)]

    @cached_property
    def own_line(self) -> bool:
        """Whether nothing else stands on the bracket's lines."""
        return (
            not self.before.rpartition("\n")[2].strip()
            and not self.after.partition("\n")[0].strip()
        )

    @cached_property
    def word_before(self) -> tuple[int, int] | None:
        """The word before the bracket, past quotation marks and stops, as offsets."""
        found = _WORD_BEFORE.search(self.before)
        if found is None:
            return None
        base = self.bracket.start - len(self.before)
        return base + found.start(), base + found.end()

    @property
    def signs(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The stretches of the bracket's two signs, which rendering gives back."""
        bracket = self.bracket
        return (bracket.start, bracket.inner_start), (bracket.inner_end, bracket.end)

    @property
    def rend(self) -> dict[str, str]:
        """The `rend` attribute that names signs other than a single closed bracket."""
        tokens = {2: ["double-brackets"], 3: ["triple-brackets"]}.get(self.bracket.signs, [])
        if self.bracket.repair:
            tokens = [*tokens, str(self.bracket.repair)]
        return {"rend": " ".join(tokens)} if tokens else {}

    @property
    def named_signs(self) -> str:
        """The `rend` tokens of an element that has no signs by default."""
        tokens = self.rend.get("rend", "")
        return tokens if self.bracket.signs > 1 else f"brackets {tokens}".strip()

    def span(self, name: str, attributes: dict[str, str]) -> Span:
        """Return a span over the whole bracket whose rendering gives its signs back."""
        return Span(
            self.bracket.start, self.bracket.end, name, {**attributes, **self.rend}, self.signs
        )

    def inside(self, name: str, attributes: dict[str, str] | None = None) -> Span:
        """Return a span over what stands between the signs."""
        return Span(self.bracket.inner_start, self.bracket.inner_end, name, attributes or {})


@dataclass(frozen=True)
class Reading:
    """One way to read a bracket: its spans, how sure, why, and whether it holds more markup."""

    rule: str
    chosen: str
    spans: list[Span] = field(default_factory=list)
    cert: str = "high"
    reason: str = ""
    opaque: bool = False

    def with_certainty(self, at: int, cert: str) -> Reading:
        """Return the reading with `@cert` on its element, unless that has a certainty of its own.

        Args:
            at: offset where the bracket begins.
            cert: how sure the reading is.
        """
        root = self.root(at)
        if root is None or root.name == "unclear" or root.attributes.get("type") in _OWN_DOUBT:
            return self
        if root.attributes.get("cert", self.cert) != self.cert:
            return self
        return self.with_root(at, {**root.attributes, "cert": cert})

    def root(self, at: int) -> Span | None:
        """Return the span that holds the bracket itself, which begins at an offset."""
        return next((s for s in self.spans if s.start <= at < s.end and s.name != "choice"), None)

    def with_root(self, at: int, attributes: dict[str, str]) -> Reading:
        """Return the reading with other attributes of the span that holds the bracket."""
        root = self.root(at)
        spans = [replace(s, attributes=attributes) if s is root else s for s in self.spans]
        return replace(self, spans=spans)
