"""Take pictures of the website, to be looked at, and a few for the manual.

    python tests/browser/pictures.py SITE FOLDER

In: the folder of a website that was built from this repository's edition. Out: in FOLDER, a sheet
for each page of the list below: at two widths, light and dark, as WebP. It is run by hand: what is
committed is in docs/pictures/web/.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import sync_playwright

JOURNAL: Final = "ivanov-journal-1956-01-13"
# Name of the picture: page, view to choose, where to begin (#) or what to search for (?).
PAGES: Final[dict[str, tuple[str, str, str]]] = {
    "home": ("index.html", "", ""),
    "reading": (f"{JOURNAL}.html", "v-read", ""),
    "text": ("deportation-of-koreans.html", "v-read", "#p1"),
    "diplomatic": (f"{JOURNAL}.html", "v-dip", "#p3"),
    "card": (f"{JOURNAL}.html", "", "#a6"),
    "source": (f"{JOURNAL}.source.html", "", "#p3"),
    "index": ("names.html", "", ""),
    "name": ("names/pers-kim-il-sung.html", "", ""),
    "map": ("map.html", "", ""),
    "search": ("search.html", "", "?Kim Il Sung"),
}
SIZES: Final = ((1280, 900), (390, 900))
GAP: Final = 24


def main(arguments: list[str]) -> int:
    """Take every picture."""
    site, folder = Path(arguments[0]).resolve(), Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name in arguments[2:] or PAGES:
            shots = [
                _picture(browser, site, PAGES[name], size, scheme)
                for scheme in ("light", "dark")
                for size in SIZES
            ]
            _sheet(shots).save(folder / f"{name}.webp", quality=82, method=6)
        browser.close()
    return 0


def _sheet(shots: list[bytes]) -> Image.Image:
    """Return four pictures on one sheet, at three fifths of their size."""
    (wide, high), (narrow, _) = SIZES
    sheet = Image.new("RGB", (wide + narrow + 3 * GAP, 2 * high + 3 * GAP), "#8c8170")
    for number, data in enumerate(shots):
        place = (GAP, GAP + wide + GAP)[number % 2], GAP + number // 2 * (high + GAP)
        sheet.paste(Image.open(io.BytesIO(data)), place)
    return sheet.resize((sheet.width * 3 // 5, sheet.height * 3 // 5), Image.Resampling.LANCZOS)


def _picture(
    browser: Any, site: Path, page: tuple[str, str, str], size: tuple[int, int], scheme: str
) -> bytes:
    """Return one picture, as PNG."""
    name, view, start = page
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    shown = context.new_page()
    # The fonts are optional, so that a first visit may do without them; a picture waits.
    sheet = (site / "assets" / "edition.css").read_text("utf-8")
    waiting = sheet.replace("font-display:optional", "font-display:block")
    shown.route("**/edition.css", lambda r: r.fulfill(body=waiting, content_type="text/css"))
    shown.goto((site / name).as_uri() + (start if start.startswith("#") else ""))
    if view:
        shown.click(f"label[for={view}]")
    if start.startswith("#p"):
        shown.evaluate(f"document.querySelector('{start}').scrollIntoView({{block: 'start'}})")
    if start.startswith("?"):
        shown.wait_for_selector("#search[data-ready]")
        shown.fill("#query", start[1:])
        shown.locator("#results mark").first.wait_for()
    shown.evaluate("document.fonts.ready.then(() => 0)")
    shown.wait_for_timeout(300)
    data: bytes = shown.screenshot()
    context.close()
    return data


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
