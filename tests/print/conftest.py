"""What the tests of the printed edition share: fonts, settings, and PDFs made once."""

from __future__ import annotations

import pytest
from print_helpers import Made, fixture_indices, fixture_source, make_settings

from diplomatic.publish.fonts import FontSet, load_fonts
from diplomatic.publish.print import document_pdf, prepare, volume_pdf
from diplomatic.settings import EditionSettings


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return load_fonts()


@pytest.fixture(scope="session")
def settings() -> EditionSettings:
    return make_settings()


@pytest.fixture(scope="session")
def made(fonts: FontSet, settings: EditionSettings) -> Made:
    record = prepare(fixture_source(), settings, fonts)
    numbered = prepare(fixture_source(), settings, fonts, 1)
    return Made(
        record,
        document_pdf(record, settings, fonts),
        volume_pdf([numbered], fixture_indices(), settings, fonts),
    )
