"""The cache on disk: kept by key, made again when damaged."""

from __future__ import annotations

from diplomatic.build.cache import Cache


def test_a_result_is_made_once(tmp_path):
    calls = []
    cache = Cache(tmp_path / "cache")
    for _ in range(2):
        assert cache.get("a", lambda: calls.append(1) or b"made") == b"made"
    assert cache.get("b", lambda: b"other") == b"other"
    assert len(calls) == 1


def test_a_damaged_result_is_made_again(tmp_path):
    cache = Cache(tmp_path)
    cache.get("a", lambda: b"made")
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.get("a", lambda: b"again") == b"again"


def test_without_a_folder_nothing_is_kept(tmp_path):
    assert Cache(None).get("a", lambda: b"made") == b"made"


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path):
    (tmp_path / "file").write_text("x")
    assert Cache(tmp_path / "file" / "cache").get("a", lambda: b"made") == b"made"
