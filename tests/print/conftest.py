"""What the tests of the printed edition share: fonts, settings, and PDFs made once."""

from __future__ import annotations

import pytest
from print_helpers import Made, fixture_indices, fixture_source, make_settings

from diplomatic.publish.fonts import FontSet, load_fonts
from diplomatic.publish.print import Press, document_pdf, prepare, volume_pdf


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of tests that take seconds: `-m "not slow"` leaves them out."""
    config.addinivalue_line("markers", "slow: takes seconds")


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return load_fonts()


@pytest.fixture(scope="session")
def press(fonts: FontSet) -> Press:
    return Press(make_settings(), fonts)


@pytest.fixture(scope="session")
def plain_press(fonts: FontSet) -> Press:
    """A press that divides no word, so that words can be compared."""
    return Press(make_settings(), fonts, hyphenate=False)


@pytest.fixture(scope="session")
def made(press: Press) -> Made:
    record = prepare(fixture_source(), press)
    numbered = prepare(fixture_source(), press, 1)
    return Made(
        record,
        document_pdf(record, press),
        volume_pdf([numbered], fixture_indices(), press),
    )
