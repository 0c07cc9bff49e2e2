"""Search: Pagefind's index of the pages, and one script with all words for bare files.

In: the folder of the website with the pages of the documents in it, facts and units. Out: files
by name. One index holds every script: its language is forced to that of the edition, so that a
passage in another language is found from the same page.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import cbor2

from diplomatic.findings import DiplomaticError, Finding
from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.records import IndexedName

# Pagefind's own interfaces are not used.
_LEFT_OUT: Final = (
    *("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight"),
)
# What each packed file begins with.
_MARK: Final = b"pagefind_dcd"
_EXCLUDED: Final = ".pn, .vh, .ours-sign, .doubt, .back"


def pagefind_files(pages: Mapping[str, bytes], language: str) -> dict[str, bytes]:
    """Return Pagefind's index of these pages.

    Only pages with `data-pagefind-body` are in it.

    Raises:
        DiplomaticError: D715, Pagefind is not installed or cannot index.
    """
    with tempfile.TemporaryDirectory() as folder:
        site, made = Path(folder, "site"), Path(folder, "pagefind")
        site.mkdir()
        for name, data in pages.items():
            (site / name).write_bytes(data)
        command = [str(_program()), "--site", str(site), "--output-path", str(made)]
        command += ["--force-language", language.split("-")[0], "--exclude-selectors", _EXCLUDED]
        try:
            done = subprocess.run(
                [*command, "--silent"], capture_output=True, text=True, timeout=600, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DiplomaticError(Finding("D715", f"Pagefind: {error}")) from error
        if done.returncode:
            message = " ".join((done.stderr or done.stdout).split())
            raise DiplomaticError(Finding("D715", f"Pagefind: {message}"))
        files = {
            path.relative_to(made).as_posix(): path.read_bytes()
            for path in sorted(made.rglob("*"))
            if path.is_file() and not path.name.startswith(_LEFT_OUT)
        }
    return {f"pagefind/{name}": data for name, data in _in_order(files).items()}


def _in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return Pagefind's files with its lists of filters in order, and named anew.

    Pagefind writes them in an order that differs from run to run; files are named by what is in
    them, so that all names would differ too.
    """
    ordered = {name: data for name, data in files.items() if not name.endswith(".pf_filter")}
    renamed = {}
    for name in files.keys() - ordered.keys():
        label, values = _unpacked(files[name])
        data = _packed([label, sorted(values)])
        tag = f"{Path(name).stem.partition('_')[0]}_{_digest(data)}"
        renamed[Path(name).stem] = tag
        ordered[f"filter/{tag}.pf_filter"] = data
    for name in [name for name in ordered if name.endswith(".pf_meta")]:
        index = _unpacked(ordered.pop(name))
        index[3] = sorted([label, renamed[tag]] for label, tag in index[3])
        data = _packed(index)
        old = Path(name).stem.removeprefix("pagefind.")
        new = f"{old.partition('_')[0]}_{_digest(data)}"
        ordered[f"pagefind.{new}.pf_meta"] = data
        entry = ordered["pagefind-entry.json"].decode()
        ordered["pagefind-entry.json"] = entry.replace(old, new).encode()
    return ordered


def _digest(data: bytes) -> str:
    """Return a short name for what is in a file."""
    return hashlib.sha256(data).hexdigest()[:10]


def _unpacked(data: bytes) -> Any:  # noqa: ANN401 - CBOR
    """Return what a file of Pagefind holds: its mark, then CBOR, packed with gzip."""
    return cbor2.loads(gzip.decompress(data).removeprefix(_MARK))


def _packed(content: object) -> bytes:
    """Return a file of Pagefind."""
    return gzip.compress(_MARK + cbor2.dumps(content), mtime=0)


def _program() -> Path:
    """Return the path of Pagefind's program, from its package.

    Raises:
        DiplomaticError: D715, it is not installed.
    """
    spec = find_spec("pagefind_bin")
    if spec is None or spec.origin is None:
        raise DiplomaticError(Finding("D715", "the package pagefind_bin is not installed"))
    folder = Path(spec.origin).parent
    found = [folder / name for name in ("pagefind", "pagefind.exe") if (folder / name).exists()]
    if not found:
        raise DiplomaticError(Finding("D715", "the package pagefind_bin has no program"))
    return found[0]


def search_data(
    facts: Sequence[DocumentFacts],
    units: Iterable[Iterable[tuple[str, str]]],
    names: Mapping[str, IndexedName],
    kinds: Mapping[str, str],
) -> bytes:
    """Return the script that holds all words, for pages opened as files.

    `units` are the units of each document with their words; `kinds` are the words for the kinds
    of document.
    """
    documents = []
    texts = []
    for number, (document, content) in enumerate(zip(facts, units, strict=True)):
        named: dict[str, dict[str, None]] = {"person": {}, "place": {}}
        for mention in document.mentions:
            if mention.kind in named:
                known = names.get(mention.key)
                named[mention.kind][known.name if known else mention.words] = None
        year = (document.date or "")[:4]
        kind = kinds.get(document.kind, document.kind)
        entry = [document.id, document.title, kind, year, list(document.languages.values())]
        documents.append([*entry, list(named["person"]), list(named["place"])])
        texts += [[number, unit, text] for unit, text in content]
    data = json.dumps(
        {"documents": documents, "units": texts}, ensure_ascii=False, separators=(",", ":")
    )
    return f"window.searchData={data};\n".encode()
