"""What every file of the website depends on besides the documents, as one word.

In: the edition and the memory of its website, which knows files that have not changed. The program,
its stylesheets and those of the edition, the packages whose version shows, the settings.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from diplomatic import __version__
from diplomatic.edition import Edition
from diplomatic.publish.ledger import Ledger, key_of
from diplomatic.resources import xslt_dir

_LIBRARIES: Final = (
    *("saxonche", "lxml", "pagefind_bin", "cbor2", "fonttools", "brotli"),
    *("fontpkg-source-serif-4", "manimgx-fonts-cjk"),
)


def program_key(edition: Edition, ledger: Ledger) -> str:
    """Return one word for all that the pages are made with."""
    folders = [Path(__file__).parents[1], xslt_dir(), edition.own_xslt_dir]
    files = sorted(path for folder in folders if folder for path in _files(folder))
    hashes = [(path.name, ledger.digest(path)) for path in files]
    libraries = [(name, _version(name)) for name in _LIBRARIES]
    return key_of(__version__, hashes, libraries, edition.settings.model_dump_json())


def _files(folder: Path) -> list[Path]:
    """Return the files under a folder, without those that programs leave beside them."""
    return [
        path
        for path in folder.rglob("*")
        if path.suffix != ".pyc" and not path.name.startswith(".") and path.is_file()
    ]


@cache
def _version(name: str) -> str:
    """Return the version of a package, or that it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
