"""An edition's own look: colours, fonts and logo from its settings, the rest from its `xslt/`.

In: an edition. Out: the files of its look by name, findings on colours that cannot be read, and
the entry stylesheet with the edition's own templates after the program's. In the edition's folder:

    xslt/assets/    copied to assets/own/; style.css is added to the end of the program's sheet
    xslt/html/      modules of templates; the last one that matches in a mode wins
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.edition import Edition
from diplomatic.findings import Finding, Place
from diplomatic.resources import xslt_dir
from diplomatic.settings import WebSettings

# What words are set in, and the least contrast with the page (WCAG 2.2, 1.4.3).
_TEXT_COLOURS: Final = ("ink", "muted", "link", "stamp", "mark")
_LEAST: Final = 4.5
_LIGHT: Final = {
    "paper": "#fcfaf5",
    "ink": "#1f1c17",
    "muted": "#5f574b",
    "link": "#1f4e79",
    "stamp": "#9a2a1f",
    "mark": "#7a4b00",
}
_DARK: Final = {
    "paper": "#171512",
    "ink": "#e8e2d6",
    "muted": "#aaa192",
    "link": "#9cc4ea",
    "stamp": "#f0a093",
    "mark": "#e3b566",
}
_NOTES_BELOW: Final = (
    "@media (min-width:66rem){.u{grid-template-columns:minmax(0,var(--measure))}"
    ".u>.t{grid-row:auto}.u>.note{grid-column:1;margin:.6rem 0 0}}\n"
)


def look_files(edition: Edition) -> dict[str, bytes]:
    """Return the files of an edition's own look, by name; the style sheet is always one of them."""
    assets = _folder(edition, "assets")
    own = [path for path in sorted(assets.rglob("*")) if path.is_file()] if assets else []
    files = {
        f"assets/own/{path.relative_to(assets).as_posix()}": path.read_bytes()
        for path in own
        if assets and not path.name.startswith(".")
    }
    sheet = (xslt_dir() / "assets" / "edition.css").read_bytes()
    sheet += style_sheet(edition.settings.web).encode()
    files["assets/edition.css"] = sheet + files.pop("assets/own/style.css", b"")
    return files


def style_sheet(web: WebSettings) -> str:
    """Return what the settings say of the look, as CSS; nothing where they say nothing."""
    light = _tokens(web.colours.items())
    if web.font:
        light += f'--serif:"{web.font}",var(--serif-stack);'
    if web.label_font:
        light += f'--sans:"{web.label_font}",var(--sans-stack);'
    dark = _tokens(web.dark.items())
    sheet = f":root{{{light}}}\n" if light else ""
    if web.colours or web.dark:
        kept = "".join(f"--{key}:{_DARK[key]};" for key in web.colours if key in _DARK)
        sheet += f"@media (prefers-color-scheme:dark){{:root{{{kept}{dark}}}}}\n"
    return sheet + (_NOTES_BELOW if web.notes == "below" else "")


def _tokens(colours: Iterable[tuple[str, str]]) -> str:
    """Return colours as custom properties."""
    return "".join(f"--{name}:{value};" for name, value in colours)


def look_findings(edition: Edition) -> Iterator[Finding]:
    """Yield findings on colours without contrast, and on a logo that is not there."""
    web = edition.settings.web
    place = Place(str(edition.settings_path))
    for own, usual in ((web.colours, _LIGHT), (web.dark, _DARK)):
        colours = {**usual, **{str(key): value for key, value in own.items()}}
        for name in _TEXT_COLOURS:
            ratio = contrast(colours[name], colours["paper"])
            if own and ratio < _LEAST:
                message = f"{name} on paper has a contrast of {ratio:.1f}; {_LEAST} is the least"
                yield Finding("D716", message, place)
    assets = _folder(edition, "assets")
    if web.logo and not (assets and (assets / web.logo).is_file()):
        yield Finding("D717", f"no logo {web.logo} in xslt/assets", place)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, by the formula of WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour like #1f4e79 or #123."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _folder(edition: Edition, name: str) -> Path | None:
    """Return a folder of the edition's own stylesheets, if it is there."""
    own = edition.own_xslt_dir
    return own / name if own and (own / name).is_dir() else None


def own_entry(edition: Edition) -> Path | None:
    """Return the entry stylesheet with the edition's templates after the program's; None without.

    It is the program's, with the edition's modules included last, kept in the build's folder. Its
    name has a hash of all, since a stylesheet is compiled once in a process.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    own = edition.own_xslt_dir
    if own and (own / "html.xsl").exists():
        return own / "html.xsl"
    folder = _folder(edition, "html")
    modules = sorted(folder.glob("*.xsl")) if folder else []
    if not modules:
        return None
    program = xslt_dir()
    text = (program / "html.xsl").read_text("utf-8")
    text = text.replace('<xsl:include href="', f'<xsl:include href="{program.as_uri()}/')
    includes = "".join(f'  <xsl:include href="{path.as_uri()}"/>\n' for path in modules)
    text = text.replace("</xsl:package>", f"{includes}</xsl:package>")
    seen = hashlib.sha256(text.encode() + b"".join(path.read_bytes() for path in modules))
    entry = edition.hidden_dir / f"html-{seen.hexdigest()[:12]}.xsl"
    write_if_changed(entry, text.encode())
    return entry
