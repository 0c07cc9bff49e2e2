"""A cache on disk for what is dear to make and depends on few things, such as subsets of fonts.

It lies in the hidden part of `output/`; whoever deletes it loses time only.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path

from diplomatic.build.atomic import write_bytes
from diplomatic.findings import DiplomaticError


class Cache:
    """Results by key, one file each."""

    def __init__(self, folder: Path | None) -> None:
        """Keep results in `folder`; without one, nothing is kept."""
        self._folder = folder

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under `key`, or make it and keep it.

        The key names everything that the result depends on, versions of packages included.
        """
        if self._folder is None:
            return make()
        path = self._folder / hashlib.sha256(key.encode("utf-8")).hexdigest()
        with contextlib.suppress(OSError):
            kept = path.read_bytes()
            # The hash in front tells a file that a full disk or another program has damaged.
            if hashlib.sha256(kept[32:]).digest() == kept[:32]:
                return kept[32:]
        made = make()
        # A cache that cannot be written is no reason to fail.
        with contextlib.suppress(DiplomaticError):
            write_bytes(path, hashlib.sha256(made).digest() + made)
        return made
