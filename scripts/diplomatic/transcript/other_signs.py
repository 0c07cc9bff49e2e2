"""Words of a transcriber that stand in other signs than square brackets: {illegible}, or in tabs.

Only square brackets are read. A word that transcribers put into them and that stands in other signs
would pass for the document's own; so it is told, and left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from diplomatic.conventions import Conventions
from diplomatic.findings import Finding
from diplomatic.transcript.text import SourceText

_SIGNS: Final = {
    "{": "}",
    "<": ">",
    "\uff3b": "\uff3d",
    "\u3010": "\u3011",
    "\u3014": "\u3015",
    "\t": "\t",
}
_WORDS: Final = r"{illegible}|{sic}|{handwritten}|{stamp}|{signature}|{translator}"


def other_signs(source: SourceText, conventions: Conventions) -> Iterator[Finding]:
    """Yield a finding (D440) on each word of a transcriber in other signs than brackets."""
    if not any(sign in source.text for sign in _SIGNS):
        return
    opening = "".join(_SIGNS)
    pattern = conventions.compile(
        rf"[{opening}] *(?:{_WORDS})\b[^\n{opening}]*?[{''.join(_SIGNS.values())}]"
    )
    for found in pattern.finditer(source.text):
        if _SIGNS[found[0][0]] == found[0][-1]:
            words = found[0][1:-1].strip()
            with_tabs = "tabs" if found[0][0] == "\t" else f"{found[0][0]} {found[0][-1]}"
            message = f"“{words}” stands in {with_tabs}, and is taken for the document's own words"
            hint = f"If it is the transcriber's, write [{words}]."
            yield Finding("D440", message, source.place(found.start()), hint)
