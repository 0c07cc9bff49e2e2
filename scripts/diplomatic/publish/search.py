"""Search: Pagefind's index of the pages of a shard.

In: the pages of the documents of one shard (`shards`). Out: the files of its index, by name. One
index holds every script and language. Words are indexed as they are written, without stems: what
is found does not hang on the language, and is what the script for bare files finds.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import cbor2

from diplomatic.findings import DiplomaticError, Finding

# Pagefind's own interfaces are not used.
_LEFT_OUT: Final = (
    *("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight"),
)
# What reads an index: one is enough for all shards.
_PROGRAM: Final = ("pagefind.js", "pagefind-worker.js", "wasm.")
# What each packed file begins with.
_MARK: Final = b"pagefind_dcd"
_EXCLUDED: Final = ".pn, .vh, .ours-sign, .doubt, .back, .surplus"
# A language that is not determined: Pagefind knows no stems of it.
_LANGUAGE: Final = "und"
# Shards that are made side by side each keep to one processor.
_ALONE: Final = {"RAYON_NUM_THREADS": "1", "TOKIO_WORKER_THREADS": "1"}
_HTML: Final = re.compile(rb"<html[^>]*>")
_META: Final = re.compile(rb"<meta [^>]*data-pagefind-[^>]*>")
_BODY: Final = re.compile(rb"<(\w+) [^>]*data-pagefind-body[^>]*>")


def indexed(page: bytes) -> bytes:
    """Return of a page what Pagefind reads: the rest may change without a new index."""
    body = _BODY.search(page)
    if body is None:
        return b""
    end = page.rfind(b"</%b>" % body[1])
    head = b"".join(_META.findall(page))
    root = _HTML.search(page)
    return (
        b"".join((root[0] if root else b"<html>", b"<head>", head, b"</head><body>"))
        + page[body.start() : end]
        + b"</%b></body></html>" % body[1]
    )


def pagefind_files(
    pages: Mapping[str, bytes], number: int = 1, *, alone: bool = True
) -> dict[str, bytes]:
    """Return Pagefind's index of these pages: in `pagefind/`, or `pagefind/2/` and so on.

    Only pages with `data-pagefind-body` are in it; an edition's own templates may write none.

    Args:
        pages: the pages by the names of their files.
        number: the number of the shard; the first has what reads all of them.
        alone: without, other shards are being made at the same time.

    Raises:
        DiplomaticError: D715, Pagefind is not installed or cannot index.
    """
    if not any(pages.values()):
        return {}  # Pagefind takes it for a mistake.
    with tempfile.TemporaryDirectory() as folder:
        site, made = Path(folder, "site"), Path(folder, "pagefind")
        site.mkdir()
        for name, data in pages.items():
            (site / name).write_bytes(data)
        _run(site, made, {} if alone else _ALONE)
        files = {
            path.relative_to(made).as_posix(): path.read_bytes()
            for path in sorted(made.rglob("*"))
            if path.is_file() and not path.name.startswith(_LEFT_OUT)
        }
    if number == 1:
        return {f"pagefind/{name}": data for name, data in _in_order(files, "").items()}
    files = {name: data for name, data in files.items() if not name.startswith(_PROGRAM)}
    ordered = _in_order(files, f"{number}-")
    return {f"pagefind/{number}/{name}": data for name, data in ordered.items()}


def _run(site: Path, made: Path, environment: Mapping[str, str]) -> None:
    """Let Pagefind index the pages in a folder.

    Raises:
        DiplomaticError: D715, it is not installed or cannot index.
    """
    command = [str(_program()), "--site", str(site), "--output-path", str(made)]
    command += ["--force-language", _LANGUAGE, "--exclude-selectors", _EXCLUDED, "--silent"]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
            env={**os.environ, **environment},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DiplomaticError(Finding("D715", f"Pagefind: {error}")) from error
    if done.returncode:
        message = " ".join((done.stderr or done.stdout).split())
        raise DiplomaticError(Finding("D715", f"Pagefind: {message}"))


def _in_order(files: Mapping[str, bytes], prefix: str) -> dict[str, bytes]:
    """Return Pagefind's files with its lists of filters in order, and named anew.

    Pagefind writes them in an order that differs from run to run; files are named by what is in
    them, so that all names would differ too. `prefix` makes the names of pages those of the shard:
    two shards may have the same short name for a page, by which the search tells results apart.
    """
    ordered = {name: data for name, data in files.items() if not name.endswith(".pf_filter")}
    renamed = {}
    for name in files.keys() - ordered.keys():
        label, values = _unpacked(files[name])
        data = _packed([label, sorted(values)])
        tag = f"{Path(name).stem.partition('_')[0]}_{_digest(data)}"
        renamed[Path(name).stem] = tag
        ordered[f"filter/{tag}.pf_filter"] = data
    for name in [name for name in ordered if name.endswith(".pf_fragment")]:
        ordered[f"fragment/{prefix}{Path(name).name}"] = ordered.pop(name)
    for name in [name for name in ordered if name.endswith(".pf_meta")]:
        index = _unpacked(ordered.pop(name))
        index[1] = [[f"{prefix}{page}", *rest] for page, *rest in index[1]]
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
