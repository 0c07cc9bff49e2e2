"""Findings as SARIF 2.1.0 (OASIS), which editors and code hosts show beside the text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from diplomatic import __version__
from diplomatic.findings import Finding, code_info

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"error": "error", "warning": "warning", "note": "note"}


def as_sarif(findings: Iterable[Finding], root: Path | None = None) -> str:
    """Return findings as a SARIF log; files are given relative to `root` where they are inside."""
    found = list(findings)
    codes = sorted({finding.code for finding in found})
    driver = {
        "name": "Diplomatic",
        "version": __version__,
        "rules": [_rule(code) for code in codes],
    }
    results = [_result(finding, codes.index(finding.code), root) for finding in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> dict[str, object]:
    """Return the description of a code."""
    info = code_info(code)
    return {
        "id": code,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.explanation or info.title},
        "help": {"text": info.hint or info.title},
        "defaultConfiguration": {"level": _LEVELS[info.severity]},
    }


def _result(finding: Finding, index: int, root: Path | None) -> dict[str, object]:
    """Return one finding."""
    hint = finding.hint or code_info(finding.code).hint
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}. {hint}" if hint else finding.message},
    }
    place = finding.place
    if place.file:
        location: dict[str, object] = {"artifactLocation": {"uri": _uri(place.file, root)}}
        if place.line:
            location["region"] = {
                "startLine": place.line,
                **({"startColumn": place.column} if place.column else {}),
            }
        result["locations"] = [{"physicalLocation": location}]
    if place.transcript_line:
        result["properties"] = {"transcriptLine": place.transcript_line}
    return result


def _uri(name: str, root: Path | None) -> str:
    """Return a file as a URI, relative where it is inside `root`."""
    path = Path(name)
    if root is not None and path.is_absolute() and path.is_relative_to(root):
        path = path.relative_to(root)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
