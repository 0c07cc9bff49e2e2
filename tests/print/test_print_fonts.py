"""Fonts: missing packages and characters are findings that name them, before typesetting."""

from __future__ import annotations

from pathlib import Path

import pytest
from print_helpers import TEI

from diplomatic.findings import DiplomaticError
from diplomatic.publish import fonts as module
from diplomatic.publish.fonts import Family, FontSet, character_class, load_fonts
from diplomatic.publish.print import Press, Source, prepare
from diplomatic.publish.typesetting import TypesettingError


def test_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Family("Gone", "fontpkg-gone", "fontpkg_gone", "Gone.ttf")
    monkeypatch.setattr(module, "TEXT_FAMILIES", (*module.TEXT_FAMILIES, gone))
    with pytest.raises(DiplomaticError) as caught:
        load_fonts()
    finding = caught.value.finding
    assert finding.code == "D731"
    assert "fontpkg-gone" in finding.message
    assert "pip install fontpkg-gone" in finding.hint


def test_a_missing_file(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = Family("Lost", "fontpkg-cardo", "fontpkg_cardo", "Lost.ttf")
    monkeypatch.setattr(module, "TEXT_FAMILIES", (lost,))
    with pytest.raises(DiplomaticError) as caught:
        load_fonts()
    assert caught.value.finding.code == "D732"
    assert caught.value.finding.place.file.endswith("Lost.ttf")
    assert "fontpkg-cardo" in caught.value.finding.hint


def test_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Family("Broken", "fontpkg-cardo", "fontpkg_cardo", "LICENSE", folder="")
    monkeypatch.setattr(module, "TEXT_FAMILIES", (broken,))
    with pytest.raises(DiplomaticError) as caught:
        load_fonts()
    assert caught.value.finding.code == "D732"


def test_a_character_without_a_font(press: Press) -> None:
    body = "<p>one</p>\n<p>two \N{GRINNING FACE}\nthree \N{CUNEIFORM SIGN A}</p>"
    with pytest.raises(TypesettingError) as caught:
        prepare(Source(TEI.format(body).encode(), "x.xml"), press)
    findings = caught.value.findings
    assert [finding.code for finding in findings] == ["D733", "D733"]
    assert "U+1F600 GRINNING FACE" in findings[0].message
    assert [str(finding.place) for finding in findings] == ["x.xml:2", "x.xml:3"]


@pytest.mark.parametrize(
    "text",
    ["Latin ſ ı ł", "Кириллица ё ѣ", "ἀρχή", "שלום", "مرحبا", "김영웅", "漢字", "かな", "⟦⟧⟨⟩№¶"],
)
def test_scripts_that_the_fonts_have(text: str, fonts: FontSet) -> None:
    assert all(fonts.has(character) for character in text)


def test_what_has_no_italic_is_set_upright(fonts: FontSet) -> None:
    assert fonts.upright("aж김שↄ") == "ↄ"


def test_signs_of_regular_expressions_are_escaped() -> None:
    assert character_class("a]^-\\") == r"a\]\^\-\\"


def test_every_font_has_a_version_and_a_licence(fonts: FontSet) -> None:
    for font in (*fonts.romans, fonts.code):
        assert font.version[0].isdigit()
        assert font.family.licence
        assert Path(font.path).is_file()
