"""Shards of the search: which documents are in them, and what is made again after a change."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path

import pytest

from diplomatic.edition import Edition
from diplomatic.publish import parts, shards
from diplomatic.publish.search import indexed, pagefind_files
from diplomatic.publish.shards import how_many_shards, in_shards, shard_of
from diplomatic.publish.site import Site, publish_site
from diplomatic.settings import EditionSettings, WebSettings

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}" xml:lang="en"><teiHeader><fileDesc>'
    "<titleStmt><title>{id}</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><p>{words}</p></body></text>"
    "</TEI>"
)
NAMES = [f"letter-{number}" for number in range(1000)]


@pytest.mark.parametrize(
    ("documents", "expected"),
    [(0, 1), (1, 1), (256, 1), (257, 2), (1000, 4), (10_000, 32), (100_000, 32), (1_000_000, 125)],
)
def test_small_editions_have_one_shard_and_large_ones_no_more_than_a_browser_can_load(
    documents: int, expected: int
) -> None:
    assert how_many_shards(documents) == expected


def test_no_shard_has_more_than_20_000_pages() -> None:
    for documents in (20_000, 100_000, 300_000):
        number = how_many_shards(documents)
        whole = 1 << (number.bit_length() - 1)
        assert documents / (number if number == whole else whole) <= 20_000 * 0.95


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 31])
def test_one_shard_more_divides_one_and_leaves_the_others(number: int) -> None:
    before = {name: shard_of(name, number) for name in NAMES}
    after = {name: shard_of(name, number + 1) for name in NAMES}
    assert set(before.values()) == set(range(number))
    moved = {before[name] for name in NAMES if before[name] != after[name]}
    assert moved == {number - (1 << (number.bit_length() - 1))}
    assert {after[name] for name in NAMES if before[name] != after[name]} == {number}


def test_every_document_is_in_one_shard_whatever_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "_PAGES", 100)
    found = in_shards(NAMES)
    assert len(found) == 10
    assert sorted(name for each in found for name in each) == sorted(NAMES)
    assert [set(each) for each in in_shards(NAMES[::-1])] == [set(each) for each in found]


def test_what_pagefind_reads_of_a_page_is_all_that_counts() -> None:
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{more}'
        '<meta name="year" content="1956" data-pagefind-filter="year[content]"></head>'
        '<body><header>{more}</header><article id="text" data-pagefind-body>'
        "<p>One.</p></article><footer>{more}</footer></body></html>"
    )
    read = indexed(page.format(more="").encode())
    assert read == indexed(page.format(more="<p>Another</p>").encode())
    assert b"1956" in read
    assert b"<article" in read
    assert read != indexed(page.replace("One", "Two").encode())
    assert indexed(b"<html><body>nothing to index</body></html>") == b""


class Folder:
    """An edition of letters in a folder, in shards of about two."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "tei" / "documents").mkdir(parents=True)
        web = WebSettings(fonts=False)
        day = datetime.date(2026, 1, 2)
        self.settings = EditionSettings(title="t", publisher="p", date=day, web=web)

    def document(self, name: str, words: str) -> None:
        """Write a document."""
        path = self.root / "tei" / "documents" / f"{name}.xml"
        path.write_text(TEI.format(id=name, words=words), "utf-8")

    def publish(self) -> Site:
        """Make the website."""
        return publish_site(Edition(self.root, self.settings))


def contents(site: Site, root: Path) -> dict[str, bytes]:
    """Return the files of a website by their names."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in site.files}


@pytest.fixture
def indexing(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which shards were made since somebody looked."""
    made: list[int] = []
    real = parts.pagefind_files

    def counted(pages: dict[str, bytes], number: int, *, alone: bool) -> dict[str, bytes]:
        made.append(number)
        return real(pages, number, alone=alone)

    monkeypatch.setattr(parts, "pagefind_files", counted)
    monkeypatch.setattr(shards, "_PAGES", 2)
    return made


def test_a_change_makes_one_shard_and_what_comes_or_goes_is_as_if_made_anew(
    tmp_path: Path, indexing: list[int]
) -> None:
    folder = Folder(tmp_path / "a")
    names = [f"letter-{number}" for number in range(1, 8)]
    for name in names:
        folder.document(name, f"The words of {name}.")
    first = contents(folder.publish(), folder.root)
    number = 1 + next(k for k, each in enumerate(in_shards(names)) if "letter-3" in each)
    assert sorted(indexing) == list(range(1, len(in_shards(names)) + 1))
    assert sum(name.endswith("pagefind-entry.json") for name in first) == len(in_shards(names)) > 2
    assert sum(".pagefind" in name for name in first) == 1, "one program for all shards"
    folder.publish()
    indexing.clear()
    folder.document("letter-3", "Other words.")
    folder.publish()
    assert indexing == [number]
    indexing.clear()
    folder.document("letter-8", "One that came: every page says so, few shards change.")
    folder.publish()
    assert 0 < len(indexing) < len(in_shards(names))
    (folder.root / "tei" / "documents" / "letter-5.xml").unlink()
    site = folder.publish()
    anew = Folder(tmp_path / "b")
    for name in (name for name in (*names, "letter-8") if name != "letter-5"):
        source = folder.root / "tei" / "documents" / f"{name}.xml"
        (anew.root / "tei" / "documents" / source.name).write_bytes(source.read_bytes())
    assert contents(site, folder.root) == contents(anew.publish(), anew.root)


def test_pages_without_anything_to_search_have_no_index() -> None:
    page = b"<html><head></head><body><main>words</main></body></html>"
    assert pagefind_files({"a.html": indexed(page)}) == {}


def test_residue_of_the_page_that_was_captured_is_not_found() -> None:
    words = '<p>words <a class="ed surplus"><span class="was">Template</span></a> more</p>'
    page = f"<html><head></head><body><main data-pagefind-body>{words}</main></body></html>"
    files = pagefind_files({"a.html": indexed(page.encode())})
    (fragment,) = [data for name, data in files.items() if name.endswith(".pf_fragment")]
    content = gzip.decompress(fragment).decode()
    assert "words more" in " ".join(content.split())
    assert "Template" not in content


def test_the_scripts_for_bare_files_have_each_document_once(
    tmp_path: Path, indexing: list[int]
) -> None:
    folder = Folder(tmp_path)
    for number in range(5):
        folder.document(f"letter-{number}", f"Words {number}.")
    files = contents(folder.publish(), tmp_path / "output" / "html")
    head = json.loads(files["assets/search-data.js"].decode()[len("window.searchData=") : -2])
    pieces = [name for name in files if name.startswith("assets/search-") and name[14].isdigit()]
    assert head["shards"] == len(pieces) == len(indexing)
    assert sum(head["facets"]["kind"].values()) == 5
    assert sum(files[name].count(b'"Words ') for name in pieces) == 5
