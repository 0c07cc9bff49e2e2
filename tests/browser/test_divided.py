"""Lists that are longer than a page, in a browser: their parts read, lead on, and fit a phone."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from diplomatic.edition import load_edition
from diplomatic.publish.site import publish_site

from .test_site import COLOURS, WHOLE, axe_findings

SETTINGS = """\
title = "Letters"
publisher = "Nobody"
date = 2026-01-02
[web]
fonts = false
page_length = 2
"""
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}" xml:lang="en"><teiHeader><fileDesc>'
    "<titleStmt><title>Letter {id}</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc><profileDesc><creation>{date}</creation></profileDesc>"
    '<revisionDesc><change when="2026-01-02">Encoded.</change></revisionDesc></teiHeader>'
    '<text><body><p xml:id="{id}-p1">Sand and straw, said <date when="1890">then</date>.</p></body>'
    "</text></TEI>"
)
DATES = ["1946-05-13", "1946-05-14", "1946-05-15", "1946", *(f"{1900 + n}" for n in range(32)), ""]
PAGES = (
    *("index.html", "documents/1946.html", "documents/1946-05.html", "documents/1946-05-14.html"),
    *("documents/undated.html", "timeline.html", "timeline/1946.html", "timeline/1890-part-2.html"),
    *("report.html", "report/1946-05.html", "versions.html", "versions/2026-01-02-part-2.html"),
    *("words/53.html", "words/53-41.html"),
)


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a website whose lists are all divided, its years listed by decade."""
    root = tmp_path_factory.mktemp("edition")
    (root / "tei" / "documents").mkdir(parents=True)
    (root / "tei" / "edition.toml").write_text(SETTINGS)
    for number, date in enumerate(DATES):
        stated = f'<date when="{date}"/>' if date else "<date/>"
        path = root / "tei" / "documents" / f"d{number:02}.xml"
        path.write_text(TEI.format(id=path.stem, date=stated), "utf-8")
    publish_site(load_edition(root))
    return root / "output" / "html"


def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(chromium: Any, parted: Path) -> None:
    with chromium.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        for name in PAGES:
            page.set_viewport_size({"width": 320, "height": 900})
            page.goto((parted / name).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
            page.set_viewport_size({"width": 1280, "height": 900})
            for scheme, options in (("light", WHOLE), ("dark", COLOURS)):
                page.emulate_media(color_scheme=scheme)
                assert axe_findings(page, options) == [], (name, scheme)


def test_a_reader_without_script_goes_from_the_years_to_a_document(
    chromium: Any, parted: Path
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((parted / "index.html").as_uri())
        assert page.locator(".parts h3").first.inner_text() == "1900–1909"
        for name in ("1946", "May 1946", "13 May 1946"):
            page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("navigation", name="Order of the list").get_by_role("link").last.click()
        assert page.title() == "Documents: 14 May 1946 · Letters"
        page.get_by_role("link", name="Letter d01").click()
        assert page.locator("h1").inner_text() == "Letter d01"


def test_the_nu_checker_has_nothing_to_say(parted: Path, nu_checker: list[str]) -> None:
    command = [*nu_checker, *(str(parted / name) for name in PAGES)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout.strip().removesuffix("No errors found.")) == (0, "")
