"""Rules that see what stands around a bracket: which reading, how sure; and what does not fit."""

from __future__ import annotations

import pytest
from making import context_of, reading_by

from diplomatic.transcript.rules import RULES


@pytest.mark.parametrize(
    ("rule", "text", "chosen", "cert"),
    [
        ("ellipsis", "He came. […] He left.", "gap", "high"),
        ("ellipsis", "He came to Po[…] at night.", "gap", "medium"),
        ("question", "When did the ship come [?]", "supplied", "medium"),
        ("question", "I spoke with Cde. [?] of it.", "gap", "medium"),
        ("question", "They went to Sable [?] by ship.", "unclear", "medium"),
        ("doubled", "On the [[12]] of June", "unclear", "high"),
        ("doubled", f"He [[{'says much ' * 7}]] it", "note", "low"),
        ("doubled", "On the [12] of June", None, None),
        ("expansion", "The T[rade] Union met.", "expan", "high"),
        ("expansion", "He went to Sa[b]le.", "supplied", "high"),
        ("expansion", "He said [so].", None, None),
        ("variant", "He met Choe Min-su [Choe Min Su] there.", "reg", "high"),
        ("variant", "He met Lisov [Karsh] there.", None, None),
        ("variant", "He met Lisov [the minister] there.", None, None),
        ("name_completion", "I met Mao [Zedong] there.", "supplied", "medium"),
        ("name_completion", "I met Minister Orban [Imre] there.", "supplied", "medium"),
        ("name_completion", "I met Lesnoy [Stalin] there.", None, None),
        ("name_completion", "I met Comrade Ri [Ri Chol Su] there.", None, None),
        ("name_completion", "I met Pak Mun [Viktor Pak] there.", None, None),
        ("other_name", "I met Pak Mun-ho [Viktor Pak] there.", "identification", "medium"),
        ("other_name", "I met Orlov [Viktor Pak] there.", None, None),
        ("other_name", "The Red Fleet [Northern Squadron] left.", None, None),
        ("correction", "It was the 7th [8th] of May.", "corr", "medium"),
        ("correction", "They were 19[5]1 strong.", "supplied", "medium"),
        ("correction", "He went to the harbuor [harbour] today.", "corr", "high"),
        ("correction", "It was on 7 May [1961] that", None, None),
        ("identification", "They [the Czechs] left.", "identification", "high"),
        ("identification", "He met [Polish Foreign Minister] Lis.", "identification", "high"),
        ("identification", "He met [Jan] Lis there.", "supplied", "high"),
        ("identification", "He met [him] there.", None, None),
        ("abbreviation", "He works in the SPC [State Planning Committee].", "gloss", "high"),
        ("abbreviation", "He works in the GPK [State Planning Committee].", "gloss", "medium"),
        ("abbreviation", "the State Planning Committee [SPC] met", "gloss", "high"),
        ("abbreviation", "He went home [by train] early.", None, None),
        ("original_wording", "They gave in [ustupili] to him.", "original-wording", "medium"),
        ("original_wording", "They gave in [уступили] to him.", "original-wording", "high"),
        ("original_wording", "They gave [him] that.", None, None),
        ("omission", "[a map follows]", "gap", "high"),
        ("omission", "He writes [a map follows] of it.", "gap", "medium"),
        ("summary", "[Harvest report.]", "gap", "medium"),
        ("summary", "[and so on]", None, None),
        ("supplied_or_gloss", "I asked him to inform [him] of it.", "supplied", "high"),
        ("supplied_or_gloss", "He came by the kolkhoz [farm] road.", "gloss", None),
    ],
)
def test_rule(rule: str, text: str, chosen: str | None, cert: str | None) -> None:
    reading = reading_by(rule, text)
    assert (reading.chosen if reading else None) == chosen
    assert cert is None or (reading and reading.cert == cert)


def test_a_name_in_brackets_is_a_signature_at_the_end_only() -> None:
    found = reading_by("signed_name", "[V. Fomin]", "bottom")
    assert found is not None
    assert found.chosen == "supplied"
    assert reading_by("signed_name", "[V. Fomin]", "middle") is None


def test_a_note_mark_needs_its_note() -> None:
    rule = RULES["note_reference"]
    known = rule(context_of("He left.[2]", labels=frozenset("12")))
    assert known is not None
    assert known.chosen == "ref"
    assert rule(context_of("He left.[3]", labels=frozenset("12"))) is None
    assert rule(context_of("Copy Nº [2]", labels=frozenset("12"))) is None


@pytest.mark.parametrize("rule", sorted(RULES))
@pytest.mark.parametrize("text", ["[x]", "[ ]", "a[1]", "[[?]]", "Лис [он]", "[a\nb]", "[é[é]]"])
def test_no_rule_fails_on_any_bracket(rule: str, text: str) -> None:
    reading = reading_by(rule, text)
    assert reading is None or all(s.start <= s.end for s in reading.spans)


@pytest.mark.parametrize(
    ("said", "other", "same"),
    [
        ("Choe Min-su", "Ch'oe Minsu", True),
        ("Kim Du Bong", "Kim Tu-bong", True),
        ("Lisov", "Karsh", False),
        ("Pak", "Lee", False),
    ],
)
def test_spellings_of_a_name(said: str, other: str, same: bool) -> None:
    found = reading_by("variant", f"He met {said} [{other}] there.")
    assert (found is not None) is same
