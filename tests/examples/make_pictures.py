"""Makes the pictures of the manual from the example edition, once that is built.

Run by hand: `python tests/examples/make_pictures.py examples/port-sable/output`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 48
# Name of the picture, page, width and height of the window, dark page.
PAGES = (
    ("home", "index.html", 1120, 800, False),
    ("letter", "letter-1931-02-12.html", 1120, 1060, False),
    ("report-from-word", "report-1931-03-20.html", 1120, 1080, False),
    ("canal-dark", "sable-canal.html", 1120, 760, True),
    ("minutes-phone", "minutes-1931-03-02.html", 390, 800, False),
)
SPREAD = ("book", (11, 17))


def picture_of(browser: Browser, address: str, size: tuple[int, int], dark: bool) -> Image.Image:
    """Return what a browser shows of a page."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(300)
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        page.screenshot(path=file.name)
        shown = Image.open(file.name).convert("RGB")
    context.close()
    return shown


def spread(volume: Path, pages: tuple[int, int]) -> Image.Image:
    """Return two pages of a book side by side."""
    with tempfile.TemporaryDirectory() as folder:
        shown = []
        for page in pages:
            first, base = str(page), f"{folder}/{page}"
            command = ["pdftoppm", "-r", "96", "-png", "-f", first, "-l", first, "-singlefile"]
            subprocess.run([*command, volume, base], check=True)
            shown.append(Image.open(f"{base}.png").convert("RGB"))
    made = Image.new("RGB", (sum(each.width for each in shown) + 16, shown[0].height), "#8a8a86")
    made.paste(shown[0], (0, 0))
    made.paste(shown[1], (shown[0].width + 16, 0))
    return made


def save(picture: Image.Image, name: str) -> None:
    """Save a picture small: a page of text needs few colours."""
    path = PICTURES / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main(output: Path) -> None:
    """Make all pictures from the output of a build."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        options = ["--no-sandbox", "--disable-gpu"]
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=options)
        for name, page, width, height, dark in PAGES:
            address = (output / "html" / page).absolute().as_uri()
            save(picture_of(browser, address, (width, height), dark), name)
        browser.close()
    save(spread(output / "pdf" / "volume.pdf", SPREAD[1]), SPREAD[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
