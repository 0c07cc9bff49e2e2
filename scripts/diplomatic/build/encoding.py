"""From a transcript on disk to its TEI: gathers what the encoder needs, and calls it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from diplomatic.configuration import read_model
from diplomatic.edition import Edition, is_identifier
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.settings import Sidecar

if TYPE_CHECKING:
    from diplomatic.encode import Encoded


def encode_source(source: Path, identifier: str, edition: Edition | None) -> Encoded:
    """Encode one transcript.

    Args:
        source: the transcript; a sidecar of the same name beside it is used.
        identifier: what the document is called.
        edition: its edition; None for a loose file.

    Raises:
        DiplomaticError: it, or its sidecar, cannot be read or is no transcript.
    """
    from diplomatic.encode import EncodeRequest, encode_transcript

    try:
        data = source.read_bytes()
    except OSError as error:
        message = error.strerror or "cannot be read"
        raise DiplomaticError(Finding("D012", message, Place(str(source)))) from error
    path = source.with_suffix(".toml")
    request = EncodeRequest(
        id=identifier,
        file_name=source.name,
        place=str(source),
        sidecar=read_model(path, Sidecar) if path.exists() else Sidecar(),
        edition=edition.settings if edition else None,
        indices=edition.index_paths if edition else {},
    )
    return encode_transcript(data, request)


def identifier_of(source: Path) -> str:
    """Return the identifier that a loose file gets from its name: letters, digits, hyphens."""
    name = re.sub(r"[^a-z0-9._-]+", "-", source.stem.lower())
    name = re.sub(r"([._-])[._-]+", r"\1", name).strip("._-")
    return name if is_identifier(name) else f"d-{name}".rstrip("-")
