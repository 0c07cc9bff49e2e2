"""Marks that are no brackets: blanks, doubts, dates, amounts, short forms, foreign scripts.

Each function yields spans that give way where they would cross an editor's bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from diplomatic.conventions import Conventions, load_conventions
from diplomatic.transcript.dates import dates_in
from diplomatic.transcript.readings import dimensions
from diplomatic.transcript.spans import Added, Span

_UNDERSCORES = re.compile(r"_{2,}|(?<=[Nn][º°o] )_(?![\w_])|(?<=№ )_(?![\w_])")
_POINTS_BLANK = r"(?:{number_sign}|\b{blank_label}:?)\s?(?P<blank>…+|\.{3,})"
_ASKED = re.compile(r"(?<![^\s()\[\]])(?P<word>[^\s()\[\]]+)\s?(?P<sign>\(\s?\?\s?\))")
_BETWEEN = re.compile(r"(?<!\S)\?(?P<word>[^\s?]{1,20})\?(?![^\s,.;)])")
_NUMBER = r"\d{1,3}(?:,\d{3}){1,6}|\d{1,15}(?:\.\d{1,9})?"
_AMOUNT = (
    rf"(?<![\d.,])(?P<low>{_NUMBER})(?:\s?(?:-|–|{{range}})\s?(?P<high>{_NUMBER}))?"
    r"(?:\s(?P<scale>{scale}))?\s(?P<unit>{measure})\b"
    # what there is so much of: "tons of grain", up to what the sentence says of it
    r"(?:\s{amount_of}\s(?P<what>[a-z]+(?:\s[a-z]+)?(?=[,.;)]|\s{after_amount}\b|$)))?"
)
_PERCENT = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?\s?%")
_LETTERSPACED = re.compile(
    r"(?<!\S)(?:[A-ZÀ-ÞЀ-Я](?: [A-ZÀ-ÞЀ-Я]){3,}|[A-ZÀ-ÞЀ-Я](?: [a-zà-þа-я]){3,})(?=\s|$|[.,:;])"
)
_ROUND_SIC = r"(?<![^\s()\[\]])(?P<word>[^\s()\[\]]+)\s?(?P<sign>\({round_sic}[!.]?\))"
_ROUND_SIGNED = r"\((?P<words>{round_signed})\)"
_SLASHED_SIGNED = r"/(?P<words>{round_signed})/"
_ROUND_PAGE = r"(?<=\S )\({round_page}\s?(?P<number>\d{1,4})\)(?=\s(?-i:[a-zа-я]))"
_ROUND = r"[(/](?:{round_sic}|{round_signed}|{round_page}\s?\d)"
_FILE_PAGE = re.compile(
    r"""pp?\.\s?(?P<number>\d{1,4}(?:\s?[-–]\s?\d{1,4})?)\s+(?=[“"«(\[]?[A-ZÀ-ÞЀ-Я])"""
)
_DIGIT = re.compile(r"\d")
# A line that is set with a blank after each letter is a heading, a name or a place: no paragraph.
LETTERSPACED_LINE = 300
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SCRIPTS = {
    # words of two letters or more (a preposition of one before them), with the numbers and stops
    # between them
    "Cyrl": re.compile(
        r"""(?<!\w) (?:[\u0400-\u052f]\ (?=[\u0400-\u052f]))? [\u0400-\u052f][\u0400-\u052f'’-]+
            (?: [\s.,–—-]+ (?:[\d–—-]+\s?)? [\u0400-\u052f][\u0400-\u052f'’.-]* )*""",
        re.VERBOSE,
    ),
    "Hang": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]+(?:[\s·]+[\uac00-\ud7af\u1100-\u11ff]+)*"),
    "Hani": re.compile(
        r"[\u3400-\u4dbf\u4e00-\u9fff]+(?:[、，。：；]?[\u3400-\u4dbf\u4e00-\u9fff]+)*"
    ),
    "Jpan": re.compile(r"[\u4e00-\u9fff]*[\u3040-\u30ff][\u3040-\u30ff\u4e00-\u9fff]*"),
    "Grek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]{2,}(?:\s[\u0370-\u03ff\u1f00-\u1fff]+)*"),
    "Hebr": re.compile(r"[\u0590-\u05ff]{2,}(?:\s[\u0590-\u05ff]+)*"),
    "Arab": re.compile(r"[\u0600-\u06ff\u0750-\u077f]{2,}(?:\s[\u0600-\u06ff\u0750-\u077f]+)*"),
}
DEFAULT_LANGUAGES = {
    "Cyrl": "ru", "Hang": "ko", "Hani": "zh", "Jpan": "ja", "Grek": "el", "Hebr": "he",
    "Arab": "ar",
}  # fmt: skip


@dataclass(frozen=True)
class Enrichment:
    """What the enrichment of a transcript needs to know.

    `year` is the year of days without one; `languages` the language of each script in this
    edition; `main_script` the script of the text itself, which is not foreign.
    """

    conventions: Conventions = field(default_factory=load_conventions)
    year: int = 0
    languages: dict[str, str] = field(default_factory=lambda: dict(DEFAULT_LANGUAGES))
    main_script: str = "Latn"


def enrich(text: str, start: int, end: int, how: Enrichment) -> list[Span]:
    """Return the spans of everything but brackets and names in a stretch of text.

    Each kind of mark is looked for only where a sign of it stands, since most lines have none.
    """
    words = text[start:end]
    spans: list[Span] = []
    if "_" in words or "…" in words or "..." in words:
        spans += blanks(text, start, end, how.conventions)
    if "?" in words:
        spans += doubts(text, start, end)
    if ("(" in words or "/" in words) and how.conventions.compile(_ROUND).search(words):
        spans += round_brackets(text, start, end, how.conventions)
    if "(" in words:
        spans += round_gaps(text, start, end, how.conventions)
    if len(words) < LETTERSPACED_LINE:
        spans += letterspaced(text, start, end)
    if _DIGIT.search(words):
        spans += dates(text, start, end, how)
        spans += amounts(text, start, end, how.conventions)
    if how.conventions.compile("{short_form}", 0).search(words):
        spans += short_forms(text, start, end, how.conventions.maps["short_form"])
    if "@" in words:
        found = _EMAIL.finditer(text, start, end)
        spans += [Span(each.start(), each.end(), "email", firm=False) for each in found]
    if words[:1] == "p":
        spans += file_pages(text, start, end)
    return [*spans, *foreign(text, start, end, how)]


def blanks(text: str, start: int, end: int, conventions: Conventions) -> Iterator[Span]:
    """Yield blanks of a form: underscores, and points after a number sign."""
    for found in _UNDERSCORES.finditer(text, start, end):
        extent = found.span()
        attributes = {"unit": "char", "quantity": str(len(found[0])), "dim": "horizontal"}
        yield Span(*extent, "space", attributes, (extent,))
    for found in conventions.compile(_POINTS_BLANK).finditer(text, start, end):
        extent = found.span("blank")
        rend = "ellipsis" if found["blank"][0] == "…" else "points"
        attributes = {
            "unit": "char",
            "quantity": str(len(found["blank"])),
            "dim": "horizontal",
            "rend": rend,
        }
        yield Span(*extent, "space", attributes, (extent,))


def doubts(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield readings marked as doubtful without brackets: `word (?)` and `?word?`."""
    unsure = {"reason": "illegible", "cert": "low", "resp": "#tr"}
    for found in _ASKED.finditer(text, start, end):
        yield Span(*found.span("word"), "unclear", dict(unsure), firm=False)
        first, last = found.span("sign")
        hidden = ((first, first + 1), (last - 1, last))
        attributes = {"type": "doubt", "resp": "#tr", "rend": "round-brackets"}
        yield Span(first, last, "note", attributes, hidden)
    for found in _BETWEEN.finditer(text, start, end):
        first, last = found.span()
        hidden = ((first, first + 1), (last - 1, last))
        yield Span(first, last, "unclear", {**unsure, "rend": "question-marks"}, hidden)


def letterspaced(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield words written with a blank after each letter; rendering gives the blanks back."""
    for found in _LETTERSPACED.finditer(text, start, end):
        first, last = found.span()
        hidden = tuple((offset, offset + 1) for offset in range(first + 1, last, 2))
        yield Span(first, last, "hi", {"rend": "letterspaced"}, hidden, firm=False)


def round_brackets(text: str, start: int, end: int, conventions: Conventions) -> Iterator[Span]:
    """Yield what is marked in round brackets as others mark it in square ones."""
    compiled = conventions.compile
    for found in compiled(_ROUND_SIC).finditer(text, start, end):
        yield Span(*found.span("word"), "sic", {"resp": "#tr"}, firm=False)
        yield _round("note", {"type": "sic", "resp": "#tr"}, *found.span("sign"))
    for found in compiled(_ROUND_SIGNED).finditer(text, start, end):
        yield _round("figure", {"type": "signature"}, *found.span())
        yield Span(*found.span("words"), "figDesc", {"resp": "#tr"}, firm=False)
    for found in compiled(_SLASHED_SIGNED).finditer(text, start, end):
        signed = _round("figure", {"type": "signature"}, *found.span())
        signed.attributes["rend"] = "slashes"
        yield signed
        yield Span(*found.span("words"), "figDesc", {"resp": "#tr"}, firm=False)
    for found in compiled(_ROUND_PAGE).finditer(text, start, end):
        yield Span(found.start(), found.start(), "pb", {"n": found["number"]}, firm=False)
        yield Span(*found.span(), "fw", {"type": "pageNum"}, firm=False)


def file_pages(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the page of the file that a note-taker's paragraph begins with: `p.77 Letter of`."""
    if found := _FILE_PAGE.match(text, start, end):
        attributes = {"unit": "archivalPage", "n": found["number"].replace(" ", "")}
        yield Span(start, start, "milestone", attributes, firm=False)


def _round(name: str, attributes: dict[str, str], start: int, end: int) -> Span:
    """Return a span in round brackets, which its rendering gives back."""
    hidden = ((start, start + 1), (end - 1, end))
    return Span(start, end, name, {**attributes, "rend": "round-brackets"}, hidden, firm=False)


def round_gaps(text: str, start: int, end: int, conventions: Conventions) -> Iterator[Span]:
    """Yield what could not be read, where round brackets say so and nothing else."""
    pattern = r"\((?P<words>(?:(?:{number}|\d{1,3})\s)?(?:{unit}\s)?{round_illegible})\)"
    for found in conventions.compile(pattern).finditer(text, start, end):
        counted = dimensions(found["words"], conventions)
        yield _round("gap", {"reason": "illegible", **counted, "resp": "#tr"}, *found.span())
        yield Span(*found.span("words"), "desc", firm=False)


def dates(text: str, start: int, end: int, how: Enrichment) -> Iterator[Span]:
    """Yield dates that have a value."""
    reader = dates_in(how.conventions)
    full = list(reader.find(text, start, end, how.year))
    inside = {offset for found in full for offset in range(found.start, found.end)}
    years = (found for found in reader.find_years(text, start, end) if found.start not in inside)
    for found in (*full, *years):
        if found.attributes:
            yield Span(found.start, found.end, "date", found.attributes, firm=False)


def amounts(text: str, start: int, end: int, conventions: Conventions) -> Iterator[Span]:
    """Yield amounts with their unit, and percentages."""
    for found in conventions.compile(_AMOUNT, 0).finditer(text, start, end):
        before = text[max(0, found.start() - 1) : found.start()]
        if before and (before in ".,-–]" or before.isdigit()):
            continue
        scale = int(conventions.maps["scale"].get(found["scale"] or "", "1"))
        low = _plain_number(found["low"], scale)
        attributes = {"unit": conventions.value("measure", found["unit"])}
        if found["what"]:
            attributes["commodity"] = found["what"]
        high = _range_end(found["low"], found["high"] or "", scale)
        if not found["high"]:
            yield Span(*found.span(), "measure", {**attributes, "quantity": low}, firm=False)
        elif float(high) >= float(low):
            ranged = {"type": "range", "atLeast": low, "atMost": high}
            yield Span(*found.span(), "measure", attributes, firm=False)
            yield Span(found.start("low"), found.end("high"), "num", ranged, firm=False)
    for found in _PERCENT.finditer(text, start, end):
        value = found[0].rstrip("% \u00a0")
        yield Span(*found.span(), "num", {"type": "percentage", "value": value}, firm=False)


def _range_end(low: str, high: str, scale: int) -> str:
    """Return the end of a range, completed where it is shortened: 125–30 ends with 130."""
    if not high:
        return "0"
    shortened = low.isdigit() and high.isdigit() and len(high) < len(low)
    return _plain_number(low[: len(low) - len(high)] + high if shortened else high, scale)


def _plain_number(words: str, scale: int) -> str:
    """Return a number without its separators, multiplied by the word after it."""
    value = float(words.replace(",", "")) * scale
    return str(int(value)) if value == int(value) else str(value)


def short_forms(text: str, start: int, end: int, known: dict[str, str]) -> Iterator[Span]:
    """Yield short forms with the expansion that the conventions give."""
    listed = "|".join(re.escape(form) for form in sorted(known, key=len, reverse=True))
    for found in re.finditer(rf"(?<![\w.])(?:{listed})(?!\w)", text[start:end]):
        first, last = start + found.start(), start + found.end()
        added = Added("expan", known[found[0]], {"resp": "#tool"})
        yield Span(first, last, "choice", firm=False, after=(added,))
        yield Span(first, last, "abbr", firm=False)


def foreign(text: str, start: int, end: int, how: Enrichment) -> Iterator[Span]:
    """Yield stretches in another script than the text's, and phrases that the conventions list."""
    stretch = text[start:end]
    if not stretch.isascii():
        for script, pattern in _SCRIPTS.items():
            if script == how.main_script:
                continue
            language = how.languages.get(script, "und")
            for found in pattern.finditer(text, start, end):
                last = found.start() + len(found[0].rstrip(" .,;–—-\n"))
                if script == "Cyrl" and last - found.start() < 3:
                    continue
                yield Span(found.start(), last, "foreign", {"xml:lang": language}, firm=False)
    if how.main_script == "Latn":
        for found in how.conventions.compile(r"\b{phrase}\b", 0).finditer(text, start, end):
            language = how.conventions.value("phrase", found[0])
            yield Span(*found.span(), "foreign", {"xml:lang": language}, firm=False)
