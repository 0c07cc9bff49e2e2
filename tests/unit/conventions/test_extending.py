"""What an edition can add to the conventions, without a line of Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplomatic.conventions import load_conventions
from diplomatic.encode import EncodeRequest, encode_transcript

PAGE = Path(__file__).parents[3] / "docs" / "conventions.md"
FRAME = (
    "REPORT\n9 March 1951\nThe council met in the morning and heard the report.\n{}\nIt ended.\n"
)


def encode_line(line: str, conventions: str, folder: Path) -> str:
    """Return the TEI of a short report that holds a line, given the edition's conventions file."""
    path = folder / "conventions.toml"
    path.write_text(conventions, "utf-8")
    request = EncodeRequest("d1", "d1.txt", conventions=load_conventions(path))
    return encode_transcript(FRAME.format(line).encode(), request).xml.decode()


def fences(language: str) -> list[str]:
    """Return the examples of the page that are in a language, in order."""
    parts = PAGE.read_text("utf-8").split("```")[1::2]
    return [part.partition("\n")[2] for part in parts if part.startswith(f"{language}\n")]


EXAMPLES = list(zip(fences("toml"), fences("text"), fences("xml"), strict=True))


@pytest.mark.parametrize(("conventions", "line", "tei"), EXAMPLES)
def test_the_examples_of_the_page_are_true(
    conventions: str, line: str, tei: str, tmp_path: Path
) -> None:
    assert tei.strip() in encode_line(line.strip(), conventions, tmp_path)
    assert tei.strip() not in encode_line(line.strip(), "", tmp_path), "it needs no conventions"


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 5


# What an edition's file adds, a line that needs it, and what comes of the line.
ADDED: dict[str, tuple[str, str, str]] = {
    "stamp": ('[words.stamp]\npl = ["pieczęć"]\n', "[pieczęć: SECRET]", "<stamp"),
    "sic": ('[words.sic]\npl = ["tak w tekście"]\n', "He sayd [tak w tekście] it.", "<sic resp="),
    "damage": ('[words.damage]\npl = ["wyrwane"]\n', "He had [wyrwane] ships.", 'reason="damage"'),
    "measure": ('[map.measure]\npoods = "pood"\n', "They sent 40 poods of grain.", 'unit="pood"'),
    "phrase": ('[map.phrase]\n"lex specialis" = "la"\n', "It is a lex specialis.", ':lang="la"'),
    "unit": ('[map.unit]\nrunes = "char"\n', "He read [2 runes illegible] there.", 'quantity="2"'),
    "number": (
        '[map.number]\nfourscore = "80"\n',
        "He read [fourscore words illegible] there.",
        'quantity="80"',
    ),
    "month": ('[map.month]\nmaja = "5"\n', "He came on 3 maja 1951.", 'when="1951-05-03"'),
    "season": ('[map.season]\nlato = "6-8"\n', "It was lato 1951.", 'notBefore="1951-06"'),
    "place": (
        '[map.place]\n"na krawędzi" = "margin-left"\n[words.margin]\npl = ["na krawędzi"]\n',
        "He went [na krawędzi: No!] home.",
        'place="margin-left"',
    ),
    "round-brackets": ('[words.round_signed]\npl = ["podpis"]\n', "(podpis) Lis", "<figure type="),
    "blank-label": ('[words.blank_label]\npl = ["teczka"]\n', "It lies in teczka ...", "<space "),
    "line-rule": (
        '[[line]]\nname = "omission"\npattern = "CUT$"\n',
        "CUT",
        '<gap source="line:3,4" reason="editorial"',
    ),
    "doubled-brackets": (
        '[[bracket]]\nname = "late"\npattern = "qq.*"\ngives = "gap"\nsigns = 2\nfirst = true\n'
        'with = { reason = "lost" }\n',
        "He gave [[qq word]] to him.",
        '<gap reason="lost"',
    ),
}


@pytest.mark.parametrize("name", ADDED)
def test_an_edition_adds(name: str, tmp_path: Path) -> None:
    conventions, line, tei = ADDED[name]
    assert tei in encode_line(line, conventions, tmp_path)
    assert tei not in encode_line(line, "", tmp_path)


def test_words_of_the_house_stay(tmp_path: Path) -> None:
    assert "<stamp" in encode_line("[stamp: SECRET]", '[words.stamp]\npl = ["x"]\n', tmp_path)


def test_a_rule_that_is_replaced_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "conventions.toml"
    path.write_text('[[bracket]]\nname = "sic"\npattern = "sic"\ngives = "sic"\n', "utf-8")
    names = [row.name for row in load_conventions().rows]
    assert [row.name for row in load_conventions(path).rows] == names


def test_new_rules_are_tried_last_or_first_where_they_say_so(tmp_path: Path) -> None:
    path = tmp_path / "conventions.toml"
    rows = '[[bracket]]\nname = "z"\npattern = "z"\ngives = "note"\n[[bracket]]\nname = "a"\n'
    path.write_text(rows + 'pattern = "a"\ngives = "note"\nfirst = true\n', "utf-8")
    names = [row.name for row in load_conventions(path).rows]
    assert (names[0], names[-1]) == ("a", "z")


def test_without_a_file_the_house_alone(tmp_path: Path) -> None:
    assert load_conventions(tmp_path / "none.toml").rows == load_conventions().rows


PAGE_OF_ARCHIVE = (
    "March 9, 1951\nLetter from Orlov\nDear Comrade!\nThe harbour is closed.[1] I wait for you.\n"
    "N. Belov\nPrzypisy\n[1] Since May.\n\nSource\n"
    "Archiwum Tarn, zespół 5, op. 28. Przetłumaczone przez A. Lis.\n\nRights\nFree.\n"
)
POLISH = """
[words.notes_heading]
pl = ["przypisy"]
[words.fonds]
pl = ["zespół"]
[map.contribution]
"przetłumaczone" = "translator"
[words.by]
pl = ["przez"]
"""


@pytest.mark.parametrize("mark", [">5</collection>", ">Przypisy</head>", "<name>A. Lis</name>"])
def test_a_page_in_a_language_of_the_edition(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "conventions.toml"
    path.write_text(POLISH, "utf-8")
    polish, house = (
        encode_transcript(PAGE_OF_ARCHIVE.encode(), EncodeRequest("d1", "d1.txt", conventions=each))
        for each in (load_conventions(path), load_conventions())
    )
    assert mark in polish.xml.decode()
    assert mark not in house.xml.decode()


# A word of a form, the lines that need it, and what comes of them.
FORMS: dict[str, tuple[str, str, str]] = {
    "drafter": (
        '[words.drafted]\npl = ["sporządził"]\n',
        "REPORT\nThe council met in the morning.\nN. Belov\nsporządził: J. Lis\n",
        '<ab type="drafter"',
    ),
    "copies": (
        '[words.copies_head]\npl = ["rozdzielnik"]\n',
        "REPORT\nThe council met.\n[signature] N. Belov\nRozdzielnik: Lis and Karsh\n",
        '<ab type="distribution"',
    ),
    "ordinals": (
        '[map.ordinal]\nprimo = "1"\nsecundo = "2"\n',
        "REPORT\n9 March 1951\nThe council met.\nPrimo. It ended.\nSecundo. It was cold.\nEnd.\n",
        "<label>Primo.</label>",
    ),
    "address": (
        '[words.address_to]\npl = ["do towarzysza"]\n',
        "MINISTRY OF TRADE\nDo towarzysza Lisa\nREPORT\n9 March 1951\nThe council met.\n",
        '<seg type="address"',
    ),
    "journal": (
        '[words.journal]\npl = ["dziennik"]\n[words.genre]\npl = ["dziennik"]\n',
        "DZIENNIK\nof N. Belov\n3 March\nThe council met in the morning and heard the report.\n",
        '<div type="entry"',
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_an_edition_adds_words_of_forms(name: str, tmp_path: Path) -> None:
    conventions, text, tei = FORMS[name]
    path = tmp_path / "conventions.toml"
    path.write_text(conventions, "utf-8")
    own, house = (
        encode_transcript(text.encode(), EncodeRequest("d1", "d1.txt", conventions=each))
        for each in (load_conventions(path), load_conventions())
    )
    assert tei in own.xml.decode()
    assert tei not in house.xml.decode()
