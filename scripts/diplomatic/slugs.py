"""Words as part of an identifier: small letters a to z, digits and hyphens, from any script.

Letters of other scripts are written in Latin ones by the tables of `anyascii` (Иванов: ivanov;
김일성: gim-il-seong).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from anyascii import anyascii

# anyascii writes syllables of Hangul and Han without blanks, each with a capital.
_SYLLABLE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNSPACED: Final = re.compile(
    r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)


def slug(words: str) -> str:
    """Return words as small letters a to z, digits and hyphens; nothing where none are left."""
    composed = unicodedata.normalize("NFC", words)
    spaced = _UNSPACED.sub(lambda found: f" {_SYLLABLE.sub(' ', anyascii(found[0]))} ", composed)
    plain = re.sub(r"['`’]", "", anyascii(spaced)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
