"""The edition folder: settings, sidecars, documents, and what is said when they are wrong."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from diplomatic.configuration import BrokenEditionError, ConfigurationError, line_of
from diplomatic.edition import is_identifier, load_edition

GOOD = 'title = "T"\npublisher = "P"\ndate = 2026-11-21\n'


@pytest.fixture
def folder(tmp_path):
    """An edition folder with two transcripts, one hand-made TEI file and an odd name."""
    for name in ("sources", "documents"):
        (tmp_path / "tei" / name).mkdir(parents=True)
    for name in ("b.txt", "a.txt", "Letter 1.txt"):
        (tmp_path / "tei" / "sources" / name).write_text("x")
    (tmp_path / "tei" / "documents" / "c.xml").write_text("<x/>")
    (tmp_path / "tei" / "edition.toml").write_text(GOOD + 'documents = ["b", "zz"]\n')
    return tmp_path


def test_documents_come_in_the_order_of_the_edition(folder):
    edition = load_edition(folder)
    assert [document.id for document in edition.documents] == ["b", "a", "c"]
    assert [finding.code for finding in edition.findings] == ["D004", "D005"]
    assert edition.document("a").source.name == "a.txt"
    assert edition.document("nobody") is None


def test_defaults(folder):
    settings = load_edition(folder).settings
    assert settings.language == "en"
    assert settings.editors == []
    assert settings.print.page == "volume"
    assert settings.running_title == "T"


def test_no_edition(tmp_path):
    with pytest.raises(BrokenEditionError) as caught:
        load_edition(tmp_path)
    assert caught.value.finding.code == "D001"
    assert caught.value.exit_code == 3


# text after the good settings, code, line, words of the message, words of the hint
WRONG = [
    ("titel = 1\n", "D003", 4, "titel is not a setting", "Did you mean title?"),
    ("[print]\npage = 'a6'\n", "D003", 5, "print.page must be one of", ""),
    ("[prnt]\n", "D003", 4, "prnt is not a setting", "Did you mean print?"),
    ("qqqq = 1\n", "D003", 4, "qqqq is not a setting", "The settings here are: base_url"),
    ("editors = 'x'\n", "D003", 4, "editors must be a list", ""),
    ("[licence]\nurl = 'x'\n", "D003", 4, "licence.name is missing", "Add a line name"),
    ("base_url = 'x'\n", "D003", 4, "base_url must be a web address", ""),
    ("[licence\n", "D002", 4, "no valid TOML", ""),
    ("subtitle = \n", "D002", 4, "no valid TOML", ""),
    ('subtitle = "', "D002", 4, "no valid TOML", ""),
]


@pytest.mark.parametrize(("text", "code", "line", "message", "hint"), WRONG)
def test_wrong_settings(folder, text, code, line, message, hint):
    (folder / "tei" / "edition.toml").write_text(GOOD + text)
    with pytest.raises(BrokenEditionError) as caught:
        load_edition(folder)
    finding = caught.value.findings[0]
    assert (finding.code, finding.place.line) == (code, line)
    assert message in finding.message
    assert hint in finding.hint


def test_every_wrong_key_is_named_at_once(folder):
    (folder / "tei" / "edition.toml").write_text("date = 'x'\nfoo = 1\n")
    with pytest.raises(BrokenEditionError) as caught:
        load_edition(folder)
    words = {finding.message.split()[0] for finding in caught.value.findings}
    assert words == {"title", "publisher", "date", "foo"}


def test_settings_that_are_no_utf8(folder):
    (folder / "tei" / "edition.toml").write_bytes(b'title = "x"\nsubtitle = "\xe9"\n')
    with pytest.raises(BrokenEditionError) as caught:
        load_edition(folder)
    place = caught.value.finding.place
    assert (caught.value.finding.code, place.line, place.column) == ("D010", 2, 13)


def test_a_broken_sidecar_stops_only_its_document(folder):
    (folder / "tei" / "sources" / "a.toml").write_text('[archive]\nrepositry = "x"\n')
    edition = load_edition(folder)
    assert edition.document("b").sidecar().title == ""
    with pytest.raises(ConfigurationError) as caught:
        edition.document("a").sidecar()
    assert caught.value.exit_code == 1
    assert caught.value.finding.hint == "Did you mean repository?"
    assert caught.value.finding.place.line == 2


@pytest.mark.parametrize("name", ["a", "letter-1951-03-09", "d0001.b", "ivanov_2"])
def test_identifiers(name):
    assert is_identifier(name)


@pytest.mark.parametrize("name", ["", "1951", "A", "a b", "a--b", "index", "-a", "ö", "a."])
def test_no_identifiers(name):
    assert not is_identifier(name)


def test_lines_of_keys():
    text = 'a = 1\nt.x = 2\n[t2]\ny = 3\n[t2."z z"]\nk = 1\n'
    assert line_of(text, ["a"]) == 1
    assert line_of(text, ["t", "x"]) == 2
    assert line_of(text, ["t2", "y"]) == 4
    assert line_of(text, ["t2", "missing"]) == 3
    assert line_of(text, ["gone"]) == 0


def test_transcripts_of_every_kind_are_documents(folder):
    sources = folder / "tei" / "sources"
    for name in ("f.docx", "c.odt", "d.md", "e.html", "a.docx", "README.md", "~$f.docx", ".b.md"):
        (sources / name).write_text("x")
    edition = load_edition(folder)
    found = {document.id: document.source.name for document in edition.documents}
    assert found.items() >= {"f": "f.docx", "c": "c.odt", "d": "d.md", "e": "e.html"}.items()
    # Plain text goes before others of the same name, which is said.
    assert found["a"] == "a.txt"
    assert [Path(f.place.file).name for f in edition.findings if f.code == "D019"] == ["a.docx"]
    assert not [f for f in edition.findings if "README" in f.message or "~$" in f.message]


def test_a_worker_is_not_sent_the_documents(folder):
    edition = load_edition(folder)
    before = len(pickle.dumps(edition))
    assert edition.documents
    sent = pickle.dumps(edition)
    assert len(sent) == before
    assert pickle.loads(sent).documents == edition.documents
