"""Markdown: rendered as the web page that it describes, then read as one.

CommonMark with tables, struck-out words and notes (`[^1]`); HTML inside it is read as HTML.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin


def render(text: str) -> str:
    """Return a text in Markdown as the body of a web page."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 40})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.add_render_rule("footnote_caption", _caption)
    return f"<body>{parser.render(text)}</body>"


def _caption(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    """Return the sign of a note's mark: the same for each mark of one note."""
    return f"[{tokens[index].meta['id'] + 1}]"
