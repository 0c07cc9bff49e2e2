"""The work on one document, as a worker does it: encode, store, check, in one pass."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplomatic.build.last_written import path_of
from diplomatic.build.store import Stored, store
from diplomatic.build.workers import Travel
from diplomatic.edition import Document, Edition
from diplomatic.faults import fault
from diplomatic.findings import DiplomaticError, Finding

if TYPE_CHECKING:
    from lxml import etree

# Other TEI files that a document points into.
_POINTED: Final = re.compile(r'="([^"#:]+\.xml)#')


# What a publication reads of a document that has just been checked: its bytes, its tree.
Read = Callable[[Document, bytes, "etree._ElementTree"], Any]


@dataclass(frozen=True)
class Job:
    """What is to be done for one document: encoding if asked for, the check, what else is read."""

    document: Document
    encode: bool
    read: Read | None = None


@dataclass(frozen=True)
class Outcome:
    """What was done for one document; `stored` is None where it was not encoded.

    The doubts are what the encoder left open, as records of `diplomatic.reports.doubts`; the
    seconds are what each part took; `names` are marks of names of the indices (`entries`);
    `reading` is what the job's `read` gave, None where nothing could be read; `checked` is the
    SHA-256 of the document that was checked, empty where that is not known.
    """

    id: str
    stored: Stored | None = None
    encode_findings: list[Finding] = field(default_factory=list)
    check_findings: list[Finding] = field(default_factory=list)
    doubts: list[dict[str, Any]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    names: str = ""
    reading: Any = None
    checked: str = ""


def travel_of(edition: Edition) -> Travel:
    """Return how the work on a document can be done on another machine."""
    own = [edition.tei_dir / "conventions.toml", edition.settings_path]
    return Travel(edition.root, _files_of, [*own, *edition.index_paths.values()])


def _files_of(job: Job) -> list[Path]:
    """Return the files that the work on a document needs, those that it points to included."""
    document = job.document
    near = [document.tei, path_of(document.tei), document.source, document.sidecar_path]
    pointed: set[str] = set()
    with contextlib.suppress(OSError):
        pointed = set(_POINTED.findall(document.tei.read_text("utf-8", "replace")))
    others = [Path(os.path.normpath(document.tei.parent / name)) for name in sorted(pointed)]
    return [*near, document.decisions, *others]


def work(job: Job, edition: Edition) -> Outcome:
    """Do a job; a failure is a finding of the outcome, and never touches what is there."""
    started = time.monotonic()
    stored, said, made, names = _encode(job, edition) if job.encode else (None, [], [], "")
    encoded = time.monotonic()
    there = job.document.tei.exists()
    findings, reading, checked = _check(job) if there else ([], None, "")
    seconds = {"encode": encoded - started, "check": time.monotonic() - encoded}
    return Outcome(job.document.id, stored, said, findings, made, seconds, names, reading, checked)


def _encode(
    job: Job, edition: Edition
) -> tuple[Stored | None, list[Finding], list[dict[str, Any]], str]:
    """Encode and store a document; return what became of it, what to say, what is open, names."""
    try:
        from diplomatic.build.encoding import encode_source
        from diplomatic.reports.doubts import records

        encoded = encode_source(job.document.source, job.document.id, edition)
        stored = store(job.document.tei, encoded.xml)
    except DiplomaticError as error:
        return None, list(getattr(error, "findings", [error.finding])), [], ""
    except Exception as error:  # one document must not stop the others
        return None, [fault(error, str(job.document.source))], [], ""
    file = job.document.source.relative_to(edition.root).as_posix()
    doubts = records(job.document.id, file, encoded.doubts)
    return stored, [*encoded.findings, *stored.findings], doubts, encoded.names


def _check(job: Job) -> tuple[list[Finding], Any, str]:
    """Check a document; return what there is to say, what is read of it on the way, its SHA-256."""
    document = job.document
    try:
        from diplomatic.checking.document import check_file

        transcript = document.source if document.source.exists() else None
        checked = check_file(document.tei, transcript, guest=document.is_guest)
    except Exception as error:  # one document must not stop the others
        return [fault(error, str(document.tei))], None, ""
    reading = None
    if job.read and checked.tree is not None:
        # The publication reads again what cannot be read here, and says why it cannot.
        with contextlib.suppress(Exception):
            reading = job.read(document, checked.data, checked.tree)
    digest = hashlib.sha256(checked.data).hexdigest() if checked.data else ""
    return checked.findings, reading, digest
