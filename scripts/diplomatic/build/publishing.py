"""The publications that a build can make, each behind one function."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from diplomatic.build.documents import Read
from diplomatic.edition import Edition
from diplomatic.findings import Finding


@dataclass(frozen=True)
class Published:
    """What a publication left: every file of it, changed or not, and what there is to say.

    `made` are its parts that were made anew, each with the reason, as far as it tells of parts;
    `stamps` are sizes and times of files by place, as far as they are known. Unless `is_all`, it
    tells only of files that it wrote or that had changed, and of those that are `gone`: others
    stand as they did.
    """

    files: Sequence[Path | str] = ()
    findings: list[Finding] = field(default_factory=list)
    made: list[tuple[str, str]] = field(default_factory=list)
    stamps: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    gone: Sequence[str] = ()
    is_all: bool = True


# The places of files that changed since the publication was last finished whole; None: not known.
Changed = Collection[str] | None


def _html(edition: Edition, changed: Changed = None) -> Published:
    """Make the website."""
    return _site(edition, changed, whole=True)


def _html_first(edition: Edition, changed: Changed = None) -> Published:
    """Make the pages of the website, and leave search and data for later."""
    return _site(edition, changed, whole=False)


def _site(edition: Edition, changed: Changed, *, whole: bool) -> Published:
    """Make the website, or what of it can be shown first."""
    from diplomatic.publish.site import publish_site

    site = publish_site(edition, whole=whole, changed=changed)
    return Published(
        site.places, site.findings, site.made, site.stamps, site.gone, is_all=site.is_all
    )


class Reader(Protocol):
    """Reads documents that workers have just checked, for a publication that comes later.

    `read` goes to the workers; what it gives is for `keep`.
    """

    @property
    def read(self) -> Read:
        """What a worker does."""

    def keep(self, reading: Any) -> None:  # noqa: ANN401 - whatever `read` gives
        """Remember what a worker read."""


@contextmanager
def reader_for(publications: Collection[str], edition: Edition) -> Iterator[Reader | None]:
    """Open what one of these publications reads documents with; None when none of them does."""
    if "html" not in publications:
        yield None
        return
    from diplomatic.publish.reading import readings

    with readings(edition) as found:
        yield found


def _pdf(edition: Edition, _: Changed = None) -> Published:
    """Make the PDFs: one of each document, and the volume, as the settings say."""
    from diplomatic.publish.pdf import pdf_names, publish_pdf

    findings = publish_pdf(edition)
    files = [edition.pdf_dir / name for name in pdf_names(edition)]
    return Published([path for path in files if path.exists()], findings)


def forget(edition: Edition) -> None:
    """Forget what a publication remembers by itself, so that all of it is made anew."""
    from diplomatic.publish.pdf import memory_path
    from diplomatic.publish.site import forget_site

    memory_path(edition).unlink(missing_ok=True)
    forget_site(edition)


def _epub(edition: Edition, _: Changed = None) -> Published:
    """Make the ebook, after the PDFs, whose pages it lists, unless the settings want none."""
    from diplomatic.publish.books import epub_path, left_out
    from diplomatic.publish.epub import publish_epub

    if not edition.settings.print.has_ebook(len(edition.documents)):
        return Published([], left_out(edition, "ebook"))
    findings = publish_epub(edition)
    path = epub_path(edition)
    return Published([path] if path.exists() else [], findings)


# By the name that `diplomatic publish` takes; in the order in which a build makes them: the
# ebook lists the pages of the volume, and the website has both books in its folder.
PUBLICATIONS: Final[dict[str, Callable[[Edition, Changed], Published]]] = {
    "pdf": _pdf,
    "epub": _epub,
    "html": _html,
}
# What a publication can show before all of it is made.
SHOWN_FIRST: Final[dict[str, Callable[[Edition, Changed], Published]]] = {"html": _html_first}
