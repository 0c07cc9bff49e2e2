"""`tei/indices/proposals.toml`: names that the program proposes and an editor accepts or refuses.

In: groups of mentions, and the file as it is. Out: the file with what is new; every answer in it is
kept, and every word an editor changed in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal, cast

from pydantic import Field

from diplomatic.configuration import read_model
from diplomatic.naming.candidates import ORGANISATION, PERSON, PLACE, UNKNOWN
from diplomatic.naming.grouping import Group
from diplomatic.settings import Name, Settings
from diplomatic.slugs import slug
from diplomatic.toml_text import quoted, toml

FILE: Final = "proposals.toml"
PREFIXES: Final = {PERSON: "pers", PLACE: "place", ORGANISATION: "org"}
_UNKNOWN_PREFIX: Final = "name"
_ORDER: Final = (PERSON, PLACE, ORGANISATION, UNKNOWN)
_SHOWN: Final = 5
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_CYRILLIC_LANGUAGES: Final = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn"})
_HEAD: Final = """\
# Names that `diplomatic names` found in the transcripts. Nothing here is in the edition yet.
#
# answer    "yes" takes the name, "no" refuses it for good, "open" leaves it
# kind      "person", "place", "organisation"; "unknown" has to be made one of these before a "yes"
# id        what documents point to; never change it once it has been accepted
# heading   how the index lists the name
# variants  how the transcripts write it: each is found in the text; take out what is somebody else
#
# Then: diplomatic names --accept. Or let it ask you, one key a name: diplomatic names --ask
"""


class Proposal(Settings):
    """One name: the editor's answer, what would go into the index, and what speaks for it."""

    answer: Literal["open", "yes", "no"] = "open"
    kind: Literal["person", "place", "organisation", "unknown"]
    id: Name
    heading: Name
    variants: list[Name]
    count: int = 0
    reason: str = ""
    lines: list[str] = Field(default=[])
    seen: list[str] = Field(default=[])


class Proposals(Settings):
    """The whole file."""

    name: list[Proposal] = Field(default=[])


def read_proposals(folder: Path) -> list[Proposal]:
    """Return the proposals in the folder of indices; none where there is no file.

    Raises:
        ConfigurationError: D002, D003, D010, D012, the file cannot be used.
    """
    path = folder / FILE
    return read_model(path, Proposals).name if path.exists() else []


def proposals_text(proposals: Iterable[Proposal]) -> str:
    """Return the text of the file."""
    return "\n".join([_HEAD, *(line for one in proposals for line in _lines(one))])


def _lines(proposal: Proposal) -> Iterator[str]:
    """Yield the lines of a proposal."""
    yield "[[name]]"
    for key in ("answer", "kind", "id", "heading", "variants"):
        yield f"{key} = {toml(getattr(proposal, key))}"
    yield f"count = {proposal.count}"
    yield f"reason = {quoted(proposal.reason)}"
    yield f"lines = {toml(proposal.lines)}"
    yield "seen = ["
    yield from (f"  {quoted(place)}," for place in proposal.seen)
    yield "]"
    yield ""


def updated(
    old: Sequence[Proposal], groups: Iterable[Group], taken: Collection[str], language: str = "en"
) -> list[Proposal]:
    """Return the old proposals, renewed, and the new ones, in the order of the file.

    Args:
        old: the proposals in the file.
        groups: the names found now.
        taken: the identifiers that the indices have.
        language: the edition's, whose script headings are in where there is a choice.
    """
    by_words = {words: one for one in old for words in one.variants}
    used = {*taken, *(one.id for one in old)}
    renewed: dict[str, Proposal] = {one.id: one for one in old}
    fresh = []
    found: dict[str, Group] = {}
    for group in sorted(groups, key=_rank):
        known = next((by_words[words] for words in group.variants if words in by_words), None)
        if known is not None:
            found.setdefault(known.id, Group()).mentions.extend(group.mentions)
            continue
        proposal = _proposal(group, used, language)
        used.add(proposal.id)
        fresh.append(proposal)
    for identifier, group in found.items():
        given = {"count": len(group.mentions), "lines": _lines_of(group), "seen": _seen(group)}
        renewed[identifier] = renewed[identifier].model_copy(update=given)
    # One without an answer that the transcripts have no more says nothing.
    kept = [one for one in renewed.values() if one.answer != "open" or one.id in found]
    ordered = [*kept, *fresh]
    return sorted(ordered, key=lambda one: _ORDER.index(one.kind))


def _rank(group: Group) -> tuple[bool, int, str]:
    """Return the place of a name among others: the sure and the frequent first."""
    return (not group.is_sure, -len(group.mentions), group.variants[0])


def _proposal(group: Group, used: Collection[str], language: str) -> Proposal:
    """Return a new proposal."""
    kind = cast("Literal['person', 'place', 'organisation', 'unknown']", group.kind)
    heading = heading_of(group.variants, group.kind, language)
    prefix = PREFIXES.get(group.kind, _UNKNOWN_PREFIX)
    wanted = f"{prefix}-{slug(heading) or 'unnamed'}"
    identifier, number = wanted, 2
    while identifier in used:
        identifier, number = f"{wanted}-{number}", number + 1
    return Proposal(
        kind=kind,
        id=identifier,
        heading=heading,
        variants=group.variants,
        count=len(group.mentions),
        reason=group.reason,
        lines=_lines_of(group),
        seen=_seen(group),
    )


def heading_of(variants: Sequence[str], kind: str, language: str = "en") -> str:
    """Return how an index lists a name: its fullest form, a surname before its initials."""
    cyrillic = language.partition("-")[0] in _CYRILLIC_LANGUAGES
    own = [words for words in variants if bool(_CYRILLIC.search(words)) == cyrillic] or variants
    fullest = max(own, key=lambda words: (len(words.split()), -own.index(words)))
    initials = re.fullmatch(r"((?:[^\W\d_]\.\s?)+)(\S{2,})", fullest) if kind == PERSON else None
    if initials is None:
        return fullest
    surname = initials[2].capitalize() if initials[2].isupper() else initials[2]
    return f"{surname}, {initials[1].strip()}"


def _lines_of(group: Group) -> list[str]:
    """Return the lines of a name, one text for each document."""
    found: dict[str, list[str]] = {}
    for mention in group.mentions:
        found.setdefault(mention.document, []).append(str(mention.line))
    return [f"{name}: {', '.join(dict.fromkeys(lines))}" for name, lines in found.items()]


def _seen(group: Group) -> list[str]:
    """Return the first places of a name, with the words around it."""
    return [f"{m.document}:{m.line}: {m.context}" for m in group.mentions[:_SHOWN]]


def answered(proposal: Proposal, answer: Literal["open", "yes", "no"], kind: str) -> Proposal:
    """Return a proposal with an answer; with another kind, its identifier begins as that does."""
    return with_own_prefix(proposal.model_copy(update={"answer": answer, "kind": kind}))


def with_own_prefix(proposal: Proposal) -> Proposal:
    """Return a proposal whose identifier begins as its kind does, where it begins as another's."""
    prefix, _, rest = proposal.id.partition("-")
    wanted = PREFIXES.get(proposal.kind, _UNKNOWN_PREFIX)
    if not rest or prefix == wanted or prefix not in (*PREFIXES.values(), _UNKNOWN_PREFIX):
        return proposal
    return proposal.model_copy(update={"id": f"{wanted}-{rest}"})
