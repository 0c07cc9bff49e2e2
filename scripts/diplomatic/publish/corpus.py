"""The TEI of all documents as one corpus, a teiCorpus in one file or in parts.

In: the edition's settings, the TEI of each document. Out: files in pieces, which need not be in
memory together. Up to a thousand documents are one file. More than that, which no editor opens and
few programs hold as a tree, are parts of 250 in the order of the edition, each a corpus of its own,
and `data/corpus.xml` includes them (XInclude): what a program that resolves it reads is the corpus
as it would be in one file. A change writes the part that it is in, and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from lxml import etree

from diplomatic.publish.citations import edition_title
from diplomatic.settings import EditionSettings
from diplomatic.xml.names import TEI_NS, XML_ID, tei
from diplomatic.xml.paths import elements

FILE: Final = "data/corpus.xml"
_PART: Final = "corpus/{}.xml"
# More documents than this are in parts, of so many: 20 MB in one file, 5 MB in a part.
_WHOLE: Final = 1000
_DOCUMENTS: Final = 250
_XINCLUDE: Final = "http://www.w3.org/2001/XInclude"
_END: Final = b"</teiCorpus>"


def parts_of(documents: Sequence[object]) -> list[range]:
    """Return the positions of the documents of each part; none where one file has all of them."""
    number = len(documents)
    if number <= _WHOLE:
        return []
    return [range(k, min(k + _DOCUMENTS, number)) for k in range(0, number, _DOCUMENTS)]


def part_file(number: int) -> str:
    """Return the file of a part, counted from 1."""
    return f"data/{_PART.format(number)}"


def corpus(
    settings: EditionSettings, documents: Iterable[bytes], positions: range | None = None
) -> Iterator[bytes]:
    """Yield the pieces of a teiCorpus of documents; each comes from `corpus_document`.

    `positions` are those of the documents of a part; without, they are all documents.
    """
    says = "The TEI documents of the edition, each whole."
    if positions is not None:
        says = f"The TEI documents {positions.start + 1} to {positions.stop} of the edition."
    yield _begun(settings, says)
    yield from documents
    yield _END


def corpus_of_parts(settings: EditionSettings, parts: int) -> Iterator[bytes]:
    """Yield the pieces of a teiCorpus that includes so many parts."""
    yield _begun(
        settings, "The TEI documents of the edition, each whole, in parts that it includes."
    )
    for number in range(1, parts + 1):
        href = _PART.format(number)
        yield f'<xi:include xmlns:xi="{_XINCLUDE}" href="{href}"/>\n'.encode()
    yield _END


def _begun(settings: EditionSettings, says: str) -> bytes:
    """Return the beginning of a corpus, with its header."""
    root = _root()
    _header(root, settings, says)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8").removesuffix(_END)


def _root() -> etree._Element:
    """Return a corpus of nothing."""
    spaces: Any = {None: TEI_NS}  # The stubs know no default.
    return etree.Element(tei("teiCorpus"), nsmap=spaces)


def _header(root: etree._Element, settings: EditionSettings, says: str) -> None:
    """Add the TEI header of a file about the whole edition."""
    file = _add(_add(root, "teiHeader"), "fileDesc")
    titles = _add(file, "titleStmt")
    _add(titles, "title", edition_title(settings))
    for name in settings.editors:
        _add(titles, "editor", name)
    publication = _add(file, "publicationStmt")
    _add(publication, "publisher", settings.publisher)
    _add(publication, "date", settings.date.isoformat(), when=settings.date.isoformat())
    if settings.base_url:
        _add(publication, "idno", str(settings.base_url), type="url")
    if settings.licence:
        licence = _add(_add(publication, "availability"), "licence", settings.licence.name)
        if settings.licence.url:
            licence.set("target", str(settings.licence.url))
    _add(_add(file, "sourceDesc"), "p", says)


def _add(
    parent: etree._Element, name: str, text: str | None = None, **given: str
) -> etree._Element:
    """Add a TEI element with text and attributes."""
    element = etree.SubElement(parent, tei(name), given)
    element.text = text
    return element


def corpus_document(document: etree._Element) -> bytes:
    """Return a document as it stands in the file of all documents; the tree is changed by it.

    Ids that belong to a document alone (`tr`, `genre`) get its id before them, with the pointers
    to them: in one file they would be there many times.
    """
    _make_ids_unique(document)
    root = _root()
    root.append(document)
    return etree.tostring(root, encoding="UTF-8").partition(b">")[2].removesuffix(_END)


def _make_ids_unique(document: etree._Element) -> None:
    """Put a document's id before the ids that lack it, and into the pointers to them."""
    own = document.get(XML_ID, "")
    renamed = {}
    for element in elements(document, "//*[@xml:id]"):
        name = element.get(XML_ID)
        if name and name != own and not name.startswith(f"{own}-"):
            renamed[f"#{name}"] = f"#{own}-{name}"
            element.set(XML_ID, f"{own}-{name}")
    for element in elements(document, "//*[@*[contains(., '#')]]"):
        for key, value in element.items():
            if "#" in str(value):
                parts = (renamed.get(part, part) for part in str(value).split())
                element.set(key, " ".join(parts))
