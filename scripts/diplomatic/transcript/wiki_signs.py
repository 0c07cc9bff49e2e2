"""What shows that a transcript was saved from a wiki (conventions §8)."""

from __future__ import annotations

import re

from diplomatic.conventions import Conventions
from diplomatic.transcript.text import SourceText

# A link to edit a section: "edit" in the wiki's language; some captures keep its brackets alone.
EDIT_WORDS = r"(?:{wiki_edit}|{wiki_edit_stem}[^\]\n]*)"
_EDIT_LINK = rf"\[{EDIT_WORDS}\]"
_EDITED_LINE = rf"^\S.{{1,80}}\[{EDIT_WORDS}?\]\s*$"
_TEMPLATE = re.compile(r"\bTemplate:\w|\{\{\w|^Lua error", re.MULTILINE)
_RAW_HEADING = re.compile(r"^==+[^=\n]+==+\s*$", re.MULTILINE)
_LANGUAGE_LINKS = re.compile(
    r"""^(?:[a-z]{2,3}:\S[^\n:]*\s)+ [a-z]{2,3}:\S[^\n:]*$   # several on one line
      | ^[a-z]{2,3}:[^\s:/][^\n:]*$                            # or one alone
    """,
    re.MULTILINE | re.VERBOSE,
)
_CONTENTS = re.compile(r"^Contents(?:\s*\[hide\])?\s+1\s", re.MULTILINE)


def wiki_reason(source: SourceText, conventions: Conventions) -> str:
    """Return why a transcript is a wiki article; empty when it is none.

    Some signs are proof; of the others, two must come together.
    """
    text = source.text
    if "]" in text and len(conventions.compile(_EDITED_LINE, re.MULTILINE).findall(text)) > 1:
        return "edit links after its headings"
    origin = conventions.line_patterns["wiki-origin"].search(text) is not None
    raw = "==" in text and _RAW_HEADING.search(text) is not None
    seen = {
        "template residue": _has_template(text),
        "the words of a wiki's licence": origin,
        "edit links": conventions.compile(_EDIT_LINK, 0).search(text) is not None,
        "raw headings": raw,
        "links to other languages": _LANGUAGE_LINKS.search(text) is not None,
        "a contents list": "Contents" in text and _CONTENTS.search(text) is not None,
    }
    reasons = [reason for reason, found in seen.items() if found]
    if origin or raw:
        return reasons[0]
    return " and ".join(reasons[:2]) if len(reasons) > 1 else ""


def _has_template(text: str) -> bool:
    """Whether a template was left over; a quick look comes before the exact one."""
    likely = any(sign in text for sign in ("Template:", "{{", "Lua error"))
    return likely and _TEMPLATE.search(text) is not None
