"""Fonts of the ebook: what is taken from memory is what would be made."""

from pathlib import Path

import pytest

from diplomatic.publish.book_fonts import book_fonts


@pytest.mark.parametrize("before", ["ab", "ab\u05d0", "ab\ud55c", "ab\u05d0\ud55c"])
def test_fonts_do_not_hang_on_those_before(before: str, tmp_path: Path) -> None:
    for now in ("ab", "ab\u05d0", "ab\u05d0"):
        book_fonts(before, tmp_path / "memory")
        assert book_fonts(now, tmp_path / "memory") == book_fonts(now, tmp_path / f"new {now}")
