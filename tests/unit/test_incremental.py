"""The website made again after a change: only what it touches, and the same as made anew."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from pathlib import Path

import pytest

from diplomatic.edition import Edition
from diplomatic.publish import making
from diplomatic.publish.ledger import Ledger, Made, ledger_path, stamp
from diplomatic.publish.site import Site, forget_site, publish_site
from diplomatic.settings import EditionSettings, WebSettings

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}" xml:lang="en"><teiHeader><fileDesc>'
    "<titleStmt><title>{title}</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>{body}</body></text></TEI>"
)
NAMED = '<p xml:id="{id}-p1"><persName ref="../indices/persons.xml#{key}">Kim</persName> came.</p>'
INDEX = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>'
    '<person xml:id="pers-a"><persName>{a}</persName></person>'
    '<person xml:id="pers-b"><persName>{b}</persName></person></listPerson></standOff></TEI>'
)


class Folder:
    """An edition of three documents in a folder, which a test changes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("documents", "indices", "sources"):
            (root / "tei" / name).mkdir(parents=True, exist_ok=True)
        self.settings = EditionSettings(
            title="An edition",
            publisher="Nobody",
            date=datetime.date(2026, 1, 2),
            web=WebSettings(fonts=False),
        )
        self.index()
        self.document("a", NAMED.format(id="a", key="pers-a"))
        self.document("b", NAMED.format(id="b", key="pers-b"))
        self.document("c", "<p>Nobody came on the 5th.</p>")

    def index(self, a: str = "Kim A", b: str = "Kim B") -> None:
        """Write the index of persons."""
        path = self.root / "tei" / "indices" / "persons.xml"
        path.write_text(INDEX.format(a=a, b=b), "utf-8")

    def document(self, name: str, body: str, title: str = "") -> None:
        """Write a document."""
        path = self.root / "tei" / "documents" / f"{name}.xml"
        path.write_text(TEI.format(id=name, body=body, title=title or f"No. {name}"), "utf-8")

    def publish(self, *, whole: bool = True) -> Site:
        """Make the website."""
        return publish_site(Edition(self.root, self.settings), whole=whole)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An edition whose website has been made."""
    made = Folder(tmp_path / "edition")
    made.publish()
    return made


def contents(site: Site, root: Path) -> dict[str, bytes]:
    """Return the files of a website by name."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in site.files}


def of_documents(site: Site) -> set[str]:
    """Return the documents whose files were made anew."""
    return {name for name in made(site) if not name.endswith(".html")}


def made(site: Site) -> dict[str, str]:
    """Return what was made anew, with the reasons."""
    return dict(site.made)


def test_only_what_a_change_touches_is_made_and_it_is_the_same_as_anew(
    folder: Folder, tmp_path: Path
) -> None:
    assert folder.publish().made == []
    folder.document("c", "<p>Somebody came, после всего.</p>")
    assert of_documents(folder.publish(whole=False)) == {"c"}
    folder.document("b", NAMED.format(id="b", key="pers-b"), title="Another title")
    assert of_documents(folder.publish()) == {"a", "b", "c"}  # the neighbours name it
    folder.index(a="Kim of the North")
    site = folder.publish()
    assert of_documents(site) == {"a"}
    assert {"names/pers-a.html", "names.html"} <= made(site).keys()
    assert "names/pers-b.html" not in made(site)
    assert made(site)["a"] == "changed: names used"
    (folder.root / "output/html/b.html").write_text("edited by hand")
    (folder.root / "output/html/assets/search-data.js").unlink()
    site = folder.publish()
    assert site.made == [("b", "not as it was made")]
    clean = tmp_path / "clean"
    shutil.copytree(folder.root / "tei", clean / "tei")
    anew = publish_site(Edition(clean, folder.settings))
    assert contents(site, folder.root) == contents(anew, clean)


def test_a_word_makes_the_pages_of_its_initial_only(folder: Folder) -> None:
    folder.document("c", "<p>Nobody came on the throne.</p>")
    again = made(folder.publish())
    assert {name for name in again if name.startswith("words/")} == {"words/54.html"}
    folder.document("c", "<p>Nobody came on the throne, nobody.</p>")
    again = made(folder.publish())
    assert not any(name.startswith("words/") for name in again), "it stands in the same place"
    folder.document("c", "<p>Nobody came.</p>")
    site = folder.publish()
    assert folder.root / "output/html/words/54.html" not in site.files
    page = (folder.root / "output/html/words/43.html").read_text("utf-8")
    assert page.count(">came<") == 1
    assert all(f'href="../{name}.html' in page for name in "abc")


def test_pages_of_all_documents_are_made_when_what_they_show_changed(folder: Folder) -> None:
    dated = '<p xml:id="c-p1">Nobody came on the <date when="1956-01-{}">{}th</date>.</p>'
    folder.document("c", dated.format(13, "5"))
    folder.publish()
    for day, more, expected in (
        (13, "<p>Somebody.</p>", {"report.html"}),
        (14, "<p>Somebody.</p>", {"timeline.html"}),
    ):
        folder.document("c", dated.format(day, "5") + more)
        again = made(folder.publish())
        assert {"timeline.html", "report.html", "versions.html"} & again.keys() == expected, day
    page = (folder.root / "output/html/timeline.html").read_text("utf-8")
    assert "c.html#p1" in page
    assert "1956-01-14" in page


def test_what_other_programs_read_is_made_again_when_what_it_tells_changed(folder: Folder) -> None:
    data = folder.root / "output/html/data"
    before = {path.name: path.stat().st_mtime_ns for path in data.iterdir()}
    folder.document("c", "<p>Nobody came on the 5th.</p><p>Somebody did.</p>")
    folder.publish()
    after = {path.name: path.stat().st_mtime_ns for path in data.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"corpus.xml"}
    assert b"Somebody" in (data / "corpus.xml").read_bytes()
    folder.document("c", "<p>Nobody came on the 5th.</p>", title="A title")
    folder.publish()
    assert "A title" in (data / "edition.ris").read_text("utf-8")


def test_a_document_that_goes_or_comes_changes_every_page(folder: Folder) -> None:
    (folder.root / "tei/documents/c.xml").unlink()
    site = folder.publish()
    assert of_documents(site) == {"a", "b"}  # each says how many there are
    assert not any(path.name.startswith("c.") for path in site.files)
    folder.document("c", "<p>Nobody came on the 5th.</p>")
    assert of_documents(folder.publish()) == {"a", "b", "c"}


def test_settings_and_a_forgotten_memory_make_everything(folder: Folder) -> None:
    folder.settings = folder.settings.model_copy(update={"title": "Another"})
    assert of_documents(folder.publish()) == {"a", "b", "c"}
    forget_site(Edition(folder.root, folder.settings))
    assert of_documents(folder.publish()) == {"a", "b", "c"}


def test_a_document_that_fails_is_tried_again_and_keeps_its_page(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = folder.root / "output/html/c.html"
    before = page.read_bytes()
    folder.document("c", "<p xml:id='c-x'>x</p><p xml:id='c-x'>y</p>")
    for _ in range(2):
        site = folder.publish()
        assert [finding.code for finding in site.findings] == ["D710"]
        assert of_documents(site) == {"c"}
        assert page.read_bytes() == before
        assert page in site.files
    folder.document("c", "<p>Good.</p>")
    assert folder.publish().findings == []
    monkeypatch.setattr(making, "DocumentPages", None)  # nothing is rendered
    assert folder.publish().made == []


@pytest.mark.parametrize("content", [b"", b"not a memory", b"SQLite format 3\0" + b"x" * 5000])
def test_a_broken_memory_is_no_memory(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "site.db"
    path.write_bytes(content)
    ledger = Ledger(path, tmp_path)
    assert ledger.kept("a", "key") is None
    (tmp_path / "a.html").write_text("x")
    here = stamp(tmp_path, "a.html")
    assert here
    ledger.note("a", "key", Made((here,), "é"))
    ledger.close()
    again = Ledger(path, tmp_path)  # as the next run opens it
    assert again.kept("a", "key") == Made((here,), "é")
    assert again.kept("a", "another key") is None
    (tmp_path / "a.html").unlink()
    assert again.kept("a", "key") is None
    again.close()


def test_a_memory_of_another_form_or_place_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "site.db"
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 99")
    base.close()
    for place in (path, tmp_path / "site.db" / "no folder"):
        ledger = Ledger(place, tmp_path)
        assert ledger.names() == []
        ledger.close()
    assert ledger_path(Edition(tmp_path, Folder(tmp_path / "x").settings)).name == "site.db"
