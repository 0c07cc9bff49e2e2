"""The documents on disk: edits by hand are merged or left alone, and a crash confuses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplomatic.build import last_written
from diplomatic.build import store as store_module
from diplomatic.build.last_written import forget_last, path_of, read_last
from diplomatic.build.store import Written, store
from diplomatic.encode.changes import Side

CASES = Path(__file__).resolve().parents[1] / "editions" / "merge"


def version(case: str, name: str) -> bytes:
    """Return one version of a case of the merge."""
    return (CASES / case / f"{name}.xml").read_bytes()


@pytest.fixture
def path(tmp_path):
    """Where the document of a test lives."""
    return tmp_path / "documents" / "d.xml"


@pytest.fixture
def edited(path, monkeypatch):
    """Store a document and edit it by hand; the merge is not held against the schema."""
    monkeypatch.setattr(store_module, "_broken", lambda *_: [])

    def edit(case: str) -> bytes:
        assert store(path, version(case, "base")).status is Written.NEW
        path.write_bytes(version(case, "edited"))
        return version(case, "new")

    return edit


def test_edits_and_a_new_encoding_are_both_there(path, edited):
    new = edited("typo-corrected-and-line-inserted")
    assert store(path, new).status is Written.MERGED
    assert b"<corr" in path.read_bytes()
    assert b"A new line" in path.read_bytes()
    assert path_of(path).read_bytes() == new
    before = path.read_bytes()
    assert store(path, new).status is Written.KEPT  # and there is no more to merge
    assert path.read_bytes() == before


def test_edits_stand_when_encoding_gives_nothing_new(path, edited):
    edited("typo-corrected-and-line-inserted")
    stored = store(path, version("typo-corrected-and-line-inserted", "base"))
    assert (stored.status, stored.findings) == (Written.KEPT, [])


def test_a_conflict_leaves_the_file_alone_and_names_the_element(path, edited):
    new = edited("same-word-changed-by-both")
    before = path.read_bytes(), path_of(path).read_bytes()
    stored = store(path, new)
    assert stored.status is Written.KEPT
    (finding,) = stored.findings
    assert finding.code == "D807"
    assert (finding.place.line, finding.place.transcript_line) == (24, 2)
    assert "p d-p1" in finding.message
    assert "“evening”" in finding.message
    assert "“afternoon”" in finding.message
    assert (path.read_bytes(), path_of(path).read_bytes()) == before
    assert store(path, new).findings == stored.findings  # until it is settled


@pytest.mark.parametrize(("side", "word"), [(Side.EDITED, b"evening"), (Side.NEW, b"afternoon")])
def test_a_preferred_side_settles_a_conflict(path, edited, side, word):
    new = edited("same-word-changed-by-both")
    assert store(path, new, side).status is Written.MERGED
    assert word in path.read_bytes()
    assert store(path, new).findings == []


def test_a_conflict_ends_when_the_file_agrees(path, edited):
    new = edited("same-word-changed-by-both")
    path.write_bytes(path.read_bytes().replace(b"evening", b"afternoon"))
    assert store(path, new).findings == []


def test_a_file_that_is_no_xml_is_left_alone(path, edited):
    new = edited("same-word-changed-by-both")
    path.write_bytes(path.read_bytes().replace(b"</head>", b""))
    before = path.read_bytes()
    (finding,) = store(path, new).findings
    assert finding.code == "D803"
    assert finding.place.line
    assert path.read_bytes() == before


def test_a_merge_that_leaves_a_dead_reference_is_not_written(path):
    text = version("typo-corrected-and-line-inserted", "base").decode()
    name, head = '<placeName ref="places.xml#place-sable">', "JOURNAL</head>"
    base = text.replace(name, '<placeName xml:id="d-t1">')
    store(path, base.encode())
    # By hand: something that points to the place. By encoding: the place is no more.
    path.write_text(base.replace(head, 'JOURNAL<gloss target="#d-t1">port</gloss></head>'))
    before = path.read_bytes()
    new = base.replace('<placeName xml:id="d-t1">Port Sable</placeName>', "Port Sable")
    (finding,) = store(path, new.encode()).findings
    assert finding.code == "D808"
    assert "d-t1" in finding.message
    assert path.read_bytes() == before


def test_a_deleted_document_is_made_again_with_its_identifiers(path, edited):
    new = edited("typo-corrected-and-line-inserted")
    path.unlink()
    assert store(path, new).status is Written.NEW
    assert path.read_bytes() == new


class KilledError(BaseException):
    """Stands for a process that is killed."""


@pytest.mark.parametrize(
    "case", ["name-marked-up-beside-a-changed-word", "attributes-of-one-element-changed-by-each"]
)
@pytest.mark.parametrize("write", [1, 2, 3])
def test_killed_at_any_write_the_next_run_is_right(path, edited, monkeypatch, case, write):
    new = edited(case)
    count = 0

    def killed(target, data, **options):
        nonlocal count
        count += 1
        if count == write:
            raise KilledError
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)

    with monkeypatch.context() as patch:
        patch.setattr(store_module, "write_bytes", killed)
        patch.setattr(last_written, "write_bytes", killed)
        patch.setattr(last_written, "write_if_changed", killed)
        with pytest.raises(KilledError):
            store(path, new)
    assert store(path, new).findings == []
    assert path.read_bytes() == (CASES / case / "golden/merged.xml").read_bytes()
    assert path_of(path).read_bytes() == new
    assert sorted(each.name for each in path_of(path).parent.iterdir()) == ["d.xml"]


def test_identifiers_that_are_gone_are_remembered(path):
    base = version("typo-corrected-and-line-inserted", "base")
    store(path, base)
    last = b'        <p xml:id="d-p6" source="line:6,7">Nothing else was said.</p>\n'
    store(path, base.replace(last, b""))
    assert path.read_bytes() == base.replace(last, b"")
    kept = read_last(path)
    assert kept is not None
    assert (kept.xml, kept.given) == (path.read_bytes(), ("d-p6",))
    store(path, base.replace(last, last.replace(b"Nothing else was said", b"Quite new words")))
    assert b'xml:id="d-p7"' in path.read_bytes()


def test_what_was_kept_of_documents_that_are_gone_is_removed(path):
    store(path, b"<x/>")
    store(path.with_name("e.xml"), b"<x/>")
    assert forget_last(path.parent, path.stem) == path_of(path)
    assert forget_last(path.parent, "nothing") is None
    assert not path_of(path).exists()
    assert path_of(path.with_name("e.xml")).exists()
