"""Bilingual captures: two texts are told apart; a quotation, a note, an enclosure is none."""

from __future__ import annotations

import pytest
from making import CONVENTIONS

from diplomatic.transcript.enrich import DEFAULT_LANGUAGES
from diplomatic.transcript.languages import Part, script_of, split_languages, with_roles
from diplomatic.transcript.text import SourceText

RUSSIAN = "Порт-Сабль, 3 марта\nПосылаю Вам список судов, которые стоят в гавани с весны.\nБелов"
ENGLISH = "Port Sable, 3 March\nI send you the list of the ships that are in the harbour.\nBelov"
GERMAN = "Tarn, den 3. März\nIch sende Ihnen die Liste der Schiffe, die nicht mit den anderen auf\n\
der Reede liegen und für das Frühjahr nicht gemeldet sind."
LONGER = "I send you the list of the ships which are in the harbour and have not been reported\n\
by the pilots for this spring, and was told that they were not with the others."
KOREAN = "청년동맹의 편지\n벗들이여! 책과 영화를 보내주어 감사합니다.\n청년동맹"
CHINESE = "1955年3月4日\n港口报告\n港口关闭两周。工人已经回家。"


def parts_of(text: str) -> list[Part]:
    """Split a text whose lines all belong to its body."""
    source = SourceText(text, "t.txt")
    lines = [line for line in source.lines if source.words(line)]
    return split_languages(source, lines, CONVENTIONS, DEFAULT_LANGUAGES)


def first_words(text: str) -> list[tuple[str, str]]:
    """Return language and first line of each part."""
    source = SourceText(text, "t.txt")
    return [(part.language, source.words(part.lines[0])) for part in parts_of(text)]


@pytest.mark.parametrize(
    ("one", "two", "languages"),
    [
        (RUSSIAN, ENGLISH, ["ru", "en"]),
        (ENGLISH, RUSSIAN, ["en", "ru"]),
        (CHINESE, ENGLISH, ["zh", "en"]),
        (ENGLISH, KOREAN, ["en", "ko"]),
        (LONGER, GERMAN, ["en", "de"]),
        (GERMAN, LONGER, ["de", "en"]),
    ],
)
def test_two_texts_are_parted_where_the_second_begins(
    one: str, two: str, languages: list[str]
) -> None:
    found = first_words(f"{one}\n\n{two}")
    assert found == list(zip(languages, (one.split("\n")[0], two.split("\n")[0]), strict=True))


def test_a_line_without_a_language_goes_with_what_follows_the_blank_line() -> None:
    assert first_words(f"{RUSSIAN}\n\n4.3.1951\n{ENGLISH}")[1] == ("en", "4.3.1951")


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        RUSSIAN,
        f"{ENGLISH}\nHe said: «Посылаю список».\n{ENGLISH}",
        f"{ENGLISH}\n" * 12 + RUSSIAN,
        f"{RUSSIAN}\n{ENGLISH}\n{RUSSIAN}\n{ENGLISH}",
        f"{LONGER}\n" * 3 + "Er sagte, daß wir nicht mit dem Schiff sind und das ist gut.",
        f"{LONGER}\nEnclosure\n{GERMAN}",
    ],
    ids=["one", "foreign", "quotation", "short", "mixed", "sentence", "enclosure"],
)
def test_one_text_stays_one(text: str) -> None:
    assert len(parts_of(text)) == 1


def test_the_translation_is_in_the_language_of_the_edition() -> None:
    parts = parts_of(f"{ENGLISH}\n\n{RUSSIAN}")
    assert [part.role for part in with_roles(parts, "en")] == ["translation", "original"]
    assert [part.role for part in with_roles(parts, "ru")] == ["original", "translation"]
    assert [part.role for part in with_roles(parts, "fr")] == ["original", "translation"]
    assert [part.role for part in with_roles(parts_of(ENGLISH), "en")] == [""]


SCRIPTS = {
    ENGLISH: "Latn",
    RUSSIAN: "Cyrl",
    KOREAN: "Hang",
    CHINESE: "Hani",
    "これは港の報告です": "Jpan",
    "«12»": "Latn",
}


@pytest.mark.parametrize(("text", "script"), SCRIPTS.items())
def test_script_of_a_text(text: str, script: str) -> None:
    assert script_of(text) == script
