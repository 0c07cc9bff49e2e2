"""The test set holds what the table promises; the floors are raised as the rules get better."""

from __future__ import annotations

from collections import Counter

import pytest
from accuracy import Accuracy, measure, soundness
from case_files import read_cases, read_documents
from document_checks import check_document
from tei_reading import span_of

# The aims of issue 3 are 0.95, 0.85 and 0.80; raised to them as the converter gets there.
FLOOR_UNAMBIGUOUS = 0.95
FLOOR_ALL = 0.95
FLOOR_CLASS = 0.80
FLOOR_DOCUMENTS = 0.97
CEILING_UNSOUND = 0  # invalid or not whole
SMALLEST_CLASS = 5


@pytest.fixture(scope="module")
def accuracy() -> Accuracy:
    return measure(read_cases())


def test_every_mark_occurs_in_its_case():
    for case in read_cases():
        span_of(case.transcript, case.mark, case.nth, len(case.frame[0]))


def test_set_is_as_large_as_promised():
    cases = read_cases()
    assert len(cases) >= 450
    assert len(read_documents()) >= 60
    small = {
        kind: n for kind, n in Counter(case.kind for case in cases).items() if n < SMALLEST_CLASS
    }
    assert not small


@pytest.mark.xdist_group("accuracy")
def test_unambiguous_expressions(accuracy: Accuracy):
    assert accuracy.unambiguous.share >= FLOOR_UNAMBIGUOUS


@pytest.mark.xdist_group("accuracy")
def test_all_expressions(accuracy: Accuracy):
    assert accuracy.all.share >= FLOOR_ALL


@pytest.mark.xdist_group("accuracy")
def test_no_class_is_weak(accuracy: Accuracy):
    weak = {
        kind: score.share for kind, score in accuracy.classes.items() if score.share < FLOOR_CLASS
    }
    assert not weak


@pytest.mark.xdist_group("accuracy")
def test_nothing_crashes(accuracy: Accuracy):
    assert [outcome.case.id for outcome in accuracy.outcomes if outcome.found == "crash"] == []


def test_documents():
    checks = [right for paper in read_documents() for _, right in check_document(paper).checks]
    assert sum(checks) >= FLOOR_DOCUMENTS * len(checks)


@pytest.mark.xdist_group("accuracy")
def test_every_input_is_valid_and_comes_back_whole():
    unsound = soundness(read_cases(), read_documents())
    assert sum(len(places) for places in unsound.values()) <= CEILING_UNSOUND, unsound
