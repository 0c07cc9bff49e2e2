"""A published copy of an edition against the manifest of its build: SHA-256 of every file.

In: the folder of the copy, which may be all of `output/` or a part such as the website, and the
manifest. Out: findings on what is missing, changed, or not from the build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import PREFIX
from diplomatic.build.manifest import MANIFEST
from diplomatic.build.profile import NAME as PROFILE
from diplomatic.findings import DiplomaticError, Finding, Place

# What a copy can be of, as the manifest names it.
_PARTS: Final = ("output/", "output/html/", "output/pdf/", "output/epub/", "output/reports/")
_BLOCK: Final = 1 << 20
# The memory of the build, which is no part of the edition.
_HIDDEN: Final = ".build"


def read_manifest(path: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that a manifest lists.

    Raises:
        DiplomaticError: D810, it is not there or is no manifest.
    """
    try:
        files = json.loads(path.read_bytes())["files"]
        return {name: row["sha256"] for name, row in files.items()}
    except OSError as error:
        message = error.strerror or "cannot be read"
        raise DiplomaticError(Finding("D810", message, Place(str(path)))) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = "this is no manifest of a build"
        raise DiplomaticError(Finding("D810", message, Place(str(path)))) from error


def verify(copy: Path, manifest: Mapping[str, str]) -> list[Finding]:
    """Compare a published copy with a manifest.

    Args:
        copy: a copy of `output/`, or of one of the folders in it.
        manifest: SHA-256 by the name of the file, as `read_manifest` gives it.
    """
    part = _part(copy, manifest)
    listed = {
        name.removeprefix(part): sha for name, sha in manifest.items() if name.startswith(part)
    }
    found = {path.relative_to(copy).as_posix(): path for path in _files(copy)}
    findings = []
    for name in sorted({*listed, *found}):
        place = Place(str(copy / name))
        if name not in found:
            findings.append(Finding("D811", "it is not here", place))
        elif name not in listed:
            findings.append(Finding("D813", "the manifest does not list it", place))
        elif (digest := _sha256(found[name])) != listed[name]:
            message = f"SHA-256 is {digest[:16]}…, made was {listed[name][:16]}…"
            findings.append(Finding("D812", message, place))
    return findings


def _part(copy: Path, manifest: Mapping[str, str]) -> str:
    """Return what the copy is of: the part of which it has most files."""

    def fitting(part: str) -> int:
        names = (name.removeprefix(part) for name in manifest if name.startswith(part))
        return sum((copy / name).is_file() for name in names)

    return max(_PARTS, key=fitting)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a copy, without manifest, times, and what the build hides."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        own = inside.parts[0] == _HIDDEN or path.name.startswith(PREFIX)
        manifest = inside.name in {MANIFEST, PROFILE} and inside.parent.as_posix() in {
            ".",
            "reports",
        }
        if not own and not manifest and not path.is_dir():
            yield path


def _sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read in blocks; a word that is none where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except OSError:
        return "unreadable"
    return digest.hexdigest()
