"""Our verdicts against those of jing, which knows nothing of ours."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from instances import instances
from mutations import mutants

from checking import ROOT, Jing, check
from diplomatic.resources import schema_dir
from diplomatic.schema.grammar import load_grammar
from diplomatic.schema.validate import check_against

pytestmark = [pytest.mark.java, pytest.mark.xdist_group("jing")]
VALID = sorted((Path(__file__).parent / "valid").glob("*.xml"))
DOCUMENTS = sorted((ROOT / "tei").glob("*/*.xml"))
GRAMMAR = schema_dir() / "edition.rng"
MUTANTS = 700


def grammar_codes(data: bytes) -> list[str]:
    """Return the codes of what the grammar, or the uniqueness of identifiers, is about."""
    codes = [finding.code for finding in check(data, "mutant.xml")]
    return [code for code in codes if code < "D200" or code == "D301"]


def test_mutations(jing: Jing, tmp_path: Path) -> None:
    files = {}
    for number, mutant in enumerate(mutants([p.read_bytes() for p in VALID], MUTANTS)):
        path = tmp_path / f"{number:03}-{mutant.kind}.xml"
        path.write_bytes(mutant.data)
        files[path] = mutant
    complaints = jing(GRAMMAR, list(files))
    ours = {path: bool(grammar_codes(mutant.data)) for path, mutant in files.items()}
    differing = [path.name for path in files if ours[path] != bool(complaints[path])]
    assert differing == []
    alone = {p: bool(check_against(m.data, p.name, GRAMMAR)) for p, m in files.items()}
    assert alone == ours  # the explainer gives the same verdict as libxml2
    kinds = Counter(files[path].kind for path in files if ours[path])
    assert sum(kinds.values()) >= 300  # some mutations leave a document valid
    assert len(kinds) == len({mutant.kind for mutant in files.values()})


def test_explanations_name_what_is_at_fault() -> None:
    silent = []
    for mutant in mutants([p.read_bytes() for p in VALID], MUTANTS):
        findings = [f for f in check(mutant.data, "m.xml") if f.code < "D200" or f.code == "D301"]
        message = findings[0].message if findings else ""
        if findings and not any(name in message for name in mutant.named):
            silent.append((mutant.kind, sorted(mutant.named), message))
    assert silent == []


def test_one_fault_gives_few_findings() -> None:
    numbers = []
    for mutant in mutants([p.read_bytes() for p in VALID], MUTANTS):
        if codes := [code for code in grammar_codes(mutant.data) if code != "D301"]:
            numbers.append(len(codes))
    assert sum(number == 1 for number in numbers) / len(numbers) > 0.8


def test_instances_of_the_grammar_are_tei(jing: Jing, tei_grammar: Path, tmp_path: Path) -> None:
    """Random documents that our grammar makes, each element at least once, pass tei_all."""
    made = instances(load_grammar(GRAMMAR), rounds=2)
    files = []
    for number, data in enumerate(made):
        path = tmp_path / f"{number:03}.xml"
        path.write_bytes(data)
        files.append(path)
    ours = jing(GRAMMAR, files)
    theirs = jing(tei_grammar, files)
    assert [ours[path][:1] for path in files if ours[path]] == []
    assert [theirs[path][:1] for path in files if theirs[path]] == []


def test_documents_of_the_edition(jing: Jing, tei_grammar: Path) -> None:
    files = [*DOCUMENTS, *VALID]
    assert [found for found in jing(GRAMMAR, files).values() if found] == []
    files.append(schema_dir() / "edition.odd")
    assert [found for found in jing(tei_grammar, files).values() if found] == []


CORPUS = ROOT.parent / "shared" / "corpus" / "frus"  # beside the repository


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not on this machine")
def test_verdicts_on_the_corpus(jing: Jing, tei_grammar: Path) -> None:
    files = sorted(CORPUS.glob("*.xml"))
    complaints = jing(tei_grammar, files)
    ours = {p: bool(check_against(p.read_bytes(), str(p), tei_grammar)) for p in files}
    assert [p.name for p in files if ours[p] != bool(complaints[p])] == []
