"""Where the program's own stylesheets and schema are: in the wheel, or in the repository."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _data_root() -> Path | None:
    """Return the folder of data inside an installed wheel; None in the repository."""
    data = _PACKAGE / "_data"
    return data if data.is_dir() else None


def xslt_dir() -> Path:
    """Return the folder of the program's stylesheets (`xslt/`)."""
    root = _data_root()
    return root / "xslt" if root else _PACKAGE.parents[1] / "xslt"


def schema_dir() -> Path:
    """Return the folder of the program's schema (`tei/schema/`)."""
    root = _data_root()
    return root / "schema" if root else _PACKAGE.parents[1] / "tei" / "schema"


def manual_dir() -> Path:
    """Return the folder of the manual's chapters (`docs/`)."""
    root = _data_root()
    return root / "docs" if root else _PACKAGE.parents[1] / "docs"
