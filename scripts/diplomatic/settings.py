"""What an editor may write into `edition.toml` and into a sidecar: the models, with defaults.

Every model refuses keys that it does not know, so that a misspelt setting never passes unseen.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, field_validator

Name = Annotated[str, Field(min_length=1)]
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
    url: Annotated[HttpUrl | None, Field(strict=False)] = None


class WebSettings(Settings):
    """The website: fonts, downloads, look, and whom harvesters may write to.

    `fonts` ships fonts with it; `transcripts` offers the transcripts and the source view;
    `contact` is a mail address, which harvesting by OAI demands. `colours` overrides colours of
    the style sheet by name (`link = "#1f4e79"`), `dark` those of the dark page; `font` and
    `label_font` go before the program's fonts; `logo` is a picture in the edition's folder
    `xslt/assets`; `notes` says where notes stand on wide screens. docs/styling.md tells the story.
    """

    fonts: bool = True
    transcripts: bool = True
    search: bool = True
    contact: str = ""
    colours: dict[Colour, ColourValue] = {}
    dark: dict[Colour, ColourValue] = {}
    font: FontName = ""
    label_font: FontName = ""
    logo: LogoName = ""
    notes: Literal["margin", "below"] = "margin"


class Margins(Settings):
    """The margins of a page in millimetres; paragraph numbers need 15 on the inner and outer."""

    inner: Annotated[float, Field(ge=15, le=80)]
    outer: Annotated[float, Field(ge=15, le=80)]
    top: Annotated[float, Field(ge=12, le=80)]
    bottom: Annotated[float, Field(ge=12, le=80)]


PrintPage = Literal["volume", "a5", "a4", "letter"]
PrintPart = Literal["half-title", "contents", "documents", "note", "apparatus", "index", "colophon"]


class PrintSettings(Settings):
    """The printed book: its page, what stands on it, and which PDFs are made.

    `page` is the page of the volume and `document_page` that of the PDF of one document; `trim`
    (width and height), `margins` (both in millimetres), `type_size` and `leading` (in points)
    change the page of the volume. `parts` are the parts of the volume besides title page and
    documents. Every `line_step`th line has its number if `line_numbers` is set. `notes` stand at
    the foot of the page or after the document. docs/printing.md shows each.
    """

    page: PrintPage = "volume"
    document_page: PrintPage = "a4"
    trim: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    margins: Margins | None = None
    type_size: Annotated[float, Field(ge=8, le=16)] | None = None
    leading: Annotated[float, Field(ge=9, le=24)] | None = None
    font: Literal["EB Garamond", "Source Serif 4"] = "EB Garamond"
    parts: list[PrintPart] = list(get_args(PrintPart))
    paragraph_numbers: bool = True
    line_numbers: bool = False
    line_step: Annotated[int, Field(ge=1, le=20)] = 5
    notes: Literal["foot", "end"] = "foot"
    volume: bool = True
    documents: bool = True
    region: str = "gb"

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
    """`tei/edition.toml`: the edition as a whole.

    `editors` may be empty: then the edition is signed by its publisher. `scripts` says which
    language a script means where nothing else does (ISO 15924 code to BCP 47 tag). `documents`
    is the order of the documents; those not named follow by identifier. `withdrawn` are the
    identifiers of documents that the edition had, each with the reason, which its page shows.
    """

    title: Name
    subtitle: str = ""
    short_title: str = ""
    editors: list[Name] = []
    publisher: Name
    date: datetime.date
    version: Name = "1"
    language: Name = "en"
    base_url: Annotated[HttpUrl | None, Field(strict=False)] = None
    licence: Licence | None = None
    scripts: dict[str, str] = {}
    documents: list[Name] = []
    withdrawn: dict[Name, Name] = {}
    web: WebSettings = WebSettings()
    print: PrintSettings = PrintSettings()

    @property
    def running_title(self) -> str:
        """Return the short title, or the title where none is set."""
        return self.short_title or self.title


class ArchiveSettings(Settings):
    """Where the original is kept, as the archive writes it; all of it optional."""

    country: str = ""
    settlement: str = ""
    institution: str = ""
    repository: str = ""
    fonds: str = ""
    shelfmark: str = ""


class Sidecar(Settings):
    """`tei/sources/{id}.toml`: what a transcript does not say of itself; all of it optional.

    `capture` overrides the recognised kind of capture (archival, wiki, plain); `kind` overrides
    the recognised kind of document.
    """

    title: str = ""
    date: datetime.date | str = ""
    capture: Literal["archival", "wiki", "plain"] | None = None
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
    languages: list[Name] = []
    author: str = ""
    recipient: str = ""
    licence: Licence | None = None
    archive: ArchiveSettings = ArchiveSettings()
    credits: list[Name] = []
