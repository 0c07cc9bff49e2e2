"""Labels and small words in brackets, one a line: `labels.txt` says which element each becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import CONVENTIONS

from diplomatic.transcript.brackets import lex
from diplomatic.transcript.classify import classify
from diplomatic.transcript.context import Setting
from diplomatic.transcript.text import SourceText

FILE = Path(__file__).with_name("labels.txt")
ROWS = [
    tuple(line.split(" | ", 1))
    for line in FILE.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def elements_of(line: str) -> set[str]:
    """Return the elements that the brackets of a line become."""
    source = SourceText(line, "t.txt")
    setting = Setting(source, CONVENTIONS)
    found = lex(source, lambda _words: False).brackets
    spans = [
        span for each in found for span in classify(setting, each, (0, len(line)), "middle")[0]
    ]
    return {span.name for span in spans}


@pytest.mark.parametrize(("wanted", "line"), ROWS, ids=[line for _, line in ROWS])
def test_a_bracket_becomes_one_of_the_elements(wanted: str, line: str) -> None:
    assert set(wanted.split("/")) & elements_of(line)


def test_there_are_lines_of_every_kind() -> None:
    seen = {name for wanted, _ in ROWS for name in wanted.split("/")}
    assert seen >= {"gap", "note", "sic", "stamp", "figure", "supplied", "space", "pb", "incident"}
