"""`tei/sources.csv`: under which name each transcript came, and what became of it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diplomatic.configuration import read_text

_COLUMNS: Final = ("identifier", "name", "sha256")


@dataclass(frozen=True)
class Row:
    """One file that was taken: its identifier, its name in the folder it came from, its digest."""

    identifier: str
    name: str
    digest: str


def digest(data: bytes) -> str:
    """Return what tells these bytes from all others (SHA-256)."""
    return hashlib.sha256(data).hexdigest()


def read_rows(path: Path) -> list[Row]:
    """Return the rows of the table; none where there is no table.

    Raises:
        ConfigurationError: D010, D012, it cannot be read.
    """
    if not path.exists():
        return []
    rows = csv.DictReader(io.StringIO(read_text(path)))
    return [
        Row(*(row[name] for name in _COLUMNS))
        for row in rows
        if all(row.get(name) for name in _COLUMNS)
    ]


def rows_as_csv(rows: Sequence[Row]) -> bytes:
    """Return the table as a file, which spreadsheets open as well."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows((row.identifier, row.name, row.digest) for row in rows)
    return stream.getvalue().encode()
