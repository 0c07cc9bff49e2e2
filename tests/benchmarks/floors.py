"""What the build is measured against, and what it is compared with."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmark_edition import ROOT
from lxml import etree

from diplomatic.build.manifest import manifest_path
from diplomatic.edition import Edition
from diplomatic.publish.making import DocumentPiece, Setup

ALONE = 5  # documents that get a process each; all of them would take too long
IDENTITY = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
    '<xsl:mode on-no-match="shallow-copy"/></xsl:stylesheet>'
)
# The floor, in a process of its own: it says how long its work took, without its start.
SAXON = """
import sys, time
from pathlib import Path
from saxonche import PySaxonProcessor
with PySaxonProcessor(license=False) as processor:
    sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=sys.argv[1])
    files = sorted(Path(sys.argv[2]).glob("*.xml"))
    started, used = time.perf_counter(), time.process_time()
    for path in files:
        sheet.transform_to_file(source_file=str(path), output_file=f"{sys.argv[3]}/{path.name}")
    print(time.perf_counter() - started, time.process_time() - used)
"""
# The page of one document, in a process of its own.
PAGE = """
import pickle, sys
from diplomatic.publish.making import make_piece
make_piece(*pickle.load(sys.stdin.buffer))
"""


def saxon_identity(edition: Edition, copies: Path) -> tuple[float, float]:
    """Return how long Saxon takes to copy the documents, without its start."""
    command = [sys.executable, "-c", SAXON, IDENTITY, str(edition.documents_dir), str(copies)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(said[0]), float(said[1])


def lxml_copies(edition: Edition, copies: Path) -> None:
    """Parse and write the documents with lxml."""
    for document in edition.documents:
        etree.parse(str(document.tei)).write(str(copies / document.tei.name), encoding="utf-8")


def inputs_and_manifest(edition: Edition) -> None:
    """Look at all inputs once and load the manifest of the build, in the fastest way there is.

    The inputs are asked for by folder, without a Path for each, which takes a third of the time
    that one by one takes. The manifest is `output/reports/manifest.json`. Outputs, of which there
    are three times as many as inputs, are left out, and so is what the build remembers: both would
    make the floor higher.
    """
    waiting = [str(folder) for folder in (edition.tei_dir, ROOT / "xslt", ROOT / "scripts")]
    while waiting:
        for entry in os.scandir(waiting.pop()):
            if entry.is_dir():
                waiting.append(entry.path)
            else:
                entry.stat()
    json.loads(manifest_path(edition).read_bytes())


def a_process_each(pieces: Sequence[DocumentPiece], setup: Setup) -> None:
    """Make the pages of some documents with a process for each."""
    for piece in pieces[:ALONE]:
        data = pickle.dumps((piece, setup))
        subprocess.run([sys.executable, "-c", PAGE], input=data, check=True)


def encoded_alone(edition: Edition, out: Path) -> None:
    """Encode some documents with a process for each, by the command."""
    for document in edition.documents[:ALONE]:
        words = [sys.executable, "-m", "diplomatic", "encode", str(document.source)]
        subprocess.run([*words, "--out", str(out)], capture_output=True)
