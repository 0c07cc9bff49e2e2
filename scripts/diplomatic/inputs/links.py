"""Addresses that a file links to: only those that a reader can follow without risk are kept."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_SCHEME: Final = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_LONGEST: Final = 2000


def safe_link(address: str) -> str:
    """Return an address that TEI can hold; empty for one that leads nowhere outside the file."""
    address = address.strip()
    if not _SCHEME.match(address) or len(address) > _LONGEST:
        return ""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]-._")
