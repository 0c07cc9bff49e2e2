"""Dates in words: where they stand, and what they are as XML Schema dates.

Source: TEI chapter 13.3.6 (`att.datable.w3c`): `@when`, or `@from`/`@to`, or
`@notBefore`/`@notAfter`. A date that is no real day is left without a value.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января januar janvier enero",
            "february feb февраля februar février febrero",
            "march mar марта märz mars marzo",
            "april apr апреля avril abril",
            "may мая mai mayo",
            "june jun июня juni juin junio",
            "july jul июля juli juillet julio",
            "august aug августа août agosto",
            "september sept sep сентября septembre septiembre",
            "october oct октября oktober octobre octubre",
            "november nov ноября novembre noviembre",
            "december dec декабря dezember décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}

_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:\[(?:1[5-9]|20)\d\d\]|(?:1[5-9]|20)\d\d)"
_DAY = r"[“\"«]?(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?[”\"»]?"
_BLANK = r"[ \u00a0]"
_CENTURY = r"(?:1[5-9]|20)\d\d"
_NUMBER_OF_DAY = r"0?[1-9]|[12]\d|3[01]"
# The digit in the name of a part says which form it is of; _parts() reads them all alike.
_DATE = re.compile(
    rf"""
      \b(?P<m0>{_NAME})\b\.? {_BLANK} (?P<d0>{_DAY})\s?[–-]\s?(?P<e0>{_DAY}),?    # May 3-5, 1951
        {_BLANK} (?P<y0>{_YEAR})
    | (?P<d1>{_DAY})\.?(?:\s+(?:of|de))? {_BLANK} (?P<m1>{_NAME})\b\.?            # 3 May 1951
        (?:(?:,|\s+de)? {_BLANK} (?P<y1>{_YEAR}))?
    | \b(?P<m2>{_NAME})\b\.? {_BLANK} (?P<d2>{_DAY})                              # May 3, 1951
        (?:,? {_BLANK} (?P<y2>{_YEAR}))?(?![\d.,]*\d)
    | (?P<y3>{_YEAR})\.? {_BLANK} (?P<m3>{_NAME})\b {_BLANK} (?P<d3>{_DAY})       # 1951 May 3
    | \b(?P<m4>{_NAME})\b\.?,?(?:\s+of)? {_BLANK} (?P<y4>{_YEAR})                 # May 1951
    | (?<![\d./])(?P<d5>{_NUMBER_OF_DAY})[./](?P<m5>0?[1-9]|1[0-2])[./]           # 3.5.1951
        (?P<y5>{_CENTURY})(?!\d)
    | (?<![\d./])(?P<d6>{_NUMBER_OF_DAY})[./ ](?P<m6>[IVX]{{1,4}})[./ ]           # 3.V.1951
        (?P<y6>{_CENTURY})(?!\d)
    | \b(?P<y7>{_CENTURY})-(?P<m7>0[1-9]|1[0-2])-(?P<d7>0[1-9]|[12]\d|3[01])\b    # 1951-05-03
    | \b(?P<s8>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<y8>{_YEAR})      # spring 1951
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DIGITS = re.compile(r"(?<![\d.,])\d{1,4}(?!\d)")
_LEADING_WORD = re.compile(
    rf"\b(?:{_NAME}|spring|summer|autumn|fall|winter)\b\.?,?(?:\s+of)?[ \u00a0]+[“\"«\[]?$",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:through|thru|until|till|to|[-–—])\s*", re.IGNORECASE)
_YEARS = re.compile(
    r"""(?<![\w.,/№ºo\#-]) (?P<a>1[5-9]\d\d|20\d\d) (?:\s?[–-]\s?(?P<b>(?:1[5-9]|20)\d\d|\d\d?))?
        # no part of a number or a word, and no amount
        (?! [\w/] | [.,]\d | [-–]\w
          | \s?(?:tons?|rubles?|people|persons|families|km|hectares|men)\b )""",
    re.VERBOSE,
)
# What a year is written after: a word of time, an opening sign, the line's beginning.
_LEAD = re.compile(
    r"""(?: \b(?:in|since|by|until|to|of|from|during|before|after|year|early|late|for|and|between
              |through|throughout|around|circa|c\.|mid|session)[ \u00a0]
          | [,(]\s? | ^\s* | [–-]\s? )$""",
    re.IGNORECASE | re.VERBOSE,
)


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


def _parts(found: re.Match[str], year: int) -> _Parts:
    """Return the parts of a match, with `year` where the words have none."""
    groups = {key[0]: value for key, value in found.groupdict().items() if value}
    month = (groups.get("m") or "").lower()
    numeral = _ROMAN.get(month, 0) or (int(month) if month.isdigit() else MONTHS.get(month, 0))
    return _Parts(
        _number(groups.get("y")) or year,
        numeral,
        _number(groups.get("d")),
        (groups.get("s") or "").lower(),
    )


def _value(parts: _Parts) -> dict[str, str]:
    """Return the attributes of one date."""
    if parts.season:
        first, last = _SEASONS[parts.season]
        end_year = parts.year + (last < first)
        return {"notBefore": f"{parts.year}-{first:02}", "notAfter": f"{end_year}-{last:02}"}
    iso = parts.iso()
    return {"when": iso} if iso else {}


def find_dates(text: str, start: int, end: int, year: int = 0) -> Iterator[FoundDate]:
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
        found = _date_around(text, run.start(), position, end)
        if found is None:
            continue
        for date in _found(text, found, end, year):
            position = max(position, date.end)
            yield date


def _date_around(text: str, digit: int, start: int, end: int) -> re.Match[str] | None:
    """Return the date that holds the digits at an offset: no date is without digits."""
    lead = _LEADING_WORD.search(text, max(start, digit - 18), digit)
    before = text[digit - 1] if digit > start else ""
    candidates = [lead.start()] if lead else []
    candidates += [digit - 1] if before and before in '“"«[' else []
    for candidate in (*candidates, digit):
        if found := _DATE.match(text, candidate, end):
            return found
    return None


def _found(text: str, found: re.Match[str], end: int, year: int) -> Iterator[FoundDate]:
    """Yield the date of a match; with the date that it is joined to, the range of both."""
    first = _parts(found, year)
    if found["e0"]:
        days = {"from": first.iso(), "to": replace(first, day=_number(found["e0"])).iso()}
        whole = all(days.values()) and days["from"] <= days["to"]
        yield FoundDate(found.start(), found.end(), days if whole else {})
        return
    joint = _JOIN.match(text, found.end(), end)
    second = _DATE.match(text, joint.end(), end) if joint else None
    if second is None:
        yield FoundDate(found.start(), found.end(), _value(first))
        return
    last = _parts(second, year)
    first = _parts(found, last.year)
    spanned = {"from": first.iso(), "to": last.iso()}
    if all(spanned.values()) and spanned["from"] <= spanned["to"]:
        yield FoundDate(found.start(), second.end(), spanned)
        return
    yield FoundDate(found.start(), found.end(), _value(first))
    yield FoundDate(second.start(), second.end(), _value(last))


def find_years(text: str, start: int, end: int) -> Iterator[FoundDate]:
    """Yield bare years and ranges of years, where the word before says that a year is meant."""
    for found in _YEARS.finditer(text, start, end):
        if not _LEAD.search(text[max(start, found.start() - 12) : found.start()]):
            continue
        first = found["a"]
        last = found["b"] or ""
        if last and len(last) < 4:
            last = first[: 4 - len(last)] + last
        if not last:
            yield FoundDate(found.start(), found.end(), {"when": first})
        elif first <= last:
            yield FoundDate(found.start(), found.end(), {"from": first, "to": last})


def parse_date(words: str, year: int = 0) -> dict[str, str]:
    """Return the attributes of the first date in some words; empty when there is none."""
    found = next(find_dates(words, 0, len(words), year), None)
    if found and found.attributes:
        return found.attributes
    alone = re.search(r"\b(1[5-9]\d\d|20\d\d)\b", words)
    return {"when": alone[0]} if alone else {}


def is_date_alone(words: str) -> bool:
    """Whether some words are a date and nothing else (`13 January`, `January 13, 1956`)."""
    bare = words.strip(" .,;:()")
    found = _DATE.match(bare)
    return found is not None and found.end() >= len(bare) - 1


def has_date(words: str) -> bool:
    """Whether a day, a month with its year, or a season stands in some words."""
    return next(find_dates(words, 0, len(words)), None) is not None


def year_of(attributes: dict[str, str]) -> int:
    """Return the year of a date's attributes; 0 when there is none."""
    for key in ("when", "to", "from", "notBefore"):
        if attributes.get(key):
            return int(attributes[key][:4])
    return 0
