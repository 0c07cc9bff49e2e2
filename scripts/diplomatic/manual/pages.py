"""The manual as static pages: Markdown in, HTML out, with the look of the website.

In: the chapters (`chapters.toml` beside this file) in the folder `docs/`. Out: files by name, which
work without a server. A link from chapter to chapter leads to its page; a link to nothing is an
error, never published.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from diplomatic import __version__
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.resources import manual_dir, xslt_dir
from diplomatic.slugs import slug

_PICTURES: Final = frozenset({".svg", ".png"})


@dataclass(frozen=True)
class Chapter:
    """One chapter: its file in docs/, the part it belongs to, its title and its text."""

    file: str
    part: str
    title: str
    text: str

    @property
    def page(self) -> str:
        """The name of its page."""
        path = PurePosixPath(self.file)
        # Two files may be called figures: the one of the manual keeps the plain name.
        stem = f"{path.stem}-speed" if self.file == "figures.md" else path.stem
        return f"{stem}.html"


@dataclass
class _Page:
    """What one page is made with: its chapter, where links lead, the pictures it shows."""

    chapter: Chapter
    pages: Mapping[str, str]
    pictures: dict[str, str] = field(default_factory=dict)


def chapters(folder: Path) -> list[Chapter]:
    """Return the chapters in their order.

    Raises:
        DiplomaticError: D012, a file is not there.
    """
    text = resources.files("diplomatic.manual").joinpath("chapters.toml").read_text("utf-8")
    found = []
    for part, files in tomllib.loads(text)["parts"].items():
        for file in files:
            try:
                words = (folder / file).read_text("utf-8")
            except OSError as error:
                place = Place(str(folder / file))
                raise DiplomaticError(Finding("D012", "no chapter here", place)) from error
            title = words.partition("\n")[0].lstrip("# ").strip()
            found.append(Chapter(file, part, title, words))
    return found


def manual_files(folder: Path | None = None) -> dict[str, bytes]:
    """Return every file of the manual, by name.

    Raises:
        DiplomaticError: D012, a chapter or picture is not there; D713, a link leads nowhere.
    """
    docs = folder or manual_dir()
    listed = chapters(docs)
    pages = {chapter.file: chapter.page for chapter in listed}
    files: dict[str, bytes] = {}
    for number, chapter in enumerate(listed):
        made = _Page(chapter, pages)
        files[chapter.page] = _page(made, listed, number).encode()
        for source, name in made.pictures.items():
            files[name] = _picture(docs / source)
    assets = resources.files("diplomatic.manual")
    files["assets/manual.css"] = assets.joinpath("manual.css").read_bytes()
    for name in ("edition.css", "icon.svg"):
        files[f"assets/{name}"] = (xslt_dir() / "assets" / name).read_bytes()
    return files


def _picture(path: Path) -> bytes:
    """Return a picture.

    Raises:
        DiplomaticError: D012, it is not there.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise DiplomaticError(Finding("D012", "no picture here", Place(str(path)))) from error


def _page(made: _Page, listed: Sequence[Chapter], number: int) -> str:
    """Return the page of a chapter."""
    template = resources.files("diplomatic.manual").joinpath("page.html").read_text("utf-8")
    near = [("Before: ", listed[number - 1])] if number else []
    near += [("Next: ", listed[number + 1])] if number + 1 < len(listed) else []
    links = [
        f'<a{" class=next" if words == "Next: " else ""} href="{each.page}">'
        f"<span>{words}</span>{escape(each.title)}</a>"
        for words, each in near
    ]
    return template.format(
        title=escape(made.chapter.title),
        version=__version__,
        chapters=_chapter_list(listed, made.chapter),
        content=_html(made),
        pager="".join(links),
    )


def _chapter_list(listed: Sequence[Chapter], here: Chapter) -> str:
    """Return the list of chapters by part, this one marked."""
    rows = []
    part = ""
    for chapter in listed:
        if chapter.part != part:
            rows.append(f"{'</ul>' if part else ''}<h2>{escape(chapter.part)}</h2><ul>")
            part = chapter.part
        current = ' aria-current="page"' if chapter == here else ""
        rows.append(f'<li><a href="{chapter.page}"{current}>{escape(chapter.title)}</a></li>')
    return "\n".join([*rows, "</ul>"])


@cache
def _markdown() -> MarkdownIt:
    """Return the reader of Markdown: CommonMark with tables, no HTML."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("fence", _fence)
    reader.add_render_rule("code_block", _fence)
    reader.add_render_rule("table_open", lambda *_: '<div class="scroll" tabindex="0"><table>')
    reader.add_render_rule("table_close", lambda *_: "</table></div>")
    return reader


def _fence(
    _: RendererHTML, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    """Return a block of code; what stands behind the name of its language is the file's name."""
    token = tokens[index]
    file = token.info.strip().partition(" ")[2].strip()
    caption = f'<p class="file">{escape(file)}</p>' if file else ""
    return f'{caption}<pre tabindex="0"><code>{escape(token.content, quote=False)}</code></pre>\n'


def _html(made: _Page) -> str:
    """Return the text of a chapter as HTML.

    Raises:
        DiplomaticError: D713, a link leads nowhere.
    """
    reader = _markdown()
    tokens = reader.parse(made.chapter.text)
    seen: set[str] = set()
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and token.tag != "h1" and following is not None:
            name = slug(re.sub(r"[`*]", "", following.content)) or "part"
            token.attrSet("id", name if name not in seen else f"{name}-{len(seen)}")
            seen.add(name)
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        for child in token.children or ():
            _lead(child, made)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _lead(token: Token, made: _Page) -> None:
    """Let a link lead to the page of a chapter, and a picture to its copy.

    Raises:
        DiplomaticError: D713, there is neither.
    """
    name = {"link_open": "href", "image": "src"}.get(token.type)
    address = str(token.attrGet(name) or "") if name else ""
    if name is None or not address or address.startswith(("https://", "http://", "#", "mailto:")):
        return
    target, mark, place = address.partition("#")
    file = normpath((PurePosixPath(made.chapter.file).parent / target).as_posix())
    if file in made.pages:
        token.attrSet(name, f"{made.pages[file]}{mark}{place}")
    elif token.type == "image" and PurePosixPath(file).suffix in _PICTURES:
        copy = f"pictures/{file.replace('/', '-')}"
        made.pictures[file] = copy
        token.attrSet(name, copy)
    else:
        message = f"{address} leads to no chapter and no picture"
        raise DiplomaticError(Finding("D713", message, Place(made.chapter.file)))
