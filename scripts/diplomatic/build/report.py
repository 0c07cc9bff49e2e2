"""What a build has to tell: its account, and the reports it leaves in `output/reports`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.manifest import manifest_path, write_manifest
from diplomatic.build.profile import Times
from diplomatic.build.state import State
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
        write_manifest(edition, state)


def relative(findings: Iterable[Finding], root: Path) -> list[Finding]:
    """Return findings in order, once each, with files as seen from the edition's root."""
    return sorted({_relative(finding, root) for finding in findings}, key=sort_key)


def _relative(finding: Finding, root: Path) -> Finding:
    """Return one finding with its file as seen from the root."""
    path = Path(finding.place.file)
    if not finding.place.file or not path.is_relative_to(root):
        return finding
    return replace(finding, place=replace(finding.place, file=path.relative_to(root).as_posix()))
