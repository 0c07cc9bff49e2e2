"""The manual: every link leads somewhere, every example can be used, every page can be read."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
from lxml import etree, html

from diplomatic.cli import main, program
from diplomatic.findings import DiplomaticError
from diplomatic.manual import pages as made
from diplomatic.manual.man import man_pages
from diplomatic.manual.pages import chapters, manual_files
from diplomatic.naming.proposals import Proposals
from diplomatic.settings import Sidecar
from diplomatic.transcript.decisions import decisions_of

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
CHAPTERS = chapters(DOCS)
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCES = [
    (chapter.file, kind, file.strip(), words)
    for chapter in CHAPTERS
    for kind, file, words in FENCE.findall(chapter.text)
]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return manual_files()


@pytest.fixture(scope="module")
def trees(files) -> dict[str, Any]:
    """The pages of the manual, parsed."""
    return {n: html.document_fromstring(d) for n, d in files.items() if n.endswith(".html")}


def test_every_chapter_is_in_the_manual():
    listed = {chapter.file for chapter in CHAPTERS}
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert there == listed, "name the chapter in scripts/diplomatic/manual/chapters.toml"


def test_every_link_leads_to_a_place(files, trees):
    for name, tree in trees.items():
        for address in [*tree.xpath("//@href"), *tree.xpath("//@src")]:
            target, _, place = address.partition("#")
            if "://" in address:
                continue
            assert not target or target in files, f"{name}: {address}"
            if place:
                assert trees[target or name].get_element_by_id(place) is not None


def test_every_page_has_one_heading_its_language_and_its_place_in_the_list(trees):
    for tree in trees.values():
        assert tree.get("lang") == "en"
        assert len(tree.xpath("//h1")) == 1
        assert len(tree.xpath("//nav//*[@aria-current='page']")) == 1
        levels = [
            int(heading.tag[1])
            for heading in tree.xpath("//main//*[self::h1 or self::h2 or self::h3]")
        ]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all(image.get("alt") for image in tree.iter("img"))
        assert all(cell.get("scope") for cell in tree.iter("th"))


def test_nothing_is_loaded_from_elsewhere(files, trees):
    for tree in trees.values():
        assert not tree.xpath("//script")
        assert not [a for a in tree.xpath("//@src") if "://" in a]
    assert b"http" not in files["assets/manual.css"]


def test_a_link_to_nothing_is_an_error(tmp_path, monkeypatch):
    chapter = made.Chapter("manual/a.md", "Begin", "A", "# A\n\n[b](b.md)\n")
    monkeypatch.setattr(made, "chapters", lambda folder: [chapter])
    with pytest.raises(DiplomaticError, match="D713"):
        manual_files(tmp_path)


def test_a_missing_chapter_is_an_error(tmp_path):
    with pytest.raises(DiplomaticError, match="D012"):
        manual_files(tmp_path)


@pytest.mark.parametrize(
    ("chapter", "file", "words"),
    [(c, f, w) for c, kind, f, w in FENCES if kind == "toml"],
)
def test_examples_of_settings_can_be_used(chapter, file, words):
    values = tomllib.loads(words)
    if "/decisions/" in file:
        assert decisions_of(values, words, file)
    elif "/sources/" in file:
        Sidecar.model_validate(values)
    elif "proposals" in file:
        Proposals.model_validate(values)


@pytest.mark.parametrize("words", [w for _, kind, _, w in FENCES if kind == "xml"])
def test_examples_of_xml_are_well_formed(words):
    etree.fromstring(f"<x>{words}</x>")


def shell_lines() -> list[str]:
    """Return every line of shell in the manual that runs the program."""
    lines = [
        line
        for _, kind, _, words in FENCES
        if kind in ("sh", "shell")
        for line in words.splitlines()
    ]
    inline = re.findall(r"`(diplomatic [^`]+)`", "\n".join(chapter.text for chapter in CHAPTERS))
    return sorted(
        {
            line.partition("#")[0].strip()
            for line in [*lines, *inline]
            if line.startswith("diplomatic ")
        }
    )


@pytest.mark.parametrize("line", shell_lines())
def test_every_command_in_the_manual_is_one(line):
    """The command exists, and so do the options that are named."""
    words = [word for word in line.split() if word not in ("|",)]
    if words[1] in ("COMMAND", "--help", "--version"):
        return
    command = program.get_command(click.Context(program), words[1])
    assert command is not None, line
    known = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    options = {word for word in words[2:] if word.startswith("--")} - {"--help"}
    assert options <= known, line


def test_the_example_of_an_output_works(tmp_path, monkeypatch):
    (code,) = [words for _, kind, _, words in FENCES if kind == "python"]
    (tmp_path / "tei").symlink_to(ROOT / "tei")
    (tmp_path / "output").mkdir()
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "paragraphs.py", "exec"), {})
    rows = (tmp_path / "output/paragraphs.tsv").read_text("utf-8").splitlines()
    assert rows[0].startswith("deportation-of-koreans-p1\t")


def test_the_picture_says_what_it_shows():
    tree = etree.parse(DOCS / "manual/inside.svg")
    names = {etree.QName(element).localname for element in tree.getroot()}
    assert {"title", "desc"} <= names


def test_the_command_writes_only_what_changed(tmp_path, capsys):
    assert main(["manual", str(tmp_path)]) == 0
    assert "index.html" in capsys.readouterr().out
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert main(["manual", str(tmp_path), "--quiet"]) == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_man_pages_name_every_command_and_option():
    pages = man_pages(program, "diplomatic")
    context = click.Context(program)
    assert set(pages) == {
        "diplomatic.1",
        *(f"diplomatic-{n}.1" for n in program.list_commands(context)),
    }
    for name in program.list_commands(context):
        text = pages[f"diplomatic-{name}.1"].replace("\\-", "-")
        command = program.get_command(context, name)
        assert command is not None
        for option in (each for each in command.params if isinstance(each, click.Option)):
            assert option.opts[0] in text
        assert f"\n  diplomatic {name}" in text
    assert not [line for line in pages["diplomatic.1"].splitlines() if line.startswith("'")]
