"""Findings shown: as text with the line at fault, as a web page, and as SARIF.

What callers use (JSON is `diplomatic.findings.as_json`):

- `as_text(findings, lines) -> str`: for people in a terminal. `lines` is a function that gives the
  lines of a file by its name (`file_lines` reads them from disk; None where there are none).
- `as_html(findings, title) -> str`: a page that needs nothing else, for output/reports/check.html.
- `as_sarif(findings, root) -> str`: SARIF 2.1.0, for editors and code hosts; files are given
  relative to `root`.

All three keep the order given; `diplomatic.findings.sort_key` puts findings in order.
"""

from diplomatic.reports.html import as_html
from diplomatic.reports.sarif import as_sarif
from diplomatic.reports.text import as_text, file_lines

__all__ = ["as_html", "as_sarif", "as_text", "file_lines"]
