"""The edition folder: its paths, its settings, its documents.

In: a folder that holds `tei/edition.toml`. Out: an `Edition`. The sidecars are read when they are
asked for, so that one broken sidecar stops only its own document. Layout: design §2.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from diplomatic.configuration import BrokenEditionError, ConfigurationError, read_model
from diplomatic.findings import Finding, Place
from diplomatic.inputs.kinds import SUFFIXES
from diplomatic.settings import EditionSettings, Sidecar

# An identifier is also an xml:id, part of an address, and a file name on every system.
_IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
# Names that the website and the book use for pages and folders of their own.
RESERVED: Final = frozenset(
    (
        *("index", "method", "persons", "places", "organisations", "terms", "names", "notes"),
        *("chronology", "timeline", "map", "search", "cite", "data", "versions", "accessibility"),
        *("404", "volume", "assets", "tei", "sources", "transcripts"),
    )
)
# Windows has no files of these names, whatever their ending.
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\..*)?")
# Names of files that tell of a folder, and are no documents.
_ABOUT: Final = frozenset(("readme", "license", "licence", "changelog"))
INDEX_NAMES: Final = ("persons", "places", "organisations", "terms")


@dataclass(frozen=True)
class Document:
    """One document of the edition: its identifier and where its files are, or would be."""

    id: str
    tei_dir: Path
    suffix: str = ".txt"

    @cached_property
    def source(self) -> Path:
        """Path of the transcript as received; a document written by hand has none."""
        return Path(self.tei_dir, "sources", f"{self.id}{self.suffix}")

    @property
    def is_guest(self) -> bool:
        """Whether it is TEI that was not made here: it has no transcript, and was never encoded."""
        encoded = self.tei.parent / ".encoded" / self.tei.name
        return not self.source.exists() and not encoded.exists()

    @cached_property
    def sidecar_path(self) -> Path:
        """Path of what the transcript does not say of itself; it need not exist."""
        return Path(self.tei_dir, "sources", f"{self.id}.toml")

    @cached_property
    def decisions(self) -> Path:
        """Path of the editor's decisions; it need not exist."""
        return Path(self.tei_dir, "decisions", f"{self.id}.toml")

    @cached_property
    def tei(self) -> Path:
        """Path of the TEI document, which is there once it has been encoded."""
        return Path(self.tei_dir, "documents", f"{self.id}.xml")

    def sidecar(self) -> Sidecar:
        """Return the sidecar, empty where there is none.

        Raises:
            ConfigurationError: D002, D003, D010, D012.
        """
        return read_model(self.sidecar_path, Sidecar) if self.sidecar_path.exists() else Sidecar()


@dataclass(frozen=True)
class Edition:
    """An edition folder that can be worked with.

    `findings` holds what is odd without being in the way, such as a transcript whose name cannot
    be an identifier, or an order that names a document which is not there.
    """

    root: Path
    settings: EditionSettings

    @cached_property
    def findings(self) -> list[Finding]:
        """What is odd about the files; looked for when it is asked for, as that takes its time."""
        # Imported here: it looks at an edition, which is made here.
        from diplomatic.oddities import oddities

        return list(oddities(self))

    def __getstate__(self) -> dict[str, Any]:
        """Return what is sent to a worker: not the documents, of which it is told one by one."""
        return {name: value for name, value in vars(self).items() if name != "documents"}

    @property
    def tei_dir(self) -> Path:
        """Folder of everything that an editor writes."""
        return self.root / "tei"

    @property
    def settings_path(self) -> Path:
        """Path of `edition.toml`."""
        return self.tei_dir / "edition.toml"

    @property
    def sources_dir(self) -> Path:
        """Folder of the transcripts and sidecars."""
        return self.tei_dir / "sources"

    @property
    def documents_dir(self) -> Path:
        """Folder of the TEI documents."""
        return self.tei_dir / "documents"

    def decisions_of(self, identifier: str) -> Path:
        """Return the path of the decisions on a document; it need not exist."""
        return Document(identifier, self.tei_dir).decisions

    @property
    def indices_dir(self) -> Path:
        """Folder of the indices."""
        return self.tei_dir / "indices"

    @property
    def index_paths(self) -> dict[str, Path]:
        """Paths of the indices that are there, by name (persons, places, …)."""
        paths = {name: self.indices_dir / f"{name}.xml" for name in INDEX_NAMES}
        return {name: path for name, path in paths.items() if path.exists()}

    @property
    def own_xslt_dir(self) -> Path | None:
        """Folder of the edition's own stylesheets, which override the program's; None without."""
        folder = self.root / "xslt"
        return folder if folder.is_dir() else None

    @property
    def output_dir(self) -> Path:
        """Folder of everything generated."""
        return self.root / "output"

    @property
    def html_dir(self) -> Path:
        """Folder of the website."""
        return self.output_dir / "html"

    @property
    def pdf_dir(self) -> Path:
        """Folder of the PDFs."""
        return self.output_dir / "pdf"

    @property
    def hidden_dir(self) -> Path:
        """Folder of what the build keeps for itself: lock, memory, cache."""
        return self.output_dir / ".build"

    @property
    def reports_dir(self) -> Path:
        """Folder of reports: findings, manifest."""
        return self.output_dir / "reports"

    @cached_property
    def documents(self) -> list[Document]:
        """Every document, from transcripts and from TEI files, in the order of the edition."""
        names = dict.fromkeys(_identifiers(self.documents_dir, (".xml",)), ".txt")
        found = [split(name) for name in names_of(self.sources_dir, SUFFIXES)]
        for stem, suffix in sorted(found, key=_preference, reverse=True):
            if stem in names or is_identifier(stem):
                names[stem] = suffix
        ordered = [name for name in self.settings.documents if name in names]
        rest = sorted(names.keys() - ordered)
        folder = self.tei_dir
        return [Document(name, folder, names[name]) for name in [*ordered, *rest]]

    def document(self, identifier: str) -> Document | None:
        """Return the document with this identifier, or None."""
        return next((d for d in self.documents if d.id == identifier), None)


def is_identifier(name: str) -> bool:
    """Say whether a name can be the identifier of a document."""
    possible = _IDENTIFIER.fullmatch(name) is not None and _DEVICES.fullmatch(name) is None
    return possible and name not in RESERVED


def load_edition(folder: Path) -> Edition:
    """Read the edition in `folder`.

    Raises:
        BrokenEditionError: D001, no edition; D002, D010, D012, its settings cannot be read; D003,
            settings that cannot be used, one finding each. Exit code 3.
    """
    root = folder.absolute()
    path = root / "tei" / "edition.toml"
    if not path.is_file():
        finding = Finding("D001", "no tei/edition.toml here", Place(str(folder)), _way_in(root))
        raise BrokenEditionError([finding])
    try:
        settings = read_model(path, EditionSettings)
    except ConfigurationError as error:
        raise BrokenEditionError(error.findings) from error
    return Edition(root, settings)


def _way_in(folder: Path) -> str:
    """Return what to do in a folder that is no edition, by what is in it; nothing special: ""."""
    if not folder.is_dir():
        return ""
    inside = sorted(path.parents[1] for path in folder.glob("*/tei/edition.toml"))
    if inside:
        return f"There is one in {inside[0].name}: go there, or add --edition {inside[0].name}"
    if (folder / "tei").is_dir():
        return "The folder tei is here without it: diplomatic init . writes one."
    if files_of(folder, SUFFIXES):
        return "If these are your transcripts: diplomatic init ../my-edition --from ."
    return ""


def files_of(folder: Path, suffixes: Collection[str]) -> list[Path]:
    """Return what a folder holds under these endings; what tells of the folder is left out."""
    return [folder / name for name in names_of(folder, suffixes)]


def names_of(folder: Path, suffixes: Collection[str]) -> list[str]:
    """Return the same by name; of tens of thousands of files that is much less work."""
    try:
        # Without a Path for each.
        listed = sorted(os.listdir(folder))  # noqa: PTH208
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [name for name in listed if split(name)[1] in suffixes and not _tells(name)]


def tells_of_folder(path: Path) -> bool:
    """Say whether a file tells of its folder (README and the like), and is no document."""
    return _tells(path.name)


def _tells(name: str) -> bool:
    """Say the same of a file by its name."""
    # Programs leave files of their own beside one that is open.
    return name.startswith((".", "~$")) or split(name)[0].lower() in _ABOUT


def split(name: str) -> tuple[str, str]:
    """Return stem and ending of the name of a file, as a Path has them."""
    stem, _, ending = name.rpartition(".")
    return (stem, f".{ending}") if stem and ending else (name, "")


def _identifiers(folder: Path, suffixes: Collection[str]) -> Iterator[str]:
    """Yield the identifiers of the files in a folder; names that cannot be one are left out."""
    for name in names_of(folder, suffixes):
        if is_identifier(stem := split(name)[0]):
            yield stem


def _preference(name: tuple[str, str]) -> int:
    """Return which of the files for one document counts: the lowest."""
    return SUFFIXES.index(name[1])
