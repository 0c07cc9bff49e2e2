"""The publications that a build can make, each behind one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from diplomatic.edition import Edition
from diplomatic.findings import Finding


@dataclass(frozen=True)
class Published:
    """What a publication left: every file of it, changed or not, and what there is to say."""

    files: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def _html(edition: Edition) -> Published:
    """Make the website."""
    from diplomatic.publish.site import publish_site

    result = publish_site(edition)
    return Published(list(result.files), list(result.findings))


def _pdf(edition: Edition) -> Published:
    """Make the PDFs."""
    from diplomatic.publish.print import publish_pdf

    result = publish_pdf(edition)
    return Published(list(result.files), list(result.findings))


# By the name that `diplomatic publish` takes; in the order in which a build makes them.
PUBLICATIONS: Final[dict[str, Callable[[Edition], Published]]] = {"html": _html, "pdf": _pdf}
