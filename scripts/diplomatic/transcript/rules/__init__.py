"""Rules that need to see more than the words of a bracket: what stands around it.

Each returns a reading, or None when it does not fit. `conventions/archival.toml` names them in
the order in which they are tried, after conventions §6.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from diplomatic.conventions import SpecialRule
from diplomatic.transcript.context import Context, Reading
from diplomatic.transcript.rules import corrections, names, persons, signs, words
from diplomatic.transcript.supply import supplied_or_gloss

Rule = Callable[[Context], Reading | None]

RULES: Final[dict[SpecialRule, Rule]] = {
    "ellipsis": signs.ellipsis,
    "question": signs.question,
    "doubled": signs.doubled,
    "note_reference": signs.note_reference,
    "expansion": words.expansion,
    "variant": names.variant,
    "name_completion": persons.name_completion,
    "other_name": persons.other_name,
    "identification": names.identification,
    "abbreviation": words.abbreviation,
    "correction": corrections.correction,
    "corrected": corrections.corrected,
    "signed_name": names.signed_name,
    "original_wording": words.original_wording,
    "omission": signs.omission,
    "summary": signs.summary,
    "supplied_or_gloss": supplied_or_gloss,
}
