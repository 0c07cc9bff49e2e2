"""One folder a code: what is in it, and how it is made to speak.

A folder is named after its code, `D401` or `D401-what-is-special`. It is of one of two kinds.

A single file, judged by a function: `in.xml` (with `other.xml`, `in.rng`, `in.sch`) or `in.odd`.

An edition in miniature: the files of the folder are laid over those of `edition/`, and
`diplomatic check` is run there. `case.toml` says what else there is to say:

    run = "encode"                    # another command than check
    without = ["tei/edition.toml"]    # files of `edition/` that are not there
    only = true                       # of many findings only those of the code are compared
    cause = "The program has a fault."  # what no file can cause: a sentence of `causes.py`
    [[before]]                        # what is done first, in order: a command …
    run = "encode"
    [[before]]                        # … or a change in a file
    file = "tei/documents/letter.xml"
    replace = "him"
    with = "her"
    [[before]]                        # … or a file that goes
    remove = "tei/sources/letter.txt"
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from causes import CAUSES

from diplomatic.cli import main

HERE = Path(__file__).parent
BASE = HERE / "edition"
_OWN = ("golden", "case.toml")
# What differs from run to run or from machine to machine in what the program says.
_VARYING = (
    (r"process \d+ on \S+", "process 1 on here"),
    (r"port [1-9]\d*", "port 1"),
    (r"/\S*/site-packages/", ""),
)


@dataclass(frozen=True)
class Case:
    """What is done in a miniature: laid out, prepared, run."""

    folder: Path
    run: str = "check"
    cause: str = ""
    package: str = ""
    only: bool = False
    without: tuple[str, ...] = ()
    before: tuple[dict[str, str], ...] = field(default_factory=tuple)

    @property
    def code(self) -> str:
        """The code that the folder is about."""
        return self.folder.name.partition("-")[0]


def read_case(folder: Path) -> Case:
    """Return the case of a folder; what has no `case.toml` is checked as it is."""
    path = folder / "case.toml"
    said: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    steps = {name: tuple(said.pop(name, ())) for name in ("without", "before")}
    return Case(folder, **said, **steps)


def is_edition(folder: Path) -> bool:
    """Say whether a folder is an edition in miniature rather than a single file."""
    return not any((folder / f"in.{kind}").exists() for kind in ("xml", "odd", "rng"))


def lay_out(case: Case, target: Path) -> None:
    """Write the miniature of a case."""
    shutil.copytree(BASE, target, dirs_exist_ok=True)
    shutil.copytree(case.folder, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_OWN))
    for name in case.without:
        (target / name).unlink()


def said_by(
    case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """Return what the command of a case says on standard error, in its miniature in `folder`."""
    monkeypatch.chdir(folder)
    for step in case.before:
        if "run" in step:
            main(step["run"].split())
        elif "remove" in step:
            (folder / step["remove"]).unlink()
        else:
            _change(folder / step["file"], step["replace"], step["with"])
    with ExitStack() as stack, monkeypatch.context() as patch:
        command = case.run
        if case.cause:
            cause = CAUSES[case.cause]
            made = stack.enter_context(cause(folder, patch, case.package))
            command = command.format(**made)
        # A preview ends at once, as with Ctrl-C.
        patch.setattr("diplomatic.commands.serve.watch_edition", lambda *_: None)
        capsys.readouterr()
        main([*command.split(), "--quiet"])
    said = steady(capsys.readouterr().err, folder)
    findings = said.split("\n\n") if case.only else []
    return "\n\n".join(text for text in findings if case.code in codes_in(text)) or said


def _change(path: Path, old: str, new: str) -> None:
    """Replace words of a file, which must be there."""
    text = path.read_text("utf-8", errors="replace")  # as an editor shows it
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def steady(text: str, folder: Path) -> str:
    """Return what was said without what varies."""
    text = text.replace(f"{folder}/", "").replace(str(folder), ".")
    for pattern, words in _VARYING:
        text = re.sub(pattern, words, text)
    return text


def codes_in(text: str) -> list[str]:
    """Return the codes of the findings in what was said, in their order."""
    return re.findall(r"(?:error|warning|note) (D\d{3}): ", text)


def mended(case: Case, where: str, old: str, new: str) -> tuple[Case, Callable[[Path], None]]:
    """Return a case as an example mends it: the case to run, and what to do in its miniature.

    Args:
        case: the case of the code.
        where: what the example is of: a file of the miniature, `command`,
            `cause`, `step`, `file name`.
        old: before.
        new: after.
    """
    if where == "cause":
        assert old == case.cause
        return replace(case, cause=""), _nothing
    if where == "command":
        assert old == f"diplomatic {case.run}"
        return replace(case, run=new.removeprefix("diplomatic ")), _nothing
    if where == "step":
        return replace(case, before=case.before[:-1]), _nothing
    if where == "file name":
        return case, lambda folder: _rename(folder / old, folder / new)
    steps = tuple(_mended_step(step, where, old, new) for step in case.before)
    if steps != case.before:
        return replace(case, before=steps), _nothing
    return case, lambda folder: _change(folder / where, old, new)


def _nothing(_: Path) -> None:
    """Do nothing more."""


def _rename(old: Path, new: Path) -> None:
    """Rename a file."""
    old.rename(new)


def _mended_step(step: dict[str, str], where: str, old: str, new: str) -> dict[str, str]:
    """Return a step that writes the words of an example into a file, with the mended words."""
    if step.get("file") != where or old not in step["with"]:
        return step
    return {**step, "with": step["with"].replace(old, new)}
