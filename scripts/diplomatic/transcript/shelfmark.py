"""Source lines: archive, call number and people, as archives' web pages write them.

Grammar in conventions §2, "Source line grammar". What a line does not say is left out; nothing is
guessed.
"""

from __future__ import annotations

import re

_SIGNS = {
    "fonds": r"(?:fond|fonds|f)",
    "opis": r"(?:opis|op|inventory)",
    "delo": r"(?:delo|d|file|case|folder)",
    "list": r"(?:listy|list|ll?|leaves|leaf|papka|p|pp)",
}
_PARTS = {
    name: re.compile(
        rf"(?<![\w]){sign}(?:\.\s?|\s)(?:no\.?\s*)?(?P<value>\d[\w-]*(?:\s?[-–,]\s?\d+)*)", re.I
    )
    for name, sign in _SIGNS.items()
}
_CALL = re.compile(
    r"""
      (?<!\w)(?:fond|f|opis|op)(?:\.\s?|\s)(?:no\.?\s*)?\d                # Fond 5, op. 28
    | (?<!\w)(?:matter|folder|box|file|record\ group|RG|reel|M-KS|doc(?:ument)?\.?)
        \s+(?:no\.?\s*)?\d                                                # Box no. 3
    | \b\d{3}-\d{5}-\d{2}                                                 # 111-00022-03
    | (?-i: \b[XIVL]+-[A-Z]-\d                                            # XIX-J-1
      | \b[A-Z]{1,4}\s\d+/\d+ | \b[A-Z]{2,}[ ,-]\d )                       # C 1025/73, SAPMO 30
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PEOPLE = re.compile(
    r"(?P<role>obtained(?:\s+and\s+translated)?|contributed|translated|transcribed|donated|provided)"
    r"(?P<what>\s+for\s+(?:[^.;]|\.(?=\S))+?)?(?:\s+from\s+\w+)?\s+by\s+(?P<name>(?-i:(?:\b[A-Z]\.|[^.;\n])+?))"
    r"(?=\s+(?:for|and\s+(?:translated|obtained|contributed|edited))\b|[.;\n]|$)",
    re.I,
)
_ROLES = {
    "obtained": "obtained",
    "contributed": "contributed",
    "translated": "translator",
    "transcribed": "transcriber",
    "donated": "contributed",
    "provided": "contributed",
}


def is_source_line(words: str) -> bool:
    """Whether some words look like a call number with its archive."""
    return len(words) < 800 and _CALL.search(words) is not None


def parse_source(words: str) -> dict[str, str]:
    """Return what a source line says, by field.

    Fields: repository, shelfmark, fonds, opis, delo, list, translator, obtained, contributed.
    """
    fields: dict[str, str] = {}
    people = list(_PEOPLE.finditer(words))
    shelf = words[: people[0].start()] if people else words
    call = _CALL.search(shelf)
    if call:
        repository = shelf[: call.start()].strip(' \t"“”,.:;()')
        if repository:
            fields["repository"] = repository.removeprefix("Source:").strip()
        fields["shelfmark"] = shelf[call.start() :].strip(' \t\n"“”.,;')
        for name, pattern in _PARTS.items():
            if found := pattern.search(shelf, call.start()):
                fields[name] = found["value"].strip(" ,")
    for found in people:
        for word, role in _ROLES.items():
            if word in found["role"].lower() and role not in fields:
                fields[role] = found["name"].strip(" ,")
    return fields
