"""Supplied word or gloss: the signs that are weighed."""

from __future__ import annotations

import pytest
from making import context_of

from diplomatic.transcript.supply import supplied_or_gloss


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("I asked to inform [him] of it.", "supplied"),
        ("He went [to the] harbour.", "supplied"),
        ("[To] Ambassador Li:", "supplied"),
        ("In 4 [cases] he came.", "supplied"),
        ("He lives in [North] Korea.", "supplied"),
        ("He met the First [Secretary] there.", "supplied"),
        ("In the evening [Lisov] said that.", "supplied"),
        ("He reads “Zarya” [Dawn].", "gloss"),
        ("He met Lisov [who was ill] there.", "gloss"),
        ("It was Lisov [Consul at the time].", "gloss"),
        ("He came by the kolkhoz [farm] road.", "gloss"),
    ],
)
def test_supplied_or_gloss(text: str, chosen: str) -> None:
    assert supplied_or_gloss(context_of(text)).chosen == chosen


def test_what_nothing_speaks_for_is_of_low_certainty() -> None:
    assert supplied_or_gloss(context_of("the thing [word] goes")).cert == "low"
