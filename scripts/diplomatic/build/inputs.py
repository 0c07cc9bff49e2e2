"""What each task of the build is made from, as labels and hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from diplomatic import __version__
from diplomatic.build.entries import Entries
from diplomatic.build.files import MISSING, hash_of_lines
from diplomatic.build.last_written import path_of
from diplomatic.build.state import State
from diplomatic.edition import Document, Edition
from diplomatic.resources import schema_dir, xslt_dir

# Packages whose version shows in what is made.
_LIBRARIES: Final = (
    *("lxml", "saxonche", "typst", "fonttools", "brotli", "manimgx-fonts-cjk"),
    *("pagefind_bin", "cbor2"),
    *("fontpkg-eb-garamond", "fontpkg-source-serif-4", "fontpkg-source-code-pro"),
    *("fontpkg-cardo", "fontpkg-amiri"),
)


class Inputs:
    """Hashes of everything that can matter; those that all documents share are made once."""

    def __init__(self, edition: Edition, state: State) -> None:
        self._edition = edition
        self._state = state
        self.entries = Entries(edition, state)

    def of(self, document: Document) -> list[Path]:
        """Return the files of a document that its work may write.

        Not its transcript: if somebody changes that meanwhile, it is not what was encoded.
        """
        return [document.tei, path_of(document.tei)]

    def encoding(self, document: Document, names: str | None = None) -> dict[str, str]:
        """Return what a TEI document is made from.

        `names` are marks of names of the indices as just encoded; else those found before.
        """
        return {
            "transcript": self._state.hash_of(document.source),
            "sidecar": self._state.hash_of(document.sidecar_path),
            "decisions": self._state.hash_of(document.decisions),
            "what was last written": self._state.hash_of(path_of(document.tei)),
            "conventions": self._conventions,
            "index entries": self.entries.named(document) if names is None else names,
            "edition.toml": self._settings,
            "program": self.program,
        }

    def checking(self, document: Document, pointed: str | None = None) -> dict[str, str]:
        """Return what the check of a document depends on.

        `pointed` are marks of what it points to as just checked; else those found before.
        """
        return {
            "TEI document": self._state.hash_of(document.tei),
            "transcript": self._state.hash_of(document.source),
            "index entries": self.entries.pointed(document) if pointed is None else pointed,
            "schema": self._schema,
            "stylesheets": self._stylesheets,
            "program": self.program,
        }

    @property
    def around(self) -> str:
        """One word for what all documents are made from, beside files of their own."""
        shared = (self._conventions, self._settings, self.program, self._schema)
        parts = (*shared, self._stylesheets, self.entries.version)
        return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()

    def publishing(
        self,
        documents: Sequence[Document],
        before: Mapping[str, str] | None = None,
        touched: Iterable[Document] = (),
        gone: Iterable[str] = (),
    ) -> dict[str, str]:
        """Return what a publication of these documents is made from.

        Where it is known what it was `before`, only the documents `touched` since are asked for;
        others are `gone`.
        """
        inputs = dict(before or {})
        for name in gone:
            inputs.pop(_label(name), None)
        for document in documents if before is None else touched:
            digest = self._state.hash_of(document.tei)
            self._state.hash_of(document.source)
            inputs[_label(document.id)] = digest
            if digest == MISSING:
                del inputs[_label(document.id)]
        return {
            **inputs,
            "doubts": self._doubts,
            "transcripts": self._transcripts(
                each for each in documents if _label(each.id) in inputs
            ),
            "indices": self._indices,
            "edition.toml": self._settings,
            "stylesheets": self._stylesheets,
            "program": self.program,
            "libraries": self._libraries,
        }

    def _transcripts(self, documents: Iterable[Document]) -> str:
        """Return one hash for the transcripts of documents, which have been asked for."""
        known = self._state.digests_in(self._edition.sources_dir)
        names = (f"{document.id}{document.suffix}" for document in documents)
        return hash_of_lines(f"{name} {known.get(name, MISSING)}" for name in names)

    @property
    def books(self) -> str:
        """Hash of the PDFs and the ebook, which the website has in its folder."""
        from diplomatic.publish.books import books

        return self._state.hash_of_all(books(self._edition).values())

    @property
    def _doubts(self) -> str:
        """Hash of the list of open doubts, which the website shows; empty while there is none."""
        path = self._edition.reports_dir / "doubts.json"
        return self._state.hash_of(path) if path.exists() else ""

    @cached_property
    def _conventions(self) -> str:
        """Hash of the edition's own conventions."""
        return self._state.hash_of(self._edition.tei_dir / "conventions.toml")

    @cached_property
    def _settings(self) -> str:
        """Hash of the settings of the edition."""
        return self._state.hash_of(self._edition.settings_path)

    @cached_property
    def _indices(self) -> str:
        """Hash of the indices."""
        return self._state.hash_of_all(self._edition.index_paths.values())

    @cached_property
    def _stylesheets(self) -> str:
        """Hash of the stylesheets, those of the edition included."""
        folders = [xslt_dir(), self._edition.own_xslt_dir]
        return self._state.hash_of_all(path for folder in folders for path in _files(folder))

    @cached_property
    def _schema(self) -> str:
        """Hash of the schema."""
        return self._state.hash_of_all(_files(schema_dir()))

    @cached_property
    def program(self) -> str:
        """Hash of the program itself: its version, and its modules and tables."""
        package = Path(__file__).parents[1]
        own = [path for path in _files(package) if "_data" not in path.parts]
        modules = self._state.hash_of_all(own)
        return hashlib.sha256(f"{__version__} {modules}".encode()).hexdigest()

    @cached_property
    def _libraries(self) -> str:
        """Hash of the versions of the packages that show in what is made."""
        return hashlib.sha256(libraries().encode()).hexdigest()


def _label(document: str) -> str:
    """Return what a document is called among inputs, where nothing else is called so."""
    return f"document {document}"


def libraries() -> str:
    """Return the packages that show in what is made, with their versions."""
    return " ".join(map(_version, _LIBRARIES))


def _files(folder: Path | None) -> list[Path]:
    """Return the files under a folder, without those that programs leave beside them."""
    if folder is None:
        return []
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    ]


def _version(package: str) -> str:
    """Return a package with its version."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} absent"
