"""Words of the interface for Python: the same table that the stylesheets read.

In: a key and a language (BCP 47). Out: the word, in English where the language lacks it, the key's
last part where there is none.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from diplomatic.resources import xslt_dir
from diplomatic.xml.names import XML_LANG
from diplomatic.xml.reader import parse_file

_LABELS: Final = "{urn:diplomatic:labels}"


def label(key: str, language: str) -> str:
    """Return the word for a key in a language."""
    for tag in (language, language.split("-")[0], "en"):
        found = _table(tag).get(key)
        if found is not None:
            return found
    return key.rpartition(".")[2]


@cache
def _table(language: str) -> dict[str, str]:
    """Return the words of a language by key; nothing for a language without labels."""
    folder = xslt_dir() / "common"
    for path in (folder / f"labels.{language}.xml", folder / "labels.xml"):
        if not path.exists():
            continue
        for element in parse_file(path).getroot().iter(f"{_LABELS}language"):
            if element.get(XML_LANG) == language:
                return {e.get("key", ""): e.text or "" for e in element.iter(f"{_LABELS}label")}
    return {}
