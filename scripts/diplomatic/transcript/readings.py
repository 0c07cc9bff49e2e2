"""Constructs: the spans that a bracket becomes once a rule has said what it is.

Each function takes the context and the attributes of the rule's row, and returns spans. Sources:
encoding guide, "Archival documents" and "Keeping the bracket's own words and signs".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher

from diplomatic.conventions import Conventions
from diplomatic.transcript.context import Context
from diplomatic.transcript.spans import Added, Span

TRANSCRIBER = {"resp": "#tr"}
Construct = Callable[[Context, dict[str, str]], list[Span]]

# "pages 4-6", "line 3": numbers of the units, not how many there are.
_NUMBERED = r"\b{unit}\s+(\d{1,4})(?:\s*(?:-|–|—|~|{range}\b)\s*(\d{1,4}))?(?!\d)"
_RANGE = r"(\d+)\s*(?:-|–|—|~|{range}\b)\s*(\d+)"
_PAGE_NUMBER = re.compile(r"\d+[a-z]?\b|(?<![\w'’])[ivxlc]+(?=\.?\s*$)", re.IGNORECASE)
_COUNT = re.compile(r"\d+")
_CAPTION = re.compile(r"[^:\n]{1,80}?:")
# "sic, presumably X", "correctly: X": the sign, how sure it is, the words.
_SIC_SIGN = (
    r"\s*(?:{sic}\s*[!?]?\s*[,:;.=–—-]+\s*)?"
    r"(?P<hedge>(?:{corrected}|{hedge})\b\s*[:=]?\s*)?(?P<words>.*)"
)


def dimensions(words: str, conventions: Conventions) -> dict[str, str]:
    """Return `@unit` with `@quantity`, `@atLeast` and `@atMost` as the words of a gap tell them.

    A plural without a number is at least two; a singular unit is one; no unit, no count; numbers
    after the unit are its numbers: pages 4-6 are three pages
    (`att.dimensions`, TEI chapter 11.3.1.7).
    """
    lowered = words.lower()
    found = conventions.compile(r"\b{unit}\b").search(lowered)
    unit = conventions.maps["unit"].get(re.sub(r"\s+", " ", found[0]), "") if found else ""
    if not found or not unit:
        return {}
    if conventions.compile(r"\b{half}\b").search(lowered):
        return {"unit": unit, "extent": words.strip()}
    if numbered := conventions.compile(_NUMBERED).search(lowered):
        first, last = int(numbered[1]), int(numbered[2] or numbered[1])
        return {"unit": unit, "quantity": str(abs(last - first) + 1)}
    if ranged := conventions.compile(_RANGE).search(lowered):
        low, high = sorted((int(ranged[1]), int(ranged[2])))
        return {"unit": unit, "atLeast": str(low), "atMost": str(high)}
    numbers = conventions.maps["number"]
    counts = [numbers[w] for w in re.findall(r"[\w]+", lowered) if w in numbers]
    if counted := _COUNT.search(lowered):
        return {"unit": unit, "quantity": counted[0]}
    if counts and not (len(counts) > 1 and conventions.compile(r"\b{range}\b").search(lowered)):
        return {"unit": unit, "quantity": counts[0]}
    if len(counts) > 1:
        return {"unit": unit, "atLeast": counts[0], "atMost": counts[1]}
    plural = found[0].endswith("s") or found[0] in conventions.word_sets["plural"]
    return {"unit": unit, "atLeast": "2"} if plural else {"unit": unit, "quantity": "1"}


def gap(context: Context, attributes: dict[str, str]) -> list[Span]:
    """Make a `gap` whose words stay in `desc`."""
    found = dimensions(context.inner, context.conventions)
    return [
        context.span("gap", {**attributes, **found, **TRANSCRIBER}),
        context.inside("desc"),
    ]


def signature(context: Context, _attributes: dict[str, str]) -> list[Span]:
    """Make the figure of a signature, described in the bracket's words."""
    return [
        context.span("figure", {"type": "signature"}),
        context.inside("figDesc", dict(TRANSCRIBER)),
    ]


def emblem(context: Context, _attributes: dict[str, str]) -> list[Span]:
    """Make the figure of an emblem, described in the bracket's words."""
    return [
        context.span("figure", {"type": "other"}),
        context.inside("figDesc", dict(TRANSCRIBER)),
    ]


def note(context: Context, attributes: dict[str, str]) -> list[Span]:
    """Make a transcriber's note of the type that the rule names."""
    return [context.span("note", {**attributes, **TRANSCRIBER})]


def received(context: Context, attributes: dict[str, str]) -> list[Span]:
    """Make the note that says when a document came in."""
    return note(context, attributes)


def sound(context: Context, attributes: dict[str, str]) -> list[Span]:
    """Make `vocal` or `incident` (TEI chapter 8) with its words in `desc`."""
    return [
        context.span(attributes.get("element", "incident"), dict(TRANSCRIBER)),
        context.inside("desc"),
    ]


def blank(context: Context, _attributes: dict[str, str]) -> list[Span]:
    """Make a `space`, described in the bracket's words."""
    return [context.span("space", dict(TRANSCRIBER)), context.inside("desc")]


def page(context: Context, _attributes: dict[str, str]) -> list[Span]:
    """Make a page break; the bracket's own words stay as the forme work that told of it."""
    number = _PAGE_NUMBER.search(context.inner)
    start, end = context.bracket.start, context.bracket.end
    return [
        Span(start, start, "pb", {"n": number[0]} if number else {}),
        Span(start, end, "fw", {"type": "pageNum"}),
    ]


def unclear(context: Context, attributes: dict[str, str]) -> list[Span]:
    """Make an `unclear` reading; with `label`, the words up to the colon are its caption."""
    if attributes.get("source") == "illegible":
        return [context.span("supplied", {"reason": "illegible", "cert": "low", **TRANSCRIBER})]
    made = context.span("unclear", {"reason": "illegible", "cert": "low", **TRANSCRIBER})
    made.attributes["rend"] = context.named_signs
    caption = _CAPTION.match(context.inner) if attributes.get("label") else None
    if caption is None:
        return [made]
    base = context.bracket.inner_start
    label = Span(base, base + caption.end(), "seg", {"type": "caption", **TRANSCRIBER})
    return [made, label]


def supplied(context: Context, attributes: dict[str, str]) -> list[Span]:
    """Make `supplied`: words that the transcriber adds to what the source left out."""
    return [
        context.span("supplied", {"reason": "omitted-in-original", **attributes, **TRANSCRIBER})
    ]


def gloss(context: Context, _attributes: dict[str, str]) -> list[Span]:
    """Make a `gloss`: the transcriber explains or translates."""
    return [context.span("gloss", dict(TRANSCRIBER))]


def identification(context: Context, _attributes: dict[str, str]) -> list[Span]:
    """Make the note that says who or what is meant."""
    return note(context, {"type": "identification"})


def original_wording(context: Context, _attributes: dict[str, str]) -> list[Span]:
    """Make the note that gives the word of the original, in its language."""
    spans = note(context, {"type": "original-wording"})
    if context.inner.isascii():
        language = context.setting.original_language
        tag = language if language == "und" else f"{language}-Latn"
        spans.append(context.inside("foreign", {"xml:lang": tag}))
    return spans


def stamp(context: Context, _attributes: dict[str, str]) -> list[Span]:
    """Make a `stamp`; its label words are the caption, where they stand.

    A bracket that holds the label alone takes its words from its own line: those after it, else
    those before it.
    """
    bare = context.conventions.compile(r"\s*(?:[\w'’-]+\s+){0,3}{stamp}(?:\s*:?|[^:\n]{1,60}:)\s*")
    if bare.fullmatch(context.inner) and (outside := _label_outside(context, "stamp")):
        words = context.text[outside[0].start : outside[0].end]
        outside[0].attributes["type"] = stamp_type(words, context.conventions)
        return outside
    spans = [context.span("stamp", {"type": stamp_type(context.inner, context.conventions)})]
    label = context.conventions.compile(r"[^\n:]{0,60}?\b{stamp}\b[^\n:.,]{0,60}[:.,]?")
    if found := label.search(context.inner):
        base = context.bracket.inner_start
        words_of_label = context.conventions.compile(
            r"(?:[a-z]+\s+){0,3}{stamp}\b[^\n:]{0,60}:?|{stamp}:?"
        )
        near = words_of_label.search(context.inner, found.start(), found.end()) or found
        spans.append(
            Span(base + near.start(), base + near.end(), "seg", {"type": "caption", **TRANSCRIBER})
        )
    return spans


def _label_outside(context: Context, name: str) -> list[Span] | None:
    """Return an element over a bracketed label and the words of its line that it labels."""
    bracket = context.bracket
    nested = context.text[max(0, context.block_start - 1) : context.block_start] == "["
    if bracket.repair or bracket.signs > 1 or nested:
        return None
    after = context.after.partition("\n")[0]
    before = context.before.rpartition("\n")[2]
    colon = after[:1] == ":"
    caption = context.inside("seg", {"type": "caption", **TRANSCRIBER})
    if after.strip(" :") and not before.strip():
        end = bracket.end + len(after.rstrip())
        hidden = (*context.signs, (bracket.end, bracket.end + 1)) if colon else context.signs
        rend = "colon-outside" if colon else "label-outside"
        return [Span(bracket.start, end, name, {"rend": rend}, hidden), caption]
    words = before.strip()
    if words and len(words) < 60 and not after.strip() and words[-1:] not in ".!?])":
        start = bracket.start - len(before) + before.index(words)
        return [Span(start, bracket.end, name, {"rend": "label-outside"}, context.signs), caption]
    return None


def stamp_type(words: str, conventions: Conventions) -> str:
    """Return what a stamp is for, by its words: registry, receipt, classification, date, office."""
    patterns = conventions.line_patterns
    for name in ("registry", "receipt", "classification"):
        if patterns[f"stamp-{name}"].search(words):
            return name
    return "office"


def handwriting(context: Context, attributes: dict[str, str]) -> list[Span]:
    """Make a note in another hand, with its label as caption; or an `add` over the word before."""
    place = place_of(context.inner, context.conventions)
    caption = _CAPTION.match(context.inner)
    bare = context.conventions.compile(r"\s*{added}\s*").fullmatch(context.inner)
    if bare and not context.own_line and context.word_before and context.after[:1] != ":":
        start, end = context.word_before
        return [
            Span(start, end, "add", {"hand": "#h1"}),
            *note(context, {"type": "handwritten"}),
        ]
    outside = _label_outside(context, "note") if _is_label(context) else None
    if outside:
        outside[0].attributes |= {"type": attributes.get("type", "resolution"), "hand": "#h1"}
        if place:
            outside[0].attributes["place"] = place
        return outside
    kind = attributes.get("type") or ("marginal" if place.startswith("margin") else "resolution")
    made = {"type": kind, "hand": "#h1"}
    if place:
        made["place"] = place
    spans = [context.span("note", made)]
    if not caption:
        spans[0].attributes["rend"] = context.named_signs
        return spans
    base = context.bracket.inner_start
    spans.append(Span(base, base + caption.end(), "seg", {"type": "caption", **TRANSCRIBER}))
    return spans


def _is_label(context: Context) -> bool:
    """Whether a bracket holds the label of a handwriting alone, whose words stand outside it."""
    words = context.inner.strip()
    colon = words.endswith(":") or (context.after[:1] == ":" and ":" not in words)
    label = context.conventions.compile(r"(?:{handwritten})(?:\s+{inscribed}s?)?\s*:?")
    tool = context.conventions.compile(r"[^:\n]{0,60}\b(?:{writing_tool})")
    return "\n" not in words and bool(colon or label.fullmatch(words) or tool.fullmatch(words))


def place_of(words: str, conventions: Conventions) -> str:
    """Return where on the page something stands, as a value of `@place`; empty when not said."""
    lowered = re.sub(r"\s+", " ", words.lower())
    return next((v for key, v in conventions.maps["place"].items() if key in lowered), "")


def second_reading(
    context: Context, target: tuple[int, int], first: str, second: str
) -> list[Span]:
    """Return a `choice` of the words before (as they stand) and the bracket (as the reader's)."""
    start, end = target
    bracket = context.bracket
    attributes = {"resp": "#tr"}
    if end == bracket.start:
        attributes["rend"] = "adjacent"
    between = ((end, bracket.start),) if end < bracket.start else ()
    inner = context.span(second, attributes)
    return [Span(start, bracket.end, "choice", {}, between), Span(start, end, first), inner]


def sic(context: Context, _attributes: dict[str, str]) -> list[Span]:
    """Make `sic` over the word that is meant, with a `corr` where the bracket gives one.

    The bracket's words stay as a note; a correction points to it (`@corresp`), since its words
    are that note's.
    """
    note_id = f"@{context.bracket.start}"
    noted = context.span("note", {"type": "sic", **TRANSCRIBER})
    target = context.word_before
    if target is None:
        return [noted]
    corrected = correction_of(context, target)
    wrong = Span(*target, "sic", dict(TRANSCRIBER))
    if corrected is None:
        return [wrong, noted]
    words, target, cert = corrected
    noted.attributes["xml:id"] = note_id
    added = Added("corr", words, {**TRANSCRIBER, "cert": cert, "corresp": f"#{note_id}"})
    return [
        Span(*target, "choice", after=(added,)),
        Span(*target, "sic"),
        noted,
    ]


def correction_of(
    context: Context, target: tuple[int, int]
) -> tuple[str, tuple[int, int], str] | None:
    """Return the correction that a sic bracket gives, what it corrects, and how sure that is.

    Words that resemble what stands before correct it; others are the original's (a note).
    """
    sets = context.conventions.word_sets
    found = context.conventions.compile(_SIC_SIGN).match(context.inner)
    hedged = (found["hedge"] or "").lower().strip(" :=") if found else ""
    whole = found is None or found.start("words") == 0
    words = "" if found is None or whole else found["words"].strip(' ?."“”')
    cert = "medium" if hedged in sets["hedge"] else "high"
    count = len(words.split())
    if not words or count > 4:
        return None
    before = re.search(rf"\S+(?:\s+\S+){{{count - 1}}}\s*$", context.before) if count > 1 else None
    if before:
        base = context.bracket.start - len(context.before)
        target = (base + before.start(), base + before.start() + len(before[0].rstrip()))
    said = context.text[target[0] : target[1]]
    alike = SequenceMatcher(None, said.lower(), words.lower()).ratio()
    return (words, target, cert) if hedged or alike >= 0.5 else None


CONSTRUCTS: dict[str, Construct] = {
    "gap": gap,
    "stamp": stamp,
    "signature": signature,
    "emblem": emblem,
    "note": note,
    "handwriting": handwriting,
    "sic": sic,
    "blank": blank,
    "page": page,
    "sound": sound,
    "unclear": unclear,
    "supplied": supplied,
    "gloss": gloss,
    "identification": identification,
    "original-wording": original_wording,
    "received": received,
}
# What these describe is told in plain words: no further markup inside.
OPAQUE = frozenset({"gap", "signature", "emblem", "sound", "blank", "page", "sic"})
