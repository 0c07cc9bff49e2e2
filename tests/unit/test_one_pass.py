"""One pass: what the website reads of a document is read by the worker that checks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplomatic.build import publishing
from diplomatic.build.documents import Job, work
from diplomatic.build.progress import Progress
from diplomatic.build.publishing import Published, reader_for
from diplomatic.build.runner import Options, run_build
from diplomatic.edition import Edition, load_edition
from diplomatic.publish import reading
from diplomatic.publish.ledger import site_ledger
from diplomatic.publish.reading import Readings, read_edition
from diplomatic.publish.versions import program_key

LETTER = "No. {number}\nLetter to Ivanov\nPyongyang, 9 March 1951\n\nDear [sic] Comrade.\n"


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return an edition of three transcripts."""
    sources = tmp_path / "tei" / "sources"
    sources.mkdir(parents=True)
    settings = 'title = "T"\npublisher = "P"\ndate = 2026-11-22\n'
    (tmp_path / "tei" / "edition.toml").write_text(settings)
    for number in range(3):
        (sources / f"d{number}.txt").write_text(LETTER.format(number=number))
    return load_edition(tmp_path)


def test_a_worker_reads_what_the_website_would(edition: Edition) -> None:
    """What is read in passing is what `read_document` reads of the files, key included."""
    with reader_for(("html",), edition) as reader:
        assert isinstance(reader, Readings)
        outcomes = [work(Job(each, True, reader.read), edition) for each in edition.documents]
    with site_ledger(edition) as ledger:
        program = program_key(edition, ledger)
        for document, outcome in zip(edition.documents, outcomes, strict=True):
            digests = ledger.digest(document.tei), ledger.digest(document.source)
            key = reading.reading_key(program, document, *digests)
            assert outcome.reading == reading.read_document((document, key), None)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_build_hands_it_on(
    edition: Edition, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With workers nothing is left to read; a change afterwards is seen by its bytes."""
    monkeypatch.setitem(publishing.PUBLICATIONS, "html", lambda *_: Published())
    run_build(edition, Options(("html",), processes=processes), Progress(quiet=True))
    asked: list[str] = []

    def read(piece, common):  # type: ignore[no-untyped-def]
        asked.append(piece[0].id)
        return before(piece, common)

    before = reading.read_document
    monkeypatch.setattr(reading, "read_document", read)
    text = edition.documents[1].tei.read_text("utf-8")
    edition.documents[1].tei.write_text(text.replace("Comrade", "Friend"), "utf-8")
    with site_ledger(edition) as ledger:
        found = read_edition(edition, ledger, program_key(edition, ledger), whole=False)
        assert [facts.id for facts in found.content.facts] == ["d0", "d1", "d2"]
    assert asked == (["d1"] if processes > 1 else ["d0", "d1", "d2"])


def test_only_the_website_reads(edition: Edition) -> None:
    """Other publications have nothing read for them, and what cannot be read stops nothing."""
    with reader_for(("pdf", "epub"), edition) as reader:
        assert reader is None

    def broken(*_: object) -> None:
        raise ValueError

    outcome = work(Job(edition.documents[0], True, broken), edition)
    assert outcome.reading is None
    assert not [finding for finding in outcome.check_findings if finding.code == "D899"]
