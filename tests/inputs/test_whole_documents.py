"""Random Word documents of everything at once: nothing is lost, and the TEI is valid.

Their words are what transcripts are full of (brackets, stamps, note marks, dates), so that rules of
the transcript and knowledge of the file meet in one line. A longer search:
`python tests/inputs/test_whole_documents.py 1000`.
"""

from __future__ import annotations

import random
import sys

import pytest
from test_constructs import LISTED, box, field, numbering, p, r, table, word_with

from diplomatic.checking.fidelity import compare, rebuild
from diplomatic.encode import EncodeRequest, encode_transcript
from diplomatic.findings import DiplomaticError
from diplomatic.inputs import read_source
from diplomatic.schema.validate import check_document

WORDS = (
    *("harbour", "[sic]", "Belov:", "[1]", "1.", "9 March 1951", "[stamp: MFA", "received]", "[i]"),
    *("SECRET", "Orlov", "(see 4)", "...", "T[rade]", "[illegible]", "to file", "With greetings,"),
    *("[signature]", "Dear Comrade!", "—", "Nº ___", "&amp;", "|", "a) x", "Notes", "Enclosure"),
)
LOOKS = (
    *("<w:b/>", "<w:i/>", '<w:u w:val="single"/>', "<w:strike/>", '<w:spacing w:val="60"/>'),
    '<w:vertAlign w:val="superscript"/>',
)
# A bracket over several paragraphs is one element, in which no line can end; and a number that the
# transcriber typed may be that of a note.
KNOWN = {"D503", "D210"}


class Maker:
    """Makes documents by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def words(self) -> str:
        """Return some words."""
        some = (self.chance.choice(WORDS) for _ in range(self.chance.randrange(1, 7)))
        return " ".join(some) + self.chance.choice(["", " ", ". "])

    def run(self, in_note: bool) -> str:
        """Return words with a look, or what else stands in a line."""
        looks = "".join(look for look in LOOKS if self.chance.random() < 0.15)
        plain = r(self.words(), looks)
        gone = f"<w:r><w:delText>{self.words()}</w:delText></w:r>"
        mark = f'<w:r><w:footnoteReference w:id="{self.chance.randrange(1, 4)}"/></w:r>'
        others = [
            f'<w:ins w:author="A">{plain}</w:ins>',
            f'<w:del w:author="B">{gone}</w:del>',
            '<w:r><w:br w:type="page"/></w:r>',
            "<w:r><w:br/></w:r>",
            "<w:r><w:tab/></w:r>",
            box(self.words()),
            f"<w:sdt><w:sdtContent>{plain}</w:sdtContent></w:sdt>",
            '<w:r><w:commentReference w:id="1"/></w:r>',
            field('HYPERLINK "https://example.org/"', self.words()),
            *([] if in_note else [mark, '<w:r><w:endnoteReference w:id="1"/></w:r>']),
        ]
        return self.chance.choice(others) if self.chance.random() < 0.5 else plain

    def paragraph(self, in_note: bool = False) -> str:
        """Return a paragraph, a heading or an item of a list."""
        kind = self.chance.random()
        level = self.chance.randrange(3)
        said = f'<w:outlineLvl w:val="{level}"/>' if kind < 0.12 else ""
        said = LISTED(level, 1) if 0.12 <= kind < 0.3 else said
        return p(*(self.run(in_note) for _ in range(self.chance.randrange(5))), pr=said)

    def blocks(self, depth: int = 0) -> str:
        """Return paragraphs and tables, tables inside tables too."""
        made = []
        for _ in range(self.chance.randrange(1, 3 if depth else 8)):
            if self.chance.random() < 0.12 and depth < 2:
                cells, rows = self.chance.randrange(1, 4), self.chance.randrange(1, 4)
                row = "".join(f"<w:tc>{self.blocks(depth + 1)}</w:tc>" for _ in range(cells))
                made.append(table(*[row] * rows))
            else:
                made.append(self.paragraph())
        return "".join(made)

    def document(self) -> bytes:
        """Return a document."""
        held = {
            "footnotes": "".join(
                f'<w:footnote w:id="{key}">{self.paragraph(True)}</w:footnote>' for key in (1, 2, 3)
            ),
            "endnotes": f'<w:endnote w:id="1">{self.paragraph(True) * 2}</w:endnote>',
            "comments": f'<w:comment w:id="1" w:author="C">{p("Why?")}</w:comment>',
            "numbering": numbering(("decimal", "%1."), ("bullet", "o"), ("lowerLetter", "%3)")),
        }
        return word_with(self.blocks(), **held)


def faults_of(data: bytes) -> list[str]:
    """Return what is wrong with a document's transcript and TEI."""
    try:
        source = read_source(data, "x.docx")
    except DiplomaticError as error:
        return [] if error.finding.code == "D011" else [str(error)]
    encoded = encode_transcript(data, EncodeRequest("d1", "x.docx"))
    found = [f for f in source.layer.findings if f.code == "D505"]
    found += compare(source.text, rebuild(encoded.xml, "d1.xml"), "x.docx")
    found += [f for f in check_document(encoded.xml, "d1.xml") if f.severity == "error"]
    return [finding.as_text() for finding in found if finding.code not in KNOWN]


@pytest.mark.parametrize("seed", range(5))
def test_a_document_of_everything_is_whole_and_valid(seed):
    maker = Maker(seed)
    for _ in range(6):
        assert faults_of(maker.document()) == []


if __name__ == "__main__":
    chance = Maker(int(sys.argv[1]))
    bad = [faults for _ in range(int(sys.argv[1])) if (faults := faults_of(chance.document()))]
    sys.stdout.write("\n".join(map(str, bad)) + f"\n{len(bad)} of {sys.argv[1]} documents\n")
