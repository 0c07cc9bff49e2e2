"""What the preview's server and its builder tell each other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from diplomatic.findings import Finding


@dataclass(frozen=True)
class News:
    """How things stand: a number that grows with each change, and the findings that stand."""

    number: int = 0
    findings: tuple[Finding, ...] = ()


class Board:
    """Where the builder puts news and the server waits for them; one for all threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._news = News()
        self._closed = False

    @property
    def news(self) -> News:
        """The latest news."""
        return self._news

    @property
    def closed(self) -> bool:
        """Whether there will be no more news."""
        return self._closed

    def put(self, findings: Sequence[Finding]) -> None:
        """Tell everybody of a change."""
        with self._changed:
            self._news = News(self._news.number + 1, tuple(findings))
            self._changed.notify_all()

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, number: int, seconds: float) -> News:
        """Return the news once they differ from `number`, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._news.number != number, seconds)
            return self._news
