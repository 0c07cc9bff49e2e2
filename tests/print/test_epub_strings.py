"""Whatever a transcript holds comes back from the ebook as it is, and nothing of it can run."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from epub_helpers import article, pages_of, shown_text
from print_helpers import TEI
from test_print_strings import HOSTILE, SEEDS, random_strings, squeezed

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


@pytest.mark.parametrize("seed", range(SEEDS))
def test_two_thousand_random_strings(seed: int) -> None:
    strings = random_strings(seed)
    for text in shown(strings):
        assert text == "".join(squeezed(f"‹{string}›") for string in strings)
