"""Settling: the editor's decisions, applied to a transcript that is being read and encoded.

In three steps: `decide` answers for each bracket while it is classified; `apply` marks corrections
and notes, and settles what is no bracket; `finish` looks whether each decision has reached the
TEI. A decision that fits no place any more, or several, is a finding (D602, D603), never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from diplomatic.findings import Finding, Place
from diplomatic.transcript.addresses import Addressed
from diplomatic.transcript.choosing import read_as, settled
from diplomatic.transcript.context import Context, Reading
from diplomatic.transcript.decisions import Decision, Decisions, reading_name
from diplomatic.transcript.model import Block, Document, Doubt, all_blocks
from diplomatic.transcript.read import divisions_of, is_leaf, words_of
from diplomatic.transcript.spans import Added, Span
from diplomatic.transcript.text import SourceText

# Tells, until the document is written, which element comes from which decision.
MARK: Final = "settled"
# Parts of a choice: what stands over the same words belongs inside them.
_PARTS: Final = frozenset({"sic", "corr", "orig", "reg", "abbr", "expan"})
# Blocks that are written from their words alone, with the reading that they are.
_BARE: Final = {"gap": "gap", "pb": "page"}
# Elements that stand in a work of a bibliography and nowhere deeper.
_SHALLOW: Final = frozenset({"textLang", "biblScope"})


@dataclass(frozen=True)
class _Placed:
    """A decision, the stretch of the transcript that it is about, and its place in its file."""

    number: int
    decision: Decision
    start: int
    end: int
    place: Place

    @property
    def stretch(self) -> tuple[int, int]:
        """The stretch."""
        return self.start, self.end

    @property
    def mark(self) -> dict[str, str]:
        """The attribute that tells which decision made an element."""
        return {MARK: str(self.number)}


class Settling:
    """The decisions of one transcript."""

    def __init__(self, source: SourceText, decisions: Decisions) -> None:
        """Find the place of each decision."""
        self.source = source
        self.findings: list[Finding] = []
        self._placed: list[_Placed] = []
        self._answers: dict[tuple[int, int], _Placed] = {}
        self._marked: set[int] = set()
        self._silent: set[int] = set()
        self._reasons: dict[int, str] = {}
        if decisions:
            self._locate(decisions)

    def _locate(self, decisions: Decisions) -> None:
        """Find the stretch of each decision; of two that answer for one, the later holds."""
        addressed = Addressed(self.source)
        for number, (decision, place) in enumerate(decisions):
            found = addressed.find(decision.address)
            if len(found) > 1 and decision.line_hint:
                hinted = [s for s in found if self._on_line(s, decision.line_hint)]
                found = hinted if len(hinted) == 1 else found
            if len(found) != 1:
                self.findings.append(self._not_one(decision, found, place, addressed))
                continue
            placed = _Placed(number, decision, *found[0], place)
            self._placed.append(placed)
            if decision.answer == "note":
                continue
            if placed.stretch in self._answers:
                self._twice(self._answers[placed.stretch])
            self._answers[placed.stretch] = placed

    def _on_line(self, stretch: tuple[int, int], line: int) -> bool:
        """Whether a stretch begins on a line."""
        return self.source.line_number(stretch[0]) == line

    def _not_one(
        self,
        decision: Decision,
        found: list[tuple[int, int]],
        place: Place,
        addressed: Addressed,
    ) -> Finding:
        """Return the finding on a decision that fits no place, or several."""
        words = _short(decision.words)
        if found:
            lines = sorted({self.source.line_number(start) for start, _ in found})
            shown = ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
            kind = "line" if len(lines) == 1 else "lines"
            message = f"the decision on “{words}” fits {len(found)} places ({kind} {shown})"
            return Finding("D603", message, place)
        elsewhere = addressed.find(type(decision.address)(decision.words))
        if not elsewhere:
            reason = "the words are not in the transcript"
        else:
            line = self.source.line_number(elsewhere[0][0])
            reason = f"the words stand in other surroundings (line {line})"
        return _stale(decision, place, reason)

    def _twice(self, earlier: _Placed) -> None:
        """Report a decision that a later one of the same place has overruled."""
        words = _short(earlier.decision.words)
        message = f"“{words}” is settled twice: the later decision holds"
        self.findings.append(Finding("D604", message, earlier.place))
        self._placed.remove(earlier)

    # ------------------------------------------------------------ brackets

    def decide(self, context: Context, chosen: Reading | None) -> Reading | None:
        """Return the reading of a bracket: the editor's, else the one that was chosen."""
        bracket = context.bracket
        placed = self._answers.get((bracket.start, bracket.end))
        if placed is None:
            return chosen
        if placed.decision.reading:
            made = read_as(context, placed.decision.reading, placed.decision.attributes)
            return self._take(placed, context, made) or chosen
        if chosen is None:
            return None
        if placed.decision.confirm:
            return self._take(placed, context, _confirmed(placed.decision, chosen)) or chosen
        if placed.decision.ignore:
            self._silent.add(placed.number)
        # Left as it is, or corrected in `apply`: either way no doubt any more.
        return Reading(chosen.rule, chosen.chosen, chosen.spans, opaque=chosen.opaque)

    def _take(self, placed: _Placed, context: Context, made: Reading | str) -> Reading | None:
        """Return a reading as settled; of one that cannot be, keep the reason."""
        if isinstance(made, str):
            self._reasons[placed.number] = made
            return None
        if made.spans:
            self._marked.add(placed.number)
        else:
            self._silent.add(placed.number)
        return settled(made, context, placed.mark)

    # ------------------------------------------------------------ words

    def apply(self, document: Document) -> None:
        """Mark corrections and notes, and settle doubts that are about no bracket."""
        if not self._placed:
            return
        found = list(all_blocks([*divisions_of(document)]))
        blocks = [block for block in found if is_leaf(block)]
        inner = {id(child) for block in found for child in block.children}
        for placed in self._placed:
            block = _block_of(blocks, placed)
            if block is None:
                self._reasons.setdefault(placed.number, "its words are in no single paragraph")
                continue
            if block.kind in _BARE and id(block) not in inner:
                self._open_up(placed, block)
            decision = placed.decision
            if decision.correct:
                self._correct(placed, block)
            elif decision.answer != "note" and placed.number not in self._marked | self._silent:
                self._settle_words(placed, block)
            if decision.note:
                self._note(placed, block)

    def _open_up(self, placed: _Placed, block: Block) -> None:
        """Have a block that is a bracket alone written from its spans, if a decision needs it."""
        decision = placed.decision
        as_it_is = decision.confirm or decision.ignore or decision.reading == _BARE[block.kind]
        if as_it_is and not decision.note and not decision.attributes:
            self._marked.discard(placed.number)
            self._silent.add(placed.number)
        elif self.source.text[block.start] == "[":
            block.kind, block.attributes = "bracket", {}

    def _correct(self, placed: _Placed, block: Block) -> None:
        """Put the right words beside those of the transcript."""
        start, end = placed.stretch
        if crossed := next((s for s in block.spans if _bars(s, start, end)), None):
            words = _short(self.source.text[crossed.start : crossed.end])
            self._reasons[placed.number] = f"its words end inside “{words}”"
            return
        corrected = Added("corr", placed.decision.correct or "", {"resp": "#ed"})
        same = [span for span in block.spans if (span.start, span.end) == (start, end)]
        wrong = next((span for span in same if span.name == "sic"), None)
        paired = any(span.name == "choice" for span in same)
        self._marked.add(placed.number)
        choice = Span(start, end, "choice", placed.mark, after=(corrected,))
        if wrong is not None and not paired:
            if wrong.attributes.get("resp") == "#tool":
                wrong.attributes = {}
            block.spans.insert(block.spans.index(wrong), choice)
        else:
            inside = any(span.name in _PARTS for span in same)
            at = len(block.spans) if inside else 0
            block.spans[at:at] = [choice, Span(start, end, "sic")]
        _make_room(block, start, end)

    def _note(self, placed: _Placed, block: Block) -> None:
        """Put a note of the edition after the words."""
        end = placed.end
        for span in block.spans:
            # Between the parts of a choice nothing else can stand.
            if span.name == "choice" and span.start < end < span.end:
                end = span.end
        attributes = {"type": "editorial", "resp": "#ed", **placed.mark}
        words = (Added("", placed.decision.note or ""),)
        block.spans.append(Span(end, end, "note", attributes, after=words))
        self._marked.add(placed.number)
        _make_room(block, placed.start, end)

    def _settle_words(self, placed: _Placed, block: Block) -> None:
        """Settle what the program takes for damage; of anything else, say that nothing is there."""
        found = next((s for s in block.spans if _is_ours(s) and _over(s, placed)), None)
        if found is None:
            self._reasons.setdefault(placed.number, "no bracket and no doubt is there any more")
        elif placed.decision.ignore:
            self._silent.add(placed.number)
        elif placed.decision.reading == "text":
            block.spans.remove(found)
            self._silent.add(placed.number)
        elif placed.decision.confirm or placed.decision.reading == found.name:
            found.firm = True
            found.attributes |= {"resp": "#ed", "cert": "high", **placed.mark}
            self._marked.add(placed.number)
        else:
            self._reasons[placed.number] = "words without a bracket are sic or text"

    # ------------------------------------------------------------ the end

    def open(self, doubts: Iterable[Doubt]) -> list[Doubt]:
        """Return the doubts that no decision settles, in the order of the transcript."""
        done = {
            placed.stretch
            for placed in self._answers.values()
            if placed.number in self._marked | self._silent
        }
        left = (doubt for doubt in doubts if (doubt.start, doubt.end) not in done)
        return sorted(left, key=lambda doubt: doubt.start)

    def still(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings without those on damage that the editor leaves as it is."""
        ignored = {
            self.source.place(placed.start)
            for placed in self._answers.values()
            if placed.decision.ignore
        }
        return [f for f in findings if f.code != "D406" or f.place not in ignored]

    def finish(self, root: etree._Element) -> list[Finding]:
        """Take the marks out of a document; return what there is to say about the decisions."""
        if not self._placed:
            return self.findings
        marked = [element for element in root.iter(etree.Element) if MARK in element.attrib]
        seen = {int(str(element.attrib.pop(MARK))) for element in marked}
        for placed in self._placed:
            lost = placed.number in self._marked and placed.number not in seen
            if lost or placed.number not in self._marked | self._silent:
                reason = self._reasons.get(placed.number) or "nothing can be marked there"
                self.findings.append(_stale(placed.decision, placed.place, reason))
        return self.findings


def _confirmed(decision: Decision, chosen: Reading) -> Reading | str:
    """Return the reading that is confirmed, or why it is not the one that was."""
    name = reading_name(chosen.chosen)
    if decision.chosen and decision.chosen not in (name, chosen.chosen):
        return f"it was confirmed as {decision.chosen} and is now read as {name}"
    return chosen


def _block_of(blocks: list[Block], placed: _Placed) -> Block | None:
    """Return the smallest block that holds all words of a decision."""
    found: Block | None = None
    for block in blocks:
        first, end = words_of(block)
        # All in the block's words, or all in its label.
        within = placed.start >= first or placed.end <= first
        holds = block.start <= placed.start and placed.end <= end and within
        if holds and (found is None or block.end - block.start < found.end - found.start):
            found = block
    return found


def _bars(span: Span, start: int, end: int) -> bool:
    """Whether a span keeps a stretch from being marked as one."""
    if span.firm and span.name in _SHALLOW:
        return span.start < end and start < span.end
    return span.firm and _crosses(span, start, end)


def _crosses(span: Span, start: int, end: int) -> bool:
    """Whether a span and a stretch overlap and neither holds the other, signs counted."""
    if span.start >= end or start >= span.end:
        return False
    inside = span.start <= start and end <= span.end
    around = start <= span.start and span.end <= end
    hidden = any(first < end and start < last for first, last in span.hidden)
    return not around and (hidden or not inside)


def _make_room(block: Block, start: int, end: int) -> None:
    """Take away what the program saw in the same words and cannot stand around or inside markup."""
    block.spans = [span for span in block.spans if not _in_the_way(span, start, end)]


def _in_the_way(span: Span, start: int, end: int) -> bool:
    """Whether a span that gives way holds text only, or would stand too deep."""
    if span.firm or span.end < start or end < span.start:
        return False
    inside = start <= span.start and span.end <= end
    return span.name == "idno" or (span.name in _SHALLOW and inside)


def _is_ours(span: Span) -> bool:
    """Whether a span is the program's own guess about words without a bracket."""
    return span.attributes.get("resp") == "#tool"


def _over(span: Span, placed: _Placed) -> bool:
    """Whether a span stands over the words of a decision."""
    return (span.start, span.end) == placed.stretch


def _stale(decision: Decision, place: Place, reason: str) -> Finding:
    """Return the finding on a decision that applies no longer."""
    message = f"the decision on “{_short(decision.words)}” no longer applies: {reason}"
    return Finding("D602", message, place)


def _short(words: str) -> str:
    """Return words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) < 60 else f"{line[:57]}…"
