"""The manual in a real browser, from files: nothing is in the way of any reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from diplomatic.manual.pages import manual_files

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manual, written."""
    root = tmp_path_factory.mktemp("manual")
    for name, data in manual_files().items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return root


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("tutorial.html", 1280, "light"),
        ("printing.html", 360, "dark"),
        ("inside.html", 360, "light"),
    ],
)
def test_axe_finds_nothing(chromium: Any, folder: Path, name: str, width: int, scheme: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe")
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    try:
        page.goto((folder / name).as_uri())
        results = axe.Axe().run(page)
        assert not results.response["violations"], results.generate_report()
        # Nothing is wider than the window: code and tables scroll by themselves.
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        page.close()
