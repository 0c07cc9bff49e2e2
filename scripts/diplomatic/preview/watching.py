"""Building again at each save.

The build runs in the main thread, where Saxon is at home and stylesheets stay compiled; the
server has threads of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal

from diplomatic.build.account import Account
from diplomatic.build.atomic import PREFIX
from diplomatic.build.last_written import FOLDER
from diplomatic.build.progress import Progress
from diplomatic.build.report import relative
from diplomatic.build.runner import Options, run_build
from diplomatic.edition import load_edition
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.preview.news import Board

# Milliseconds that a file must rest before it is built: editors save in several steps.
_REST: Final = 60
_STEP: Final = 20
# And without a save before what takes longest is made; it is looked at as often as a tick.
_WHILE: Final = 3000
_TICK: Final = 250
Told = Callable[[Account | None, list[Finding]], None]


def build_once(
    root: Path,
    publications: tuple[str, ...],
    board: Board,
    told: Told,
    what: Literal["all", "pages", "rest"] = "all",
) -> None:
    """Build, and put what came of it on the board; no failure ends the preview.

    `pages` leaves search and data as they were, and is done sooner; `rest` follows it, and is told
    only when other findings stand.
    """
    account = None
    try:
        # Once warm, this process is done with a save before workers would have started.
        options = Options(
            publications, processes=1 if board.news.number else None, whole=what != "pages"
        )
        account = run_build(load_edition(root), options, Progress(quiet=True))
        found = account.findings
    except DiplomaticError as error:
        found = list(getattr(error, "findings", [error.finding]))
    findings = relative(found, root)
    idle = account is not None and not account.made and not account.removed
    idle |= account is not None and what == "rest"
    if idle and board.news.number and board.news.findings == tuple(findings):
        return
    board.put(findings)
    told(account, findings)


def watch_edition(root: Path, publications: tuple[str, ...], board: Board, told: Told) -> None:
    """Build, then build again whenever something in `tei/` or `xslt/` is saved, until Ctrl-C.

    At a save the pages come first; search and data follow when nobody has saved for a while.
    """
    saves = _changes(root)
    next(saves)  # from here on no save is missed, not even one during the first build
    build_once(root, publications, board, told)
    late = False
    for changed in saves:
        if any(path.suffix == ".xsl" for path in changed):
            from diplomatic.xml.saxon import stylesheet

            stylesheet.cache_clear()
        if changed:
            build_once(root, publications, board, told, "pages")
        elif late:
            build_once(root, publications, board, told, "rest")
        late = bool(changed)


def _changes(root: Path) -> Iterator[list[Path]]:
    """Yield nothing once watching has begun; then the files saved, a moment after each save.

    And none after a while without. All of the folder is watched, because `xslt/` may only come
    into being.
    """
    from watchfiles import watch

    quiet, begun = 0, False
    for changes in watch(
        root,
        watch_filter=None,
        debounce=_REST,
        step=_STEP,
        rust_timeout=_TICK,
        yield_on_timeout=True,
    ):
        wanted = [path for path in (Path(name) for _, name in changes) if _matters(path, root)]
        quiet = 0 if changes else quiet + _TICK
        if wanted or not begun or quiet >= _WHILE:
            quiet, begun = 0, True
            yield wanted


def _matters(path: Path, root: Path) -> bool:
    """Whether a change of this file can call for a build."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else ()
    inside = len(parts) > 1 and parts[0] in {"tei", "xslt"}
    return inside and FOLDER not in parts and not path.name.startswith((PREFIX, ".", "~"))
