"""How well the converter reads the test set: `python tests/transcript/accuracy.py`.

Every case is encoded, the elements at its expression are compared with what is expected, and the
result is written to accuracy.txt beside this file, so that a change of a rule shows what it moves.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from case_files import HERE, Answer, Case, Document, read_cases, read_documents
from checks import fidelity_of, validity_of
from document_checks import Checked, check_document
from encoder import CRASHES, encode
from expectations import editorial, label
from tei_reading import Place, align, at, name, span_of, words


@dataclass
class Outcome:
    """What became of one case."""

    case: Case
    right: bool
    found: str
    detail: str = ""


@dataclass
class Score:
    """Right ones of a number."""

    right: int = 0
    total: int = 0

    def add(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.total += 1

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 where nothing was asked."""
        return self.right / self.total if self.total else 1.0


@dataclass
class Accuracy:
    """Scores of all cases: by class, of the unambiguous ones, and the outcomes themselves."""

    all: Score = field(default_factory=Score)
    unambiguous: Score = field(default_factory=Score)
    classes: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    outcomes: list[Outcome] = field(default_factory=list)


def _answered(answer: Answer, places: list[Place], never: Answer) -> bool:
    if any(
        one.fits(place.element) for one in never for place in places if not _wide(place, places)
    ):
        return False
    if any(one.plain for one in answer):
        return not editorial(places)
    used: set[int] = set()
    for one in answer:
        hit = next(
            (i for i, place in enumerate(places) if i not in used and one.fits(place.element)), None
        )
        if hit is None:
            return False
        used.add(hit)
    return True


def _wide(place: Place, places: list[Place]) -> bool:
    """Whether the place is an ancestor that holds far more than the stretch (a div, the body)."""
    return name(place.element) in {"text", "body", "front", "back", "div", "list"}


def judge(case: Case) -> Outcome:
    """Encode one case and compare."""
    transcript = case.transcript
    start, end = span_of(transcript, case.mark, case.nth, len(case.frame[0]))
    tree = encode(transcript.encode("utf-8"), case.id, case.capture)
    places = list(at(align(transcript, tree), start, end))
    right = any(_answered(answer, places, case.never) for answer in case.answers)
    marks = editorial(places)
    found = "+".join(dict.fromkeys(label(place.element) for place in marks)) or "plain"
    detail = "; ".join(f"{label(place.element)}={words(place.element)[:60]!r}" for place in marks)
    return Outcome(case, right, found, detail)


def measure(cases: Iterable[Case]) -> Accuracy:
    """Judge all cases."""
    accuracy = Accuracy()
    for case in cases:
        try:
            outcome = judge(case)
        except CRASHES as error:
            outcome = Outcome(
                case, right=False, found="crash", detail=f"{type(error).__name__}: {error}"
            )
        accuracy.outcomes.append(outcome)
        accuracy.all.add(outcome.right)
        accuracy.classes[case.kind].add(outcome.right)
        if not case.ambiguous:
            accuracy.unambiguous.add(outcome.right)
    return accuracy


def soundness(cases: Iterable[Case], papers: Iterable[Document]) -> dict[str, list[str]]:
    """Which cases and documents are not valid, and which do not come back whole."""
    found: dict[str, list[str]] = {"not valid": [], "not whole": []}
    valid = validity_of()
    inputs = [(case.id, case.transcript.encode("utf-8"), case.capture) for case in cases]
    inputs += [(paper.id, paper.data, paper.expect.get("sidecar_kind")) for paper in papers]
    for identifier, data, capture in inputs:
        try:
            tree = encode(data, identifier, capture)
        except CRASHES:
            continue  # the tables name it as a crash
        for kind, question in (("not valid", valid(tree)), ("not whole", fidelity_of(data, tree))):
            if question:
                found[kind].append(f"{identifier:<28} {kind}: {question[:150]}")
    return found


def _row(title: str, score: Score) -> str:
    return f"{title:<28} {score.right:>4} of {score.total:>4}  {score.share:7.1%}"


def report(accuracy: Accuracy, documents: list[Checked], unsound: dict[str, list[str]]) -> str:
    """The tables as text."""
    lines = [
        "Expressions",
        _row("unambiguous", accuracy.unambiguous),
        _row("all", accuracy.all),
        "",
    ]
    lines += [_row(kind, score) for kind, score in sorted(accuracy.classes.items())]
    lines += ["", "Confusion: class expected -> markup found in the wrong ones"]
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in accuracy.outcomes:
        if not outcome.right:
            wrong[outcome.case.kind][outcome.found] += 1
    for kind, found in sorted(wrong.items()):
        lines.append(
            f"{kind:<28} "
            + ", ".join(
                f"{one} {n}" for one, n in sorted(found.items(), key=lambda p: (-p[1], p[0]))
            )
        )
    lines += ["", "Wrong ones"]
    for outcome in accuracy.outcomes:
        if not outcome.right:
            mark = " ".join(outcome.case.mark.split())
            lines.append(
                f"{outcome.case.id:<28} {mark[:60]}  ->  {outcome.detail or outcome.found}"
            )
    lines += ["", *_documents(documents), ""]
    for kind, places in unsound.items():
        lines += [f"{kind}: {len(places)} of {accuracy.all.total + len(documents)}", *places]
    return "\n".join(lines) + "\n"


def _documents(documents: list[Checked]) -> list[str]:
    kinds: dict[str, Score] = defaultdict(Score)
    total, whole = Score(), Score()
    for document in documents:
        whole.add(not document.missing)
        for kind, right in document.checks:
            kinds[kind].add(right)
            total.add(right)
    lines = ["Documents", _row("checks", total), _row("documents without a miss", whole), ""]
    lines += [_row(kind, score) for kind, score in sorted(kinds.items())]
    lines += ["", "Missing"]
    for document in documents:
        lines += [f"{document.id:<28} {one}" for one in document.missing]
    return lines


def main(arguments: list[str]) -> int:
    """Print the tables and keep them; arguments are parts of case ids to look at only those."""
    chosen = [
        c for c in read_cases() if not arguments or any(a in c.id or a == c.kind for a in arguments)
    ]
    papers = [d for d in read_documents() if not arguments or any(a in d.id for a in arguments)]
    checked = [check_document(paper) for paper in papers]
    text = report(measure(chosen), checked, soundness(chosen, papers))
    sys.stdout.write(text)
    if not arguments:
        (HERE / "accuracy.txt").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
