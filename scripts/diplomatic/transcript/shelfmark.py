"""Source lines: archive, call number and people, as archives' web pages write them.

Grammar in conventions §2, "Source line grammar". What a line does not say is left out; nothing is
guessed.
"""

from __future__ import annotations

from diplomatic.conventions import Conventions

# The fields of a call number, and the word lists that name them.
_PARTS = {"fonds": "{fonds}", "opis": "{opis}", "delo": "{delo}", "list": "{leaves}"}
_VALUE = r"(?:\.\s?|\s)(?:{number_sign}\s*)?(?P<value>\d[\w-]*(?:\s?[-–,]\s?\d+)*)"


def is_source_line(words: str, conventions: Conventions) -> bool:
    """Whether some words look like a call number with its archive."""
    return len(words) < 800 and conventions.line_patterns["call-number"].search(words) is not None


def parse_source(words: str, conventions: Conventions) -> dict[str, str]:
    """Return what a source line says, by field.

    Fields: repository, shelfmark, fonds, opis, delo, list, translator, obtained, contributed.
    """
    fields: dict[str, str] = {}
    patterns = conventions.line_patterns
    people = list(patterns["contributed"].finditer(words))
    shelf = words[: people[0].start()] if people else words
    call = patterns["call-number"].search(shelf)
    if call:
        repository = shelf[: call.start()].strip(' \t"“”,.:;()')
        if repository:
            fields["repository"] = repository.removeprefix("Source:").strip()
        fields["shelfmark"] = shelf[call.start() :].strip(' \t\n"“”.,;')
        for field, name in _PARTS.items():
            pattern = conventions.compile(rf"(?<!\w){name}{_VALUE}")
            if found := pattern.search(shelf, call.start()):
                fields[field] = found["value"].strip(" ,")
    for found in people:
        for word, role in conventions.maps["contribution"].items():
            if word in found["role"].lower() and role not in fields:
                fields[role] = found["name"].strip(" ,")
    return fields
