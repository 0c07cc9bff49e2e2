"""What a build has to tell: its account, and the reports it leaves in `output/reports`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.manifest import manifest_path, write_manifest
from diplomatic.build.profile import Times
from diplomatic.build.state import State, plain
from diplomatic.edition import Edition
from diplomatic.findings import Finding, as_json, sort_key


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
    edition: Edition,
    account: Account,
    state: State,
    changed: Collection[str] | None,
    program: str,
    *,
    manifest: bool = True,
) -> None:
    """Write findings and `manifest.json`, without a clock, unless they are as they should be.

    Args:
        edition: whose reports they are.
        account: what is to be told.
        state: what is remembered.
        changed: the places that changed since all was done; None if that is not known.
        program: one word for the program that writes them.
        manifest: without, that is left to the next build, which makes the rest.

    Raises:
        DiplomaticError: D801, they cannot be written.
    """
    title = edition.settings.title
    inputs = {"findings": _hash_of(account.findings), "title": title, "program": program}
    if state.why("report findings", inputs, changed):
        paths = _write_findings(edition, relative(account.findings, edition.root))
        state.look_again(paths)
        state.done("report findings", inputs, paths)
    place = str(manifest_path(edition))
    if manifest and (changed is None or place in changed or not state.reported):
        write_manifest(edition, state)


def _write_findings(edition: Edition, findings: list[Finding]) -> list[Path]:
    """Write the reports on findings; return where they are."""
    # Imported here: a build with nothing to do needs no page.
    from diplomatic.reports import as_html, as_sarif

    texts = {
        "findings.json": as_json(findings) + "\n",
        "check.html": as_html(findings, edition.settings.title),
        "check.sarif": as_sarif(findings),
    }
    for name, text in texts.items():
        write_if_changed(edition.reports_dir / name, text.encode("utf-8"))
    return [edition.reports_dir / name for name in texts]


def _hash_of(findings: Iterable[Finding]) -> str:
    """Return one word for findings in this order."""
    return hashlib.sha256(json.dumps([*map(plain, findings)]).encode("utf-8")).hexdigest()


def relative(findings: Iterable[Finding], root: Path) -> list[Finding]:
    """Return findings in order, once each, with files as seen from the edition's root."""
    return sorted({_relative(finding, root) for finding in findings}, key=sort_key)


def _relative(finding: Finding, root: Path) -> Finding:
    """Return one finding with its file as seen from the root."""
    path = Path(finding.place.file)
    if not finding.place.file or not path.is_relative_to(root):
        return finding
    return replace(finding, place=replace(finding.place, file=path.relative_to(root).as_posix()))
