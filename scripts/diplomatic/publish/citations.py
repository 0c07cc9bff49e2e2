"""Citations of a document for bibliographies: CSL-JSON, BibTeX, RIS; and JSON-LD for its page.

In: the edition's settings and the facts of a document. Out: text. A letter is one only when its
sender and its addressee are stated; everything else is a manuscript. What is not stated is left
out: no author, date or archive is invented.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from diplomatic.publish.facts import DocumentFacts
from diplomatic.settings import EditionSettings

# What TeX takes for a command, and how BibTeX writes the character.
_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def address(settings: EditionSettings, path: str) -> str | None:
    """Return the full address of a page, or None where the edition has no base address."""
    return f"{str(settings.base_url).rstrip('/')}/{path}" if settings.base_url else None


def edition_title(settings: EditionSettings) -> str:
    """Return the title of the edition with its subtitle."""
    return ": ".join(filter(None, (settings.title, settings.subtitle)))


def csl(settings: EditionSettings, facts: DocumentFacts) -> dict[str, Any]:
    """Return a document as an item of CSL-JSON."""
    names = [{"literal": name} for name in settings.editors]
    entry: dict[str, Any] = {
        "id": facts.id,
        "type": "personal_communication" if facts.is_letter else "manuscript",
        "title": facts.title,
        "author": [{"literal": facts.writer}] if facts.writer else None,
        "recipient": [{"literal": facts.addressee}] if facts.addressee else None,
        "issued": _csl_date(facts.date or facts.date_from),
        "genre": facts.kind,
        "abstract": facts.abstract,
        "archive": facts.holding,
        "archive_location": facts.shelfmark,
        "archive-place": facts.archive_place,
        "container-title": edition_title(settings),
        "editor": names or None,
        "publisher": settings.publisher,
        "version": settings.version,
        "language": facts.language,
        "URL": address(settings, f"{facts.id}.html"),
        "note": "Transcript not checked against the original.",
    }
    return {key: value for key, value in entry.items() if value}


def _csl_date(iso: str | None) -> dict[str, Any] | None:
    """Return a date of CSL-JSON from one like 1956, 1956-01 or 1956-01-13."""
    parts = [int(part) for part in re.findall(r"\d+", iso or "")]
    return {"date-parts": [parts]} if parts else None


def csl_json(settings: EditionSettings, documents: Iterable[DocumentFacts]) -> bytes:
    """Return documents as a file of CSL-JSON, a line each."""
    items = (json.dumps(csl(settings, facts), ensure_ascii=False) for facts in documents)
    listed = ",\n".join(items)
    return f"[\n{listed}\n]\n".encode()


def bibtex(settings: EditionSettings, documents: Iterable[DocumentFacts]) -> bytes:
    """Return documents as a BibTeX file (UTF-8, as biber and today's BibTeX styles read it)."""
    return "\n".join(_bibtex_entry(settings, facts) for facts in documents).encode()


def _bibtex_entry(settings: EditionSettings, facts: DocumentFacts) -> str:
    """Return one entry. Titles and names stand in two pairs of braces, so that they stay as is."""
    date = facts.date or facts.date_from
    fields = {
        "author": _kept(facts.writer),
        "title": _kept(facts.title),
        "date": date,
        "year": date[:4] if date else None,
        "type": _tex(facts.kind),
        "howpublished": _kept(f"In {edition_title(settings)}, version {settings.version}"),
        "editor": " and ".join(filter(None, map(_kept, settings.editors))),
        "publisher": _kept(settings.publisher),
        "library": _kept(facts.holding),
        "number": _kept(facts.shelfmark),
        "langid": facts.language,
        "url": address(settings, f"{facts.id}.html"),
        "note": "Transcript not checked against the original",
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join([f"@misc{{{facts.id},", *lines, "}", ""])


def _tex(text: str | None) -> str | None:
    """Return a text as TeX writes it."""
    return text.translate(_TEX) if text else None


def _kept(text: str | None) -> str | None:
    """Return a text as TeX writes it, in braces that keep its capitals."""
    return f"{{{text.translate(_TEX)}}}" if text else None


def ris(settings: EditionSettings, documents: Iterable[DocumentFacts]) -> bytes:
    """Return documents as a RIS file."""
    return "\n".join(_ris_entry(settings, facts) for facts in documents).encode()


def _ris_entry(settings: EditionSettings, facts: DocumentFacts) -> str:
    """Return one entry of a RIS file."""
    date = facts.date or facts.date_from or ""
    fields: list[tuple[str, str | None]] = [
        ("TY", "PCOMM" if facts.is_letter else "MANSCPT"),
        ("ID", facts.id),
        ("TI", facts.title),
        ("AU", facts.writer),
        ("A2", facts.addressee),
        *(("ED", name) for name in settings.editors),
        ("DA", "/".join([*date.split("-"), "", "", ""][:3]) + "/" if date else None),
        ("PY", date[:4]),
        ("M3", facts.kind),
        ("AB", facts.abstract),
        ("AV", ", ".join(filter(None, (facts.holding, facts.archive_place)))),
        ("CN", facts.shelfmark),
        ("T2", edition_title(settings)),
        ("PB", settings.publisher),
        ("ET", settings.version),
        ("LA", facts.language),
        ("UR", address(settings, f"{facts.id}.html")),
        ("N1", "Transcript not checked against the original."),
        ("ER", " "),
    ]
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value) + "\n"


def json_ld(
    settings: EditionSettings,
    facts: DocumentFacts,
    names: Mapping[str, tuple[str, tuple[str, ...]]],
) -> str:
    """Return schema.org's account of a document, safe to stand in a script element.

    `names` are the entities of the indices by key: name, and addresses of authorities.
    """
    page = address(settings, f"{facts.id}.html") or f"{facts.id}.html"
    mentioned = {m.key: m.kind for m in facts.mentions if m.key in names}
    kinds = {"person": "Person", "place": "Place", "org": "Organization", "term": "DefinedTerm"}
    data: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": ["ArchiveComponent", "Message" if facts.is_letter else "Manuscript"],
        "@id": page,
        "url": page,
        "name": facts.title,
        "dateCreated": facts.date,
        "author": {"@type": "Person", "name": facts.writer} if facts.writer else None,
        "recipient": {"@type": "Person", "name": facts.addressee} if facts.is_letter else None,
        "genre": facts.kind,
        "abstract": facts.abstract,
        "inLanguage": facts.language,
        "holdingArchive": (
            {"@type": "ArchiveOrganization", "name": facts.holding} if facts.holding else None
        ),
        "identifier": facts.shelfmark,
        "isPartOf": {
            "@type": "Collection",
            "name": edition_title(settings),
            "version": settings.version,
            "publisher": {"@type": "Organization", "name": settings.publisher},
            "url": address(settings, "index.html"),
        },
        "license": _licence(settings),
        "mentions": [_thing(kinds[kind], *names[key]) for key, kind in mentioned.items()],
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "application/tei+xml",
            "contentUrl": address(settings, f"tei/documents/{facts.id}.xml")
            or f"tei/documents/{facts.id}.xml",
        },
    }
    return json.dumps(_stated(data), ensure_ascii=False, separators=(",", ":")).replace(
        "<", "\\u003c"
    )


def _licence(settings: EditionSettings) -> str | None:
    """Return the address of the edition's licence, else its name."""
    licence = settings.licence
    return (str(licence.url) if licence.url else licence.name) if licence else None


def _thing(kind: str, name: str, same: tuple[str, ...]) -> dict[str, Any]:
    """Return an entity of the indices for JSON-LD."""
    return {"@type": kind, "name": name, "sameAs": list(same)}


def _stated(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON without what is empty."""
    if isinstance(value, dict):
        return {key: _stated(part) for key, part in value.items() if part}
    return [_stated(part) for part in value] if isinstance(value, list) else value
