"""What an editor may write into `edition.toml` and into a sidecar: the models, with defaults.

Every model refuses keys that it does not know, so that a misspelt setting never passes unseen.
The words below each setting are for editors: `diplomatic init` writes them into `edition.toml`,
with the example where one is given (`Example: …`, a value as TOML), else with the default.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, field_validator

Name = Annotated[str, Field(min_length=1)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$")]
Colour = Literal[
    "paper", "tint", "ink", "muted", "rule", "edge", "link", "stamp", "mark", "target", "hatch"
]
ColourValue = Annotated[str, Field(pattern=r"^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]
FontName = Annotated[str, Field(pattern=r"^[\w .-]*$")]
LogoName = Annotated[str, Field(pattern=r"^(?:[\w-]+\.(?:svg|png|jpg|webp))?$")]


class Settings(BaseModel):
    """Base of all models: unknown keys are errors, values are not converted, nothing changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Licence(Settings):
    """A licence: its name, and the address of its text where it has one."""

    name: Name
    """What the licence is called.
    Example: "CC BY 4.0"
    """
    url: Annotated[HttpUrl | None, Field(strict=False)] = None
    """Where its text is.
    Example: "https://creativecommons.org/licenses/by/4.0/"
    """


class WebSettings(Settings):
    """The website: what it offers, and its look (manual: Styling)."""

    fonts: bool = True
    """Whether the fonts come with the website, so that it looks the same everywhere."""
    transcripts: bool = True
    """Whether readers may have the transcripts, and see them beside the edition."""
    search: bool = True
    """Whether the website has a search, which works without a server."""
    contact: str = ""
    """A mail address for whom harvests the edition; without it no OAI file is made.
    Example: "editors@example.org"
    """
    colours: dict[Colour, ColourValue] = {}
    """Colours of your own on the light page, by name: paper, tint, ink, muted, rule, edge, link,
    stamp, mark, target, hatch.
    Example: { link = "#1f4e79" }
    """
    dark: dict[Colour, ColourValue] = {}
    """The same for the dark page.
    Example: { link = "#9fc5e8" }
    """
    font: FontName = ""
    """A font that goes before the program's own for the text.
    Example: "Literata"
    """
    label_font: FontName = ""
    """A font that goes before the program's own for labels and menus.
    Example: "Inter"
    """
    logo: LogoName = ""
    """A picture for the head of each page: a file in the folder xslt/assets.
    Example: "logo.svg"
    """
    notes: Literal["margin", "below"] = "margin"
    """Where notes stand on wide screens: "margin", or "below" their paragraph."""
    page_length: Annotated[int, Field(ge=1, le=100_000)] = 1000
    """How many documents a page lists at most. Longer lists have a page for each year, and for each
    month or day of a long one; the word list has one for as many first letters as it takes."""


class Margins(Settings):
    """The margins of a page in millimetres; paragraph numbers need 15 on the inner and outer."""

    inner: Annotated[float, Field(ge=15, le=80)]
    """At the spine, 15 to 80.
    Example: 20
    """
    outer: Annotated[float, Field(ge=15, le=80)]
    """At the edge, 15 to 80.
    Example: 24
    """
    top: Annotated[float, Field(ge=12, le=80)]
    """Above, 12 to 80.
    Example: 20
    """
    bottom: Annotated[float, Field(ge=12, le=80)]
    """Below, 12 to 80.
    Example: 24
    """


PrintPage = Literal["volume", "a5", "a4", "letter"]
PrintPart = Literal["half-title", "contents", "documents", "note", "apparatus", "index", "colophon"]


# A volume of 275 documents has 2,000 pages and takes 2.4 GB of memory to set: many more would bring
# a computer down whose owner never asked for a book. An ebook of 1,000 takes ten seconds.
MOST_DOCUMENTS: Final = {"volume": 300, "ebook": 1000}


class PrintSettings(Settings):
    """The printed book: its page, what stands on it, which PDFs are made (manual: Printing)."""

    page: PrintPage = "volume"
    """The page of the volume: "volume" (156 by 234 mm), "a5", "a4", "letter"."""
    document_page: PrintPage | Annotated[list[PrintPage], Field(min_length=1)] = "a4"
    """The page of the PDF of one document; several make one PDF each, as ["a4", "letter"]."""
    trim: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    """Another size of the volume's page: width and height in millimetres.
    Example: [156, 234]
    """
    margins: Margins | None = None
    """Other margins of the volume's page, in millimetres."""
    type_size: Annotated[float, Field(ge=8, le=16)] | None = None
    """Another size of type, in points, 8 to 16.
    Example: 11
    """
    leading: Annotated[float, Field(ge=9, le=24)] | None = None
    """Another distance of lines, in points, 9 to 24.
    Example: 14
    """
    font: Literal["EB Garamond", "Source Serif 4"] = "EB Garamond"
    """The font: "EB Garamond" or "Source Serif 4"."""
    parts: list[PrintPart] = list(get_args(PrintPart))
    """The parts of the volume; take out what you do not want."""
    paragraph_numbers: bool = True
    """Whether paragraphs have their numbers in the margin."""
    line_numbers: bool = False
    """Whether the lines of each page are numbered."""
    line_step: Annotated[int, Field(ge=1, le=20)] = 5
    """Of numbered lines, every so many shows its number."""
    apparatus: Literal["paragraph", "line"] = "paragraph"
    """What an entry of the apparatus names: the "paragraph", or the "line" of the page."""
    notes: Literal["foot", "end"] = "foot"
    """Where notes stand: at the "foot" of the page, or at the "end" of the document."""
    volume: bool | None = None
    """Whether the volume is made; if nothing is said, of up to 300 documents.
    Example: true
    """
    documents: bool = True
    """Whether a PDF of each document is made."""
    ebook: bool | None = None
    """Whether the ebook is made; if nothing is said, of up to 1,000 documents.
    Example: true
    """
    region: str = "gb"
    """The region of the edition's language ("gb", "us"), which decides how words are divided."""

    def has_volume(self, documents: int) -> bool:
        """Say whether there is to be a volume of so many documents."""
        return documents <= MOST_DOCUMENTS["volume"] if self.volume is None else self.volume

    def has_ebook(self, documents: int) -> bool:
        """Say whether there is to be an ebook of so many documents."""
        return documents <= MOST_DOCUMENTS["ebook"] if self.ebook is None else self.ebook

    @property
    def document_pages(self) -> list[PrintPage]:
        """The pages of the PDFs of single documents, each once; the first is that of `ID.pdf`."""
        pages = self.document_page
        return list(dict.fromkeys([pages] if isinstance(pages, str) else pages))

    @field_validator("trim")
    @classmethod
    def _is_a_book(cls, trim: list[float] | None) -> list[float] | None:
        """Refuse a trim on which no line of text has room.

        Raises:
            ValueError: it has not.
        """
        if trim and not (100 <= trim[0] <= 420 and 140 <= trim[1] <= 600):
            raise ValueError("the trim is 100 to 420 mm wide and 140 to 600 mm high")
        return trim


class EditionSettings(Settings):
    """`tei/edition.toml`: the edition as a whole."""

    title: Name
    """The title of the edition."""
    subtitle: str = ""
    """What stands below the title.
    Example: "a documentary edition"
    """
    short_title: str = ""
    """The title where there is little room, such as the head of a page.
    Example: "Letters"
    """
    editors: list[Name] = []
    """Who edits; with nobody named, the publisher signs.
    Example: ["A. Editor", "B. Editor"]
    """
    publisher: Name
    """Who publishes the edition: you, an institute, a society."""
    date: datetime.date
    """The day of this version."""
    version: Name = "1"
    """The number of this version; raise it when you publish changes."""
    language: Language = "en"
    """The language of the edition itself (titles, menus): "en", "de", "ko" or "ru"."""
    base_url: Annotated[HttpUrl | None, Field(strict=False)] = None
    """Where the website will be, once you know; citations and feeds use it.
    Example: "https://example.org/edition/"
    """
    licence: Licence | None = None
    """The licence of your own part: encoding, notes, indices. Documents keep theirs."""
    scripts: dict[str, str] = {}
    """Which language a script means where nothing else says so (ISO 15924 code = BCP 47 tag).
    Example: { Cyrl = "ru", Hang = "ko" }
    """
    documents: list[Name] = []
    """The order of the documents, by identifier; those not named follow by name.
    Example: ["first-document", "second-document"]
    """
    withdrawn: dict[Name, Name] = {}
    """Documents that the edition once had: identifier = the reason, which their page shows.
    Example: { old-document = "The archive asked for it to be taken down." }
    """
    web: WebSettings = WebSettings()
    """The website (manual: Styling)."""
    print: PrintSettings = PrintSettings()
    """The printed book and the PDFs (manual: Printing)."""

    @property
    def running_title(self) -> str:
        """Return the short title, or the title where none is set."""
        return self.short_title or self.title


class ArchiveSettings(Settings):
    """Where the original is kept, as the archive writes it; all of it optional."""

    country: str = ""
    """The country."""
    settlement: str = ""
    """The town."""
    institution: str = ""
    """The institution that the archive belongs to."""
    repository: str = ""
    """The archive."""
    fonds: str = ""
    """The fonds or collection."""
    shelfmark: str = ""
    """The call number of the document."""


class Sidecar(Settings):
    """`tei/sources/{id}.toml`: what a transcript does not say of itself; all of it optional."""

    title: str = ""
    """The title of the document."""
    date: datetime.date | str = ""
    """The date of the document: a day (1951-03-09), or words ("spring 1951").
    Example: 1951-03-09
    """
    capture: Literal["archival", "wiki", "plain"] | None = None
    """What the transcript was saved from, where it is recognised wrongly: the page of an
    "archival" website, a "wiki" article, or nothing of the kind ("plain").
    """
    kind: (
        Literal[
            "journal",
            "letter",
            "telegram",
            "minutes",
            "report",
            "article",
            "memorandum",
            "document",
        ]
        | None
    ) = None
    """The kind of document, where it is recognised wrongly."""
    languages: list[Language] = []
    """The languages of the document (BCP 47), first that of the text."""
    author: str = ""
    """Who wrote it."""
    recipient: str = ""
    """To whom it was written."""
    licence: Licence | None = None
    """The licence of the document."""
    archive: ArchiveSettings = ArchiveSettings()
    """Where the original is kept."""
    credits: list[Name] = []
    """Who transcribed, translated, contributed the document."""

    @field_validator("date")
    @classmethod
    def _is_a_day(cls, date: datetime.date | str) -> datetime.date | str:
        """Refuse what is written as a day of the calendar and is none.

        Raises:
            ValueError: it is none.
        """
        if isinstance(date, str) and re.fullmatch(r"\d{4}-\d\d?-\d\d?", date.strip()):
            try:
                datetime.date.fromisoformat(date.strip())
            except ValueError:
                raise ValueError(f"{date} is no day of the calendar") from None
        return date
