"""How long a large volume takes: documents with notes, references to pages, and an index.

Run: python tests/benchmarks/print_volume.py [DOCUMENTS]; 69 documents are some 500 pages. Each has
thirty notes, and four references to the pages of others.
Prints seconds of processor time, and the greatest memory of all its processes together.
The aim (print-design, Speed): 500 pages in 30 seconds and 1 GB.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf

from diplomatic.edition import Edition, load_edition
from diplomatic.publish.pdf import publish_pdf

SETTINGS = """
title = "t"
publisher = "p"
date = 2001-02-03
[print]
documents = false
"""
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
        second = f'<note resp="#ed">{prose(9)}</note>'
        other = chance.randrange(1, 6)
        seen = f'see <ptr target="d{other}.xml#d{other}-p{n}"/>. ' if n % 5 == 0 else ""
        paragraphs.append(
            f'<p xml:id="d{number}-p{n}">{prose(50)} {name} {prose(40)}{note} {seen}{prose(20)}'
            f"{second if n % 2 else ''}</p>"
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


@dataclass
class Memory:
    """The memory of this process and its workers together, in MB, at its highest.

    Pages that they share are counted in each, so it is rather too much than too little.
    """

    peak: float = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Memory:
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()

    def _watch(self) -> None:
        while not self._ended.wait(0.02):
            self.peak = max(self.peak, sum(map(resident, family(os.getpid()))))


def family(parent: int) -> Iterator[int]:
    """Yield a process and all that come from it; Linux only."""
    yield parent
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            ids = children.read_text("ascii").split()
        except OSError:
            continue
        for child in ids:
            yield from family(int(child))


def resident(process: int) -> float:
    """Return the memory that a process holds, in MB; 0 when it has ended."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text("ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize() / 2**20


def seconds() -> float:
    """Return the processor time of this process and of its workers so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def write_edition(root: Path, documents: int) -> Edition:
    """Write an edition of so many documents."""
    chance = random.Random(1)
    (root / "tei" / "documents").mkdir(parents=True)
    (root / "tei" / "indices").mkdir()
    (root / "tei" / "indices" / "persons.xml").write_bytes(index())
    (root / "tei" / "edition.toml").write_text(SETTINGS, "utf-8")
    for number in range(1, documents + 1):
        path = root / "tei" / "documents" / f"d{number}.xml"
        path.write_bytes(document(number, chance))
    return load_edition(root)


def main(documents: int) -> None:
    """Make the volume and say what it took."""
    with tempfile.TemporaryDirectory() as folder, Memory() as memory:
        edition = write_edition(Path(folder), documents)
        findings = publish_pdf(edition)
        used = seconds()
        data = (edition.pdf_dir / "volume.pdf").read_bytes()
    if findings:
        raise SystemExit("\n".join(map(str, findings)))
    with pikepdf.open(BytesIO(data)) as opened:
        pages = len(opened.pages)
    sys.stdout.write(
        f"{documents} documents, {pages} pages, {30 * documents} notes, {len(data) // 1024} KB: "
        f"{used:.1f} s, {memory.peak:.0f} MB\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
