"""How long a large volume takes: documents of five pages with twenty notes each, and an index.

Run: python tests/benchmarks/print_volume.py [DOCUMENTS]; 100 documents are some 500 pages.
Prints seconds of processor time for the Typst source and for the pages, and the memory used.
The aim (print-design, Speed): 500 pages in 30 seconds and 1 GB.
"""

from __future__ import annotations

import datetime
import random
import resource
import sys
import time
from io import BytesIO

import pikepdf

from diplomatic.publish.fonts import load_fonts
from diplomatic.publish.print import Press, Source, prepare, volume_pdf
from diplomatic.settings import EditionSettings

WORDS = [
    "the",
    "consul",
    "reported",
    "that",
    "harbour",
    "fishermen",
    "of",
    "Port",
    "Sable",
    "had",
    "asked",
    "for",
    "schools",
    "and",
    "bread",
]
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt><publicationStmt><p>p</p>"
    "</publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc></teiHeader>"
)


def document(number: int, chance: random.Random) -> bytes:
    """Return a document of about five pages."""

    def prose(length: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(length)).capitalize() + "."

    paragraphs = []
    for n in range(1, 21):
        name = (
            f'<persName ref="../indices/persons.xml#pers-{chance.randrange(200)}">Orlov</persName>'
        )
        note = f'<note resp="#ed">{prose(20)}</note>'
        paragraphs.append(
            f'<p xml:id="d{number}-p{n}">{prose(50)} {name} {prose(40)}{note} {prose(20)}</p>'
        )
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d{number}" xml:lang="en">'
        f"{HEADER.format(f'Paper {number}')}<text><body><div>"
        f"{''.join(paragraphs)}</div></body></text></TEI>"
    ).encode()


def index() -> bytes:
    """Return an index of two hundred persons."""
    people = "".join(
        f'<person xml:id="pers-{n}"><persName>Person {n}</persName></person>' for n in range(200)
    )
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER.format("Persons")}'
        f"<standOff><listPerson>{people}</listPerson></standOff></TEI>"
    ).encode()


def main(documents: int) -> None:
    """Make the volume and say what it took."""
    chance = random.Random(1)
    settings = EditionSettings(title="t", publisher="p", date=datetime.date(2001, 2, 3))
    press = Press(settings, load_fonts())
    start = time.process_time()
    records = [
        prepare(Source(document(n, chance), f"d{n}.xml"), press, n) for n in range(1, documents + 1)
    ]
    middle = time.process_time()
    data = volume_pdf(records, [Source(index(), "persons.xml")], press)
    end = time.process_time()
    with pikepdf.open(BytesIO(data)) as opened:
        pages = len(opened.pages)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{documents} documents, {pages} pages, {len(data) // 1024} KB: "
        f"source {middle - start:.1f} s, pages {end - middle:.1f} s, {memory:.0f} MB\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
