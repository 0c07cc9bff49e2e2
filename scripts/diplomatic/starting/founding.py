"""Founding an edition: what `diplomatic init` writes, and what it leaves as it is.

In: a folder for the edition, and perhaps one with transcripts. Out: an account. No file that is
there is ever overwritten, so that a second run adds what is new and changes nothing else.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_bytes
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.setting_words import words_of
from diplomatic.settings import Sidecar
from diplomatic.starting.finding import Found, Haul, look_through
from diplomatic.starting.guessing import guesses, sidecar_text
from diplomatic.starting.identifiers import identifier_for
from diplomatic.starting.settings_file import Given, settings_text
from diplomatic.starting.sources_table import Row, digest, read_rows, rows_as_csv

_TEMPLATES: Final = {
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".github/workflows/edition.yml": "workflow.yml",
    "README.md": "README.md",
}


@dataclass
class Account:
    """What was done: files written and kept (relative to the folder), transcripts taken."""

    folder: Path
    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    taken: list[Row] = field(default_factory=list)
    known: int = 0
    findings: list[Finding] = field(default_factory=list)


def found_edition(folder: Path, source: Path | None, title: str = "") -> Account:
    """Make a folder an edition, with the transcripts of another folder.

    Args:
        folder: the edition; it may exist, and be an edition already.
        source: where transcripts are, in any order and in any folders; None without.
        title: the title of the edition; without one, the name of the folder is made into one.

    Raises:
        DiplomaticError: D031, the folder cannot be an edition; D801, a file cannot be written.
    """
    _refuse(folder)
    account = Account(folder)
    haul = _look(folder, source) if source else Haul()
    account.findings += haul.findings
    named = Given(title) if title else Given(_title(folder), "the name of the folder")
    files = {"tei/edition.toml": _settings(named).encode()}
    files |= {name: _template(file, str(named.value)) for name, file in _TEMPLATES.items()}
    for name, data in files.items():
        _write(account, name, data)
    for name in ("sources", "documents", "indices", "decisions"):
        _make(folder / "tei" / name)
    _take(account, haul)
    return account


def _refuse(folder: Path) -> None:
    """See that a folder can be an edition.

    Raises:
        DiplomaticError: D031, it is a file, or inside the sources of an edition.
    """
    if folder.exists() and not folder.is_dir():
        message = "this is a file; an edition is a folder"
        raise DiplomaticError(Finding("D031", message, Place(str(folder))))
    for parent in folder.absolute().parents:
        if (parent / "tei" / "edition.toml").is_file():
            message = f"the folder is inside another edition, {parent}"
            raise DiplomaticError(Finding("D031", message, Place(str(folder))))


def _look(folder: Path, source: Path) -> Haul:
    """Return what a folder holds, the edition itself left out."""
    leave = [folder / name for name in ("tei", "output", "xslt", *_TEMPLATES)]
    # An edition below the folder of transcripts is not one of them.
    if folder.resolve() != source.resolve():
        leave.append(folder)
    return look_through(source, leave)


def _title(folder: Path) -> str:
    """Return the name of a folder as a title."""
    words = " ".join(folder.absolute().name.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] or "An edition"


def _settings(title: Given) -> str:
    """Return the text of edition.toml."""
    publisher = Given(f"The editors of {title.value}", "nobody was named; put in who publishes it")
    today = Given(datetime.datetime.now().astimezone().date())
    return settings_text({"title": title, "publisher": publisher, "date": today})


def _template(file: str, title: str) -> bytes:
    """Return a file that comes with the program, filled in."""
    folder = resources.files("diplomatic.starting") / "templates"
    text = folder.joinpath(file).read_text("utf-8")
    if file == "README.md":
        rows = (f"| `{key}` | {words.meaning} |" for key, words in words_of(Sidecar).items())
        table = "\n".join(["| Key | What it says |", "|---|---|", *rows])
        text = text.replace("{title}", title).replace("{sidecar}", table)
    return text.encode()


def _take(account: Account, haul: Haul) -> None:
    """Copy what was found, byte for byte, with a sidecar each; write the table of names."""
    tei = account.folder / "tei"
    table = tei / "sources.csv"
    rows = read_rows(table)
    by_name = {row.name: row for row in rows}
    by_digest = {row.digest: row for row in rows}
    by_stem = {_stem(row.name): row for row in rows}
    taken = {path.stem for name in ("sources", "documents") for path in (tei / name).glob("*.*")}
    taken |= {row.identifier for row in rows}
    for found in haul.files:
        mark = digest(found.data)
        if row := by_name.get(found.name):
            account.known += 1
            if row.digest != mark:
                account.findings.append(_changed(found, row))
            continue
        if row := by_digest.get(mark):
            message = f"the same, byte for byte, as {row.name}, which is {row.identifier}"
            account.findings.append(Finding("D033", message, Place(str(found.path))))
        elif row := by_stem.get(_stem(found.name)):
            message = (
                f"of one name with {row.name}, which is {row.identifier}; it is its own document"
            )
            account.findings.append(Finding("D033", message, Place(str(found.path))))
        row = Row(identifier_for(found.name, taken), found.name, mark)
        by_stem[_stem(found.name)] = row
        taken.add(row.identifier)
        by_digest[mark] = row
        _copy(account, found, row)
        account.taken.append(row)
    if account.taken:
        write_bytes(table, rows_as_csv([*rows, *account.taken]))


def _stem(name: str) -> str:
    """Return the name of a file without its ending."""
    return name.rpartition(".")[0]


def _changed(found: Found, row: Row) -> Finding:
    """Return the finding on a file that has changed since it was taken."""
    message = f"changed since it was taken as {row.identifier}, which is kept as it is"
    kept = f"tei/sources/{row.identifier}{found.suffix}"
    hint = f"If the new text is the right one, copy it over {kept}."
    return Finding("D032", message, Place(str(found.path)), hint)


def _copy(account: Account, found: Found, row: Row) -> None:
    """Copy one file, and give it a sidecar.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    if found.suffix == ".xml":
        _write(account, f"tei/documents/{row.identifier}.xml", found.data)
        return
    _write(account, f"tei/sources/{row.identifier}{found.suffix}", found.data)
    sidecar = f"tei/sources/{row.identifier}.toml"
    if found.sidecar is not None:
        _write(account, sidecar, found.sidecar.read_bytes())
    else:
        _write(account, sidecar, sidecar_text(_guessed(account, found)).encode())


def _guessed(account: Account, found: Found) -> Mapping[str, Given]:
    """Return guesses about a transcript; of one that cannot be encoded, none."""
    try:
        return guesses(found.data, found.name)
    except DiplomaticError as error:
        account.findings.append(error.finding)
        return {}


def _write(account: Account, name: str, data: bytes) -> None:
    """Write a file of the edition unless it is there.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    path = account.folder / name
    if path.exists():
        account.kept.append(name)
        return
    write_bytes(path, data)
    account.written.append(name)


def _make(folder: Path) -> None:
    """Make a folder.

    Raises:
        DiplomaticError: D801, it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = error.strerror or "cannot be made"
        raise DiplomaticError(Finding("D801", message, Place(str(folder)))) from error
