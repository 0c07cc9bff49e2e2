"""The command line: commands, options, exit codes, and that nothing ends in a traceback."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from diplomatic import cli, commands
from diplomatic.cli import main
from diplomatic.commands import check
from diplomatic.findings import codes

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(
    path.stem.replace("_", "-")
    for path in Path(commands.__path__[0]).glob("*.py")
    if not path.stem.startswith("_")
)


@pytest.fixture
def edition_dir(tmp_path, monkeypatch):
    """A copy of the edition's tei/ folder, and it as the current folder."""
    shutil.copytree(ROOT / "tei", tmp_path / "tei")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name, capsys):
    assert main([name, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"diplomatic {name}" in out


def test_version(capsys):
    assert main(["--version"]) == 0
    assert "diplomatic" in capsys.readouterr().out


def test_a_misspelt_command_gets_a_suggestion(capsys):
    assert main(["chekc"]) == 2
    assert "Did you mean check?" in capsys.readouterr().err


def test_a_misspelt_document_gets_a_suggestion(edition_dir, capsys):
    assert main(["check", "ivanov"]) == 2
    assert "Did you mean ivanov-journal-1956-01-13?" in capsys.readouterr().err


def test_no_edition(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 3
    assert "D001" in capsys.readouterr().err


def test_the_edition_is_found_from_a_folder_inside_it(edition_dir, monkeypatch, capsys):
    monkeypatch.chdir(edition_dir / "tei" / "documents")
    assert main(["check", "ivanov-journal-1956-01-13", "--quiet"]) in {0, 1}
    assert "D001" not in capsys.readouterr().err


def test_loose_files_need_no_edition(edition_dir, tmp_path_factory, monkeypatch, capsys):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    main(["check", str(edition_dir / "tei/documents/ivanov-journal-1956-01-13.xml")])
    captured = capsys.readouterr()
    assert captured.out.startswith("1 document checked:")
    assert "D504" not in captured.err  # its transcript was found by what the document says


def test_loose_files_need_a_folder_to_go_to(capsys):
    assert main(["encode", "./x.txt"]) == 2
    assert "--out" in capsys.readouterr().err


def test_findings_as_json(tmp_path, capsys):
    assert main(["check", str(tmp_path / "no.xml"), "--format", "json"]) == 1
    captured = capsys.readouterr()
    (finding,) = json.loads(captured.out)
    assert finding["code"] == "D012"
    assert finding["place"]["file"].endswith("no.xml")
    assert captured.err == ""


def test_quiet_says_findings_only(edition_dir, capsys):
    main(["check", "--quiet"])
    assert capsys.readouterr().out == ""


def test_findings_name_files_as_seen_from_here(edition_dir, capsys):
    (edition_dir / "tei/documents/x.xml").write_text("<x>")
    assert main(["check", "x"]) == 1
    assert capsys.readouterr().err.startswith("tei/documents/x.xml:1")


def test_one_changed_character_of_the_text_fails_the_check(edition_dir, capsys):
    path = edition_dir / "tei/documents/ivanov-journal-1956-01-13.xml"
    text = path.read_text("utf-8")
    assert text.count("to Korean citizenship show") == 1
    path.write_text(
        text.replace("to Korean citizenship show", "to Korean citizenship shew"), "utf-8"
    )
    assert main(["check", "ivanov-journal-1956-01-13"]) == 1
    err = capsys.readouterr().err
    assert "tei/sources/ivanov-journal-1956-01-13.txt:16:" in err
    assert "D501" in err


@pytest.mark.parametrize(
    ("raised", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "Interrupted"),
        (click.Abort(), 130, "Interrupted"),
        (RuntimeError("boom"), 1, "D899"),
        (BrokenPipeError(), 0, ""),
    ],
)
def test_whatever_happens_has_a_code(monkeypatch, capsys, raised, code, words):
    def fail(*_):
        raise raised

    monkeypatch.setattr(check, "_items", fail)
    monkeypatch.setattr(cli.os, "dup2", lambda *_: 0)
    assert main(["check"]) == code
    err = capsys.readouterr().err
    assert words in err
    assert "Traceback" not in err


def test_a_traceback_only_on_request(monkeypatch, capsys):
    def fail(*_):
        raise RuntimeError("boom")

    monkeypatch.setattr(check, "_items", fail)
    monkeypatch.setenv("DIPLOMATIC_TRACEBACK", "1")
    assert main(["check"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_every_code_has_title_hint_and_explanation():
    for info in codes().values():
        assert info.title, info.code
        assert info.hint, info.code
        assert info.explanation, info.code


def test_transcripts_may_lie_elsewhere(edition_dir, tmp_path_factory, capsys):
    folder = tmp_path_factory.mktemp("loose")
    name = "ivanov-journal-1956-01-13"
    shutil.copy(edition_dir / "tei/documents" / f"{name}.xml", folder)
    main(["check", str(folder / f"{name}.xml")])
    assert "D504" in capsys.readouterr().err
    main(["check", str(folder / f"{name}.xml"), "--transcripts", "tei/sources"])
    assert "D504" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("na", ["names"]),
        ("check ivan", ["ivanov-journal-1956-01-13"]),
        ("review de", ["deportation-of-koreans"]),
        ("explain d44", ["D440"]),
        ("build --ex", ["--explain"]),
    ],
)
def test_the_shell_completes(words, found, edition_dir):
    *before, begun = words.split()
    completion = ShellComplete(cli.program, {}, "diplomatic", "_DIPLOMATIC_COMPLETE")
    assert [each.value for each in completion.get_completions(before, begun)] == found


def test_without_an_edition_the_shell_completes_no_documents(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    completion = ShellComplete(cli.program, {}, "diplomatic", "_DIPLOMATIC_COMPLETE")
    assert completion.get_completions(["check"], "") == []
