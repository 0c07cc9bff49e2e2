"""Rules that need to see more than the words of a bracket: what stands around it.

Each returns a reading, or None when it does not fit. The order is that of the table in
`conventions/archival.toml`, after conventions §6.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher

from diplomatic.transcript import readings
from diplomatic.transcript.context import Context, Reading
from diplomatic.transcript.lexicon import familiarity, is_rare
from diplomatic.transcript.spans import Added, Span
from diplomatic.transcript.supply import supplied_or_gloss

Rule = Callable[[Context], Reading | None]

_CAPITALISED_END = re.compile(r"(?:[^\W\d_][\w'’-]*\.?\s+){0,3}[^\W\d_][\w'’-]*\s?$")
_NAME_END = re.compile(
    r"(?:(?:[A-ZÀ-ÞЀ-Я][\w'’-]*\.?)[ \u00a0]){0,3}[A-ZÀ-ÞЀ-Я][\w'’-]+(?=[ \u00a0”\"]?$)"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NUMBERISH = r"(?:\d[\d.,:/]*(?:st|nd|rd|th|s)?|[ivxlcIVXLC]{1,6})"
# Letters that romanisations write for one sound (g/k, d/t, b/p, j/ch, r/l); vowels say little.
_SOUNDS = str.maketrans(
    {"g": "k", "d": "t", "b": "p", "j": "c", "r": "l", "e": "o", "u": "o", "h": None, "y": "i"}
)
_INITIAL_WORDS = re.compile(r"[^\W\d_][\w'’]*")
_SLAVIC = re.compile(
    r"(?:\w+['’]\w*|\w*(?:shch|zh|kh|yy|iy|ii)\w*|\w{3,}(?:nyi|skii|skiy|sky|nye|nie|niye|stvo|ost|ovat|ila|ilo|ali|"
    r"ogo|nik|niki|tsiya|tsii|ov|aya|oye|ykh|yat|pil|chik|ami|akh|ushka|ovka))",
    re.IGNORECASE,
)
_FOREIGN_LETTERS = re.compile(
    "[à-öø-ÿĀ-žА-я\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0600-\u06ff\u0370-\u03ff]"
)


def ellipsis(context: Context) -> Reading:
    """Read `[…]`: left out by the transcript, or lost where it stands in a stamp or a word."""
    inside = context.inner.strip()
    glued = context.before[-1:].isalnum() or context.after[:1].isalnum()
    lost = context.zone == "stamp" or glued
    attributes = {"reason": "illegible" if lost else "editorial", "resp": "#tr"}
    if inside == "…" and context.inner == "…":
        bracket = context.bracket
        spans = [
            Span(
                bracket.start,
                bracket.end,
                "gap",
                {**attributes, **context.rend},
                ((bracket.start, bracket.end),),
            )
        ]
    else:
        spans = [context.span("gap", attributes), context.inside("desc")]
    if lost:
        return Reading("ellipsis", "gap", spans, "medium", "points inside a word or a stamp", True)
    reason = "points alone: left out by the transcript"
    return Reading("ellipsis", "gap", spans, "high", reason, True)


def question(context: Context) -> Reading | None:
    """Read `[?]`: a missing question mark, an unreadable name, or doubt of the word before."""
    before = context.before.rstrip()
    asks = re.search(
        r"(?:^|[.!?:]\s+|[\"“])(?:who|what|when|where|why|how|which|do|does|did|is|are|was|were|will|can|could|should|would|has|have)\b[^.!?]*$",
        before,
        re.I,
    )
    at_end = not context.after.strip() or re.match(r"\s*(?:[A-Z“\"]|$)", context.after)
    if context.inner.strip() == "?" and asks and at_end and len(before.split()) > 3:
        spans = readings.supplied(context, {})
        return Reading("question", "supplied", spans, "medium", "the sentence asks", True)
    lone = not before or re.search(
        r"(?:[(\[,;:–—-]|\b(?:cde|comrade|mr|mrs|dr|gen|col|amb|ambassador|minister|secretary|and|by|with|to)\.?)$",
        before,
        re.I,
    )
    if lone or "??" in context.inner or context.word_before is None:
        spans = readings.gap(context, {"reason": "illegible"})
        return Reading(
            "question", "gap", spans, "medium", "a name or word that cannot be read", True
        )
    spans = [
        Span(
            *context.word_before, "unclear", {"reason": "illegible", "cert": "low", "resp": "#tr"}
        ),
        context.span("note", {"type": "doubt", "resp": "#tr"}),
    ]
    return Reading("question", "unclear", spans, "medium", "doubt of the word before", True)


def doubled(context: Context) -> Reading | None:
    """Read `[[x]]`: a doubtful reading."""
    inside = context.inner.strip()
    if context.bracket.signs < 2 or not inside or context.setting.raw_notes:
        return None
    if len(inside) > 60:
        spans = readings.note(context, {"type": "editorial"})
        return Reading("doubled", "note", spans, "low", "a long text in doubled brackets")
    spans = readings.unclear(context, {})
    return Reading("doubled", "unclear", spans, "high", "doubled brackets mark a doubtful reading")


def note_reference(context: Context) -> Reading | None:
    """Read `[1]` where a note of that number exists, or where the capture has notes of its own."""
    label = re.sub(
        r"^(?:note|n|nb|fn)\b\.?\s*(?:n\s*)?(?=\d)", "", context.inner.strip(), flags=re.I
    )
    known = label in context.setting.note_labels
    if context.bracket.signs > 1 or re.search(r"(?:Nº|No\.?|№|#)\s?$", context.before):
        return None
    if not known and not (context.setting.raw_notes and label.isdigit()):
        return None
    bracket = context.bracket
    reason = "a note of this number exists" if known else "a note mark whose note is not there"
    span = Span(bracket.start, bracket.end, "ref", {"type": "noteref", "n": label})
    return Reading("note-reference", "ref", [span], "high" if known else "medium", reason, True)


def expansion(context: Context) -> Reading | None:
    """Read letters in brackets inside a word: `T[rade]` expands, `ko[r]ea` supplies."""
    inside = context.inner
    lead = re.search(r"(?<![^\W\d_])[^\W\d_]+[.\u00a0]?$", context.before)
    tail = re.match(r"[^\W\d_]+", context.after)
    if not re.fullmatch(r"[^\W\d_][^\W\d_'’-]*\.?", inside) or not (lead or tail):
        return None
    if lead and lead[0].endswith("\u00a0"):
        return None
    bracket = context.bracket
    start = bracket.start - len(lead[0]) if lead else bracket.start
    end = bracket.end + (len(tail[0]) if tail else 0)
    letters = lead[0] if lead else ""
    abbreviates = letters and inside[0].islower() and (letters.endswith(".") or len(letters) <= 4)
    if abbreviates and (len(inside) > 1 or len(letters) == 1) and (not tail or len(inside) > 2):
        short = letters + (tail[0] if tail else "")
        choice = Span(start, end, "choice", before=(Added("abbr", short),))
        spans = [choice, Span(start, end, "expan", {"resp": "#tr"}), context.span("ex", {})]
        return Reading(
            "expansion", "expan", spans, "high", "letters that complete a short form", True
        )
    spans = readings.supplied(context, {})
    cert = "high" if tail and lead else "medium"
    return Reading("expansion", "supplied", spans, cert, "letters supplied inside a word", True)


def plain(words: str) -> str:
    """Return words without what romanisations differ in: hyphens, marks, apostrophes, blanks."""
    bare = unicodedata.normalize("NFD", words.casefold())
    return "".join(c for c in bare if c.isalnum() and not unicodedata.combining(c))


def variant(context: Context) -> Reading | None:
    """Read another spelling of the name before: `Choe Min-su [Choe Min Su]`."""
    words = context.inner.strip()
    if not words[:1].isupper() or len(words.split()) > 4:
        return None
    found = _NAME_END.search(context.before)
    if found is None:
        return None
    said = found[0].split()
    for count in range(len(said), 0, -1):
        name = " ".join(said[-count:])
        if _same_name(name, words):
            start = (
                context.bracket.start
                - len(context.before)
                + context.before.rindex(said[-count], found.start())
            )
            spans = second_reading(context, (start, start + len(name)), "orig", "reg")
            cert = "high" if plain(name) == plain(words) else "medium"
            return Reading(
                "variant", "reg", spans, cert, "another spelling of the name before", True
            )
    return None


def _same_name(said: str, other: str) -> bool:
    """Whether two spellings are of one name; initials or other words are none."""
    first, second = plain(said), plain(other)
    if not first or len(first) < 4:
        return first == second
    alike = SequenceMatcher(None, first, second).ratio() >= 0.75
    if first[0] == second[:1] and alike:
        return True
    many = len(said.split()) == len(other.split()) > 1
    one, two = first.translate(_SOUNDS), second.translate(_SOUNDS)
    return first == second or (many and SequenceMatcher(None, one, two).ratio() >= 0.7)


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


def correction(context: Context) -> Reading | None:
    """Read a number that corrects the number before, or the right spelling of the word before."""
    words = context.inner.strip()
    if context.before[-1:].isdigit() or (words.isdigit() and context.after[:1].isdigit()):
        return _digits(context)
    found = re.search(rf"(?<![\w.]){_NUMBERISH}(?=[ \u00a0]$)", context.before)
    if found is not None and found[0][0].isdigit() and re.fullmatch(_NUMBERISH, words):
        digits, other = re.sub(r"\D", "", found[0]), re.sub(r"\D", "", words)
        if (len(other) == 4) != (len(digits) == 4) and _YEAR.fullmatch(words):
            return None
        base = context.bracket.start - len(context.before)
        target = (base + found.start(), base + found.end())
        spans = second_reading(context, target, "sic", "corr")
        return Reading(
            "correction", "corr", spans, "medium", "a number after a number corrects it", True
        )
    return _spelling(context, words)


def _digits(context: Context) -> Reading | None:
    """Read digits inside a number: supplied by the transcriber."""
    if not context.inner.strip("?").isdigit():
        return None
    spans = readings.supplied(context, {"reason": "illegible"})
    return Reading("correction", "supplied", spans, "medium", "digits inside a number", True)


def _spelling(context: Context, words: str) -> Reading | None:
    """Read the right spelling of a misspelt word."""
    target = context.word_before
    if (
        target is None
        or not re.fullmatch(r"[^\W\d_]{4,}", words)
        or target[1] < context.bracket.start - 1
    ):
        return None
    said = context.text[slice(*target)]
    close = SequenceMatcher(None, said.lower(), words.lower()).ratio() >= 0.75
    if said.lower() == words.lower() or not close:
        return None
    if familiarity(words.lower()) - familiarity(said.lower()) < 1.5:
        return None
    spans = second_reading(context, target, "sic", "corr")
    return Reading(
        "correction", "corr", spans, "high", "the right spelling of the word before", True
    )


def identification(context: Context) -> Reading | None:
    """Read who or what is meant: after a pronoun, before or after a name, by a role."""
    words = context.inner.strip()
    sets = context.conventions.word_sets
    previous = context.word_before
    said = context.text[slice(*previous)].lower() if previous else ""
    close = context.before.rstrip()[-1:].isalpha()
    names = bool(re.match(r"(?:the\s+|a\s+|an\s+)?[A-ZÀ-ÞЀ-Я]", words))
    if (
        said in sets["pronoun"]
        and close
        and (names or words.lower().startswith(("the ", "our ", "his ", "i.e")))
    ):
        return _identified(context, "high", "says whom a pronoun means")
    lowered = words.lower()
    role = any(
        re.search(rf"\b{re.escape(r)}s?\b", lowered) for r in _role_words(lowered, sets["role"])
    )
    name_after = re.match(r"\s?[A-ZÀ-ÞЀ-Я][\w'’.-]+", context.after)
    name_before = _NAME_END.search(context.before)
    if role and (name_after or name_before) and len(words) < 160:
        return _identified(context, "high", "a role beside a name")
    if name_after and re.fullmatch(r"(?:[A-ZÀ-ÞЀ-Я][\w'’-]*\.?\s?){1,3}", words):
        spans = readings.supplied(context, {})
        return Reading("identification", "supplied", spans, "high", "a forename before a surname")
    return None


def _role_words(words: str, roles: frozenset[str]) -> list[str]:
    """Return the roles that occur in some words, as a quick test before the exact one."""
    return [role for role in roles if role in words]


def _identified(context: Context, cert: str, reason: str) -> Reading:
    """Return an identification."""
    spans = readings.identification(context, {})
    return Reading("identification", "identification", spans, cert, reason)


def abbreviation(context: Context) -> Reading | None:
    """Read what an acronym stands for, or the acronym of the words before."""
    words = context.inner.strip()
    token = re.search(r"(?<![\w.])([A-ZÀ-ÞЀ-Я][A-ZÀ-ÞЀ-Я&/.()a-z-]{0,9})[”\"]?\s?$", context.before)
    many = len(words.split()) > 1
    if (
        token
        and many
        and sum(map(str.isupper, token[1])) >= 2
        and len(_INITIAL_WORDS.findall(words)) < 13
    ):
        base = context.bracket.start - len(context.before)
        agrees = _initials_agree(re.sub(r"[^A-ZÀ-ÞЀ-Я]", "", token[1]), words)
        reason = "the initials agree" if agrees else "words after an acronym"
        spans = _term(context, (base + token.start(1), base + token.end(1)))
        return Reading("abbreviation", "gloss", spans, "high" if agrees else "medium", reason)
    if re.fullmatch(r"[A-ZÀ-ÞЀ-Я][A-ZÀ-ÞЀ-Я&/.-]{1,7}s?", words):
        found = re.search(r"(?:[^\W\d_][\w'’-]*\s+){1,7}$", context.before + " ")
        if found and _initials_agree(re.sub(r"[^\w]", "", words), found[0]):
            spans = readings.gloss(context, {})
            return Reading(
                "abbreviation", "gloss", spans, "high", "the acronym of the words before"
            )
    return None


def _initials_agree(short: str, words: str) -> bool:
    """Whether the letters of an acronym are initials of some words, in order."""
    initials = "".join(word[0] for word in _INITIAL_WORDS.findall(words)).upper()
    position = 0
    for letter in short.upper():
        position = initials.find(letter, position) + 1
        if not position:
            return False
    return True


def _term(context: Context, target: tuple[int, int]) -> list[Span]:
    """Return a `term` over the words before and the `gloss` that points to it."""
    start, end = target
    note_id = f"@{start}"
    explained = context.span("gloss", {"target": f"#{note_id}", "resp": "#tr"})
    return [Span(start, end, "term", {"xml:id": note_id}), explained]


def signed_name(context: Context) -> Reading | None:
    """Read a name in brackets that stands for a signature: deciphered, so supplied."""
    words = context.inner.strip()
    if context.zone != "bottom" or not re.fullmatch(r"(?:[A-ZÀ-ÞЀ-Я][\w'’.-]*\s?){1,4}", words):
        return None
    spans = [context.span("supplied", {"reason": "illegible", "cert": "medium", "resp": "#tr"})]
    return Reading(
        "signed-name", "supplied", spans, "medium", "the name that a signature is read as"
    )


def original_wording(context: Context) -> Reading | None:
    """Read a word of the original language after its translation."""
    words = context.inner.strip()
    if not context.before.strip() or len(words.split()) > 6:
        return None
    foreign = _FOREIGN_LETTERS.search(words)
    tokens = [token.strip(",.;:\"“”'’") for token in words.split()]
    quoted = re.fullmatch(r"[\"“'‘].+[\"”'’]", words)
    named = any(token[:1].isupper() for token in tokens) and not quoted
    if not foreign and (named or not _unlike_the_text(context, [t for t in tokens if t])):
        return None
    if words[:1].isupper() and not quoted and context.after[:2].strip()[:1].isupper():
        return None
    spans = readings.original_wording(context, {})
    cert = "high" if foreign and not words[:1].isupper() else "medium"
    return Reading("original-wording", "original-wording", spans, cert, "a word of the original")


def _unlike_the_text(context: Context, tokens: list[str]) -> bool:
    """Whether words are none of the text's language, while the word before them is."""
    longest = max(tokens, key=len, default="")
    if len(longest) < 3 or not is_rare(longest):
        return False
    previous = context.word_before
    said = context.text[slice(*previous)] if previous else ""
    known = not said.isalpha() or not is_rare(said)
    return known or any(_SLAVIC.fullmatch(token) for token in tokens)


def omission(context: Context) -> Reading | None:
    """Read words that tell what the transcript leaves out."""
    spans = readings.gap(context, {"reason": "editorial"})
    cert = "high" if context.own_line else "medium"
    return Reading("omission", "gap", spans, cert, "tells what was left out", True)


def summary(context: Context) -> Reading | None:
    """Read a line of its own in brackets: a summary of what is left out, or an editor's word."""
    words = context.inner.strip()
    if context.zone == "top" or "\n" in words:
        return None
    if words.endswith(".") and words[:1].isupper():
        spans = readings.gap(context, {"reason": "editorial"})
        return Reading("summary", "gap", spans, "medium", "a summary in place of the text", True)
    return None


RULES: dict[str, Rule] = {
    "ellipsis": ellipsis,
    "question": question,
    "doubled": doubled,
    "note_reference": note_reference,
    "expansion": expansion,
    "variant": variant,
    "identification": identification,
    "abbreviation": abbreviation,
    "correction": correction,
    "signed_name": signed_name,
    "original_wording": original_wording,
    "omission": omission,
    "summary": summary,
    "supplied_or_gloss": supplied_or_gloss,
}
