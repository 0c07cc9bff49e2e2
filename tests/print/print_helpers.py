"""What the tests of the printed edition work with: an invented document, settings, small TEI."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from diplomatic.publish.print import Record, Source
from diplomatic.settings import EditionSettings, Licence

FIXTURES = Path(__file__).parent / "fixtures"
# A document that holds nothing but the blocks filled in.
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="x" xml:lang="en"><teiHeader><fileDesc>'
    "<titleStmt><title>t</title></titleStmt><publicationStmt><p>p</p></publicationStmt>"
    "<sourceDesc><p>s</p></sourceDesc></fileDesc></teiHeader><text><body>{}</body></text></TEI>"
)


@dataclass(frozen=True)
class Made:
    """The fixture document in print: its record, its own PDF, and a volume of it."""

    record: Record
    document: bytes
    volume: bytes


def fixture_source(name: str = "phenomena") -> Source:
    path = FIXTURES / f"{name}.xml"
    return Source(path.read_bytes(), str(path), path.parent)


def fixture_indices() -> list[Source]:
    paths = [FIXTURES / "indices" / f"{name}.xml" for name in ("persons", "places")]
    return [Source(path.read_bytes(), str(path)) for path in paths]


def make_settings(**changes: object) -> EditionSettings:
    values: dict[str, object] = {
        "title": "An Invented Edition",
        "subtitle": "Papers That Never Were",
        "short_title": "Invented Papers",
        "editors": ["A. Editor", "B. Editor"],
        "publisher": "The Invented Press",
        "date": datetime.date(2001, 2, 3),
        "licence": Licence(name="CC0"),
    }
    return EditionSettings.model_validate(values | changes)
