"""Decisions, applied: cases as data, whole transcripts, edits elsewhere, and anything at all.

A case is a folder: `in.txt`, `decisions.toml`, perhaps `sidecar.toml`, and what must come of them:
`golden/out.txt` (the lines of the text with their markup; how lines become blocks is tested
elsewhere) and `golden/says.txt` (findings on decisions, and the doubts that stay open).
`--update-golden` writes them anew.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from diplomatic.checking.fidelity import compare, rebuild
from diplomatic.encode import Encoded, EncodeRequest, encode_transcript
from diplomatic.schema.validate import check_document
from diplomatic.settings import Sidecar
from diplomatic.transcript.addresses import Addressed
from diplomatic.transcript.decision_files import as_toml
from diplomatic.transcript.decisions import READINGS, Decisions, decisions_of
from diplomatic.transcript.text import SourceText
from diplomatic.xml.names import NSMAP

CASES = sorted(path.parent for path in (Path(__file__).parent / "decisions").glob("*/in.txt"))
DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*/in.txt"))
LETTER = (
    "Port Sable\n9 March 1951\nDear Comrade!\nThe collective [farms] sold the nets to the\n"
    "district [office] in spring.\nWith greetings\nN. Belov\n"
)
FARMS = 'words = "[farms]"\nbefore = "collective "\nafter = " sold the nets"\nreading = "text"\n'


def decisions(toml: str) -> Decisions:
    """The decisions that a text of TOML holds."""
    return decisions_of(tomllib.loads(toml), toml, "d1.toml")


def encode(text: str, toml: str, sidecar: str = "") -> Encoded:
    """A transcript, encoded with decisions."""
    known = Sidecar.model_validate(tomllib.loads(sidecar))
    request = EncodeRequest("d1", "d1.txt", known, decisions=decisions(toml))
    return encode_transcript(text.encode(), request)


def assert_whole_and_valid(text: str, encoded: Encoded) -> None:
    """Every character comes back, and the grammar and the rules have nothing to say."""
    assert compare(text, rebuild(encoded.xml, "d1"), "d1.txt") == []
    errors = [f.as_text() for f in check_document(encoded.xml, "d1.xml") if f.severity == "error"]
    assert not errors, errors[0]


def says(encoded: Encoded) -> list[str]:
    """What is said about decisions, and which doubts stay."""
    found = [f for f in encoded.findings if f.code in ("D602", "D603", "D604", "D406")]
    lines = [f"{f.code} {f.place.line}: {f.message}" for f in found]
    return lines + [f"open: {doubt.words} {doubt.chosen}" for doubt in encoded.doubts]


BLOCKS = "text|front|body|back|div|opener|closer|p|ab|head|salute|dateline|signed|postscript"


def shown(encoded: Encoded) -> str:
    """The lines of a document with their markup, without blocks and what numbers them."""
    text = etree.fromstring(encoded.xml).find("tei:text", NSMAP)
    assert text is not None
    raw = etree.tostring(text, encoding="unicode")
    raw = re.sub(r' (?:source|xml:id|xmlns)="[^"]*"', "", raw).replace("<lb/>", "\n<lb/>")
    raw = re.sub(rf'</?(?:{BLOCKS})(?: [^>]*)?>|<seg type="docket">|</seg>', "\n", raw)
    return "".join(f"{line.strip()}\n" for line in raw.splitlines() if line.strip())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path, update_golden: bool) -> None:
    text = (folder / "in.txt").read_text("utf-8")
    side = folder / "sidecar.toml"
    encoded = encode(
        text,
        (folder / "decisions.toml").read_text("utf-8"),
        side.read_text("utf-8") if side.exists() else "",
    )
    assert_whole_and_valid(text, encoded)
    made = {"out.txt": shown(encoded), "says.txt": "".join(f"{line}\n" for line in says(encoded))}
    golden = folder / "golden"
    if update_golden:
        golden.mkdir(exist_ok=True)
        for name, content in made.items():
            (golden / name).write_text(content, "utf-8")
    for name, content in made.items():
        assert content == (golden / name).read_text("utf-8"), name


EDITS = {
    "lines added above": lambda t: "TOP SECRET\nCopy 1\n" + t,
    "lines added below": lambda t: t + "Two copies\n",
    "a word changed far away": lambda t: t.replace("Comrade", "Colleague"),
    "another bracket of the same words": lambda t: t.replace(
        "in spring", "on the [farms] in spring"
    ),
    "lines broken elsewhere": lambda t: t.replace("The collective", "The\ncollective"),
    "lines joined": lambda t: t.replace("to the\n", "to the "),
    "other line ends": lambda t: t.replace("\n", "\r\n"),
    "blank space doubled": lambda t: t.replace(" ", "  "),
    "no-break spaces": lambda t: t.replace(" sold", "\u00a0sold"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_decision_survives_edits_elsewhere(name: str) -> None:
    text = EDITS[name](LETTER)
    assert text != LETTER
    encoded = encode(text, f"[[decision]]\n{FARMS}")
    assert not [f for f in encoded.findings if f.code.startswith("D60") and f.code != "D601"]
    assert "[farms] sold" in " ".join(shown(encoded).replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[farms]", "[farm]", "D602"),
        ("collective", "colective", "D602"),
        ("[farms] sold", "farms sold", "D602"),
        ("With greetings", "The collective [farms] sold the nets.", "D603"),
    ],
)
def test_an_edit_at_the_place_is_told(old: str, new: str, code: str) -> None:
    encoded = encode(LETTER.replace(old, new), f"# a comment\n\n[[decision]]\n{FARMS}")
    found = [f for f in encoded.findings if f.code == code]
    assert [(f.place.file, f.place.line) for f in found] == [("d1.toml", 3)]


def test_every_doubt_can_be_settled_by_its_own_address() -> None:
    for path in DOCUMENTS:
        data = path.read_bytes()
        doubts = encode_transcript(data, EncodeRequest("d1", "d1.txt")).doubts
        tables = [
            {"words": d.words, "before": d.before, "after": d.after, "confirm": True}
            for d in doubts
        ]
        toml = "".join(map(as_toml, tables))
        request = EncodeRequest("d1", "d1.txt", decisions=decisions(toml))
        again = encode_transcript(data, request)
        assert says(again) == [], path


@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_keeps_every_character(reading: str) -> None:
    for bracket in ("[farms]", "[farms: of [the] north]", "[12]", "[Stamp: A\nB]", "[[x]]"):
        text = LETTER.replace("[farms]", bracket)
        table = as_toml({"words": " ".join(bracket.split()), "reading": reading})
        assert_whole_and_valid(text, encode(text, table))


ANSWERS = st.one_of(
    st.sampled_from(READINGS).map(lambda name: {"reading": name}),
    st.sampled_from([{"confirm": True}, {"ignore": True}]),
    st.sampled_from([{"correct": "right [words]"}, {"note": "a <note> ]"}]),
    st.just({"correct": "x", "note": "y"}),
)
PIECES = [
    "[",
    "]",
    "[x]",
    " ",
    "\n",
    "word ",
    "Belov ",
    "[SIC] ",
    "[…]",
    "1. ",
    "(?)",
    "[?]",
    "ха ",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), pieces=st.lists(st.sampled_from(PIECES), min_size=3, max_size=25))
def test_any_decision_on_any_text_is_applied_or_told(
    data: st.DataObject, pieces: list[str]
) -> None:
    text = "Dear Comrade!\n" + "".join(pieces) + "\nN. Belov\n"
    plain = encode(text, "")
    if compare(text, rebuild(plain.xml, "d1"), "d1.txt") or check_document(plain.xml, "d1.xml"):
        return  # not the decisions' doing, and tested elsewhere
    addressed = Addressed(SourceText(text, "d1.txt"))
    visible = [i for i, letter in enumerate(text) if not letter.isspace()]
    brackets = [found.span() for found in re.finditer(r"\[[^\[\]]*\]", text)]
    tables = []
    for _ in range(data.draw(st.integers(1, 3))):
        if brackets and data.draw(st.booleans()):
            start, end = data.draw(st.sampled_from(brackets))
        else:
            start = data.draw(st.sampled_from(visible))
            end = data.draw(st.sampled_from([i for i in visible if start <= i < start + 12])) + 1
        address = addressed.address(start, end)
        where = {"words": address.words, "before": address.before, "after": address.after}
        tables.append(as_toml({**where, **data.draw(ANSWERS)}))
    encoded = encode(text, "".join(tables))
    assert b"settled=" not in encoded.xml
    assert_whole_and_valid(text, encoded)
