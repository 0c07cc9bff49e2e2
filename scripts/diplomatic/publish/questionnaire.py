"""The questionnaire for digital editions, answered from the edition's own data.

The criteria are those by which the review journal RIDE has editions described; the questions are in
our own words (`xslt/common/questions.xml`). In: what pages are made from. Out: answers in order.
What the edition does not say is answered by *not stated*; nothing is assumed in its favour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from diplomatic import __version__
from diplomatic.publish.content import EditionContent
from diplomatic.publish.records import SitePage, add_element

YES, NO, UNSTATED = "yes", "no", "unstated"
_PREFIXES: Final = ("pers-", "place-", "org-")


@dataclass(frozen=True)
class Answer:
    """An answer: yes, no, not stated, or words (`said`), which may be a number `of` a number.

    `page` is the page of the website that shows it; `kinds` are kinds of documents, by key.
    """

    group: str
    question: str
    value: str = ""
    said: str = ""
    of: int | None = None
    page: str = ""
    kinds: str = ""


def add_questionnaire(
    content: EditionContent, pages: Sequence[SitePage], root: etree._Element
) -> None:
    """Add the questions with their answers to a record."""
    for answer in answers(content, pages):
        given = {
            "group": answer.group,
            "question": answer.question,
            "value": answer.value or None,
            "said": answer.said or None,
            "of": str(answer.of) if answer.of is not None else None,
            "page": answer.page or None,
            "kinds": answer.kinds or None,
        }
        add_element(root, "answer", given)


def answers(content: EditionContent, pages: Sequence[SitePage]) -> Iterator[Answer]:
    """Yield the answers to all questions, by group."""
    there = {name: file for name, file, _ in pages}
    yield from _identity(content)
    yield from _sources(content)
    yield from _method(content, there)
    yield from _model(content, there)
    yield from _access(content, there)
    yield from _use(content, there)
    yield from _care(content, there)


def _words(group: str, question: str, said: str, page: str = "") -> Answer:
    """Return an answer in the edition's own words; without any, it is not stated."""
    return Answer(group, question, "" if said else UNSTATED, said, page=page if said else "")


def _whether(group: str, question: str, so: bool, page: str = "") -> Answer:
    """Return yes, which the page shows, or no."""
    return Answer(group, question, YES if so else NO, page=page if so else "")


def _identity(content: EditionContent) -> Iterator[Answer]:
    """Yield what the edition is."""
    settings = content.settings
    parts = filter(None, (settings.title, settings.subtitle))
    yield _words("identity", "title", ": ".join(parts), "index.html")
    yield _words("identity", "editors", "; ".join(settings.editors))
    yield _words("identity", "publisher", settings.publisher)
    yield _words("identity", "version", f"{settings.version} ({settings.date.isoformat()})")
    yield _words("identity", "address", str(settings.base_url or ""))


def _sources(content: EditionContent) -> Iterator[Answer]:
    """Yield what the documents are and where they come from."""
    facts = content.facts
    kinds = " ".join(sorted({document.kind for document in facts}))
    days = sorted(
        day
        for document in facts
        for day in (document.date, document.date_from, document.date_to)
        if day
    )
    period = " – ".join(dict.fromkeys((days[0], days[-1]))) if days else ""
    languages = sorted({name for document in facts for name in document.languages.values()})
    archives = sorted({document.archive for document in facts if document.archive})
    yield Answer("sources", "documents", said=str(len(facts)), page="index.html")
    yield Answer("sources", "kinds", "" if kinds else UNSTATED, kinds=kinds)
    yield _words("sources", "period", period)
    yield _words("sources", "languages", ", ".join(languages))
    yield _words("sources", "archives", "; ".join(archives))
    yield Answer("sources", "selection", UNSTATED)


def _method(content: EditionContent, there: dict[str, str]) -> Iterator[Answer]:
    """Yield how the edition was made."""
    open_doubts = sum(document.doubts or 0 for document in content.facts)
    known = [document for document in content.facts if document.doubts is not None]
    # A document is compared with its transcript, where it has one that readers can see.
    compared, all_of_them = len(content.sources), len(content.facts)
    if compared == all_of_them:
        yield _whether("method", "faithful", bool(compared), "method.html")
    elif compared:
        yield Answer("method", "faithful", said=str(compared), of=all_of_them)
    else:
        yield Answer("method", "faithful", UNSTATED)
    yield _whether("method", "marked", bool(content.facts), there.get("report", ""))
    yield _words("method", "doubts", str(open_doubts) if known else "", there.get("doubts", ""))
    notes = sum(document.notes for document in content.facts)
    yield Answer("method", "notes", said=str(notes))
    yield Answer("method", "documented", YES, page="method.html")


def _model(content: EditionContent, there: dict[str, str]) -> Iterator[Answer]:
    """Yield how the text is modelled."""
    used = {mention.key for document in content.facts for mention in document.mentions}
    entities = [content.names[key] for key in sorted(used) if key in content.names]
    entities = [name for name in entities if name.key.startswith(_PREFIXES)]
    places = [name for name in entities if name.key.startswith("place-")]
    linked = sum(bool(name.same) for name in entities)
    located = sum(name.geo is not None for name in places)
    yield Answer("model", "markup", said="TEI P5", page=there.get("data", ""))
    yield _whether("model", "schema", content.manual is not None, there.get("manual", ""))
    page = "names.html" if entities else ""
    yield Answer("model", "names", said=str(len(entities)), page=page)
    yield Answer("model", "authorities", said=str(linked), of=len(entities))
    yield Answer("model", "places", said=str(located), of=len(places))


def _access(content: EditionContent, there: dict[str, str]) -> Iterator[Answer]:
    """Yield who may have what of it."""
    settings, data = content.settings, there.get("data", "")
    stated = sum(document.is_licensed for document in content.facts)
    # A website of files asks nobody for anything.
    yield Answer("access", "free", YES)
    yield _words("access", "licence", settings.licence.name if settings.licence else "")
    yield Answer("access", "licences", said=str(stated), of=len(content.facts))
    yield Answer("access", "data", YES, page=data)
    has_sources = settings.web.transcripts and bool(content.sources)
    yield _whether("access", "transcripts", has_sources, data)
    yield _whether("access", "harvest", any(key == "oai" for key, _ in content.files), data)


def _use(content: EditionContent, there: dict[str, str]) -> Iterator[Answer]:
    """Yield how it can be used."""
    printed = content.settings.print
    for name in ("search", "timeline", "map"):
        yield _whether("use", name, name in there, there.get(name, ""))
    yield _whether("use", "print", printed.volume or printed.documents)
    yield Answer("use", "citation", YES, page=there.get("cite", ""))
    yield Answer("use", "passages", YES, page=there.get("cite", ""))
    yield _whether("use", "accessible", "accessibility" in there, there.get("accessibility", ""))


def _care(content: EditionContent, there: dict[str, str]) -> Iterator[Answer]:
    """Yield how it is kept."""
    yield Answer("care", "server", NO)
    yield _whether("care", "versions", "versions" in there, there.get("versions", ""))
    yield Answer("care", "withdrawn", said=str(len(content.settings.withdrawn)))
    yield Answer("care", "archived", UNSTATED)
    yield _words("care", "contact", content.settings.web.contact)
    yield Answer("care", "software", said=f"Diplomatic {__version__}")
