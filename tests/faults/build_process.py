"""Builds in processes of their own, which tests kill, stop and interrupt.

A warm server forks them, so that a build takes half a second instead of three (`warm.py`).
"""

from __future__ import annotations

import os
import shutil
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from diplomatic.build.progress import Progress
from diplomatic.build.runner import Options, run_build
from diplomatic.cli import main
from diplomatic.edition import load_edition

ROOT = Path(__file__).resolve().parents[2]
NAME = "deportation-of-koreans"
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["warm", __name__])


def copy_edition(folder: Path) -> Path:
    """Copy the edition of this repository, less what takes long and writes in the same way."""
    shutil.copytree(ROOT / "tei", folder / "tei")
    path = folder / "tei" / "edition.toml"
    text = path.read_text("utf-8")
    text = text.replace("[web]", "[web]\nfonts = false\nsearch = false")
    text = text.replace("[print]", "[print]\nvolume = false\ndocuments = false")
    path.write_text(text, "utf-8")
    return folder


def start(folder: Path, said: Path, *options: str) -> BaseProcess:
    """Start `diplomatic build` in a process group of its own; what it says goes to a file."""
    process = CONTEXT.Process(target=_command, args=(str(folder), str(said), options))
    process.start()
    return process


def start_website(folder: Path) -> BaseProcess:
    """Start a build of documents and website."""
    process = CONTEXT.Process(target=_website, args=(str(folder),))
    process.start()
    return process


def _website(folder: str) -> None:
    options = Options(publications=("html",), processes=1)
    run_build(load_edition(Path(folder)), options, Progress(quiet=True))


def _command(folder: str, said: str, options: tuple[str, ...]) -> None:
    os.setpgid(0, 0)
    with Path(said).open("wb") as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
    os._exit(main(["build", "--edition", folder, *options]))
