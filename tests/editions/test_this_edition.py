"""The edition in this repository: its documents are what the program makes of its transcripts."""

from __future__ import annotations

import shutil
from pathlib import Path

from diplomatic.cli import main

ROOT = Path(__file__).resolve().parents[2]


def test_encoding_changes_nothing(tmp_path, monkeypatch):
    """Whoever clones the repository and runs make finds nothing changed."""
    shutil.copytree(ROOT / "tei", tmp_path / "tei")
    monkeypatch.chdir(tmp_path)
    assert main(["encode", "--quiet"]) == 0
    assert contents(tmp_path / "tei") == contents(ROOT / "tei")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
