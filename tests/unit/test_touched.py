"""A website of which only a few files changed: as if all of it had been made anew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from test_incremental import NAMED, Folder

from diplomatic.edition import Edition
from diplomatic.publish import corpus, word_blocks
from diplomatic.publish.ledger import ledger_path, site_ledger
from diplomatic.publish.reading import readings
from diplomatic.publish.site import Site, publish_site
from diplomatic.settings import EditionSettings
from diplomatic.xml.names import tei

DATED = '<p xml:id="{id}-p1">On <date when="{day}">that day</date> he came.</p>'
TEXT = "<p>Nobody came on the {}th.</p>"


class Watched(Folder):
    """An edition of five documents that is built as `build` does: told what changed meanwhile."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        # With an address there are all files for other programs.
        given = self.settings.model_dump() | {"base_url": "https://example.org/e"}
        given["web"]["contact"] = "editor@example.org"
        self.settings = EditionSettings.model_validate(given)
        self.document("d", DATED.format(id="d", day="1951-03-09"))
        self.document("e", TEXT.format(6))
        self.finished: dict[str, tuple[int, int]] = {}
        self.outputs: set[str] = set()

    def found(self) -> dict[str, tuple[int, int]]:
        """Return size and time of every file."""
        files = ((path, path.stat()) for path in self.root.rglob("*") if path.is_file())
        return {str(path): (status.st_size, status.st_mtime_ns) for path, status in files}

    def build(self, *, whole: bool = True) -> Site:
        """Make the website, take away what is no more of it, and remember how all was left."""
        found = self.found()
        changed = {place for place, _ in found.items() ^ self.finished.items()}
        told = changed if self.finished else None
        edition = Edition(self.root, self.settings)
        made = publish_site(edition, whole=whole, changed=told)
        outputs = set(made.places) | (set() if made.is_all else self.outputs - set(made.gone))
        for place in self.outputs - outputs:
            Path(place).unlink(missing_ok=True)
        self.outputs = outputs
        assert made.stamps.items() <= self.found().items()
        if whole:
            self.finished = self.found()
        return made

    def website(self) -> dict[str, bytes]:
        """Return the files of the website that the build knows of, and that there are no others."""
        there = {str(path) for path in (self.root / "output/html").rglob("*") if path.is_file()}
        assert there == self.outputs
        folder = self.root / "output/html"
        return {str(Path(each).relative_to(folder)): Path(each).read_bytes() for each in there}

    def doubts(self, *documents: str) -> None:
        """Write the report on doubts: one in each of these documents."""
        path = self.root / "output/reports/doubts.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [{"document": each, "line": 1, "words": "a", "cert": "low"} for each in documents]
        path.write_text(json.dumps(rows), "utf-8")


def anew(folder: Watched, tmp_path: Path) -> dict[str, bytes]:
    """Return the files of the same edition, made in another folder."""
    clean = tmp_path / "clean"
    for name in ("tei", "output/reports"):
        if (folder.root / name).exists():
            shutil.copytree(folder.root / name, clean / name)
    made = publish_site(Edition(clean, folder.settings))
    website = clean / "output/html"
    return {str(path.relative_to(website)): path.read_bytes() for path in made.files}


def _lose(folder: Watched, *names: str) -> None:
    for name in names:
        (folder.root / "output/html" / name).unlink()


def _edit(folder: Watched, *names: str) -> None:
    for name in names:
        (folder.root / "output/html" / name).write_text("by hand")


# What may happen, whether it is a small change, and which documents are made anew.
STEPS: dict[str, tuple[Callable[[Watched], object], bool, set[str]]] = {
    "text": (lambda f: f.document("c", TEXT.format(7)), True, {"c"}),
    "a new word": (lambda f: f.document("c", "<p>Zealots, после.</p>"), True, {"c"}),
    "title": (lambda f: f.document("c", TEXT.format(5), "Anew"), True, {"b", "c", "d"}),
    "date": (lambda f: f.document("d", DATED.format(id="d", day="1951-04-09")), True, {"d"}),
    "no date": (lambda f: f.document("d", TEXT.format(1)), False, set("abcde")),
    "name": (lambda f: f.document("a", NAMED.format(id="a", key="pers-b")), True, {"a"}),
    "no name": (lambda f: f.document("a", TEXT.format(1)), True, {"a"}),
    "it comes": (lambda f: f.document("bb", TEXT.format(8)), False, {"a", "b", "bb", *"cde"}),
    "it goes": (lambda f: (f.root / "tei/documents/c.xml").unlink(), False, set("abde")),
    "one for another": (
        lambda f: (f.root / "tei/documents/c.xml").rename(f.root / "tei/documents/cc.xml"),
        False,
        {"b", "cc", "d"},
    ),
    "files lost": (
        lambda f: _lose(f, "b.html", "timeline.html"),
        True,
        {"b"},
    ),
    "asset lost": (lambda f: _lose(f, "data/documents.csv", "assets/search-1.js"), True, set()),
    "files edited": (
        lambda f: _edit(f, "b.bib", "words/4e.html"),
        True,
        {"b"},
    ),
    "search edited": (
        lambda f: _edit(f, "pagefind/pagefind-entry.json", "assets/edition.css"),
        True,
        set(),
    ),
    "index": (lambda f: f.index(a="Kim of the North"), False, {"a"}),
    "doubts": (lambda f: f.doubts("b", "c"), False, set("abcde")),
    "of nobody": (lambda f: (f.root / "tei/documents/notes.md").write_text("x"), True, set()),
    "preview": (lambda f: f.build(whole=False), True, set()),
}


@pytest.fixture(autouse=True)
def in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the words of two documents each together."""
    monkeypatch.setattr(word_blocks, "_DOCUMENTS", 2)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """An edition whose website has been made."""
    folder = Watched(tmp_path_factory.mktemp("built") / "edition")
    folder.build()
    return folder


@pytest.fixture
def folder(built: Watched, tmp_path: Path) -> Watched:
    """The same, for a test to change."""
    copy = Watched.__new__(Watched)
    copy.root, copy.settings = tmp_path / "edition", built.settings
    shutil.copytree(built.root, copy.root)
    old, new = str(built.root), str(copy.root)
    copy.finished = {place.replace(old, new): stamp for place, stamp in built.finished.items()}
    memory = str(ledger_path(Edition(copy.root, copy.settings)))
    copy.finished[memory] = copy.found()[memory]
    copy.outputs = {place.replace(old, new) for place in built.outputs}
    return copy


def documents(made: Site) -> set[str]:
    """Return the documents that were made anew."""
    return {name for name, _ in made.made if not name.endswith(".html")}


@pytest.mark.parametrize("name", STEPS)
def test_a_change_is_all_that_is_looked_at(folder: Watched, tmp_path: Path, name: str) -> None:
    step, is_small, expected = STEPS[name]
    step(folder)
    made = folder.build()
    assert made.is_all is not is_small
    assert documents(made) == expected
    assert folder.website() == anew(folder, tmp_path)
    again = folder.build()
    assert (again.made, again.is_all) == ([], False)
    assert len(again.stamps) < len(folder.outputs)


@pytest.mark.parametrize(
    "names",
    [
        ("title", "preview", "text"),
        ("a new word", "preview", "files lost", "text", "preview"),
        ("it goes", "preview", "name", "it comes", "doubts"),
        ("no name", "preview", "index", "preview", "name"),
        ("doubts", "title", "it goes", "asset lost", "date"),
        ("no date", "preview", "date", "files edited"),
    ],
)
def test_changes_in_any_order_are_as_if_made_anew(
    folder: Watched, tmp_path: Path, names: tuple[str, ...]
) -> None:
    for name in names:
        STEPS[name][0](folder)
        if name != "preview":
            folder.build(whole=name != names[0])
    folder.build()
    assert folder.website() == anew(folder, tmp_path)


def _forget(folder: Watched) -> None:
    _memory(folder).unlink()


def _break(folder: Watched) -> None:
    path = _memory(folder)
    kept = path.read_bytes()
    # Its first page, by which it is opened, is whole.
    path.write_bytes(kept[:4096] + bytes(len(kept) - 4096))


def _leave(folder: Watched) -> None:
    """Leave the memory as it is with another version of the program."""
    with site_ledger(Edition(folder.root, folder.settings)) as ledger:
        ledger.set_note("program", "another")


def _read_with_another(folder: Watched) -> None:
    """Read documents with another version of the program, without making the website."""
    _leave(folder)
    with readings(Edition(folder.root, folder.settings)):
        pass


def _memory(folder: Watched) -> Path:
    return ledger_path(Edition(folder.root, folder.settings))


@pytest.mark.parametrize("spoil", [_forget, _break, _leave, _read_with_another])
def test_without_a_memory_to_trust_everything_is_looked_at(
    folder: Watched, tmp_path: Path, spoil: Callable[[Watched], None]
) -> None:
    spoil(folder)
    folder.document("c", TEXT.format(7))
    assert folder.build().is_all
    assert not folder.build().is_all
    assert folder.website() == anew(folder, tmp_path)


def test_an_edition_of_nothing_stays_so(tmp_path: Path, built: Watched) -> None:
    edition = Edition(tmp_path, built.settings)
    assert publish_site(edition).is_all
    again = publish_site(edition, changed=[])
    assert (again.is_all, again.made, again.places, again.gone) == (False, [], [], [])


def test_a_file_of_elsewhere_is_no_small_change(folder: Watched) -> None:
    edition = Edition(folder.root, folder.settings)
    assert publish_site(edition, changed=["/elsewhere/persons.xml"]).is_all
    assert not publish_site(edition, changed=[]).is_all


def test_what_a_preview_gave_up_is_told_until_all_is_looked_at(folder: Watched) -> None:
    """A build that was killed before it took the file away hears of it again."""
    edition = Edition(folder.root, folder.settings)
    word = str(folder.root / "output/html/words/5a.html")
    folder.document("c", "<p>Zealots.</p>")
    assert word in folder.build().places
    folder.document("c", TEXT.format(5))
    tei = str(folder.root / "tei/documents/c.xml")
    for _ in range(2):
        assert word in publish_site(edition, changed=[tei]).gone
    folder.document("c", "<p>Zealots.</p>")
    assert word not in publish_site(edition, changed=[tei, word]).gone


def test_a_large_corpus_is_in_parts_of_which_a_change_writes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read by a program that includes the parts, it has what it would have in one file."""
    folder = Watched(tmp_path / "edition")
    whole = anew(folder, tmp_path)["data/corpus.xml"]
    monkeypatch.setattr(corpus, "_WHOLE", 4)
    monkeypatch.setattr(corpus, "_DOCUMENTS", 2)
    folder.build()
    data = folder.root / "output/html/data"
    parts = sorted((data / "corpus").iterdir())
    assert [path.name for path in parts] == ["1.xml", "2.xml", "3.xml"]
    before = {path: path.stat().st_mtime_ns for path in (data / "corpus.xml", *parts)}
    tree = etree.parse(data / "corpus.xml")
    tree.xinclude()
    documents = [etree.tostring(each) for each in tree.iter(tei("TEI"))]
    assert documents == [etree.tostring(each) for each in etree.fromstring(whole).iter(tei("TEI"))]
    found = [(each.tag, each.getparent().tag) for each in tree.iter(tei("TEI"), tei("teiHeader"))]
    assert found[:4] == [
        (tei("teiHeader"), tei("teiCorpus")),
        (tei("teiHeader"), tei("teiCorpus")),
        (tei("TEI"), tei("teiCorpus")),
        (tei("teiHeader"), tei("TEI")),
    ]
    assert "(XInclude)" in (data.parent / "data.html").read_text("utf-8")
    folder.document("c", TEXT.format(7))
    folder.build()
    assert [path for path in before if path.stat().st_mtime_ns != before[path]] == parts[1:2]
