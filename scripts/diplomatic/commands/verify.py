"""`diplomatic verify`: a published copy against the manifest of its build."""

from __future__ import annotations

from pathlib import Path

import click

from diplomatic.build.manifest import MANIFEST, manifest_path
from diplomatic.checking.published import read_manifest, verify
from diplomatic.commands import _shared as shared
from diplomatic.findings import worst_exit_code


@click.command(
    epilog="""\b
Examples:
  diplomatic verify                       output/ of this edition
  diplomatic verify /srv/www/edition      a copy of output/, or of output/html
  diplomatic verify COPY --edition DIR    against the manifest of that edition
""",
)
@click.argument(
    "copy", metavar="[DIR]", required=False, type=click.Path(path_type=Path, exists=True)
)
@shared.edition_option
@shared.format_option
@shared.quiet_option
def command(copy: Path | None, folder: Path | None, style: str, quiet: bool) -> int:
    """Compare every file of a published copy with output/reports/manifest.json.

    What is missing, changed, or not from the build is a finding. A copy of all of output/ carries
    the manifest along; where the edition is not at hand, that one is used.
    """
    manifest, place = _where(copy, folder)
    files = read_manifest(manifest)
    findings = verify(place, files)
    shared.show_findings(findings, style)
    if not quiet and style == "text":
        click.echo(f"{place} against {manifest}: {shared.count_findings(findings)}")
    return worst_exit_code(findings)


def _where(copy: Path | None, folder: Path | None) -> tuple[Path, Path]:
    """Return the manifest and the copy to compare with it."""
    if folder is None and copy is not None and (copy / "reports" / MANIFEST).is_file():
        return copy / "reports" / MANIFEST, copy
    edition = shared.open_edition(folder)
    return manifest_path(edition), copy or edition.output_dir
