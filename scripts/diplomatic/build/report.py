"""What a build has to tell: its account, and the reports it leaves in `output/reports`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.profile import Times
from diplomatic.build.state import State
from diplomatic.edition import Edition
from diplomatic.findings import Finding, as_json, sort_key

MANIFEST: Final = "manifest.json"
# The reports that a build writes beside its manifest.
_REPORTS: Final = ("findings.json", "check.html", "check.sarif", "doubts.json", "doubts.html")


@dataclass
class Account:
    """What a build did: pieces of work made anew and kept, why, and what stands.

    What stands is every finding, and the number of open doubts.
    """

    made: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    removed: int = 0
    documents: int = 0
    doubts: int = 0
    reasons: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    times: Times = field(default_factory=Times)

    def note(self, stage: str, name: str, reason: str) -> None:
        """Note a piece of work as made, with the reason."""
        self.made[stage] = self.made.get(stage, 0) + 1
        self.reasons.append((name, reason))


def write_reports(
    edition: Edition, account: Account, state: State, *, manifest: bool = True
) -> None:
    """Write findings and `manifest.json`, without a clock.

    Without `manifest`, that is left to the next build, which makes the rest.

    Raises:
        DiplomaticError: D801, they cannot be written.
    """
    findings = relative(account.findings, edition.root)
    text = as_json(findings) + "\n"
    page = edition.reports_dir / "check.html"
    changed = write_if_changed(edition.reports_dir / "findings.json", text.encode("utf-8"))
    stale = changed or not state.reported or not manifest_path(edition).exists()
    if changed or not page.exists():
        # Imported here: a build with nothing to do needs no page.
        from diplomatic.reports import as_html, as_sarif

        write_if_changed(page, as_html(findings, edition.settings.title).encode("utf-8"))
        sarif = edition.reports_dir / "check.sarif"
        write_if_changed(sarif, as_sarif(findings).encode("utf-8"))
    if stale and manifest:
        write_if_changed(manifest_path(edition), _manifest(edition, state).encode("utf-8"))
        state.note_report()


def note_doubts(edition: Edition) -> None:
    """Tell the manifest of reports that `encode` wrote by itself, if a build has left one.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    try:
        content = json.loads(manifest_path(edition).read_bytes())
        for name in ("doubts.json", "doubts.html"):
            path = edition.reports_dir / name
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            entry = content["files"][path.relative_to(edition.root).as_posix()]
            entry["sha256"] = digest
    except (OSError, ValueError, KeyError, TypeError):
        return  # `verify` says what is wrong with it, the next build makes it anew
    write_if_changed(manifest_path(edition), _as_text(content).encode("utf-8"))


def manifest_path(edition: Edition) -> Path:
    """Return where it is written what every file is made from."""
    return edition.reports_dir / MANIFEST


def _manifest(edition: Edition, state: State) -> str:
    """Return the manifest: every file with its SHA-256 and its task, every task with its inputs.

    A task's inputs are told once: thousands of pages are made from the same thousands of documents.
    """
    tasks = {name: task for name, task in state.tasks.items() if task.outputs}
    files = {
        output: {"sha256": digest, "made by": name}
        for name, task in tasks.items()
        for output, digest in task.outputs.items()
    }
    for path in edition.reports_dir.iterdir():
        if path.name in _REPORTS:
            files[state.name(path)] = {"sha256": state.hash_of(path), "made by": "report"}
    made_from = {name: task.inputs for name, task in tasks.items()}
    content = {"files": files, "made from": made_from}
    return _as_text(content)


def _as_text(content: object) -> str:
    """Return the manifest as it stands in its file."""
    # A line for each member, and no indent: with one, Python would write it, not C.
    return json.dumps(content, ensure_ascii=False, separators=(",\n", ": "), sort_keys=True) + "\n"


def relative(findings: Iterable[Finding], root: Path) -> list[Finding]:
    """Return findings in order, once each, with files as seen from the edition's root."""
    return sorted({_relative(finding, root) for finding in findings}, key=sort_key)


def _relative(finding: Finding, root: Path) -> Finding:
    """Return one finding with its file as seen from the root."""
    path = Path(finding.place.file)
    if not finding.place.file or not path.is_relative_to(root):
        return finding
    return replace(finding, place=replace(finding.place, file=path.relative_to(root).as_posix()))
