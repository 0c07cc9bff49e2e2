"""Whatever a transcript holds comes back from the ebook as it is, and nothing of it can run."""

from __future__ import annotations

import os
from xml.sax.saxutils import escape

import pytest
from epub_helpers import article, pages_of, shown_text
from hypothesis import given, settings
from hypothesis import strategies as st
from print_helpers import TEI
from test_print_strings import HOSTILE, SIGNS, squeezed

# Fifty strings an example; two thousand with DIPLOMATIC_EXAMPLES=40.
EXAMPLES = int(os.environ.get("DIPLOMATIC_EXAMPLES", "4"))
MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp;amp; &#60; &nbsp;",
    "]]> <![CDATA[ x ]]>",
    "<!-- x --> <?php x ?>",
    '" onclick="x" \' href=',
    "{{x}} ${x} <%= x %>",
    "javascript:alert(1)",
]


def shown(strings: list[str]) -> tuple[str, str]:
    body = "".join(f"<p>\u2039{escape(string)}\u203a</p>" for string in strings)
    web, book = pages_of(TEI.format(body).encode())
    assert not book.xpath("//script | //img | //@onclick | //@onerror")
    return squeezed(shown_text(article(web))), squeezed(shown_text(article(book)))


@pytest.mark.parametrize("string", [*HOSTILE, *MARKUP])
def test_hostile_strings(string: str) -> None:
    for text in shown([string]):
        assert squeezed(f"\u2039{string}\u203a") in text


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(
    st.lists(
        st.text(SIGNS, min_size=1, max_size=40).map(str.strip).filter(bool),
        min_size=50,
        max_size=50,
    )
)
def test_random_strings(strings: list[str]) -> None:
    for text in shown(strings):
        assert text == "".join(squeezed(f"\u2039{string}\u203a") for string in strings)
