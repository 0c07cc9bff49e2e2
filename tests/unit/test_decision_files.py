"""Decisions files: what may be in them, what is said of what may not, and how they grow."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from diplomatic.configuration import ConfigurationError
from diplomatic.conventions import Construct
from diplomatic.resources import schema_dir
from diplomatic.transcript.decision_files import as_toml, choosing, confirming, extended
from diplomatic.transcript.decisions import (
    READINGS,
    VALUES,
    decisions_of,
    load_decisions,
    reading_name,
)
from diplomatic.transcript.model import Doubt

TEI = {"tei": "http://www.tei-c.org/ns/1.0"}
DOUBT = Doubt(4, 11, "[a\nb]", "", "r", "reg", "why", "low", "gloss", 1, 5, '…the "x" ', " \\d [ #")


def read(toml: str) -> list[dict[str, object]]:
    """The decisions in a text of TOML, as far as they say something."""
    found = decisions_of(tomllib.loads(toml), toml, "d.toml")
    return [decision.model_dump(exclude_defaults=True) for decision, _ in found]


def said(path: Path) -> list[str]:
    """What is said of a file that cannot be used."""
    with pytest.raises(ConfigurationError) as caught:
        load_decisions(path)
    return [f"{f.code} {f.place.line} {f.message}" for f in caught.value.findings]


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert not load_decisions(tmp_path / "none.toml")


def test_the_example_in_the_docstring_is_right() -> None:
    from diplomatic.transcript import decisions

    lines = (decisions.__doc__ or "").splitlines()
    example = "\n".join(line[4:] for line in lines if line.startswith("    "))
    assert len(read(example)) == 6


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[[decision]]\nwords = [farms]", "D002 2 no valid TOML: Invalid value"),
        ("[[decision]]\nconfirm = true", "D003 1 words is missing"),
        ("\n[[decision]]\nwords = ' '\nignore = true", "D003 3 words must hold a visible"),
        (
            '[[decision]]\nwords = "a\\u0007"\nignore = true',
            "D003 2 words holds the character U+0007",
        ),
        ("[[decision]]\nwords = 'a'", "D003 1 this table: says nothing"),
        ("[[decision]]\nwords = 'a'\nreding = 'gap'", "D003 3 reding is not a setting"),
        ("[[decision]]\nwords = 'a'\nreading = 'gapp'", "D003 3 reading must be one of"),
        ("[[decision]]\nwords = 'a'\nconfirm = false", "D003 3 confirm must be one of True"),
        (
            "[[decision]]\nwords = 'a'\nconfirm = true\nignore = true",
            "D003 1 this table: says both",
        ),
        (
            "[[decision]]\nwords = 'a'\nreading = 'gap'\ntype = 'x'",
            "D003 1 this table: type does not",
        ),
        (
            "[[decision]]\nwords = 'a'\nreading = 'gap'\nreason = 'x'",
            "D003 1 this table: reason must",
        ),
        (
            "[[decision]]\nwords = 'a'\nreading = 'gap'\nquantity = 2",
            "D003 1 this table: a count needs",
        ),
        (
            "[[decision]]\nwords='a'\nreading='gap'\nunit='word'\nat_least=3\nat_most=2",
            "D003 1 this table: at_least is more",
        ),
        (
            "[[decision]]\nwords='a'\nreading='gap'\nunit='word'\nquantity=3\nat_most=2",
            "D003 1 this table: quantity is exact",
        ),
        (
            "[[decision]]\nwords='a'\nignore=true\n[decisions]\n",
            "D003 4 decisions is not a setting",
        ),
        ("[decision]\nwords = 'a'", "D003 1 decision must be tables of their own"),
        ("decision = 3", "D003 1 decision must be tables of their own"),
        ('# [[decision]]\nx = """\n[[decision]]"""\n[[decision]]\n', "D003 2 x is not a setting"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, toml: str, says: str) -> None:
    path = tmp_path / "d.toml"
    path.write_text(toml, "utf-8")
    assert any(line.startswith(says) for line in said(path)), said(path)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text("[[decision]]\nwords = 'a'\n[[decision]]\nwords = 2\nignore = true\n", "utf-8")
    assert [line[:6] for line in said(path)] == ["D003 1", "D003 4"]


def test_tables_are_counted_past_strings_and_comments() -> None:
    toml = '# [[decision]]\n[[decision]]\nwords = """\n[[decision]]\n"""\nnote = \'[[decision]]\'\n'
    toml += " [[ decision ]] # [[decision]]\nwords = 'b'\nignore = true\n"
    found = decisions_of(tomllib.loads(toml), toml, "d.toml")
    assert [(decision.words, place.line) for decision, place in found] == [
        ("[[decision]]", 2),
        ("b", 7),
    ]


WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda words: words.isprintable() and words.strip())


@given(WORDS, WORDS, WORDS)
def test_what_is_written_is_read_again(words: str, before: str, note: str) -> None:
    (decision,) = read(as_toml({"words": words, "before": before, "note": note}))
    assert (decision["before"], decision["note"]) == (before, " ".join(note.split()))
    assert decision["words"] == " ".join(words.split())


def test_decisions_on_a_doubt_are_read_again() -> None:
    toml = as_toml(confirming(DOUBT)) + as_toml(choosing(DOUBT, "ref"))
    confirmed, chosen = read(toml)
    assert confirmed["chosen"] == "variant"
    assert chosen["reading"] == "note-reference"
    assert confirmed["words"] == "[a b]"
    assert confirmed["after"] == " \\d [ #"


def test_a_file_grows_at_its_end_and_keeps_what_it_had(tmp_path: Path) -> None:
    old = '# mine\n\n[[decision]]  # first\nwords = "z"\nignore = true # why\n\n'
    new = extended(old, confirming(DOUBT), tmp_path / "d.toml")
    assert new.startswith(old.rstrip())
    assert len(read(new)) == 2
    dated = extended(
        new, {"words": "y", "ignore": True, "when": datetime.date(2026, 11, 21)}, tmp_path
    )
    assert read(dated)[2]["when"] == datetime.date(2026, 11, 21)


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    assert extended("", confirming(DOUBT), tmp_path).startswith("# The editor's decisions")


@pytest.mark.parametrize("old", ["decision = [{words = 'a', ignore = true}]\n", "x = 1\n"])
def test_a_file_that_cannot_grow_stays(tmp_path: Path, old: str) -> None:
    with pytest.raises(ConfigurationError):
        extended(old, confirming(DOUBT), tmp_path / "d.toml")


def test_every_construct_is_a_reading() -> None:
    assert set(Construct.__args__) <= set(READINGS)
    assert {reading_name(name) for name in ("expan", "corr", "reg", "ref")} <= set(READINGS)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        (
            f"//tei:elementSpec[@ident='{element}']//tei:attDef[@ident='{name}']",
            VALUES[reading][name],
        )
        for reading, element, name in (
            ("note", "note", "type"),
            ("stamp", "stamp", "type"),
            ("gap", "gap", "reason"),
            ("supplied", "supplied", "reason"),
            ("unclear", "unclear", "reason"),
        )
    ]
    + [
        (
            "//tei:classSpec[@ident='att.dimensions']//tei:attDef[@ident='unit']",
            VALUES["gap"]["unit"],
        ),
        ("//tei:classSpec//tei:attDef[@ident='place']", VALUES["note"]["place"]),
    ],
)
def test_values_are_those_of_the_schema(path: str, values: frozenset[str]) -> None:
    odd = etree.parse(schema_dir() / "edition.odd")
    known = set(odd.xpath(f"{path}//tei:valItem/@ident", namespaces=TEI))
    # Notes of a list and the sign of an error are no bracket that an editor could make a note.
    assert known - {"endnote", "footnote", "sic"} == values
