"""Two clean builds are the same byte for byte, whatever differs around them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AROUND = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "COLUMNS": "40"},
    {
        "TZ": "America/Los_Angeles",
        "LC_ALL": "C.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "77",
    },
]
FOLDERS = ["a", "another folder/with a long name, ü"]


def start(folder: Path, around: dict[str, str], jobs: int) -> subprocess.Popen[bytes]:
    """Start a clean build of a copy of the edition's own part: transcripts, indices, settings."""
    shutil.copytree(ROOT / "tei", folder / "tei", ignore=shutil.ignore_patterns("documents"))
    code = "import sys; from diplomatic.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "build", "--quiet", "--jobs", str(jobs)]
    return subprocess.Popen(
        [*command, "--edition", str(folder)],
        env={**os.environ, **around},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def files(folder: Path) -> dict[str, bytes]:
    """Return every file by name, without the memory of the build, which knows times."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith("output/.build/"):
            found[name] = path.read_bytes()
    return found


def test_two_clean_builds_are_identical(tmp_path):
    folders = [tmp_path / name for name in FOLDERS]
    builds = [
        start(folder, around, jobs)
        for folder, around, jobs in zip(folders, AROUND, (1, 2), strict=True)
    ]
    for build in builds:
        said = build.communicate(timeout=300)[1].decode()
        assert build.returncode == 0, said
    first, second = (files(folder) for folder in folders)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    for part in ("html/index.html", "html/pagefind/", "pdf/volume.pdf", "epub/", "reports/"):
        assert any(name.startswith(f"output/{part}") for name in first), part
    assert not any(b"another folder" in data for data in second.values())
