"""Values as TOML, for files that an editor reads: one line each, whatever they hold."""

from __future__ import annotations

import datetime


def toml(value: object) -> str:
    """Return a value as TOML; one that TOML does not have is written as text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | datetime.date):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    return quoted(str(value))


def quoted(words: str) -> str:
    """Return words as a string of TOML, on one line, whatever they hold."""
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    safe = "".join(
        signs.get(sign, sign if sign.isprintable() or sign == " " else f"\\U{ord(sign):08X}")
        for sign in words
    )
    return f'"{safe}"'
