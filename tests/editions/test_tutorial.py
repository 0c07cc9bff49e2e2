"""The tutorial of the manual, word for word, with the program from its wheel; and the wheel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from diplomatic.manual.pages import chapters

# One worker builds the wheel, and does all that needs it.
pytestmark = pytest.mark.xdist_group("wheel")
ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "manual" / "tutorial.md"
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One block of the tutorial: what it is, the file that it is of, its words."""

    kind: str
    file: str
    words: str


def blocks() -> list[Block]:
    """Return the blocks of the tutorial."""
    found = FENCE.findall(TUTORIAL.read_text("utf-8"))
    return [Block(kind, file.strip(), words) for kind, file, words in found]


def test_the_tutorial_word_for_word(run_installed, tmp_path):
    """Files are written, commands are run, keys are pressed; what it says is printed is printed."""
    folder = tmp_path
    said = ""
    todo = blocks()
    for block, following in zip(todo, [*todo[1:], Block("", "", "")], strict=True):
        if block.kind == "text":
            path = folder / block.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(block.words, "utf-8")
        elif block.kind == "sh":
            said = ""
            for line in block.words.splitlines():
                if line.startswith("cd "):
                    folder = folder / line.removeprefix("cd ")
                    continue
                keys = following.words if following.kind == "keys" else ""
                done = run_installed(line, folder, keys)
                assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
                said += done.stdout + done.stderr
        elif block.kind == "output":
            for line in block.words.splitlines():
                assert line in said, said
    for name in ("html/index.html", "html/names.html", "pdf/volume.pdf"):
        assert (folder / "output" / name).stat().st_size > 1000
    assert list((folder / "output/epub").glob("*.epub"))
    page = (folder / "output/html/letter-to-orlov.html").read_text("utf-8")
    assert "names/pers-orlov-v-i.html" in page


def test_the_wheel_is_what_runs_and_holds_all_its_data(run_installed, installed, tmp_path):
    code = (
        "import diplomatic, diplomatic.resources as r; print(diplomatic.__file__);"
        "print(all(d.is_dir() for d in (r.xslt_dir(), r.schema_dir(), r.manual_dir())));"
        "print(r.xslt_dir())"
    )
    done = run_installed(f'python -c "{code}"', tmp_path)
    file, found, data = done.stdout.splitlines()
    assert Path(file).is_relative_to(installed.parent)
    assert Path(data).is_relative_to(installed.parent)
    assert found == "True"
    assert str(ROOT) not in done.stdout


def test_the_installed_program_writes_manual_and_man_pages(run_installed, tmp_path):
    assert run_installed("diplomatic manual pages --quiet", tmp_path).returncode == 0
    expected = {chapter.page for chapter in chapters(ROOT / "docs")}
    assert {path.name for path in (tmp_path / "pages").glob("*.html")} == expected
    done = run_installed("diplomatic man", tmp_path)
    assert done.stdout.startswith('.TH "DIPLOMATIC" "1"')


def test_the_shell_completes_commands(run_installed, tmp_path):
    line = "COMP_WORDS='diplomatic na' COMP_CWORD=1 _DIPLOMATIC_COMPLETE=bash_complete diplomatic"
    assert run_installed(line, tmp_path).stdout == "plain,names\n"


def test_no_colour_where_there_is_no_terminal(run_installed, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    done = run_installed("diplomatic encode bad.txt --out tei", tmp_path)
    assert "D010" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
