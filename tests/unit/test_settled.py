"""A build with nothing to do: it is told from the files alone, and only when it is so."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
import test_build
from test_build import build

from diplomatic.build import documents_stage, files, publishing, runner, settled
from diplomatic.build.listing import listing
from diplomatic.build.memory import opened
from diplomatic.build.settled import Settled
from diplomatic.edition import load_edition
from diplomatic.findings import DiplomaticError, Finding, Place

edition_dir = test_build.edition_dir
PROGRAM = ("xslt", "schema")


@pytest.fixture
def folder(edition_dir, tmp_path_factory, monkeypatch):
    """An edition that was built, with a program whose stylesheets and schema can be changed."""
    elsewhere = tmp_path_factory.mktemp("program")
    for name in PROGRAM:
        (elsewhere / name).mkdir()
        (elsewhere / name / "a.xsl").write_text("x")
        for module in ("settled", "inputs"):
            monkeypatch.setattr(
                f"diplomatic.build.{module}.{name}_dir", lambda n=name: elsewhere / n
            )
    (edition_dir / "program").symlink_to(elsewhere)
    for name in ("indices", "decisions"):
        (edition_dir / "tei" / name).mkdir()
    (edition_dir / "xslt").mkdir()
    for path, text in {
        "tei/indices/persons.xml": "<TEI/>",
        "tei/sources/a.toml": 'title = "A"\n',
        "xslt/own.xsl": "<x/>",
        "tei/picture.png": "x",
    }.items():
        (edition_dir / path).write_text(text)
    build(edition_dir)
    return edition_dir


@pytest.fixture
def long_ways(monkeypatch):
    """What tells how often a build went the long way."""
    taken: list[int] = []

    class Counted(runner.Run):
        def __init__(self, *given):
            taken.append(1)
            super().__init__(*given)

    monkeypatch.setattr(runner, "Run", Counted)
    return taken


def test_nothing_is_opened_when_nothing_changed(folder, long_ways):
    account = build(folder)
    assert long_ways == []
    assert (account.made, account.documents, account.kept) == ({}, 2, 3)
    build(folder, whole=False)
    assert long_ways == []


# What is written anew; `None` is taken away.
CHANGES = [
    *(("tei/sources/a.txt", "another"), ("tei/sources/c.txt", "new"), ("tei/sources/b.txt", None)),
    *(("tei/sources/a.toml", 'title = "B"\n'), ("tei/sources/b.toml", 'title = "B"\n')),
    ("tei/decisions/a.toml", ""),
    *(("tei/documents/a.xml", test_build.TEI.format("hand")), ("tei/documents/a.xml", None)),
    *(("tei/documents/.encoded/a.xml", "<x/>"), ("tei/documents/.encoded/a.xml", None)),
    *(("tei/indices/persons.xml", "<TEI />"), ("tei/indices/places.xml", "<TEI/>")),
    ("tei/conventions.toml", ""),
    ("tei/edition.toml", test_build.SETTINGS + 'subtitle = "x"\n'),
    *(("tei/picture.png", "y"), ("tei/picture.png", None)),
    *(("xslt/own.xsl", "<y/>"), ("xslt/own.css", "p {}"), ("xslt/own.xsl", None)),
    *(("program/xslt/a.xsl", "y"), ("program/schema/a.xsl", "y"), ("program/xslt/b.xsl", "")),
    *(("output/html/a.html", "hand"), ("output/html/a.html", None)),
    *(("output/html/stray.html", "x"), ("output/reports/findings.json", "[ ]")),
    *(("output/reports/manifest.json", None), ("output/reports/doubts.json", None)),
    ("output/.build/state.db", "{"),
]


@pytest.mark.parametrize(("name", "text"), CHANGES)
def test_whatever_changes_is_looked_at(folder, long_ways, name, text):
    path = folder / name
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    build(folder)
    assert long_ways == [1]
    build(folder)
    assert long_ways == [1]


@pytest.mark.parametrize(
    ("what", "value"), [("__version__", "9.9"), ("libraries", lambda: "lxml 99")]
)
def test_another_program_looks_at_everything(folder, long_ways, monkeypatch, what, value):
    monkeypatch.setattr(settled, what, value)
    build(folder)
    assert long_ways == [1]


def test_what_is_asked_for_matters(folder, long_ways):
    build(folder, anew=True)
    build(folder, documents=False)
    build(folder)
    assert long_ways == [1, 1, 1]


def test_a_change_under_the_same_time_is_seen(folder, monkeypatch):
    monkeypatch.setattr(files, "TICK_NS", 10**12)  # as if it all took no time
    path = folder / "tei/sources/a.txt"
    now = time.time_ns()
    path.write_text("six")
    os.utime(path, ns=(now, now))
    build(folder)
    path.write_text("ten")
    os.utime(path, ns=(now, now))
    assert build(folder).made == {"documents": 1, "html": 1}


def test_a_change_during_the_build_is_seen(folder, monkeypatch):
    (folder / "tei/sources/a.txt").write_text("three")
    published = test_build.publishing.PUBLICATIONS["html"]

    def meanwhile(edition, changed):
        (folder / "tei/sources/b.txt").write_text("four")
        return published(edition, changed)

    monkeypatch.setitem(test_build.publishing.PUBLICATIONS, "html", meanwhile)
    build(folder)
    monkeypatch.setitem(test_build.publishing.PUBLICATIONS, "html", published)
    assert build(folder).made["documents"] == 1
    assert b"four" in (folder / "output/html/b.html").read_bytes()


def test_a_build_that_failed_is_tried_again(folder, long_ways, monkeypatch):
    def fails(*_):
        raise OSError(28, "No space left on device")

    (folder / "tei/sources/a.txt").write_text("three")
    monkeypatch.setitem(test_build.publishing.PUBLICATIONS, "html", fails)
    for _ in range(2):
        build(folder)
    assert long_ways == [1, 1]


def test_findings_stand(folder, long_ways):
    (folder / "tei/sources/a.txt").write_text("no!")
    first = build(folder)
    again = build(folder)
    assert long_ways == [1]
    assert "D011" in [finding.code for finding in again.findings]
    assert first.findings == again.findings


def test_a_code_that_is_no_more_is_not_said(folder, long_ways):
    with opened(folder / "output/.build/state.db") as memory:
        memory.keep("findings", [settled.plain(Finding("D998", "old", Place("x")))])
        memory.commit()
    build(folder)
    assert long_ways == [1]


def test_a_list_has_every_file_once_and_is_none_when_it_cannot_be(tmp_path):
    for name in ("a/b/c.txt", "a/__pycache__/d.pyc", "a/e.txt", "f/g.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    tops = [str(tmp_path / name) for name in ("a", "a/b", "f", "nothing")]
    found = listing(tops, [str(tmp_path / "a/e.txt")])
    stamp = (tmp_path / "f/g.txt").stat()
    stamps = found.stamps
    assert sorted(stamps) == [str(tmp_path / "a/b/c.txt"), str(tmp_path / "f/g.txt")]
    assert stamps[str(tmp_path / "f/g.txt")] == (1, stamp.st_mtime_ns)
    (tmp_path / "f/link").symlink_to(tmp_path / "a")
    assert listing(tops) is None
    (tmp_path / "f/link").unlink()
    (tmp_path / "f/link").symlink_to(tmp_path / "gone")
    assert listing(tops) is None


def test_folders_with_links_go_the_long_way(folder, long_ways):
    (folder / "tei/more").symlink_to(folder / "tei/indices")
    for _ in range(2):
        assert build(folder).made == {}
    assert long_ways == [1, 1]
    with opened(folder / "output/.build/state.db") as memory:
        assert Settled(load_edition(folder), (), memory).account() is None


def test_where_it_was_moved_to(folder, long_ways, tmp_path_factory):
    moved = Path(shutil.copytree(folder, tmp_path_factory.mktemp("moved") / "e", symlinks=True))
    build(moved)
    assert long_ways == [1]


def test_what_was_published_first_is_encoded_all_the_same(folder):
    (folder / "tei/sources/a.txt").write_text("three")
    assert build(folder, documents=False).made == {"html": 1}
    assert build(folder).made["documents"] == 1


def test_only_documents_with_a_changed_file_are_asked_for(folder, monkeypatch):
    time.sleep(0.06)  # what was written just before it was hashed is hashed again
    (folder / "tei/sources/a.txt").write_text("one more")
    build(folder)
    asked = []
    job = documents_stage._job
    monkeypatch.setattr(
        documents_stage, "_job", lambda run, each: asked.append(each.id) or job(run, each)
    )
    (folder / "tei/sources/a.txt").write_text("three")
    assert build(folder).kept == 1
    assert asked == ["a"]
    (folder / "tei/sources/c.txt").write_text("a new one")
    assert build(folder).made["documents"] == 1
    (folder / "tei/sources/c.txt").unlink()
    (folder / "tei/documents/c.xml").unlink()
    assert build(folder).made == {"html": 1}
    assert not (folder / "tei/documents/.encoded/c.xml").exists()
    assert asked == ["a", "c"]


def test_a_build_that_was_stopped_is_gone_on_with(folder, monkeypatch):
    (folder / "tei/sources/a.txt").write_text("three")
    with monkeypatch.context() as patched:
        patched.setattr(documents_stage, "share_widely", None)
        with pytest.raises(TypeError):
            build(folder)
    assert build(folder).made["documents"] == 1


def test_what_could_not_be_written_is_tried_again(folder, monkeypatch):
    (folder / "tei/sources/a.txt").write_text("three")
    with monkeypatch.context() as patched:

        def full(*_):
            raise DiplomaticError(Finding("D801", "No space left on device", Place("a.xml")))

        patched.setattr("diplomatic.build.documents.store", full)
        build(folder)
    assert build(folder).made == {"documents": 1, "html": 1}


def test_a_list_tells_what_changed_and_can_be_brought_up_to_date(tmp_path):
    for name in ("a.txt", "b.txt", "c/d.txt", "e/f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    before = listing([str(tmp_path)])
    (tmp_path / "a.txt").write_text("longer than it was")
    (tmp_path / "c/d.txt").unlink()
    (tmp_path / "e/new.txt").write_text("x")
    now = listing([str(tmp_path)])
    changed, came_or_went = now.changed(before)
    places = {name: str(tmp_path / name) for name in ("a.txt", "c/d.txt", "e/new.txt")}
    assert changed == set(places.values())
    assert came_or_went == changed - {places["a.txt"]}
    adjusted = before.adjusted({place: now.stamps.get(place) for place in changed})
    assert adjusted.changed(now) == (set(), set())
    assert now.changed(now) == (set(), set())


def told(monkeypatch) -> list[set[str] | None]:
    """Return what publications are told of what changed, by the names of the files."""
    found: list[set[str] | None] = []
    published = test_build.publishing.PUBLICATIONS["html"]

    def listens(edition, changed=None):
        names = None if changed is None else {Path(place).name for place in changed}
        found.append(names)
        return published(edition)

    monkeypatch.setitem(test_build.publishing.PUBLICATIONS, "html", listens)
    monkeypatch.setitem(test_build.publishing.SHOWN_FIRST, "html", listens)
    return found


def test_a_publication_is_told_what_changed(folder, monkeypatch):
    found = told(monkeypatch)
    time.sleep(0.06)
    (folder / "tei/sources/a.txt").write_text("three")
    build(folder, whole=False)
    assert found.pop() == {"a.txt", "a.xml"}
    (folder / "tei/sources/b.txt").write_text("four")
    build(folder)
    assert found.pop() >= {"a.txt", "a.xml", "a.html", "b.txt", "b.xml"}
    (folder / "output/html/b.html").unlink()
    build(folder)
    assert found.pop() == {"b.html"}
    (folder / "tei/sources/c.txt").write_text("a new one")
    build(folder)
    (folder / "tei/edition.toml").write_text(test_build.SETTINGS + 'subtitle = "x"\n')
    build(folder)
    assert found == [None, None]


def test_what_came_back_as_it_was_is_looked_at_all_the_same(folder):
    path = folder / "tei/sources/a.txt"
    text, stamp = path.read_text(), path.stat()
    path.write_text("wrong!")
    assert "D011" in [finding.code for finding in build(folder, whole=False).findings]
    path.write_text(text)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert build(folder).findings == []


def test_files_are_looked_at_once(folder, monkeypatch):
    looked = []
    monkeypatch.setattr(
        settled, "listing", lambda tops, *more: looked.append(len(tops)) or listing(tops, *more)
    )
    build(folder)
    (folder / "tei/sources/a.txt").write_text("three")
    build(folder)
    assert len(looked) == 3
    assert looked[-1] == 2  # reports, and what the build hides


def test_after_a_failure_that_is_told_only_the_publication_is_made_again(folder, monkeypatch):
    error = Finding("D701", "no page", Place("a.xml"))
    found = told(monkeypatch)
    with monkeypatch.context() as patched:
        failed = publishing.Published([folder / "output/html/a.html"], [error])
        patched.setitem(publishing.PUBLICATIONS, "html", lambda *_: failed)
        (folder / "tei/sources/a.txt").write_text("three")
        assert build(folder).findings == [error]
    asked = []
    job = documents_stage._job
    monkeypatch.setattr(documents_stage, "_job", lambda *given: asked.append(1) or job(*given))
    assert build(folder).made == {"html": 1}
    assert (found, asked) == ([None], [])


def test_a_document_that_changes_after_its_check_is_checked_again(folder, monkeypatch):
    done = documents_stage._done
    path = folder / "tei/documents/a.xml"

    def meanwhile(*given):
        path.write_text(path.read_text().replace("three", "by hand"))
        done(*given)

    (folder / "tei/sources/a.txt").write_text("three")
    with monkeypatch.context() as patched:
        patched.setattr(documents_stage, "_done", meanwhile)
        build(folder)
    assert build(folder).made["documents"] == 1
    assert "by hand" in path.read_text()


def test_a_manifest_that_was_spoilt_is_made_whole(folder):
    path = folder / "output/reports/manifest.json"
    text = path.read_bytes()
    for spoilt in (b"", b"{}", text[:100], text.replace(b"html", b"xxxx")):
        path.write_bytes(spoilt)
        build(folder)
        assert path.read_bytes() == text
