"""Building again at each save.

The build runs in the main thread, where Saxon is at home and stylesheets stay compiled; the
server has threads of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import PREFIX
from diplomatic.build.last_written import FOLDER
from diplomatic.build.progress import Progress
from diplomatic.build.report import Account, relative
from diplomatic.build.runner import Options, run_build
from diplomatic.edition import load_edition
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.preview.news import Board

# Milliseconds that a file must rest before it is built: editors save in several steps.
_REST: Final = 60
_STEP: Final = 20
Told = Callable[[Account | None, list[Finding]], None]


def build_once(root: Path, publications: tuple[str, ...], board: Board, told: Told) -> None:
    """Build, and put what came of it on the board; no failure ends the preview."""
    account = None
    try:
        # Once warm, this process is done with a save before workers would have started.
        options = Options(publications, processes=1 if board.news.number else None)
        account = run_build(load_edition(root), options, Progress(quiet=True))
        found = account.findings
    except DiplomaticError as error:
        found = list(getattr(error, "findings", [error.finding]))
    findings = relative(found, root)
    idle = account is not None and not account.made and not account.removed
    if idle and board.news.number and board.news.findings == tuple(findings):
        return
    board.put(findings)
    told(account, findings)


def watch_edition(root: Path, publications: tuple[str, ...], board: Board, told: Told) -> None:
    """Build, then build again whenever something in `tei/` or `xslt/` is saved, until Ctrl-C."""
    build_once(root, publications, board, told)
    for changed in _changes(root):
        if any(path.suffix == ".xsl" for path in changed):
            from diplomatic.xml.saxon import stylesheet

            stylesheet.cache_clear()
        build_once(root, publications, board, told)


def _changes(root: Path) -> Iterator[list[Path]]:
    """Yield the files that were saved, a moment after each save.

    All of the folder is watched, because `xslt/` may only come into being.
    """
    from watchfiles import watch

    for changes in watch(root, watch_filter=None, debounce=_REST, step=_STEP):
        changed = [Path(name) for _, name in changes]
        wanted = [path for path in changed if _matters(path, root)]
        if wanted:
            yield wanted


def _matters(path: Path, root: Path) -> bool:
    """Whether a change of this file can call for a build."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else ()
    inside = len(parts) > 1 and parts[0] in {"tei", "xslt"}
    return inside and FOLDER not in parts and not path.name.startswith((PREFIX, ".", "~"))
