"""What all tests share: options of pytest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the expected results anew; review them with git diff",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected results are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's chromium, without a window; one for all tests of a worker, as Playwright wants."""
    if not CHROMIUM.exists():
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tei_grammar() -> Path:
    """Return TEI's full grammar; the test is skipped where it cannot be had."""
    from diplomatic.findings import DiplomaticError
    from diplomatic.schema.base import home, tei_all

    try:
        return tei_all(home())
    except DiplomaticError as error:
        pytest.skip(f"tei_all cannot be fetched: {error.finding.message}")
