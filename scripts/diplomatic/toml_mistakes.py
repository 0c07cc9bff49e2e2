"""What is wrong with a line that is no TOML, in the words of somebody who edits documents."""

from __future__ import annotations

import re
from typing import Final

# In this order: what a line shows, and what to do about it.
_MISTAKES: Final = (
    (r"[“”„‟«»]", 'The line has curly quotation marks; write straight ones: "…".'),
    (r"[‘’].*=|=\s*[‘’]", 'The line has a curly apostrophe for a quotation mark; write "…".'),
    (r"^\s*[\w-]+\s*:", 'A setting is written with = and not with a colon: title = "…".'),
    (
        r"=\s*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}[./]\d{1,2}[./]\d{1,2})",
        "A date is written 1951-03-09: year, month, day, with hyphens and without quotes.",
    ),
    (
        r"=\s*\d{4}-\d{1,2}-\d{1,2}",
        "This is no day of the calendar; a date is written 1951-03-09.",
    ),
    (
        r"=\s*(?:True|False|TRUE|FALSE|Yes|No|yes|no|on|off)\b",
        "Write true or false, in small letters.",
    ),
    (
        r"=\s*\"[^\"]*\\",
        "A backslash means something else in TOML: write / in a path, or \\\\ for one backslash.",
    ),
    (r"^[^\"]*\"[^\"]*$", "A quotation mark has no partner on the line."),
    (r"^[^\[]*=\s*\[[^\]]*$", "A list that is opened with [ is closed with ]."),
    (r"=\s*[^\W\d_]", 'Words stand in double quotes: title = "…".'),
    (r"^[^=]*$", 'A setting is written name = value, as in title = "…".'),
)


def toml_hint(line: str) -> str:
    """Return what to do about a line that is no TOML; nothing where nothing special is seen."""
    bare = line.partition("#")[0] if '"' not in line else line
    return next((hint for pattern, hint in _MISTAKES if re.search(pattern, bare)), "")
