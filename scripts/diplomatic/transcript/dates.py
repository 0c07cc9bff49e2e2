"""Dates in words: where they stand, and what they are as XML Schema dates.

Source: TEI chapter 13.3.6 (`att.datable.w3c`): `@when`, or `@from`/`@to`, or
`@notBefore`/`@notAfter`. A date that is no real day is left without a value.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from diplomatic.conventions import Conventions

_ROMAN = {
    name: number
    for number, name in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1
    )
}
_CENTURY = r"(?:1[5-9]|20)\d\d"
_YEAR = rf"(?:\[{_CENTURY}\]|{_CENTURY})"
_NUMBER_OF_DAY = r"0?[1-9]|[12]\d|3[01]"
_DAY = rf"[“\"«]?(?:{_NUMBER_OF_DAY})(?:\s?{{ordinal_ending}})?[”\"»]?"
_BLANK = r"[ \u00a0]"
# The digit in the name of a part says which form it is of; _parts() reads them all alike.
_DATE = rf"""
      \b(?P<m0>{{month}})\b\.? {_BLANK} (?P<d0>{_DAY})\s?[–-]\s?(?P<e0>{_DAY}),?  # May 3-5, 1951
        {_BLANK} (?P<y0>{_YEAR})
    | (?P<d1>{_DAY})\.?(?:\s+{{date_of}})? {_BLANK} (?P<m1>{{month}})\b\.?        # 3 May 1951
        (?:(?:,|\s+{{date_of}})? {_BLANK} (?P<y1>{_YEAR}))?
    | \b(?P<m2>{{month}})\b\.? {_BLANK} (?P<d2>{_DAY})                            # May 3, 1951
        (?:,? {_BLANK} (?P<y2>{_YEAR}))?(?![\d.,]*\d)
    | (?P<y3>{_YEAR})\.? {_BLANK} (?P<m3>{{month}})\b {_BLANK} (?P<d3>{_DAY})      # 1951 May 3
    | \b(?P<m4>{{month}})\b\.?,?(?:\s+{{date_of}})? {_BLANK} (?P<y4>{_YEAR})      # May 1951
    | (?<![\d./])(?P<d5>{_NUMBER_OF_DAY})[./](?P<m5>0?[1-9]|1[0-2])[./]           # 3.5.1951
        (?P<y5>{_CENTURY})(?!\d)
    | (?<![\d./])(?P<d6>{_NUMBER_OF_DAY})[./ ](?P<m6>[IVX]{{1,4}})[./ ]           # 3.V.1951
        (?P<y6>{_CENTURY})(?!\d)
    | \b(?P<y7>{_CENTURY})-(?P<m7>0[1-9]|1[0-2])-(?P<d7>0[1-9]|[12]\d|3[01])\b    # 1951-05-03
    | \b(?P<s8>{{season}})\s+(?:{{date_of}}\s+)?(?P<y8>{_YEAR})                   # spring 1951
    """
_DIGITS = re.compile(r"(?<![\d.,])\d{1,4}(?!\d)")
# The longest name of a month or season, with what may stand between it and its digits.
_REACH = 18
_LEADING_WORD = r"\b(?:{month}|{season})\b\.?,?(?:\s+{date_of})?[ \u00a0]+[“\"«\[]?$"
_JOIN = r"\s*(?:{date_range}|[-–—])\s*"
_YEARS = r"""(?<![\w.,/№ºo\#-]) (?P<a>1[5-9]\d\d|20\d\d)
        (?:\s?[–-]\s?(?P<b>(?:1[5-9]|20)\d\d|\d\d?))?
        # no part of a number or a word, and no amount
        (?! [\w/] | [.,]\d | [-–]\w | \s?(?:{not_year}|{measure})\b )"""
# What a year is written after: a word of time, an opening sign, the line's beginning.
_LEAD = r"""(?: (?<!\w){before_year}[ \u00a0] | [,(]\s? | ^\s* | [–-]\s? )$"""
_VERBOSE = re.IGNORECASE | re.VERBOSE
_LONE_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


@dataclass(frozen=True)
class FoundDate:
    """A date in words: its offsets and its value as attributes of `date`."""

    start: int
    end: int
    attributes: dict[str, str]


@dataclass(frozen=True)
class _Parts:
    """Year, month and day of a single date; 0 where not said; a season's months."""

    year: int
    month: int = 0
    day: int = 0
    season: str = ""

    def iso(self) -> str:
        """Return the XML Schema form, as exact as the words are; empty for no real date."""
        if not self.year:
            return ""
        if not self.month:
            return f"{self.year:04}"
        if not self.day:
            return f"{self.year:04}-{self.month:02}"
        if self.day > calendar.monthrange(self.year, self.month)[1]:
            return ""
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def _number(words: str | None) -> int:
    """Return the number in some words; 0 when there is none."""
    found = re.search(r"\d+", words or "")
    return int(found[0]) if found else 0


class DateReader:
    """Finds and reads dates by the names of months and seasons that the conventions know."""

    def __init__(self, conventions: Conventions) -> None:
        self._months = {name: int(n) for name, n in conventions.maps["month"].items()}
        self._seasons = conventions.maps["season"]
        self._date = conventions.compile(_DATE, _VERBOSE)
        self._leading_word = conventions.compile(_LEADING_WORD, re.IGNORECASE)
        self._join = conventions.compile(_JOIN, re.IGNORECASE)
        self._years = conventions.compile(_YEARS, re.VERBOSE)
        self._lead = conventions.compile(_LEAD, _VERBOSE)

    def find(self, text: str, start: int, end: int, year: int = 0) -> Iterator[FoundDate]:
        """Yield the dates in a stretch of text, in order.

        Args:
            text: the characters.
            start: offset where to begin.
            end: offset where to stop.
            year: the year that a day without a year is taken to be in; 0 when none is known.
        """
        position = start
        for run in _DIGITS.finditer(text, start, end):
            if run.start() < position:
                continue
            found = self._around(text, run.start(), position, end)
            if found is None:
                continue
            for date in self._found(text, found, end, year):
                position = max(position, date.end)
                yield date

    def find_years(self, text: str, start: int, end: int) -> Iterator[FoundDate]:
        """Yield bare years and ranges of years, where the word before says that a year is meant."""
        for found in self._years.finditer(text, start, end):
            if not self._lead.search(text[max(start, found.start() - 14) : found.start()]):
                continue
            first = found["a"]
            last = found["b"] or ""
            if last and len(last) < 4:
                last = first[: 4 - len(last)] + last
            if not last:
                yield FoundDate(found.start(), found.end(), {"when": first})
            elif first <= last:
                yield FoundDate(found.start(), found.end(), {"from": first, "to": last})

    def parse(self, words: str, year: int = 0) -> dict[str, str]:
        """Return the attributes of the first date in some words; empty when there is none."""
        found = next(self.find(words, 0, len(words), year), None)
        if found and found.attributes:
            return found.attributes
        alone = _LONE_YEAR.search(words)
        return {"when": alone[0]} if alone else {}

    def is_alone(self, words: str) -> bool:
        """Whether some words are a date and nothing else (`13 January`, `January 13, 1956`)."""
        bare = words.strip(" .,;:()")
        found = self._date.match(bare)
        return found is not None and found.end() >= len(bare) - 1

    def any_in(self, words: str) -> bool:
        """Whether a day, a month with its year, or a season stands in some words."""
        return next(self.find(words, 0, len(words)), None) is not None

    def _around(self, text: str, digit: int, start: int, end: int) -> re.Match[str] | None:
        """Return the date that holds the digits at an offset: no date is without digits."""
        lead = self._leading_word.search(text, max(start, digit - _REACH), digit)
        before = text[digit - 1] if digit > start else ""
        candidates = [lead.start()] if lead else []
        candidates += [digit - 1] if before and before in '“"«[' else []
        for candidate in (*candidates, digit):
            if found := self._date.match(text, candidate, end):
                return found
        return None

    def _found(self, text: str, found: re.Match[str], end: int, year: int) -> Iterator[FoundDate]:
        """Yield the date of a match; with the date that it is joined to, the range of both."""
        first = self._parts(found, year)
        if found["e0"]:
            days = {"from": first.iso(), "to": replace(first, day=_number(found["e0"])).iso()}
            whole = all(days.values()) and days["from"] <= days["to"]
            yield FoundDate(found.start(), found.end(), days if whole else {})
            return
        joint = self._join.match(text, found.end(), end)
        second = self._date.match(text, joint.end(), end) if joint else None
        if second is None:
            yield FoundDate(found.start(), found.end(), self._value(first))
            return
        last = self._parts(second, year)
        first = self._parts(found, last.year)
        spanned = {"from": first.iso(), "to": last.iso()}
        if all(spanned.values()) and spanned["from"] <= spanned["to"]:
            yield FoundDate(found.start(), second.end(), spanned)
            return
        yield FoundDate(found.start(), found.end(), self._value(first))
        yield FoundDate(second.start(), second.end(), self._value(last))

    def _parts(self, found: re.Match[str], year: int) -> _Parts:
        """Return the parts of a match, with `year` where the words have none."""
        groups = {key[0]: value for key, value in found.groupdict().items() if value}
        month = (groups.get("m") or "").lower()
        numeral = _ROMAN.get(month, 0) or (
            int(month) if month.isdigit() else self._months.get(month, 0)
        )
        return _Parts(
            _number(groups.get("y")) or year,
            numeral,
            _number(groups.get("d")),
            (groups.get("s") or "").lower(),
        )

    def _value(self, parts: _Parts) -> dict[str, str]:
        """Return the attributes of one date."""
        if parts.season:
            first, last = map(int, self._seasons[parts.season].split("-"))
            end_year = parts.year + (last < first)
            return {"notBefore": f"{parts.year}-{first:02}", "notAfter": f"{end_year}-{last:02}"}
        iso = parts.iso()
        return {"when": iso} if iso else {}


def dates_in(conventions: Conventions) -> DateReader:
    """Return the reader of dates for some conventions; made once for each."""
    return conventions.made(DateReader)


def year_of(attributes: dict[str, str]) -> int:
    """Return the year of a date's attributes; 0 when there is none."""
    for key in ("when", "to", "from", "notBefore"):
        if attributes.get(key):
            return int(attributes[key][:4])
    return 0
