"""What the printed edition remembers of the PDFs that it made, to make only what changed.

In: for each PDF a key, which names everything that the PDF depends on. Out: whether the file that
is there was made from just that, and what there was to say of it. Without the memory, or with a
broken one, everything is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.edition import Edition
from diplomatic.findings import Finding, Place
from diplomatic.publish.fonts import FontSet
from diplomatic.resources import xslt_dir

# Packages whose version shows on the page.
_LIBRARIES: Final = ("typst", "saxonche", "lxml")
# Settings that change no page; the order of the documents is in the key of the volume.
_NOT_PRINTED: Final = {"web", "documents"}
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})


class Memory:
    """The memory of the PDFs of one edition, by file name."""

    def __init__(self, folder: Path, path: Path) -> None:
        """Read the memory at `path` of what was made in `folder`."""
        self._folder = folder
        self._path = path
        self._rows: dict[str, dict[str, Any]] = _load(path)

    def recall(self, name: str, key: str) -> list[Finding] | None:
        """Return what was said of a file that is there as made with this key; None: make it."""
        row = self._rows.get(name, {})
        try:
            if row["key"] != key or row["sha256"] != _digest(self._folder / name):
                return None
            return [Finding(c, m, Place(*where), hint) for c, m, where, hint in row["findings"]]
        except (OSError, KeyError, TypeError, ValueError):
            return None

    def note(self, name: str, key: str, findings: Iterable[Finding]) -> None:
        """Remember a file that was just made."""
        said = [[f.code, f.message, list(astuple(f.place)), f.hint] for f in findings]
        digest = _digest(self._folder / name)
        self._rows[name] = {"key": key, "sha256": digest, "findings": said}

    def forget(self, name: str) -> None:
        """Forget a file, so that it is made again."""
        self._rows.pop(name, None)

    def sweep(self, wanted: Iterable[str]) -> None:
        """Remove the files that were made here and that nothing asks for any more."""
        for name in sorted(self._rows.keys() - set(wanted)):
            with contextlib.suppress(OSError):
                (self._folder / name).unlink()
            del self._rows[name]

    def save(self) -> None:
        """Write the memory.

        Raises:
            DiplomaticError: D801, it cannot be written.
        """
        write_if_changed(self._path, json.dumps(self._rows, sort_keys=True).encode())


def common_key(edition: Edition, fonts: FontSet) -> str:
    """Return what all PDFs of an edition depend on besides the documents, as one word."""
    own = edition.own_xslt_dir
    folders = [xslt_dir(), *([own] if own else [])]
    files = [path for folder in folders for path in folder.rglob("*")]
    files += Path(__file__).parents[1].rglob("*.py")
    files += (p for p in edition.tei_dir.rglob("*") if p.suffix.lower() in _PICTURES)
    hashes = {str(path): _digest(path) for path in sorted(files) if path.is_file()}
    faces = [(font.family.name, font.version) for font in (*fonts.romans, fonts.code)]
    libraries = [version(name) for name in _LIBRARIES]
    text = repr((hashes, faces, libraries, edition.settings.model_dump_json(exclude=_NOT_PRINTED)))
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(common: str, *paths: Path) -> str:
    """Return the key of a PDF that is made from these files, in this order."""
    text = " ".join((common, *(f"{path.stem} {_digest(path)}" for path in paths)))
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _load(path: Path) -> dict[str, dict[str, Any]]:
    """Return what is stored, or nothing when it cannot be used."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
