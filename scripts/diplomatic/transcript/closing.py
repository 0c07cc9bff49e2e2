"""The closing of a document: farewell, signature, copies list, drafter, typist, registration.

Conventions §1 items 8 to 10 and §4 "Distribution"; in TEI: `closer`, then `postscript`.
"""

from __future__ import annotations

import re

from diplomatic.transcript.context import Setting
from diplomatic.transcript.copies import CopiesReader
from diplomatic.transcript.model import Block
from diplomatic.transcript.units import Unit, is_name, is_sentence, stamp_block

# Short lines of a closing that no rule knows, at most.
MOST_UNKNOWN = 6
AB_KINDS = ("drafter", "typist", "registration", "translated")


class Closing:
    """Tells which units at the end of a division close it, and reads them into blocks."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.patterns = setting.conventions.line_patterns
        self.dates = setting.dates
        self.copies = CopiesReader(setting, "bottom")

    def matches(self, name: str, unit: Unit) -> re.Match[str] | None:
        """Match a line rule against a unit."""
        return self.patterns[name].match(unit.words)

    # ------------------------------------------------------------ where it begins

    def start(self, units: list[Unit]) -> int:
        """Return the index of the first unit of the closing; their number when there is none."""
        first = len(units)
        while first > 0 and self._can_close(units[first - 1]):
            first -= 1
        begin = next((i for i in range(first, len(units)) if self._begins(units, i)), len(units))
        begin = self._strong_sign(units, first, begin)
        dated = begin > 0 and begin < len(units) and self._is_dated(units[begin - 1])
        return begin - 1 if dated and (begin > 1 or begin > first) else begin

    def _strong_sign(self, units: list[Unit], first: int, begin: int) -> int:
        """Return where a farewell or a signature begins that other short lines follow.

        A closing may hold lines that no rule knows: shelf numbers, who it was sent to. They count
        only with a farewell or a signature above them, and the names and offices above that.
        """
        reach, unknown = first, 0
        while reach > 0 and unknown < MOST_UNKNOWN and self._is_short(units[reach - 1]):
            reach -= 1
            unknown += not self._can_close(units[reach])
        signs = (i for i in range(reach, begin) if self._is_sign(units[i]))
        found = next(signs, None)
        if found is None:
            return begin
        while found > 1 and (
            is_name(units[found - 1], self.setting) or self.is_office(units[found - 1])
        ):
            found -= 1
        return found

    def _is_short(self, unit: Unit) -> bool:
        """Whether a unit is a short line that is no sentence and no part of a list or talk."""
        if self._can_close(unit):
            return True
        told = unit.words[-1:] in ".!?" and len(unit.words.split()) > 5
        return len(unit.words) < 70 and unit.single_line and not (is_sentence(unit) or told)

    def _is_sign(self, unit: Unit) -> bool:
        """Whether a unit is a farewell or a signature for certain."""
        farewell = self.matches("farewell", unit) and len(unit.words) < 60
        return bool(farewell) or (self.is_signature(unit) and len(unit.words) < 140)

    def _is_dated(self, unit: Unit) -> bool:
        """Whether a unit is place and date, or a date alone, as it stands above a signature."""
        return len(unit.words) < 60 and self.dates.any_in(unit.words) and not is_sentence(unit)

    def _can_close(self, unit: Unit) -> bool:
        """Whether a unit may stand in a closing."""
        if unit.known:
            return False
        if unit.lone is not None:
            return not self.matches("enclosure", unit)
        if self.matches("greeting", unit):
            return False
        named = (
            "farewell",
            "copies-head",
            "copy-line",
            "copy-share",
            "stamp-line",
            "postscript",
            "page",
            "omission",
            "rule",
            *AB_KINDS,
        )
        if self.matches("copy-line", unit) and is_sentence(unit):
            return False  # a numbered paragraph
        if len(unit.words) < 220 and any(self.matches(name, unit) for name in named):
            return True
        if self.matches("postscript", unit) or (unit.brackets and len(unit.words) < 50):
            return True
        return (len(unit.words) < 140 and self.is_signature(unit)) or self._short_line(unit)

    def _begins(self, units: list[Unit], index: int) -> bool:
        """Whether the closing begins with this unit: one that only a closing has."""
        unit = units[index]
        if unit.lone is not None and not self.is_signature(unit):
            return False
        names = ("farewell", "copies-head", "postscript", "drafter", "typist")
        if any(self.matches(name, unit) for name in names) or self.is_signature(unit):
            return True
        item = self.matches("item", unit)
        if index == 0 or self._is_said(units[index - 1]):
            return False
        if self.is_signer(unit) or (
            self.matches("place-and-date", unit) and self.dates.any_in(unit.words)
        ):
            return True
        return is_name(unit, self.setting) and (item is None or unit.words[:1].isupper())

    def _is_said(self, before: Unit) -> bool:
        """Whether the unit before is a speaker's label alone, so that its words follow."""
        found = self.matches("speaker", before)
        named = found is not None and not self.matches("not-speaker", before)
        return named and found is not None and not found["rest"].strip()

    def is_signature(self, unit: Unit) -> bool:
        """Whether a unit holds a signature, in any of its forms."""
        return self.matches("signature", unit) is not None and not is_sentence(unit)

    def is_signer(self, unit: Unit) -> bool:
        """Whether a unit is an office and the name of who holds it, on one line without a stop."""
        found = self.matches("office-and-name", unit)
        return found is not None and len(unit.words) < 100 and not self.dates.any_in(unit.words)

    def is_office(self, unit: Unit) -> bool:
        """Whether a unit is an office in small letters, as one stands under a name."""
        words = unit.words.lower().strip(" .,()")
        roles = self.setting.conventions.word_sets["role"]
        return len(words) < 60 and words.split(" of ")[0].split(" to ")[0] in roles

    def _short_line(self, unit: Unit) -> bool:
        """Whether a unit is a name, a date, a classification or a number."""
        if len(unit.words) > 100:
            return False
        return (
            is_name(unit, self.setting)
            or self.is_signer(unit)
            or self.is_office(unit)
            or self.dates.is_alone(unit.words)
            or self.matches("classification", unit) is not None
            or self.matches("reference", unit) is not None
            or (
                len(unit.words) < 60
                and self.dates.any_in(unit.words)
                and unit.words[-1:] not in "!?;"
            )
        )

    # ------------------------------------------------------------ what it holds

    def read(self, units: list[Unit]) -> list[Block]:
        """Return the blocks of a closing: a closer, and postscripts for all that follows it."""
        closer = Block("closer", units[0].start, units[0].end, "bottom")
        index = 0
        while index < len(units) and (block := self._closer_part(units, index, closer)):
            self._append_signed(closer, block)
            index += 1
        blocks: list[Block] = [closer] if closer.children else []
        if closer.children:
            closer.end = closer.children[-1].end
        while index < len(units):
            attested = self.matches("translated", units[index]) is not None
            index, block = self._after_closer(units, index)
            _append_postscript(blocks, block)
            if attested and block.kind == "ab":
                index = self._attest(units, index, blocks[-1])
        return blocks

    def _attest(self, units: list[Unit], index: int, postscript: Block) -> int:
        """Hang who attests a copy or translation below its words; return where that ends."""
        closer = Block("closer", postscript.end, postscript.end, "bottom")
        while index < len(units):
            unit = units[index]
            sealed = unit.lone is not None and self.matches("seal", unit)
            if not (sealed or is_name(unit, self.setting) or self.is_signature(unit)):
                break
            kind = "bracket" if sealed else "signed"
            self._append_signed(closer, Block(kind, unit.start, unit.end, "bottom"))
            index += 1
        if closer.children:
            closer.start, closer.end = closer.children[0].start, closer.children[-1].end
            postscript.children.append(closer)
            postscript.end = closer.end
        return index

    def _closer_part(self, units: list[Unit], index: int, closer: Block) -> Block | None:
        """Return the part of a closer that a unit is, or None when the closer has ended."""
        unit = units[index]
        role = "bottom"
        if self._is_polite(unit, closer):
            return Block("salute", unit.start, unit.end, role)
        if self.is_signature(unit) and not self.matches("typist", unit):
            return Block("signed", unit.start, unit.end, role)
        if unit.lone is not None and not self.matches("omission", unit):
            return Block("bracket", unit.start, unit.end, role)
        specific = ("copies-head", "postscript", *AB_KINDS)
        if any(self.matches(name, unit) for name in specific) or self.matches("reference", unit):
            return None
        last = closer.children[-1].kind if closer.children else ""
        if self.dates.any_in(unit.words):
            joined = (
                closer.children
                and last in ("salute", "signed")
                and not self.dates.is_alone(unit.words)
            )
            early = not any(child.kind == "signed" for child in closer.children)
            wanted = joined or (early and (closer.children or self._is_dated(unit)))
            return Block("dateline", unit.start, unit.end, role) if wanted else None
        named = (
            is_name(unit, self.setting)
            or (last == "signed" and self.is_office(unit))
            or self.is_signer(unit)
        )
        if named and not self.matches("classification", unit):
            return Block("signed", unit.start, unit.end, role)
        return None

    def _is_polite(self, unit: Unit, closer: Block) -> bool:
        """Whether a unit is a farewell, or goes on with one, as `Sir,` does."""
        if self.matches("farewell", unit) and len(unit.words) < 160:
            return True
        last = closer.children[-1] if closer.children else None
        if last is None or last.kind != "salute" or len(unit.words) > 70:
            return False
        open_end = self.setting.source.text[last.end - 1] == ","
        return open_end and (unit.words[:1].islower() or self.matches("greeting", unit) is not None)

    def _append_signed(self, closer: Block, block: Block) -> None:
        """Hang a part into the closer; lines of one signature belong together."""
        last = closer.children[-1] if closer.children else None
        text = self.setting.source.text
        if last and last.kind == block.kind == "signed" and text[last.end - 1] == ",":
            last.end = block.end
        else:
            closer.children.append(block)

    def _after_closer(self, units: list[Unit], index: int) -> tuple[int, Block]:
        """Return a block after the closer, and the index of the unit after it."""
        unit = units[index]
        if self.copies.begins(units, index):
            return self.copies.read(units, index)
        if found := self.matches("postscript", unit):
            label = (unit.start, unit.start + found.end("label"))
            return index + 1, Block("ps", unit.start, unit.end, "bottom", label=label)
        if self.matches("omission", unit):
            return index + 1, Block("gap", unit.start, unit.end, "bottom")
        if self.matches("page", unit):
            return index + 1, Block("pb", unit.start, unit.end, "bottom")
        if self.matches("rule", unit):
            return index + 1, Block("milestone", unit.start, unit.end, "bottom")
        if unit.lone is not None:
            return index + 1, Block("bracket", unit.start, unit.end, "bottom")
        if found := self.matches("stamp-line", unit):
            return index + 1, stamp_block(unit, found, self.setting, "bottom")
        return index + 1, Block("ab", unit.start, unit.end, "bottom", {"type": self._kind(unit)})

    def _kind(self, unit: Unit) -> str:
        """Return what a line after the signature is."""
        for name in ("drafter", "typist"):
            if self.matches(name, unit):
                return name
        if self.matches("registration", unit) or self.dates.is_alone(unit.words):
            return "registration"
        if self.matches("classification", unit):
            return "classification"
        return "reference" if self.matches("reference", unit) else "docket"


def _append_postscript(blocks: list[Block], block: Block) -> None:
    """Hang a block into the postscript at the end, or begin one."""
    last = blocks[-1] if blocks else None
    ended = last is not None and last.kind == "postscript" and last.children[-1].kind == "closer"
    if last is None or last.kind != "postscript" or block.kind == "ps" or ended:
        blocks.append(Block("postscript", block.start, block.end, "bottom", children=[block]))
    else:
        last.children.append(block)
        last.end = block.end
