"""The word list: words by initial, and which of them changed."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from diplomatic.publish import word_blocks
from diplomatic.publish.ledger import Ledger
from diplomatic.publish.ledger_readings import Contents, Kept, ReadingRows
from diplomatic.publish.shown import as_json, digest_of
from diplomatic.publish.units import DocumentUnits
from diplomatic.publish.word_blocks import WordBlocks
from diplomatic.publish.wordlist import Initial, initial_of, words_in

Listed = Callable[..., dict[str, Initial]]


@pytest.mark.parametrize(
    ("word", "letter"), [("émigré", "E"), ("강가", "ㄱ"), ("ёлка", "Е"), ("zeal", "Z")]
)
def test_a_word_is_listed_under_its_first_letter_without_accent(word: str, letter: str) -> None:
    assert initial_of(word) == letter


class Remembered:
    """Words for what is shown of documents."""

    doubts = ""

    def __init__(self, names: Sequence[str], **shown: Sequence[str]) -> None:
        self.names = names
        self._shown = shown

    def shown(self, what: str) -> Sequence[str]:
        """Return the words for one thing."""
        return self._shown.get(what) or self.names

    def all_shown(self, what: str) -> str:
        """Return one word for them."""
        return " ".join(self.shown(what))


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[Callable[..., dict[str, Initial]]]:
    """Return the initials of documents of one unit each, from one memory."""
    ledger = Ledger(tmp_path / "site.db", tmp_path)

    def initials(cards: Sequence[str] = (), **texts: str) -> dict[str, Initial]:
        known = []
        for name, text in texts.items():
            places = words_in(DocumentUnits([("p1", text)]))
            words = {letter: as_json(found) for letter, found in places.items()}
            digests = as_json({letter: digest_of(found) for letter, found in words.items()})
            contents = Contents("[]", "[]", "{}", "[]", words, b"")
            ledger.readings.note(name, Kept(text, "{}", digests, "{}"), contents)
            known.append(digest_of(digests))
        remembered = Remembered(list(texts), words=known, card=cards)
        found = WordBlocks(ledger.readings, list(texts), remembered).initials()
        return {initial.letter: initial for initial in found}

    yield initials
    ledger.close()


def test_words_are_merged_in_the_order_of_the_documents(listed: Listed) -> None:
    found = listed(b="Kim came; KIM said.", a="Kim’s letter, came.")
    assert list(found) == ["C", "K", "L", "S"]
    assert [(word.word, word.places) for word in found["K"].words()] == [
        ("kim", (("b", "p1"),)),
        ("kim’s", (("a", "p1"),)),
    ]
    assert found["C"].words()[0].places == (("b", "p1"), ("a", "p1"))
    assert found["K"].file == "words/4b.html"


def test_the_places_of_a_frequent_word_are_counted(listed: Listed) -> None:
    found = listed(**{f"d{number:02}": "word" for number in range(30)})
    (word,) = found["W"].words()
    assert (len(word.places), word.more) == (24, 6)


def test_a_key_changes_with_its_own_words_and_documents_only(listed: Listed) -> None:
    before = listed(a="Kim came.", b="Lee left.")
    after = listed(a="Kim came.", b="Lee stayed.")
    assert {
        letter for letter in before if letter in after and before[letter].key == after[letter].key
    } == {
        "C",
        "K",
    }
    assert listed(a="Kim.", b="Kim.")["K"].key != listed(b="Kim.", a="Kim.")["K"].key
    cards = listed(a="Kim came.", b="Lee left.", cards=["another", "b"])
    assert {letter for letter in before if before[letter].key != cards[letter].key} == {"C", "K"}


def test_only_the_block_of_a_document_is_put_together_again(
    listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_blocks, "_DOCUMENTS", 3)
    texts = {f"d{number:02}": f"word number{number}" for number in range(30)}
    whole = listed(**texts)["W"].words()
    assert (whole[0].places[23], len(whole[0].places), whole[0].more) == (("d23", "p1"), 24, 6)
    asked: list[Sequence[str]] = []
    real = ReadingRows.words

    def words(rows: ReadingRows, letter: str, names: Sequence[str]) -> dict[str, str]:
        asked.append(names)
        return real(rows, letter, names)

    monkeypatch.setattr(ReadingRows, "words", words)
    texts["d07"] = "world word"
    found = listed(**texts)["W"].words()
    assert asked == [["d06", "d07", "d08"]]
    assert [(word.word, len(word.places), word.more) for word in found] == [
        ("word", 24, 6),
        ("world", 1, 0),
    ]
    assert [word.more for word in listed(a="word")["W"].words()] == [0], "of no other block"
