"""The rows of a conventions file, as data models: what an edition may write, and nothing else."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

Construct = Literal[
    "gap",
    "stamp",
    "signature",
    "emblem",
    "note",
    "handwriting",
    "sic",
    "blank",
    "page",
    "sound",
    "unclear",
    "supplied",
    "gloss",
    "identification",
    "original-wording",
    "received",
]
"""What a bracket becomes: the functions of `diplomatic.transcript.readings`."""

SpecialRule = Literal[
    "ellipsis",
    "question",
    "doubled",
    "note_reference",
    "expansion",
    "variant",
    "name_completion",
    "other_name",
    "identification",
    "abbreviation",
    "correction",
    "corrected",
    "signed_name",
    "original_wording",
    "omission",
    "summary",
    "supplied_or_gloss",
]
"""Rules that see more than a bracket's words: the functions of `diplomatic.transcript.rules`."""

Certainty = Literal["high", "medium", "low"]
_NUMBER: Final = (re.compile(r"\d{1,15}"), "number")
_MONTH: Final = r"(?:[1-9]|1[0-2])"
# Maps whose values the program counts with: what such a value looks like, and what it is called.
_VALUES: Final = {
    "scale": _NUMBER,
    "number": _NUMBER,
    "ordinal": _NUMBER,
    "month": (re.compile(_MONTH), "number of a month (1 to 12)"),
    "season": (re.compile(rf"{_MONTH}-{_MONTH}"), "first and last month, as in 3-5"),
}
AttributeName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z.:-]*$")]


class BracketRule(BaseModel):
    """One row of `[[bracket]]`; `archival.toml` says what each key means."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str
    pattern: str = ""
    before: str = ""
    after: str = ""
    own_line: bool | None = None
    signs: int = 0
    gives: Construct | None = None
    attributes: dict[AttributeName, str] = Field(default_factory=dict, alias="with")
    cert: Certainty = "medium"
    reason: str = ""
    rule: SpecialRule | None = None
    first: bool = False


class LineRule(BaseModel):
    """One row of `[[line]]`: what a line is, or what stands in it, by its words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    pattern: str
    case: bool = False


class ConventionsFile(BaseModel):
    """A conventions file: word lists by name and language, value maps by name, rules in order."""

    model_config = ConfigDict(extra="forbid")

    words: dict[str, dict[str, list[str]]] = Field(default_factory=dict)
    map: dict[str, dict[str, str]] = Field(default_factory=dict)
    bracket: list[BracketRule] = Field(default_factory=list)
    line: list[LineRule] = Field(default_factory=list)

    @field_validator("map")
    @classmethod
    def _values_can_be_used(cls, maps: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """Refuse a word for a number or a month whose value is none."""
        for name, (pattern, what) in _VALUES.items():
            for word, value in maps.get(name, {}).items():
                if not pattern.fullmatch(value):
                    message = f"{name}.{word}: {value!r} is no {what}"
                    raise ValueError(message)
        return maps
