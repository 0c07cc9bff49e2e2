"""Opening, body and closing of a division: which line is what."""

from __future__ import annotations

import pytest
from making import CONVENTIONS, shape, units_of

from diplomatic.transcript.blocks import genre_of, read_blocks
from diplomatic.transcript.closing import Closing
from diplomatic.transcript.forms import form_spans
from diplomatic.transcript.lists import ListReader
from diplomatic.transcript.middle import Middle
from diplomatic.transcript.model import Block
from diplomatic.transcript.opening import Opening

PROSE = "The harbour master received the council in the morning and spoke with it of the ships."


@pytest.mark.parametrize(
    ("line", "kind", "type_"),
    [
        ("TOP SECRET", "seg", "classification"),
        ("Copy Nº 3", "seg", "copy"),
        ("Ref. 0110-s", "seg", "reference"),
        ("EMBASSY OF NORTHLAND", "fw", "letterhead"),
        ("JOURNAL", "head", "main"),
        ("From: Port Sable", "field", "header"),
        ("Port Sable, 9 March 1951", "dateline", None),
        ("Dear Comrade!", "salute", None),
        ("[…]", "gap", None),
        ("- 4 -", "pb", None),
        ("______", "milestone", None),
        ("J O U R N A L", "head", "main"),
        ("PERSONNEL FORM", "head", "main"),
        ("Printed in 3 copies", "seg", "copies"),
        ("SECRET Copy Nº 2", "seg", "classification"),
        ("Absent: Comrade Lind (on leave)", "field", "header"),
        ("Asunto: los faros", "field", "header"),
        ("Stamps:", "seg", "docket"),
        ("117. Ciphered telegram", "head", "main"),
        ("Talk between the Chairman and the Delegation", "head", "main"),
        ("OFFICE [stamp: Incoming\nNº 12]", "seg", "docket"),
        ("Stamp: SECRET", "stamp", "classification"),
        ("[stamp: SECRET]", "bracket", None),
        ("No. 12", "head", "main"),
    ],
)
def test_a_line_of_an_opening(line: str, kind: str, type_: str | None) -> None:
    setting, units = units_of(f"{line}\n{PROSE}\n")
    opening = Opening(setting, journal=False)
    assert opening.read(units) == 1
    assert opening.blocks[0].kind == kind
    assert type_ is None or opening.blocks[0].attributes["type"] == type_


def test_an_opening_ends_with_running_text() -> None:
    setting, units = units_of(f"{PROSE}\nTOP SECRET\n")
    assert Opening(setting, journal=False).read(units) == 0


def test_what_follows_a_salutation_on_its_line_begins_the_body() -> None:
    setting, units = units_of(f"Sir: {PROSE}\n")
    opening = Opening(setting, journal=False)
    opening.read(units)
    assert opening.rest is not None
    assert opening.rest.run_in


OPENINGS = {
    # a number is a heading only where nothing stands before it
    "[stamp: SECRET]\nNº 45\nJOURNAL\nof Consul Orlov": ["bracket", "seg", "head", "head"],
    "Made in 2 copies\n1 - Center\n2 - file\nSECRET": ["list", "seg"],
    "Two copies\nSECRET": ["seg", "seg"],
    "EMBASSY OF NORTHLAND": ["fw"],
    "Papers\nL. N. No. 841\nDiplomatic Serial No. 650": ["seg", "seg", "seg"],
    "JOURNAL\nSECRET\nThe Envoy (Lis) to Consul Orlov": ["head", "seg", "head"],
    "S. S. Columbia (First Rate),\nPort Sable, 3 May 1951": ["dateline"],
    "AGENDA\n- The ferry\n- The pier": ["head"],
    "JOURNAL\nof Consul Orlov\n2 May 1951": ["head", "head"],
    "Port Sable\nI enclose the list of the ships.": ["seg"],
}


@pytest.mark.parametrize(("lines", "kinds"), OPENINGS.items())
def test_an_opening(lines: str, kinds: list[str]) -> None:
    setting, units = units_of(f"{lines}\n{PROSE}\n")
    opening = Opening(setting, journal="JOURNAL" in lines)
    opening.read(units)
    assert [block.kind for block in opening.blocks] == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. One.\n2. Two.\n", [("list", ["item", "item"])]),
        ("1.1 One.\n1.2 Two.\n2.1 Three.\n", [("list", ["item", "item"]), "p"]),
        ("1./ One.\n2./ Two.\n", [("list", ["item", "item"])]),
        ("1. One.\n2. Two.\n1. One.\n2. Two.\n", [("list", ["item", "item"])] * 2),
        ("1. One.\n1. Two.\n1. Three.\n", [("list", ["item"] * 3)]),
        ("Article 1\nOne.\nArticle 2\nTwo.\n", [("section", ["head", "p"])] * 2),
        ("Comrade LIS: Yes.\nComrade IBER: No.\nComrade LIND: Well.\n", ["sp"] * 3),
        ("The council DECIDED: yes.\nThe council DECIDED: no.\nX: a.\n", ["p"] * 3),
        ("a) one\nb) two\nc) three\n", [("list", ["item"] * 3)]),
        ("- one\n- two\n", [("list", ["item", "item"])]),
        (
            "1. One.\na) one\nb) two\n2. Two.\n",
            [("list", [("item", [("list", ["item"] * 2)]), "item"])],
        ),
        ("1.\nOne thing.\n2.\nTwo things.\n", [("list", ["item", "item"])]),
        ("3. Three.\nHe left the harbour.\n", ["p", "p"]),
        ("Year\tTons\n1951\t10\n", [("table", ["row", "row"])]),
        ("| a | b |\n| c | d |\n", [("table", ["row", "row"])]),
        ("LISOV: Yes.\nKARSH: No.\nLISOV: Well.\n", ["sp", "sp", "sp"]),
        ("Subject: ships\nHe left.\n", ["p", "p"]),
        ("He left.\n[…]\nShe stayed.\n", ["p", "gap", "p"]),
        (f"{PROSE}\n- 4 -\n{PROSE}\n", ["p", "pb", "p"]),
        (f"THE SHIPS\n{PROSE}\n", [("section", ["head", "p"])]),
        ("3 May\nHe left.\n4 May\nShe stayed.\n", [("entry", ["head", "p"])] * 2),
        ("3 May\nHe left.\n", ["p", "p"]),
        ("He left.\nStamp: RECEIVED\nShe stayed.\n", ["p", "stamp", "p"]),
    ],
)
def test_the_body(text: str, expected: list[object]) -> None:
    setting, units = units_of(text)
    assert shape(Middle(setting, units, journal=False).read()) == expected


@pytest.mark.parametrize(
    ("text", "begins"),
    [("1. One.\n2. Two.\n", True), ("1. One.\nHe left.\n", False), ("1. a\n7. b\n", False)],
)
def test_a_number_alone_begins_no_list(text: str, begins: bool) -> None:
    assert ListReader(*units_of(text)).begins(0) is begins


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("With greetings\n[signature] (N. Belov)\n", [("closer", ["salute", "signed"])]),
        ("/V. ORLOV/\n", [("closer", ["signed"])]),
        (
            "N. Belov\nTwo copies\n1 - to Cde. Lisov\n2 - to file\n",
            [("closer", ["signed"]), ("postscript", [("list", ["head", "item", "item"])])],
        ),
        ("N. Belov\ntyped by ax\n", [("closer", ["signed"]), ("postscript", ["ab"])]),
        ("N. Belov\nP.S. More soon.\n", [("closer", ["signed"]), ("postscript", ["ps"])]),
        ("9 March 1951\n[signature] Belov\n", [("closer", ["dateline", "signed"])]),
        ("Deputy head of the section ORLOVSKAYA\n", [("closer", ["signed"])]),
        ("Port Sable, 9 March 1951\n", [("closer", ["dateline"])]),
        (
            "N. Belov\n2x Department\n1x Embassy\n",
            [("closer", ["signed"]), ("postscript", [("list", ["item", "item"])])],
        ),
    ],
)
def test_the_closing(text: str, expected: list[object]) -> None:
    setting, units = units_of(f"{PROSE}\n{text}")
    closing = Closing(setting)
    start = closing.start(units)
    assert start == 1
    assert shape(closing.read(units[start:])) == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("drafted by Lisov", "drafter"),
        ("typed by ax", "typist"),
        ("Nº 94", "registration"),
        ("21 March 1951", "registration"),
        ("SECRET", "classification"),
        ("something else here", "docket"),
    ],
)
def test_a_line_after_the_signature(line: str, kind: str) -> None:
    setting, units = units_of(f"N. Belov\ntyped by ax\n{line}\n")
    last = Closing(setting).read(units)[-1].children[-1]
    assert last.attributes["type"] == kind


@pytest.mark.parametrize(
    ("text", "shaped"),
    [
        # lines that no rule knows, under a signature
        ("[signature] (N. Belov)\nvs-2188\nxx 7\n", ["closer", "postscript"]),
        ("Yours,\nKlim.\n15/VIII 31\n", ["closer", "postscript"]),
        ("I am,\nwith the highest respect,\nSir,\n(Signed) A. Belov\n", ["closer"]),
        ("Consul of Northland\n[signature]\nxx 7 b\n", ["closer", "postscript"]),
    ],
)  # fmt: skip
def test_lines_that_no_rule_knows_close_with_a_signature(text: str, shaped: list[str]) -> None:
    setting, units = units_of(f"{PROSE}\n{text}")
    closing = Closing(setting)
    start = closing.start(units)
    assert start == 1
    assert [block.kind for block in closing.read(units[start:])] == shaped


ATTESTED = {
    "N. Belov\nThis is a true copy.\n[seal.]\nA. Lisov,\nConsul\n": [
        ("closer", ["signed"]),
        ("postscript", ["ab", ("closer", ["bracket", "signed"])]),
    ],
    "N. Belov\nThis is a true copy.\nA. Lisov\ntyped by ax\n": [
        ("closer", ["signed"]),
        ("postscript", ["ab", ("closer", ["signed"])]),
        ("postscript", ["ab"]),
    ],
}


@pytest.mark.parametrize(("text", "expected"), ATTESTED.items())
def test_who_attests_a_copy_signs_below(text: str, expected: list[object]) -> None:
    setting, units = units_of(f"{PROSE}\n{text}")
    assert shape(Closing(setting).read(units[1:])) == expected


def test_what_was_done_with_a_document_is_no_name() -> None:
    setting, units = units_of(f"{PROSE}\nMailed to London.\nGibson\n")
    assert Closing(setting).start(units) == 2


def test_numbered_paragraphs_are_no_copies() -> None:
    text = "NO. OF PAGES\n1. In March the bread ration of the port was cut to 300 grams a day.\n"
    setting, units = units_of(f"{PROSE}\n{text}2. Flour is brought by ship from the south now.\n")
    assert Closing(setting).start(units) == len(units)


def test_text_without_a_closing_has_none() -> None:
    setting, units = units_of(f"{PROSE}\n{PROSE}\n")
    assert Closing(setting).start(units) == 2


def test_an_enclosure_is_a_division_of_its_own() -> None:
    text = f"Dear Sir:\n{PROSE}\nN. Belov\nEnclosure\n{PROSE} {PROSE}\n{PROSE}\n"
    divisions = read_blocks(*units_of(text), "letter")
    assert [division.type for division in divisions] == ["letter", "enclosure"]


def test_what_a_speaker_says_on_the_line_after_his_name_is_no_signature() -> None:
    setting, units = units_of(f"{PROSE}\nKarsh:\nOn Monday\n")
    assert Closing(setting).start(units) == 3


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("[Inclosure 2 in No. 61.[1]—Translation.]", 2),
        ("Inclosure No. 2 is a copy of his reply, promising to look into the affair.", 1),
        ("Enclosures:\n1. The harbour law.\n2. A map of the harbour.", 1),
    ],
)
def test_a_sentence_on_an_enclosure_begins_none(line: str, count: int) -> None:
    text = f"Dear Sir:\n{PROSE}\nN. Belov\n{line}\n{PROSE} {PROSE}\n{PROSE}\n"
    assert len(read_blocks(*units_of(text), "letter")) == count


def test_an_annex_headed_by_the_word_alone_may_be_short() -> None:
    text = f"{PROSE}\nN. Belov\nAnnex\nList of the pilots\n1. Orel, T., of Tarn\n2. Lund, V.\n"
    divisions = read_blocks(*units_of(text), "letter")
    assert [division.type for division in divisions] == ["letter", "enclosure"]


def test_an_enclosure_that_is_only_mentioned_is_none() -> None:
    text = f"Dear Sir:\n{PROSE}\nN. Belov\nEnclosure: one map\n"
    assert [d.type for d in read_blocks(*units_of(text), "letter")] == ["letter"]


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("Journal of Consul Orlov", "journal"),
        ("Ciphered Telegram No. 3", "telegram"),
        ("Record of a Conversation", "minutes"),
        ("Докладная записка", ""),
        ("Письмо", "letter"),
        ("Belletrist", ""),
        ("Note", "memorandum"),
        ("Notes: none", ""),
    ],
)
def test_genre_of(title: str, genre: str) -> None:
    assert genre_of(title, CONVENTIONS) == genre


@pytest.mark.parametrize(
    ("line", "kind", "marked"),
    [
        ("COMMISSARIAT OF PORTS TOP SECRET", "fw", [("classification", "TOP SECRET")]),
        ("Northern Section   Secret.", "fw", [("classification", "Secret")]),
        ("Northern Section Copy Nº 2", "fw", [("copy", "Copy Nº 2")]),
        ("JOURNAL    SECRET", "head", [("classification", "SECRET")]),
        ("Office of the Personal Secretary", "fw", []),
        ("SECRET", "head", []),
    ],
)
def test_columns_of_a_letterhead_on_one_line(
    line: str, kind: str, marked: list[tuple[str, str]]
) -> None:
    block = Block(kind, 0, len(line), "top")
    spans = form_spans(line, block, CONVENTIONS)
    assert [(span.attributes["type"], line[span.start : span.end]) for span in spans] == marked
