"""What of a web page is no text of the page: scripts, menus, search boxes, links to edit.

One table for the reader and for the proof, told by tag, role and class.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DROPPED: Final = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "title", "iframe", "object", "canvas"),
        *("button", "select", "textarea", "audio", "video", "map", "datalist", "dialog"),
    )
)
"""Tags whose content is no text of a page."""

_FRAME: Final = frozenset({"nav", "aside", "footer", "form"})
_ROLES: Final = frozenset(
    (
        *("navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar"),
        *("dialog", "alertdialog", "complementary", "doc-backlink"),
    )
)
# Of MediaWiki and its skins: links to edit, contents, navigation boxes, the mark that leads back.
_CLASSES: Final = frozenset(
    (
        *("mw-editsection", "toc", "navbox", "vertical-navbox", "mw-jump-link", "noprint"),
        *("mw-cite-backlink", "catlinks", "printfooter", "mw-indicators", "sidebar"),
        *("mw-hidden-catlinks", "metadata", "mw-portlet", "vector-header-container"),
        *("mw-table-of-contents-container", "vector-column-start", "mw-footer-container"),
        *("screen-reader-text", "sr-only", "visually-hidden", "skip-link", "breadcrumb"),
        *("share-buttons", "cookie-banner", "mwe-math-mathml-inline"),
        *("footnote-back", "footnote-backref", "reversefootnote", "footnotes-sep"),
    )
)
_IDENTIFIERS: Final = frozenset(
    (
        *("toc", "mw-navigation", "mw-panel", "mw-head", "footer", "catlinks", "siteSub"),
        *("contentSub", "jump-to-nav", "mw-page-base", "mw-head-base", "siteNotice"),
        *("p-lang-btn", "mw-data-after-content", "mw-page-header-links"),
    )
)


def is_chrome(tag: str, attributes: Mapping[str, str]) -> bool:
    """Say whether an element is part of the frame of a page rather than of its text."""
    role = attributes.get("role", "")
    # Roles of publishing, as doc-footnote, say that an aside is part of the text after all.
    if (tag in _FRAME and not role.startswith("doc-")) or role in _ROLES or "hidden" in attributes:
        return True
    if attributes.get("aria-hidden") == "true" or attributes.get("id", "") in _IDENTIFIERS:
        return True
    style = attributes.get("style", "").replace(" ", "").lower()
    if "display:none" in style:
        return True
    return not _CLASSES.isdisjoint(attributes.get("class", "").split())
