"""What the preview adds to pages on their way to the browser: a script, and findings.

None of it is ever in `output/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import PurePath
from typing import Final

from diplomatic.findings import Finding, Severity, code_info

SCRIPT_PATH: Final = "/.preview/reload.js"
NEWS_PATH: Final = "/.preview/news"

# Asks again and again for news, and loads the page anew, which keeps its place, when there are.
SCRIPT: Final = f"""\
"use strict";
(() => {{
  const seen = document.currentScript.dataset.seen;
  const ask = async () => {{
    try {{
      const answer = await fetch("{NEWS_PATH}?seen=" + seen, {{ cache: "no-store" }});
      if (answer.ok && (await answer.text()) !== seen) {{
        location.reload();
        return;
      }}
    }} catch {{
      await new Promise((done) => setTimeout(done, 1000));
    }}
    ask();
  }};
  ask();
}})();
"""
_STYLE: Final = (
    "all:initial;display:block;box-sizing:border-box;width:100%;padding:.8rem 1.2rem;"
    "font:15px/1.5 system-ui,sans-serif;color:#1f1f1f;background:#fff4e5;"
    "border-bottom:3px solid #b3261e;max-height:45vh;overflow:auto"
)


def concerning(findings: Sequence[Finding], document: str) -> list[Finding]:
    """Return the findings to show on the page of a document: its own, and errors without one."""
    return [
        finding
        for finding in findings
        if document in _documents(finding)
        or (finding.severity is Severity.ERROR and not _documents(finding))
    ]


def dressed(page: bytes, findings: Sequence[Finding], number: int) -> bytes:
    """Return a page with the script that loads it anew, and with findings on top."""
    script = f'<script src="{SCRIPT_PATH}" data-seen="{number}"></script>'.encode()
    body = page.find(b"<body")
    start = page.find(b">", body) + 1 if body >= 0 else 0
    page = page[:start] + _panel(findings).encode() + page[start:]
    end = page.rfind(b"</body>")
    return page[:end] + script + page[end:] if end >= 0 else page + script


def bare_page(title: str, words: str) -> bytes:
    """Return a page for what has none."""
    text = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body><main><h1>{escape(title)}</h1>"
        f"<p>{escape(words)}</p></main></body></html>\n"
    )
    return text.encode()


def _documents(finding: Finding) -> set[str]:
    """Return the name of the document that a finding is about, if its file is of one."""
    path = PurePath(finding.place.file)
    of_one = path.parent.name in {"sources", "documents", "decisions"}
    return {path.stem} if of_one else set()


def _panel(findings: Sequence[Finding]) -> str:
    """Return findings as a panel; nothing where there are none."""
    if not findings:
        return ""
    items = "".join(f"<li>{_item(finding)}</li>" for finding in findings)
    return (
        f'<aside id="preview-findings" role="status" aria-label="Findings" style="{_STYLE}">'
        f"<ul>{items}</ul></aside>"
    )


def _item(finding: Finding) -> str:
    """Return one finding as HTML."""
    hint = finding.hint or code_info(finding.code).hint
    place = f"{finding.place}: " if finding.place.file else ""
    head = f"{place}{finding.severity} {finding.code}: {finding.message}"
    return f"<b>{escape(head)}</b><br>{escape(hint)}"
