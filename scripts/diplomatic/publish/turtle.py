"""The edition as linked data: Turtle with schema.org and Dublin Core terms.

In: settings and facts. Out: a Turtle file. Addresses are relative to the base address where the
edition has one, else to the file, which is in the folder `data`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from diplomatic.publish.citations import edition_title
from diplomatic.publish.facts import DocumentFacts
from diplomatic.settings import EditionSettings

_PREFIXES: Final = (
    "@prefix schema: <https://schema.org/> .\n"
    "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_TYPES: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}
_KINDS: Final = {
    "person": "schema:Person",
    "place": "schema:Place",
    "org": "schema:Organization",
    "term": "schema:DefinedTerm",
}


def turtle(settings: EditionSettings, facts: Sequence[DocumentFacts]) -> bytes:
    """Return the edition, its documents and the entities that they mention, as Turtle."""
    root = f"{str(settings.base_url).rstrip('/')}/" if settings.base_url else "../"
    edition = f"<{root}index.html>"
    blocks = [_PREFIXES, _edition(settings, edition)]
    blocks += [_document(document, root, edition) for document in facts]
    names = {m.key: m for document in facts for m in document.mentions}
    blocks += [
        f"<{root}names/{key}.html> a {_KINDS[names[key].kind]} ;\n"
        f"  schema:alternateName {_text(names[key].words)} .\n"
        for key in sorted(names)
    ]
    return "\n".join(blocks).encode()


def _text(value: str) -> str:
    """Return a literal."""
    return f'"{value.translate(_ESCAPES)}"'


def _date(value: str) -> str:
    """Return a date as a literal of the type that its length says."""
    kind = _TYPES.get(len(value))
    return f"{_text(value)}^^xsd:{kind}" if kind else _text(value)


def _edition(settings: EditionSettings, subject: str) -> str:
    """Return what is said of the edition."""
    lines = [
        f"{subject} a schema:Collection",
        f"  schema:name {_text(edition_title(settings))}",
        f"  schema:version {_text(settings.version)}",
        f"  schema:datePublished {_date(settings.date.isoformat())}",
        f"  schema:publisher {_text(settings.publisher)}",
    ]
    return " ;\n".join(lines) + " .\n"


def _document(facts: DocumentFacts, root: str, edition: str) -> str:
    """Return what is said of a document."""
    lines = [
        f"<{root}{facts.id}.html> a schema:{'Message' if facts.is_letter else 'Manuscript'}",
        f"  schema:isPartOf {edition}",
        f"  schema:name {_text(facts.title)}",
        f"  schema:genre {_text(facts.kind)}",
        f"  dcterms:hasFormat <{root}tei/documents/{facts.id}.xml>",
    ]
    stated = {
        "schema:author": facts.writer,
        "schema:recipient": facts.addressee,
        "schema:abstract": facts.abstract,
        "schema:inLanguage": facts.language,
        "schema:holdingArchive": facts.holding,
        "schema:identifier": facts.shelfmark,
    }
    lines += [f"  {key} {_text(value)}" for key, value in stated.items() if value]
    if facts.date:
        lines.append(f"  schema:dateCreated {_date(facts.date)}")
    keys = sorted({mention.key for mention in facts.mentions})
    if keys:
        lines.append(f"  schema:mentions {', '.join(f'<{root}names/{key}.html>' for key in keys)}")
    return " ;\n".join(lines) + " .\n"
