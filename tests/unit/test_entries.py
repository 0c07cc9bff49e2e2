"""An entry of an index that changes: only the documents that use it, or would, are made again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from diplomatic.build.entries import _pointers
from diplomatic.build.memory import opened
from diplomatic.build.progress import Progress
from diplomatic.build.runner import Options, run_build
from diplomatic.edition import load_edition
from diplomatic.encode.names import NameIndex, Variant

SETTINGS = 'title = "T"\npublisher = "P"\ndate = 2026-11-21\n'
TEXTS = {
    "a": "Telegram\n\nThe meeting with Ilse\nBrandt took place in Port Sable.\n",
    "b": "Telegram\n\nWe spoke with TOMAS REED, and nobody else was there.\n",
    "c": "Telegram\n\nNothing is known of the visit of the delegation.\n",
}
LIST = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>I</title>'
    "</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>"
    "</teiHeader><standOff>{}</standOff></TEI>"
)
BRANDT = '<person xml:id="pers-brandt"><persName>Ilse Brandt</persName></person>'
REED = '<person xml:id="pers-reed"><persName>Tomas Reed</persName></person>'
NOBODY = '<person xml:id="pers-moor"><persName>Anna Moor</persName></person>'
ALL = BRANDT + REED + NOBODY


def persons(people: str) -> str:
    """Return an index of persons."""
    return LIST.format(f"<listPerson>{people}</listPerson>")


def write(folder: Path, name: str, text: str) -> None:
    """Write a file of an edition."""
    path = folder / "tei" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def build(folder: Path) -> dict[str, str]:
    """Encode and check; return what was made, with the reasons."""
    options = Options(publications=(), processes=1)
    account = run_build(load_edition(folder), options, Progress(quiet=True))
    return dict(account.reasons)


def left(folder: Path) -> dict[str, bytes]:
    """Return what a build left: documents, findings, doubts."""
    paths = [
        *(folder / "tei/documents").rglob("*.xml"),
        *(folder / "output/reports").glob("*.json"),
    ]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    del found["output/reports/manifest.json"]  # whose memory of a name may be longer
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition that was built."""
    folder = tmp_path_factory.mktemp("made") / "edition"
    write(folder, "edition.toml", SETTINGS)
    for name, text in TEXTS.items():
        write(folder, f"sources/{name}.txt", text)
    write(folder, "indices/persons.xml", persons(ALL))
    assert build(folder).keys() == TEXTS.keys()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "edition"))


ONE = "changed: index entry {}"
# The file, what it holds then, and why which documents are made again.
CHANGES = {
    "nobody uses it": (ALL.replace("Anna Moor", "Anna Moore"), {}),
    "what is said of it": (ALL.replace("</persName>", "</persName><note>x</note>"), {}),
    "an order": (NOBODY + REED + BRANDT, {}),
    "a name that is used": (ALL.replace("Brandt<", "Brand<"), {"a": ONE.format("pers-brandt")}),
    "its language": (
        ALL.replace("<persName>Ilse", '<persName xml:lang="de">Ilse'),
        {"a": ONE.format("pers-brandt")},
    ),
    "it is gone": (BRANDT + NOBODY, {"b": ONE.format("pers-reed")}),
    "it is of another kind": (
        ALL.replace(REED, '<org xml:id="pers-reed"><orgName>X</orgName></org>'),
        {"b": ONE.format("pers-reed")},
    ),
    "a new name that stands in one": (
        f'{ALL}<person xml:id="pers-new"><persName>visit of\n the</persName></person>',
        {"c": ONE.format("pers-new")},
    ),
    "a new name of what was there": (
        ALL.replace("Anna Moor<", "Anna Moor</persName><persName>nobody<"),
        {"b": ONE.format("pers-moor")},
    ),
    "a longer name around it": (
        f'{ALL}<person xml:id="pers-wife"><persName>with Ilse Brandt</persName></person>',
        {"a": ONE.format("pers-wife")},
    ),
    "a new name that stands in none": (
        f'{ALL}<person xml:id="pers-new"><persName>Ilse Sable</persName></person>',
        {},
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_only_what_uses_an_entry_is_made_again(folder: Path, tmp_path: Path, what: str) -> None:
    people, expected = CHANGES[what]
    write(folder, "indices/persons.xml", persons(people))
    assert build(folder) == expected
    assert build(folder) == {}
    same_as_clean(folder, tmp_path / "clean")


def same_as_clean(folder: Path, clean: Path) -> None:
    """See that a build elsewhere makes the same."""
    for name in ("sources", "indices", "edition.toml"):
        path = folder / "tei" / name
        if path.is_dir():
            shutil.copytree(path, clean / "tei" / name)
        else:
            shutil.copy(path, clean / "tei" / name)
    build(clean)
    assert left(folder) == left(clean)


def test_one_change_after_the_other(folder: Path, tmp_path: Path) -> None:
    place = LIST.format(
        '<listPlace><place xml:id="place-s"><placeName>Sable</placeName></place></listPlace>'
    )
    write(folder, "indices/places.xml", place)
    assert build(folder) == {"a": "changed: index entry place-s"}
    write(folder, "indices/persons.xml", persons(ALL.replace("Tomas Reed", "Tom Reed")))
    assert build(folder).keys() == {"b"}
    write(folder, "indices/persons.xml", persons("<person"))
    assert build(folder).keys() == TEXTS.keys()
    write(folder, "indices/persons.xml", persons(ALL))
    assert build(folder).keys() == TEXTS.keys()
    (folder / "tei/indices/places.xml").unlink()
    assert build(folder) == {"a": "changed: index entry place-s"}
    (folder / "tei/indices/persons.xml").unlink()
    assert build(folder).keys() == {"a", "b"}
    write(folder, "indices/persons.xml", persons(ALL))
    assert build(folder).keys() == {"a", "b"}
    same_as_clean(folder, tmp_path / "clean")


def test_without_what_was_known_the_transcripts_are_read(folder: Path) -> None:
    with opened(folder / "output/.build/state.db") as memory:
        memory.keep("names", None)
        memory.commit()
    write(folder, "indices/persons.xml", persons(ALL.replace("Tomas Reed", "Tom Reed")))
    assert build(folder).keys() == {"b"}


def test_what_is_pointed_to_in_another_document_is_looked_at(folder: Path) -> None:
    path = folder / "tei/documents/c.xml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("the visit", '<ref target="b.xml#b-p1">the visit</ref>'), "utf-8")
    build(folder)
    assert b"D302" not in left(folder)["output/reports/findings.json"]
    other = folder / "tei/documents/b.xml"
    other.write_text(other.read_text("utf-8").replace('xml:id="b-p1"', ""), "utf-8")
    assert build(folder).get("c") == "changed: index entry b-p1"
    assert b"D302" in left(folder)["output/reports/findings.json"]


def test_marks_are_of_names_that_can_stand_there() -> None:
    index = NameIndex()
    for words in ("Ilse Brandt", "Brandt", "Wu", "Reed"):
        index.add(Variant(words, "persName", f"p.xml#{words}"))
    listed = {each.mark: each.words for several in index.by_first_word.values() for each in several}
    found = index.marks_in("Frau Ilse\n  Brandts WU, REED").split()
    assert sorted(listed[mark] for mark in found) == ["Brandt", "Ilse Brandt", "REED"]
    assert NameIndex().marks_in("Frau Brandt") == ""


def test_whatever_looks_like_a_pointer_is_one() -> None:
    text = "<a ref=\"../i/p.xml#x q.xml\" b='c%20d.xml#y'>e.xml https://f/g.xml#z /h.xml</a>.xml"
    assert list(_pointers(text)) == [
        ("../i/p.xml", "#", "x"),
        ("q.xml", "", ""),
        ("c%20d.xml", "#", "y"),
        ("e.xml", "", ""),
        (".xml", "", ""),
    ]
