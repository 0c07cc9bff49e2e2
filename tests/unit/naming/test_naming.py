"""Names: what is proposed, what is put together, and that only what is accepted is indexed."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from diplomatic.cli import main
from diplomatic.edition import load_edition
from diplomatic.findings import DiplomaticError
from diplomatic.naming.candidates import PERSON, UNKNOWN, Candidate, candidates, usage
from diplomatic.naming.grouping import Mention, grouped
from diplomatic.naming.indices import with_accepted
from diplomatic.naming.proposals import (
    Proposal,
    answered,
    heading_of,
    proposals_text,
    read_proposals,
    updated,
)
from diplomatic.naming.scanning import around
from diplomatic.schema.validate import check_document
from diplomatic.starting.founding import found_edition
from diplomatic.xml.names import NSMAP, XML_LANG

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))
GROUPS = tomllib.loads((HERE / "groups.toml").read_text("utf-8"))
LETTER = """\
Port Sable
3 March 1951
Dear Comrade Orlov!
I met V. I. Orlov in Tarnowo. Then Orlov and Ambassador Belov went to the Ministry of Trade.
In Tarnowo the Ministry of Trade told Belov nothing.
N. Ahlgren
"""


PLACES = ("Tarnowo", "Port Sable")


@pytest.mark.parametrize("name", CASES)
def test_candidates(name):
    text = CASES[name]["text"]
    found = list(candidates(text, 0, len(text), usage([text])))
    assert {each.words: each.kind for each in found} == CASES[name]["names"]
    assert all(" ".join(text[each.start : each.end].split()) == each.words for each in found)


@given(st.text(max_size=200))
def test_any_text_has_candidates_that_stand_in_it(text):
    for found in candidates(text, 0, len(text), usage([text])):
        assert " ".join(text[found.start : found.end].split()) == found.words
        assert around(text, found.start, found.end).count("»") >= 1


def mention(words: str, kind: str = "", line: int = 1) -> Mention:
    """Return a mention of a name; one word alone is of an unknown kind."""
    told = kind or (PERSON if " " in words else UNKNOWN)
    return Mention("letter", line, f"»{words}«", Candidate(words, 0, len(words), told, "a test"))


@pytest.mark.parametrize("name", GROUPS)
def test_groups(name):
    found = grouped(mention(words) for words in GROUPS[name]["mentions"])
    expected = [sorted(group) for group in GROUPS[name]["groups"]]
    assert sorted(sorted(group.variants) for group in found) == sorted(expected)


@pytest.mark.parametrize(
    ("variants", "heading"),
    [
        (["Orlov", "V. I. Orlov"], "Orlov, V. I."),
        (["V. I. ORLOV"], "Orlov, V. I."),
        (["Пак Ир Сан", "Pak Il San"], "Pak Il San"),
        (["Orlov"], "Orlov"),
    ],
)
def test_headings(variants, heading):
    assert heading_of(variants, PERSON) == heading


def test_headings_are_in_the_script_of_the_edition():
    assert heading_of(["Pak Il San", "Пак Ир Сан"], PERSON, "ru") == "Пак Ир Сан"


@pytest.fixture
def edition_dir(tmp_path, monkeypatch):
    """An edition of one letter, as the current folder."""
    (tmp_path / "from").mkdir()
    (tmp_path / "from/letter.txt").write_text(LETTER)
    found_edition(tmp_path / "edition", tmp_path / "from")
    monkeypatch.chdir(tmp_path / "edition")
    return tmp_path / "edition"


def proposed(folder: Path) -> dict[str, Proposal]:
    """Return the proposals in an edition by heading."""
    return {one.heading: one for one in read_proposals(folder / "tei/indices")}


def answer(folder: Path, heading: str, given: str) -> None:
    """Answer a proposal as an editor would, in the file."""
    path = folder / "tei/indices/proposals.toml"
    rest, mark, after = path.read_text("utf-8").partition(f'heading = "{heading}"')
    before, _, kind = rest.rpartition('answer = "open"')
    path.write_text(f'{before}answer = "{given}"{kind}{mark}{after}', "utf-8")


def test_the_file_has_counts_lines_and_words(edition_dir):
    assert main(["names", "--quiet"]) == 0
    found = proposed(edition_dir)
    assert set(found) == {"Orlov, V. I.", "Ahlgren, N.", "Belov", *PLACES, "Ministry of Trade"}
    orlov = found["Orlov, V. I."]
    assert (orlov.kind, orlov.id, orlov.count) == ("person", "pers-orlov-v-i", 3)
    assert orlov.lines == ["letter: 3, 4"]
    assert orlov.variants == ["Orlov", "V. I. Orlov"]
    assert orlov.seen[1] == "letter:4: I met »V. I. Orlov« in Tarnowo. Then Orlov and…"
    assert found["Ministry of Trade"].kind == "organisation"


def test_no_name_enters_an_index_unseen(edition_dir):
    assert main(["names", "--quiet"]) == 0
    assert main(["names", "--accept", "--quiet"]) == 0
    assert {path.name for path in (edition_dir / "tei/indices").iterdir()} == {"proposals.toml"}


def test_accepted_names_are_entries_and_are_proposed_no_more(edition_dir, capsys):
    main(["names", "--quiet"])
    for heading in ("Orlov, V. I.", "Tarnowo", "Ministry of Trade"):
        answer(edition_dir, heading, "yes")
    answer(edition_dir, "Belov", "no")
    assert main(["names", "--accept"]) == 0
    assert capsys.readouterr().out.startswith("3 names written to persons.xml, places.xml, organ")
    assert main(["names", "--quiet"]) == 0
    found = proposed(edition_dir)
    assert set(found) == {"Ahlgren, N.", "Belov", "Port Sable"}
    assert found["Belov"].answer == "no"
    for name in ("persons", "places", "organisations"):
        path = edition_dir / f"tei/indices/{name}.xml"
        findings = check_document(path.read_bytes(), str(path))
        assert [f for f in findings if f.severity == "error"] == []
    assert main(["encode", "--quiet"]) == 0
    root = etree.parse(edition_dir / "tei/documents/letter.xml")
    refs = {each.get("ref") for each in root.iterfind(".//tei:persName[@ref]", NSMAP)}
    assert refs == {"../indices/persons.xml#pers-orlov-v-i"}


def test_what_an_editor_changed_is_kept(edition_dir):
    main(["names", "--quiet"])
    path = edition_dir / "tei/indices/proposals.toml"
    text = path.read_text("utf-8").replace('"Orlov, V. I."', '"Orlov, Viktor"')
    path.write_text(text.replace("pers-orlov-v-i", "pers-orlov"), "utf-8")
    main(["names", "--quiet"])
    assert proposed(edition_dir)["Orlov, Viktor"].id == "pers-orlov"
    before = path.read_bytes()
    main(["names", "--quiet"])
    assert path.read_bytes() == before


def test_answers_one_key_a_name(edition_dir, monkeypatch, capsys):
    # Each in the order of the file: the second is said to be an organisation.
    monkeypatch.setattr("sys.stdin", io.StringIO("y\no\nn\nx\nq\n"))
    assert main(["names", "--ask"]) == 0
    out = capsys.readouterr().out
    assert "[y] yes [p] person" in out
    assert "left open" in out
    assert "2 names written to persons.xml, organisations.xml" in out
    answers = sorted(one.answer for one in proposed(edition_dir).values())
    assert answers == ["no", "open", "open", "open"]


def test_a_list_writes_nothing(edition_dir, capsys):
    assert main(["names", "--list"]) == 0
    assert "Orlov, V. I. (also Orlov, V. I. Orlov): after Comrade" in capsys.readouterr().out
    assert not (edition_dir / "tei/indices/proposals.toml").exists()


def test_one_thing_at_a_time(edition_dir, capsys):
    assert main(["names", "--list", "--accept"]) == 2
    assert "Choose one of" in capsys.readouterr().err


INDEX = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"  xml:id='persons'>\r
  <standOff><listPerson><person xml:id="pers-old"><persName>Old &#x4f;ne</persName></person>\r
    <!-- by hand -->\r
  </listPerson></standOff></TEI>"""
ONE = Proposal(kind="person", id="pers-a", heading="A & B", variants=["A & B", "Бэ", "비"])


def test_an_index_keeps_every_byte_it_had(edition_dir):
    path = edition_dir / "tei/indices/persons.xml"
    path.write_bytes(INDEX)
    (changed,) = with_accepted(load_edition(edition_dir), [ONE]).values()
    at = INDEX.index(b"  </listPerson>")
    assert changed.startswith(INDEX[:at])
    assert changed.endswith(INDEX[at:])
    entry = etree.fromstring(changed).find(".//tei:person[@xml:id='pers-a']", NSMAP)
    assert entry is not None
    assert [(each.text, each.get(XML_LANG)) for each in entry] == [
        ("A & B", None),
        ("A & B", None),
        ("Бэ", "ru"),
        ("비", "ko"),
    ]
    assert changed.count(b"\r\n") == changed.count(b"\n")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "unknown"}, "its kind is unknown"),
        ({"id": "Pers A"}, "can be no identifier"),
        ({"id": "a-place"}, "begins with pers-"),
        ({"id": "pers-old"}, "is in the indices already"),
        ({"variants": [" "]}, "no variant"),
    ],
)
def test_what_cannot_be_accepted(edition_dir, change, says):
    (edition_dir / "tei/indices/persons.xml").write_bytes(INDEX)
    with pytest.raises(DiplomaticError) as error:
        with_accepted(load_edition(edition_dir), [ONE.model_copy(update=change)])
    assert error.value.finding.code == "D040"
    assert says in error.value.finding.message


@pytest.mark.parametrize("identifier", ["name-a", "place-a", "pers-a"])
def test_a_kind_changed_in_the_file_changes_the_identifier(edition_dir, identifier):
    one = ONE.model_copy(update={"id": identifier})
    (changed,) = with_accepted(load_edition(edition_dir), [one]).values()
    assert b'<person xml:id="pers-a">' in changed


def test_an_index_without_a_list(edition_dir):
    (edition_dir / "tei/indices/persons.xml").write_bytes(INDEX.replace(b"listPerson", b"listBibl"))
    with pytest.raises(DiplomaticError) as error:
        with_accepted(load_edition(edition_dir), [ONE])
    assert error.value.finding.code == "D041"


def test_a_broken_file_of_proposals_is_told_with_its_line(edition_dir, capsys):
    path = edition_dir / "tei/indices/proposals.toml"
    path.write_text('[[name]]\nanswer = "perhaps"\n')
    assert main(["names"]) == 1
    err = capsys.readouterr().err
    assert "proposals.toml:2: error D003" in err


def test_identifiers_stay_unlike_each_other():
    groups = grouped([mention("A. Orlov"), mention("V. Orlov")])
    first = updated([], groups, {"pers-orlov-a"})
    assert {one.id for one in first} == {"pers-orlov-a-2", "pers-orlov-v"}
    assert updated(first, groups, {"pers-orlov-a"}) == first


def test_what_the_transcripts_have_no_more_goes_unless_it_was_answered():
    gone = [ONE, ONE.model_copy(update={"id": "pers-b", "variants": ["B"], "answer": "no"})]
    assert [one.id for one in updated(gone, [], set())] == ["pers-b"]


def test_another_kind_changes_the_identifier():
    assert answered(ONE, "yes", "place").id == "place-a"
    assert answered(ONE, "no", "person") == ONE.model_copy(update={"answer": "no"})


def test_the_file_can_be_read_back(tmp_path):
    folder = tmp_path
    hard = ONE.model_copy(update={"heading": 'q"\\\n\u202e', "seen": ["x:1: »\t«"]})
    (folder / "proposals.toml").write_text(proposals_text([hard, ONE]), "utf-8")
    assert read_proposals(folder) == [hard, ONE]
