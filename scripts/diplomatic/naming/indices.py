"""Accepted names into `tei/indices/*.xml`: new entries at the end of the list.

In: accepted proposals and an edition. Out: the text of each index file. Entries that are there stay
byte for byte; a file that is not there is begun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from diplomatic.edition import Edition
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.naming.candidates import ORGANISATION, PERSON, PLACE
from diplomatic.naming.proposals import PREFIXES, Proposal, with_own_prefix
from diplomatic.naming.vocabulary import words
from diplomatic.settings import EditionSettings
from diplomatic.xml.names import TEI_NS, XML_ID
from diplomatic.xml.reader import parse_bytes


@dataclass(frozen=True)
class _Kind:
    """The elements of one kind of index."""

    file: str
    listed: str
    entry: str
    name: str
    heading: int


_KINDS: Final = {
    PERSON: _Kind("persons", "listPerson", "person", "persName", 0),
    PLACE: _Kind("places", "listPlace", "place", "placeName", 1),
    ORGANISATION: _Kind("organisations", "listOrg", "org", "orgName", 2),
}
_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
_MODELS: Final = "\n".join(
    f'<?xml-model href="../schema/{file}" type="application/xml" schematypens="{kind}"?>'
    for file, kind in (
        ("edition.rng", "http://relaxng.org/ns/structure/1.0"),
        ("edition.sch", "http://purl.oclc.org/dsdl/schematron"),
    )
)
_SCRIPTS: Final = {"Cyrl": "[\u0400-\u04ff]", "Hang": "[\uac00-\ud7af]", "Hani": "[\u4e00-\u9fff]"}
_LANGUAGES: Final = {"Cyrl": "ru", "Hang": "ko", "Hani": "zh"}


def identifiers_in(edition: Edition) -> set[str]:
    """Return the identifiers that the indices have.

    Raises:
        DiplomaticError: D012, D100, D101, an index cannot be read.
    """
    found: set[str] = set()
    for path in edition.index_paths.values():
        tree = parse_bytes(path.read_bytes(), str(path))
        found.update(str(element.get(XML_ID)) for element in tree.iter() if element.get(XML_ID))
    return found


def with_accepted(edition: Edition, accepted: Sequence[Proposal]) -> dict[Path, bytes]:
    """Return the index files that change, with the accepted names in them.

    Raises:
        DiplomaticError: D040, a proposal cannot be accepted; D041, an index has no list; D012,
            D100, D101, an index cannot be read.
    """
    taken = identifiers_in(edition)
    # Whoever says in the file that a place is a person need not mend its identifier too.
    proposals = [with_own_prefix(proposal) for proposal in accepted]
    for proposal in proposals:
        _refuse(proposal, taken, edition)
        taken.add(proposal.id)
    changed = {}
    for kind, how in _KINDS.items():
        if of_kind := [proposal for proposal in proposals if proposal.kind == kind]:
            path = edition.indices_dir / f"{how.file}.xml"
            before = path.read_bytes() if path.exists() else _begun(how, edition.settings)
            changed[path] = _extended(before, of_kind, how, edition.settings, path)
    return changed


def _refuse(proposal: Proposal, taken: set[str], edition: Edition) -> None:
    """See that a proposal can go into an index.

    Raises:
        DiplomaticError: D040, it cannot.
    """
    trouble = ""
    if proposal.kind not in PREFIXES:
        trouble = "its kind is unknown: say person, place or organisation"
    elif not _ID.fullmatch(proposal.id):
        trouble = f"{proposal.id!r} can be no identifier: small letters, digits and hyphens"
    elif not proposal.id.startswith(f"{PREFIXES[proposal.kind]}-"):
        trouble = f"the id of a {proposal.kind} begins with {PREFIXES[proposal.kind]}-"
    elif proposal.id in taken:
        trouble = f"the id {proposal.id} is in the indices already"
    elif not any(words.strip() for words in proposal.variants):
        trouble = "it has no variant to be found by"
    if trouble:
        place = Place(str(edition.indices_dir / "proposals.toml"))
        raise DiplomaticError(Finding("D040", f"{proposal.heading}: {trouble}", place))


def _begun(how: _Kind, settings: EditionSettings) -> bytes:
    """Return an index file without entries."""
    titles = words().headings
    title = titles.get(settings.language.partition("-")[0], titles["en"])[how.heading]
    date = settings.date.isoformat()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _MODELS,
        f'<TEI xmlns="{TEI_NS}" xml:id="{how.file}" xml:lang={quoteattr(settings.language)}>',
        "  <teiHeader>",
        "    <fileDesc>",
        f"      <titleStmt><title>{escape(title)}</title></titleStmt>",
        "      <publicationStmt>",
        f"        <publisher>{escape(settings.publisher)}</publisher>",
        f'        <date when="{date}">{date}</date>',
        f"        <availability>{_licence(settings)}</availability>",
        "      </publicationStmt>",
        "      <sourceDesc><p>Made from the documents of this edition.</p></sourceDesc>",
        "    </fileDesc>",
        "  </teiHeader>",
        "  <standOff>",
        f"    <{how.listed}>",
        f"    </{how.listed}>",
        "  </standOff>",
        "</TEI>",
        "",
    ]
    return "\n".join(lines).encode()


def _licence(settings: EditionSettings) -> str:
    """Return what an index says of its rights: the edition's licence, or that there is none."""
    licence = settings.licence
    if licence is None:
        return "<p>The edition states no licence.</p>"
    target = f" target={quoteattr(str(licence.url))}" if licence.url else ""
    return f"<licence{target}>{escape(licence.name)}</licence>"


def _extended(
    before: bytes, accepted: Sequence[Proposal], how: _Kind, settings: EditionSettings, path: Path
) -> bytes:
    """Return an index file with entries added at the end of its list.

    Raises:
        DiplomaticError: D041, it has no list to add to; D100, it is no XML.
    """
    parse_bytes(before, str(path))
    closing = f"</{how.listed}>".encode()
    at = before.rfind(closing)
    if at < 0:
        raise DiplomaticError(Finding("D041", f"there is no {how.listed} in it", Place(str(path))))
    line = before.rfind(b"\n", 0, at) + 1
    margin = before[line:at]
    # A closing tag behind something else on its line stays there.
    indent = margin.decode() if not margin.strip() else ""
    at = line if not margin.strip() else at
    end = "\r\n" if b"\r\n" in before else "\n"
    added = end.join(f"{indent}{row}" for row in _entries(accepted, how, settings)) + end
    after = before[:at] + added.encode() + before[at:]
    parse_bytes(after, str(path))
    return after


def _entries(accepted: Sequence[Proposal], how: _Kind, settings: EditionSettings) -> Iterator[str]:
    """Yield the lines of entries."""
    for proposal in accepted:
        yield f"  <{how.entry} xml:id={quoteattr(proposal.id)}>"
        yield f'    <{how.name} type="heading">{escape(proposal.heading)}</{how.name}>'
        for variant in dict.fromkeys(" ".join(each.split()) for each in proposal.variants):
            if variant:
                language = _language(variant, settings)
                given = f" xml:lang={quoteattr(language)}" if language else ""
                yield f"    <{how.name}{given}>{escape(variant)}</{how.name}>"
        yield f"  </{how.entry}>"


def _language(variant: str, settings: EditionSettings) -> str:
    """Return the language that a variant's script means; nothing for that of the edition."""
    for script, letters in _SCRIPTS.items():
        if re.search(letters, variant):
            language = settings.scripts.get(script, _LANGUAGES[script])
            return "" if language == settings.language else language
    return ""
