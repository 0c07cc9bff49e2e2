"""The explained `edition.toml`: every setting is in it, with its words, and each example works."""

from __future__ import annotations

import datetime
import re
import tomllib

import pytest

from diplomatic.setting_words import words_of
from diplomatic.settings import (
    ArchiveSettings,
    EditionSettings,
    Licence,
    Margins,
    PrintSettings,
    Sidecar,
    WebSettings,
)
from diplomatic.starting.settings_file import Given, settings_text
from diplomatic.toml_text import quoted, toml

GIVEN = {
    "title": Given('Letters of "Port Sable"', "the name of the folder"),
    "publisher": Given("The editors"),
    "date": Given(datetime.date(2026, 11, 22)),
}
MODELS = [EditionSettings, WebSettings, PrintSettings, Margins, Licence, Sidecar, ArchiveSettings]


@pytest.mark.parametrize("model", MODELS)
def test_every_setting_has_words(model):
    words = words_of(model)
    assert list(words) == list(model.model_fields)
    assert all(each.meaning.endswith((".", "?", ":")) for each in words.values())


def test_as_it_is_it_says_only_what_is_given():
    text = settings_text(GIVEN)
    settings = EditionSettings.model_validate(tomllib.loads(text))
    assert settings.title == 'Letters of "Port Sable"'
    assert settings == EditionSettings(
        title=settings.title, publisher="The editors", date=datetime.date(2026, 11, 22)
    )
    assert "# A guess: the name of the folder\ntitle" in text


def test_with_every_sign_taken_away_every_setting_is_set_and_can_be_used():
    text = re.sub(r"(?m)^#(?=[\w\[])", "", settings_text(GIVEN))
    values = tomllib.loads(text)
    settings = EditionSettings.model_validate(values)
    assert values.keys() == EditionSettings.model_fields.keys()
    assert values["web"].keys() == WebSettings.model_fields.keys()
    assert values["print"].keys() == PrintSettings.model_fields.keys()
    assert settings.print.margins is not None
    assert settings.licence is not None


def test_what_is_commented_out_is_the_default_or_an_example():
    values = tomllib.loads(re.sub(r"(?m)^#(?=[\w\[])", "", settings_text(GIVEN)))
    for key, field in WebSettings.model_fields.items():
        if not words_of(WebSettings)[key].example:
            assert values["web"][key] == field.default


@pytest.mark.parametrize(
    "words",
    ["plain", 'with "quotes"', "back\\slash", "line\nend", "\x07bell", "Ким Ир Сен", "\u202e"],
)
def test_any_words_can_be_quoted(words):
    text = f"key = {quoted(words)}"
    assert tomllib.loads(text)["key"] == words
    assert len(text.splitlines()) == 1


def test_values_as_toml():
    day = datetime.date(1951, 3, 9)
    text = f"a = {toml(True)}\nb = {toml(1.5)}\nc = {toml(day)}\nd = {toml(['x', 'y'])}"
    assert tomllib.loads(text) == {"a": True, "b": 1.5, "c": day, "d": ["x", "y"]}
