"""The house's own files: what they name exists, and nothing in them is dead."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest

import diplomatic
from diplomatic.conventions import BracketRule, Construct, SpecialRule, load_conventions
from diplomatic.conventions.loading import HOUSE_FILES
from diplomatic.transcript.readings import CONSTRUCTS
from diplomatic.transcript.rules import RULES

PACKAGE = Path(diplomatic.__file__).parent
HOUSE = {
    name: tomllib.loads(resources.files("diplomatic.conventions").joinpath(name).read_text("utf-8"))
    for name in HOUSE_FILES
}
LISTS = sorted(
    {name for data in HOUSE.values() for kind in ("words", "map") for name in data.get(kind, {})}
)
PATTERNS = "".join(
    row.get(key, "")
    for data in HOUSE.values()
    for table in ("bracket", "line")
    for row in data.get(table, [])
    for key in ("pattern", "before", "after")
)
PYTHON = "".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))


def test_every_special_rule_and_construct_has_its_function() -> None:
    assert set(RULES) == set(get_args(SpecialRule))
    assert set(CONSTRUCTS) == set(get_args(Construct))


def test_every_special_rule_and_construct_is_used_by_the_house() -> None:
    rows = load_conventions().rows
    assert {row.rule for row in rows} - {None} == set(RULES)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_and_map_is_used(name: str) -> None:
    assert f"{{{name}}}" in PATTERNS + PYTHON or f'["{name}"]' in PYTHON or f'"{name}",' in PYTHON


@pytest.mark.parametrize("name", sorted(load_conventions().line_patterns))
def test_every_line_rule_is_asked_for(name: str) -> None:
    asked = f'"{name}"' in PYTHON
    assert asked or (name.startswith("stamp-") and f'"{name.removeprefix("stamp-")}"' in PYTHON)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_in_the_manual(name: str) -> None:
    page = (PACKAGE.parents[1] / "docs" / "conventions.md").read_text("utf-8")
    assert f"`{name}`" in page or f"`map.{name}`" in page


def test_no_rule_has_the_name_of_another() -> None:
    conventions = load_conventions()
    for rows in (conventions.rows, conventions.lines):
        names = [row.name for row in rows]
        assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("row", load_conventions().rows, ids=lambda row: str(row.name))
def test_every_rule_says_what_it_gives_and_why(row: BracketRule) -> None:
    assert (row.rule is None) != (row.gives is None)
    assert row.rule or row.reason
    assert not re.search(r"Kim|Ivanov|Pyongyang|DPRK", row.pattern), "no rule knows a sample"
