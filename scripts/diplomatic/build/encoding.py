"""From a transcript on disk to its TEI: gathers what the encoder needs, and calls it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from diplomatic.configuration import read_model
from diplomatic.edition import Edition, is_identifier
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.settings import Sidecar

if TYPE_CHECKING:
    from diplomatic.conventions import Conventions
    from diplomatic.encode import Encoded, EncodeRequest
    from diplomatic.encode.names import NameIndex


def encode_source(source: Path, identifier: str, edition: Edition | None) -> Encoded:
    """Encode one transcript.

    Args:
        source: the transcript; a sidecar of the same name beside it is used.
        identifier: what the document is called.
        edition: its edition, with the decisions on the document; None for a loose file.

    Raises:
        DiplomaticError: it, its sidecar or the decisions on it cannot be read.
    """
    from diplomatic.encode import encode_transcript

    data, request = prepare(source, identifier, edition)
    try:
        encoded = encode_transcript(data, request)
    except DiplomaticError as error:
        raise DiplomaticError(_placed(error.finding, source)) from error
    return replace(encoded, findings=[_placed(finding, source) for finding in encoded.findings])


def prepare(source: Path, identifier: str, edition: Edition | None) -> tuple[bytes, EncodeRequest]:
    """Return a transcript and what is known of it: as `encode_source`, before the encoding.

    Args:
        source: the transcript; a sidecar of the same name beside it is used.
        identifier: what the document is called.
        edition: its edition, with the decisions on the document; None for a loose file.

    Raises:
        DiplomaticError: it, its sidecar or the decisions on it cannot be read.
    """
    from diplomatic.encode import EncodeRequest
    from diplomatic.transcript.decisions import Decisions, load_decisions

    try:
        data = source.read_bytes()
    except OSError as error:
        message = error.strerror or "cannot be read"
        raise DiplomaticError(Finding("D012", message, Place(str(source)))) from error
    path = source.with_suffix(".toml")
    sidecar = read_model(path, Sidecar) if path.exists() else Sidecar()
    request = EncodeRequest(
        document_id=identifier,
        file_name=source.name,
        sidecar=sidecar,
        settings=edition.settings if edition else None,
        conventions=_conventions(
            _stamped([edition.tei_dir / "conventions.toml"] if edition else [])
        ),
        names=_names(
            _stamped(edition.index_paths.values() if edition else []),
            edition.settings.language if edition else "en",
        ),
        decisions=load_decisions(edition.decisions_of(identifier)) if edition else Decisions(),
    )
    return data, request


def prove_conventions(edition: Edition) -> None:
    """Read an edition's own conventions, so that a broken file stops the work before it begins.

    Raises:
        EditionError: D002, D020, they cannot be used.
    """
    if own := _stamped([edition.tei_dir / "conventions.toml"]):
        _conventions(own)


def identifier_of(source: Path) -> str:
    """Return the identifier that a loose file gets from its name: letters, digits, hyphens."""
    name = re.sub(r"[^a-z0-9._-]+", "-", source.stem.lower())
    name = re.sub(r"([._-])[._-]+", r"\1", name).strip("._-")
    return name if is_identifier(name) else f"d-{name}".rstrip("-")


def _placed(finding: Finding, source: Path) -> Finding:
    """Return a finding with the path of the transcript, which the encoder knows by name only."""
    if finding.place.file != source.name:
        return finding
    return replace(finding, place=replace(finding.place, file=str(source)))


def _stamped(paths: Iterable[Path]) -> tuple[tuple[Path, int], ...]:
    """Return the paths that exist with their times, so that a changed file is read again."""
    return tuple((path, path.stat().st_mtime_ns) for path in paths if path.exists())


@lru_cache(maxsize=4)
def _conventions(paths: tuple[tuple[Path, int], ...]) -> Conventions:
    """Return the conventions, with the edition's own where there are any; read once in a process.

    Raises:
        EditionError: D002, D020, the edition's own cannot be used.
    """
    from diplomatic.conventions import load_conventions

    return load_conventions(paths[0][0] if paths else None)


@lru_cache(maxsize=4)
def _names(paths: tuple[tuple[Path, int], ...], language: str) -> NameIndex:
    """Return the names of the indices; read once in a process.

    Raises:
        DiplomaticError: D012, D100, D101, an index cannot be read.
    """
    from diplomatic.encode.names import load_names

    return load_names([path for path, _ in paths], language)
