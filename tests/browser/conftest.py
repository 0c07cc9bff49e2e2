"""A website built from the repository's edition and an invented document, and a browser."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diplomatic.edition import load_edition
from diplomatic.publish import shards
from diplomatic.publish.site import publish_site

REPOSITORY = Path(__file__).parents[2]
WITHDRAWN = '\n[withdrawn]\nwithdrawn-example = "The same document as another."\n'
DOUBT = {
    "document": "every-sign",
    "line": 3,
    "words": "[x]",
    "chosen": "gloss",
    "runner_up": "supplied",
    "cert": "low",
    "reason": "explains",
}
CHROMIUM = Path("/usr/bin/chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip by name what has no browser; keep all on one worker, which builds the site once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a website, inside a sub-folder with a blank in its name."""
    root = tmp_path_factory.mktemp("edition") / "a sub folder"
    shutil.copytree(REPOSITORY / "tei", root / "tei")
    example = Path(__file__).parent / "every-sign.xml"
    shutil.copy(example, root / "tei" / "documents" / example.name)
    settings = root / "tei" / "edition.toml"
    settings.write_text(settings.read_text("utf-8") + WITHDRAWN, "utf-8")
    (root / "output" / "reports").mkdir(parents=True)
    (root / "output" / "reports" / "doubts.json").write_text(json.dumps([DOUBT]), "utf-8")
    for book in ("volume", "every-sign"):
        (root / "output" / "pdf").mkdir(exist_ok=True)
        (root / "output" / "pdf" / f"{book}.pdf").write_bytes(b"%PDF-1.7 stands for a book")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "_PAGES", 1)  # As a large edition has it.
        publish_site(load_edition(root))
    return root / "output" / "html"


@pytest.fixture
def visit(chromium: Any, site: Path) -> Iterator[Any]:
    """A function that opens a page of the site, without script unless asked, and returns it."""
    contexts = []

    def open_page(
        name: str, *, width: int = 1280, scheme: str = "light", script: bool = True
    ) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto((site / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def nu_checker() -> list[str]:
    """The command of the Nu HTML checker; the test is skipped by name where it is missing."""
    jar = os.environ.get("VNU_JAR", "")
    if not (jar and Path(jar).exists() and shutil.which("java")):
        pytest.skip("the Nu HTML checker is not installed (VNU_JAR names its jar; needs Java)")
    return ["java", "-jar", jar, "--format", "text"]
