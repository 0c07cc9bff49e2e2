"""The build: what is made, what is kept, and that nothing is ever lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from diplomatic.build import publishing
from diplomatic.build.atomic import PREFIX, write_if_changed
from diplomatic.build.last_written import path_of
from diplomatic.build.lock import build_lock
from diplomatic.build.memory import opened
from diplomatic.build.progress import Progress
from diplomatic.build.publishing import Published
from diplomatic.build.runner import Options, run_build
from diplomatic.build.state import State
from diplomatic.build.store import Written, store
from diplomatic.build.workers import how_many, in_processes, renew, share, warm
from diplomatic.cli import main
from diplomatic.edition import load_edition
from diplomatic.findings import DiplomaticError, Finding, Place

SETTINGS = 'title = "T"\npublisher = "P"\ndate = 2026-11-21\n'
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{}</p></body></text></TEI>\n'


@dataclass
class Encoded:
    """What a stand-in for the encoder makes."""

    xml: bytes
    findings: list[Finding] = field(default_factory=list)
    doubts: list[object] = field(default_factory=list)
    names: str = ""


def encode(source, identifier, edition):
    """Stand in for the encoder: one paragraph; a transcript with `!` fails."""
    text = source.read_text("utf-8")
    if "!" in text:
        raise DiplomaticError(Finding("D011", "refused", Place(str(source), 1)))
    return Encoded(TEI.format(text.strip()).encode())


def publish(edition, _=None):
    """Stand in for the website: one page for each document."""
    files = []
    for document in edition.documents:
        path = edition.html_dir / f"{document.id}.html"
        write_if_changed(path, document.tei.read_bytes())
        files.append(path)
    return Published(files)


@pytest.fixture
def edition_dir(tmp_path, monkeypatch):
    """An edition of two transcripts, with stand-ins for encoder, schema and website."""
    sources = tmp_path / "tei" / "sources"
    sources.mkdir(parents=True)
    (tmp_path / "tei" / "edition.toml").write_text(SETTINGS)
    (sources / "a.txt").write_text("one")
    (sources / "b.txt").write_text("two")
    monkeypatch.setattr("diplomatic.build.encoding.encode_source", encode)
    monkeypatch.setattr("diplomatic.checking.document._grammar_and_rules", lambda *_: [])
    monkeypatch.setitem(publishing.PUBLICATIONS, "html", publish)
    return tmp_path


def build(folder: Path, **options):
    """Build quietly, the website only."""
    chosen = Options(publications=("html",), **options)
    return run_build(load_edition(folder), chosen, Progress(quiet=True))


def test_a_first_build_makes_everything(edition_dir):
    account = build(edition_dir)
    assert account.made == {"documents": 2, "html": 1}
    assert account.findings == []
    assert (edition_dir / "output/html/a.html").exists()
    assert json.loads((edition_dir / "output/reports/findings.json").read_text()) == []
    manifest = json.loads((edition_dir / "output/reports/manifest.json").read_text())
    assert manifest["files"]["output/html/a.html"]["made by"] == "publish html"
    assert manifest["files"]["output/reports/doubts.json"]["made by"] == "report"
    assert manifest["made from"]["publish html"].keys() >= {
        *("document a", "document b", "indices", "edition.toml")
    }


def test_the_doubts_are_there_before_the_website_that_shows_them(edition_dir, monkeypatch):
    seen = []

    def look(edition, _):
        seen.append((edition.reports_dir / "doubts.json").exists())
        return publish(edition)

    monkeypatch.setitem(publishing.PUBLICATIONS, "html", look)
    build(edition_dir)
    assert seen == [True]
    assert build(edition_dir).made == {}


def test_a_second_build_does_nothing(edition_dir):
    build(edition_dir)
    before = snapshot(edition_dir)
    account = build(edition_dir)
    assert account.made == {}
    assert snapshot(edition_dir) == before


def test_only_what_changed_is_made(edition_dir):
    build(edition_dir)
    (edition_dir / "tei/sources/a.txt").write_text("three")
    account = build(edition_dir)
    assert account.reasons == [
        ("a", "changed: transcript"),
        ("html", "changed: document a, transcripts"),
    ]
    assert "three" in (edition_dir / "output/html/a.html").read_text()


@pytest.mark.parametrize("said", [[], [Finding("D738", "left out", Place("edition.toml"))]])
def test_a_publication_that_is_not_wanted_is_not_told_as_made(edition_dir, monkeypatch, said):
    monkeypatch.setitem(publishing.PUBLICATIONS, "html", lambda *_: Published([], said))
    account = build(edition_dir)
    assert account.made == {"documents": 2}
    assert "html" not in dict(account.reasons)
    assert build(edition_dir).made == {}


@pytest.mark.parametrize("name", ["indices", "libraries", "program", "stylesheets"])
def test_a_document_is_not_taken_for_something_else_that_is_called_so(edition_dir, name):
    (edition_dir / f"tei/sources/{name}.txt").write_text("one")
    build(edition_dir)
    (edition_dir / f"tei/documents/{name}.xml").write_text("<TEI>by hand</TEI>")
    assert build(edition_dir).made["html"] == 1


@pytest.mark.parametrize(
    ("path", "made", "label"),
    [
        ("tei/sources/a.toml", "a", "sidecar"),
        ("tei/decisions/a.toml", "a", "decisions"),
        ("tei/conventions.toml", "a", "conventions"),
        # Which documents an index matters to: test_entries.
        ("tei/indices/persons.xml", "html", "indices"),
    ],
)
def test_every_input_matters(edition_dir, path, made, label):
    build(edition_dir)
    (edition_dir / path).parent.mkdir(exist_ok=True)
    (edition_dir / path).write_text("<x/>" if path.endswith("xml") else "")
    account = build(edition_dir)
    assert (made, f"changed: {label}") in account.reasons


def test_a_lost_output_is_made_again(edition_dir):
    build(edition_dir)
    (edition_dir / "output/html/a.html").unlink()
    assert build(edition_dir).reasons == [("html", "not as it was made: output/html/a.html")]
    assert (edition_dir / "output/html/a.html").exists()


def test_a_failing_document_keeps_what_it_had_and_stops_no_other(edition_dir):
    build(edition_dir)
    (edition_dir / "tei/sources/a.txt").write_text("one!")
    (edition_dir / "tei/sources/b.txt").write_text("four")
    account = build(edition_dir)
    codes = [finding.code for finding in account.findings]
    assert "D011" in codes
    assert "one" in (edition_dir / "output/html/a.html").read_text()
    assert "four" in (edition_dir / "output/html/b.html").read_text()
    again = build(edition_dir)
    assert [finding.code for finding in again.findings] == codes


def test_outputs_of_a_document_that_is_gone_are_removed(edition_dir):
    build(edition_dir)
    (edition_dir / "tei/sources/a.txt").unlink()
    (edition_dir / "tei/documents/a.xml").unlink()
    account = build(edition_dir)
    assert account.removed == 1
    assert not (edition_dir / "output/html/a.html").exists()


def test_a_document_without_its_transcript_is_kept_and_named(edition_dir):
    build(edition_dir)
    (edition_dir / "tei/sources/a.txt").unlink()
    account = build(edition_dir)
    assert "D804" in [finding.code for finding in account.findings]
    assert (edition_dir / "output/html/a.html").exists()


def test_edits_by_hand_are_never_overwritten(edition_dir):
    build(edition_dir)
    path = edition_dir / "tei/documents/a.xml"
    path.write_text(path.read_text().replace("one", "<hi>one</hi>"))
    assert build(edition_dir).findings == []  # encoding gives nothing new: nothing to say
    (edition_dir / "tei/sources/a.txt").write_text("one ")
    (edition_dir / "tei/sources/a.txt").write_text("three")
    account = build(edition_dir)
    assert {finding.code for finding in account.findings} == {"D807", "D501"}
    assert "<hi>one</hi>" in path.read_text()


def test_a_failing_publication_keeps_its_files_and_runs_again(edition_dir, monkeypatch):
    build(edition_dir)

    def fail(*_):
        raise DiplomaticError(Finding("D702", "stopped"))

    monkeypatch.setitem(publishing.PUBLICATIONS, "html", fail)
    (edition_dir / "tei/sources/a.txt").write_text("three")
    assert [finding.code for finding in build(edition_dir).findings] == ["D702"]
    assert (edition_dir / "output/html/a.html").exists()
    monkeypatch.setitem(publishing.PUBLICATIONS, "html", publish)
    assert build(edition_dir).findings == []
    assert "three" in (edition_dir / "output/html/a.html").read_text()


def test_where_the_time_went(edition_dir, capsys):
    assert main(["build", "--edition", str(edition_dir), "--profile", "--jobs", "1"]) in (0, 1)
    said = capsys.readouterr().out
    stages = ("what has changed", "documents", "html", "reports", "encode", "check")
    assert all(stage in said for stage in stages)
    page = (edition_dir / "output/reports/profile.html").read_text("utf-8")
    assert page.count("<rect") == page.count("</rect>") >= len(stages)
    assert "profile.html" not in (edition_dir / "output/reports/manifest.json").read_text()
    assert main(["verify", "--edition", str(edition_dir)]) == 0


def test_ctrl_c_keeps_what_was_finished(edition_dir, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setitem(publishing.PUBLICATIONS, "html", interrupt)
    assert main(["build", "--edition", str(edition_dir), "--quiet"]) == 130
    monkeypatch.setitem(publishing.PUBLICATIONS, "html", publish)
    assert build(edition_dir).made == {"html": 1}


def test_remains_of_a_killed_build_are_swept(edition_dir):
    build(edition_dir)
    (edition_dir / "output/.build/lock").write_text("process 1 on x")
    remains = edition_dir / "output/html" / f"{PREFIX}abc"
    remains.write_text("half")
    build(edition_dir)
    assert not remains.exists()


def test_a_broken_memory_makes_everything_again(edition_dir):
    build(edition_dir)
    (edition_dir / "output/.build/state.db").write_text("{")
    assert build(edition_dir).made == {"documents": 2, "html": 1}


def test_two_builds_at_once(edition_dir):
    with (
        build_lock(edition_dir / "output/.build/lock"),
        pytest.raises(DiplomaticError) as caught,
    ):
        build(edition_dir)
    assert caught.value.finding.code == "D802"
    assert "process" in caught.value.finding.message
    assert build(edition_dir).made["documents"] == 2


def test_a_build_with_nothing_to_do_imports_no_processor(edition_dir):
    build(edition_dir)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from diplomatic.build.runner import run_build, Options\n"
        "from diplomatic.build.progress import Progress\n"
        "from diplomatic.edition import load_edition\n"
        "options = Options(publications=('html',))\n"
        f"account = run_build(load_edition(Path({str(edition_dir)!r})), options, Progress())\n"
        "print(account.made, sorted({'lxml', 'saxonche', 'typst', 'rich'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "{} []\n"
    assert done.stderr == ""


def test_a_reason_names_some_of_many(tmp_path):
    with opened(tmp_path / "state.db") as memory:
        state = State(memory, tmp_path)
        state.done("publish html", {f"d{number}": "a" for number in range(30)})
        assert state.why("publish html", {}).endswith("d8, d9, and 20 more")
        assert state.why("publish pdf", {}) == "never made"


def test_state_reads_a_file_only_when_it_may_have_changed(tmp_path):
    path = tmp_path / "x"
    path.write_text("one")
    with opened(tmp_path / "state.db") as memory:
        state = State(memory, tmp_path)
        first = state.hash_of(path)
        path.write_text("two")  # same size, and perhaps the same time
        assert state.hash_of(path) != first
        assert state.hash_of(tmp_path / "nothing") == "missing"


def test_the_memory_is_written_only_when_something_was_done(edition_dir):
    build(edition_dir)
    time.sleep(0.06)  # a file that has just been written is read again
    build(edition_dir)
    memory, manifest = (
        edition_dir / name for name in ("output/.build/state.db", "output/reports/manifest.json")
    )
    before = [path.stat().st_mtime_ns for path in (memory, manifest)]
    build(edition_dir)
    assert [path.stat().st_mtime_ns for path in (memory, manifest)] == before
    manifest.unlink()
    build(edition_dir)
    assert manifest.exists()


def test_what_can_be_shown_first_is_made_whole_by_the_next_build(edition_dir, monkeypatch):
    monkeypatch.setitem(publishing.SHOWN_FIRST, "html", publish)
    account = build(edition_dir, whole=False)
    assert account.made == {"documents": 2, "html": 1}
    assert build(edition_dir).made == {"html": 1}
    assert build(edition_dir).made == {}


def test_parts_of_a_publication_are_told_with_their_reasons(edition_dir, monkeypatch):
    made = Published(made=[("a", "changed: names used")])
    monkeypatch.setitem(publishing.PUBLICATIONS, "html", lambda *_: made)
    assert build(edition_dir).reasons[-1] == ("html a", "changed: names used")


def test_workers_live_as_long_as_the_build():
    with in_processes(2):
        assert warm() == 1
        first = set(share(_process, range(8), None, 2, together=2))
        again = set(share(_process, range(8), None, 2, together=2))
        assert warm() == 2
        apart = set(share(_process, range(8), None, 2))
        renew()
        assert warm() == 1
        anew = set(share(_process, range(8), None, 2, together=2))
    assert len(first | again) <= 2
    assert not apart & (first | again)
    assert not anew & (first | again)


def _process(_piece, _common):
    """Return which process this is."""
    return os.getpid()


def test_the_store_takes_over_what_it_would_have_written(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<x/>")
    assert store(path, b"<y/>").status is Written.KEPT
    assert store(path, b"<x/>").status is Written.SAME
    assert store(path, b"<z/>").status is Written.NEW
    assert path.read_bytes() == b"<z/>"
    assert path_of(path).read_bytes() == b"<z/>"


def test_few_pieces_are_worked_on_in_this_process():
    assert how_many(2, None) == 1
    assert how_many(100, 4) == 4
    assert how_many(3, 8) == 3
    with in_processes(2):  # as --jobs says, for publications too
        assert how_many(3) == 2


def test_work_is_shared_among_processes():
    assert sorted(share(_double, [1, 2, 3], 10, 2)) == [12, 14, 16]


def test_a_worker_reads_what_the_pieces_have_in_common_once():
    assert len(set(share(_which, range(8), [1], 2))) <= 2


def _which(_piece, common):
    """Return which object is common to the pieces, in which process."""
    return os.getpid(), id(common)


def test_a_worker_that_dies_is_a_finding():
    with pytest.raises(DiplomaticError) as caught:
        list(share(_die, [1, 2], 0, 2))
    assert caught.value.finding.code == "D806"


def _double(piece, common):
    return 2 * piece + common


def _die(piece, common):
    import os

    os._exit(9)


def snapshot(folder: Path) -> dict[str, int]:
    """Return every file with its time."""
    return {
        str(path): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"lock", "state.db"}
    }


def test_a_transcript_that_is_back_makes_its_text_again(edition_dir):
    manifest = edition_dir / "output/reports/manifest.json"
    build(edition_dir)
    first = json.loads(manifest.read_text())["files"]
    name, path = "tei/documents/a.xml", edition_dir / "tei/sources/a.txt"
    text = path.read_text()
    path.unlink()
    build(edition_dir)
    assert name not in json.loads(manifest.read_text())["files"]
    path.write_text(text)
    build(edition_dir)
    assert json.loads(manifest.read_text())["files"][name] == first[name]
