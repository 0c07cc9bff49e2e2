"""Atomic writing: the old file or the new one, and nothing left behind."""

from __future__ import annotations

import pytest

from diplomatic.build.atomic import write_bytes, write_if_changed
from diplomatic.findings import DiplomaticError


def test_writes_and_makes_folders(tmp_path):
    path = tmp_path / "a" / "b.txt"
    write_bytes(path, b"one")
    write_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["b.txt"]


def test_a_failing_rename_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "b.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr("pathlib.Path.replace", _no_space)
    with pytest.raises(DiplomaticError) as caught:
        write_bytes(path, b"new")
    assert caught.value.finding.code == "D801"
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["b.txt"]


def test_ctrl_c_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "b.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr("os.fsync", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["b.txt"]


def test_an_unchanged_file_is_not_written(tmp_path):
    path = tmp_path / "b.txt"
    assert write_if_changed(path, b"one")
    before = path.stat().st_mtime_ns
    assert not write_if_changed(path, b"one")
    assert path.stat().st_mtime_ns == before


def _no_space(*_):
    raise OSError(28, "No space left on device")


def _interrupt(*_):
    raise KeyboardInterrupt
