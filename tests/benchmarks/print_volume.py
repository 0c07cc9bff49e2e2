"""How long a large volume takes: documents with notes, references to pages, and an index.

Run: python tests/benchmarks/print_volume.py [DOCUMENTS]; 69 documents are some 500 pages. Each has
twenty notes, and four references to the pages of others.
Prints seconds of processor time for the Typst source and for the pages, and the memory used by this
process and by the one that sets the pages.
The aim (print-design, Speed): 500 pages in 30 seconds and 1 GB.
"""

from __future__ import annotations

import datetime
import random
import re
import resource
import sys
from io import BytesIO
from pathlib import Path

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
    """Return a document of about seven pages; it refers to the first documents only."""

    def prose(length: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(length)).capitalize() + "."

    paragraphs = []
    for n in range(1, 21):
        name = (
            f'<persName ref="../indices/persons.xml#pers-{chance.randrange(200)}">Orlov</persName>'
        )
        note = f'<note resp="#ed">{prose(20)}</note>'
        other = chance.randrange(1, 6)
        seen = f'see <ptr target="d{other}.xml#d{other}-p{n}"/>. ' if n % 5 == 0 else ""
        paragraphs.append(
            f'<p xml:id="d{number}-p{n}">{prose(50)} {name} {prose(40)}{note} {seen}{prose(20)}</p>'
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


def peak() -> float:
    """Return this program's greatest memory in MB.

    Linux keeps in ru_maxrss what the process had before it became this program, that is, the
    memory of the test run that started it; VmHWM begins anew.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("ascii"))
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds() -> float:
    """Return the processor time of this process and of its workers so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main(documents: int) -> None:
    """Make the volume and say what it took."""
    chance = random.Random(1)
    settings = EditionSettings(title="t", publisher="p", date=datetime.date(2001, 2, 3))
    press = Press(settings, load_fonts())
    start = seconds()
    records = [
        prepare(Source(document(n, chance), f"d{n}.xml"), press, n) for n in range(1, documents + 1)
    ]
    middle = seconds()
    data = volume_pdf(records, [Source(index(), "persons.xml")], press)
    end = seconds()
    with pikepdf.open(BytesIO(data)) as opened:
        pages = len(opened.pages)
    own, workers = peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(
        f"{documents} documents, {pages} pages, {len(data) // 1024} KB: "
        f"source {middle - start:.1f} s, pages {end - middle:.1f} s, "
        f"{own:.0f} MB, typesetter {workers:.0f} MB\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
