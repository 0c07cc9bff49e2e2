"""The reports that a build leaves in `output/reports`: findings for all who read them, manifest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.manifest import Since, manifest_path, write_manifest
from diplomatic.build.run import Run
from diplomatic.build.state import plain
from diplomatic.edition import Edition
from diplomatic.findings import Finding, as_json, sort_key


def write_reports(run: Run) -> None:
    """Write findings and `manifest.json`, without a clock, unless they are as they should be.

    After a run that is not whole the manifest is left to the next, which makes the rest.

    Raises:
        DiplomaticError: D801, they cannot be written.
    """
    edition, state = run.edition, run.state
    inputs = {
        "findings": _hash_of(run.account.findings),
        "title": edition.settings.title,
        "program": run.inputs.program,
    }
    if state.why("report findings", inputs):
        paths = _write_findings(edition, relative(run.account.findings, edition.root))
        state.look_again(paths)
        state.done("report findings", inputs, paths)
    if run.options.whole:
        _write_manifest(run)


def _write_manifest(run: Run) -> None:
    """Write the manifest, or what of it is other than when all was done last."""
    changed, place = run.changed(), str(manifest_path(run.edition))
    if changed is None or place in changed:
        write_manifest(run.edition, run.state, None)
    elif not run.state.reported:
        names = {document.id for document in run.asked} | run.gone
        tasks = [f"encode {name}" for name in names]
        tasks += [f"publish {name}" for name in run.options.publications]
        write_manifest(run.edition, run.state, Since(changed, tasks))


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
    start = f"{root}{os.sep}"
    return sorted({_relative(finding, start) for finding in findings}, key=sort_key)


def _relative(finding: Finding, start: str) -> Finding:
    """Return one finding with its file without the beginning that names the root."""
    place = finding.place
    if not place.file.startswith(start):
        return finding
    file = place.file.removeprefix(start).replace(os.sep, "/")
    return replace(finding, place=replace(place, file=file))
