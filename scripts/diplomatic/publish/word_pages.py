"""The pages of the word list: one for each initial, or for as many first letters as it takes.

In: the words of the edition (`wordlist`), its documents. Out: pages with their records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import partial
from html import escape
from typing import Final

from lxml import etree

from diplomatic.publish.about import AboutList, AboutPage, add_place, page_root, told
from diplomatic.publish.content import EditionContent
from diplomatic.publish.division import Part, divided, placed
from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.ledger import Outlines, key_of
from diplomatic.publish.lists import SHORT_LINES
from diplomatic.publish.records import SitePage, add_document, add_element
from diplomatic.publish.wordlist import Initial, Word, shown

# Where the words stand in a record, which are written without a tree.
_PLACE: Final = "here"
_HERE: Final = f"<e:{_PLACE}/>".encode()


def word_pages(
    content: EditionContent, pages: Sequence[SitePage], memory: Outlines | None = None
) -> Iterator[AboutPage]:
    """Yield the pages of each initial of the word list; words are fetched with the record."""
    ids = content.ids
    at = {name: position for position, name in enumerate(ids)}
    cards = dict(zip(ids, content.shown("card"), strict=True))
    limit = content.settings.web.page_length * SHORT_LINES
    around = page_root(content, pages, "words", depth=1)
    add_initials(content, around)

    def parts(initial: Initial) -> Iterator[AboutPage]:
        for each in placed(divided(initial.words(), limit)):
            root = deepcopy(around)
            root.set("heading", initial.letter)
            add_place(root, each, partial(_told, initial))
            words = each.part.own
            named = sorted({document for word in words for document, _ in word.places})
            key = key_of(etree.tostring(root), words, [cards[name] for name in named])
            documents = partial(_documents, content, [at[name] for name in named])
            record = partial(_word_record, words, root, documents)
            yield AboutPage(initial.address(each.part), key, record)

    for initial in content.words:
        key = key_of(etree.tostring(around), limit, initial.key)
        yield from told(AboutList(initial.file, key, partial(parts, initial)), memory)


def _told(initial: Initial, part: Part[Word]) -> dict[str, str | None]:
    """Return what the records of other pages say of a page of the word list."""
    letters = shown(part.name or initial.letter)
    number = str(sum(1 for _ in part.all()))
    return {
        "name": letters,
        "heading": letters,
        "address": initial.address(part),
        "count": number,
    }


def _documents(content: EditionContent, positions: Sequence[int]) -> Iterator[DocumentFacts]:
    """Yield the documents at some positions."""
    for position in positions:
        yield content.facts[position]


def _word_record(
    words: Sequence[Word],
    root: etree._Element,
    documents: Callable[[], Iterator[DocumentFacts]],
) -> bytes:
    """Return the record of a page of the word list.

    Args:
        words: the words on it.
        root: the rest of the record, which is kept and stays as it is.
        documents: returns the documents that have the words.
    """
    root = deepcopy(root)
    # There are hundreds of thousands: written as they stand, which takes a third of the time.
    entries = (_word_entry(word) for word in words)
    add_element(root, _PLACE, {})
    for document in documents():
        add_document(root, document, 0)
    return etree.tostring(root).replace(_HERE, "".join(entries).encode("ascii"), 1)


def _word_entry(word: Word) -> str:
    """Return a word of the list as XML in ASCII."""
    more = f' more="{word.more}"' if word.more else ""
    at = "".join(_word_place(document, unit) for document, unit in word.places)
    return f'<e:word word="{_quoted(word.word)}"{more}>{at}</e:word>'


def _word_place(document: str, unit: str) -> str:
    """Return a place where words stand as XML in ASCII."""
    given = f' unit="{_quoted(unit)}"' if unit else ""
    return f'<e:at document="{_quoted(document)}"{given}/>'


def _quoted(text: str) -> str:
    """Return the value of an attribute in ASCII."""
    return escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")


def add_initials(content: EditionContent, root: etree._Element) -> None:
    """Add the initials of the word list."""
    for initial in content.words:
        add_element(root, "initial", {"letter": initial.letter, "address": initial.file})
