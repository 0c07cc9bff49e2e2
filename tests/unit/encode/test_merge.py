"""Merging TEI edited by hand: cases as folders, and what must hold for any edits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplomatic.encode.changes import Side
from diplomatic.encode.merge import Merged, UnlikeError, merge
from diplomatic.encode.written import read_written
from diplomatic.findings import DiplomaticError

CASES = Path(__file__).resolve().parents[2] / "editions" / "merge"


def versions(folder: Path) -> tuple[bytes, bytes, bytes]:
    """Return the three versions of a case."""
    base, edited, new = (
        (folder / f"{name}.xml").read_bytes() for name in ("base", "edited", "new")
    )
    return base, edited, new


def told(merged: Merged) -> str:
    """Return the conflicts as lines."""
    return "".join(
        f"{each.line}:{each.column} (transcript {each.transcript_line}) {each.element}: "
        f"{each.edited} | {each.new}\n"
        for each in merged.conflicts
    )


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_case(case, update_golden):
    golden = CASES / case / "golden"
    merged = merge(*versions(CASES / case))
    name = "findings.txt" if merged.conflicts else "merged.xml"
    made = told(merged).encode() if merged.conflicts else merged.xml
    if update_golden:
        golden.mkdir(exist_ok=True)
        for path in golden.iterdir():
            path.unlink()
        (golden / name).write_bytes(made)
    assert [path.name for path in golden.iterdir()] == [name]
    assert made == (golden / name).read_bytes()


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
@pytest.mark.parametrize("side", list(Side))
def test_a_preferred_side_settles_everything(case, side):
    base, edited, new = versions(CASES / case)
    merged = merge(base, edited, new, side)
    if case != "paragraph-moved-by-both":  # whichever place counts, the other must be given up
        assert merged.conflicts == []
    read_written(merged.xml, case)


def test_without_an_edit_the_new_version():
    base, _, new = versions(CASES / "typo-corrected-and-line-inserted")
    assert merge(base, base, new) == Merged(new, [])


def test_without_a_new_version_the_edit():
    base, edited, _ = versions(CASES / "way-of-writing-kept")
    assert merge(base, edited, base) == Merged(edited, [])


def test_files_of_another_kind_are_refused():
    base, _, new = versions(CASES / "typo-corrected-and-line-inserted")
    with pytest.raises(UnlikeError):
        merge(base, b"<TEI/>", new)
    with pytest.raises(DiplomaticError):
        merge(base, b"<TEI>", new)


# ---------------------------------------------------------------- any edits

WORDS = st.sampled_from(["one", "two", "three", "сад", "&amp;", "a.", "[…]"])
PIECES = st.one_of(
    WORDS,
    WORDS.map(lambda word: f"<hi>{word}</hi>"),
    WORDS.map(lambda word: f"<!-- {word} -->"),
    WORDS.map(lambda word: f'<name ref="#{len(word)}">{word} {word}</name>,'),
)
PARAGRAPH = st.lists(PIECES, min_size=1, max_size=5).map(" ".join)


def document(paragraphs: dict[str, str]) -> bytes:
    """Return a document of paragraphs."""
    blocks = [f'  <p xml:id="{name}">{words}</p>\n' for name, words in paragraphs.items()]
    return f'<div xmlns="x">\n{"".join(blocks)}</div>\n'.encode()


@st.composite
def disjoint_edits(draw):
    """Draw a document, edits of some paragraphs, and edits of others."""
    base = {f"p{n}": draw(PARAGRAPH) for n in range(draw(st.integers(1, 8)))}
    edits: tuple[dict[str, str | None], dict[str, str | None]] = ({}, {})
    for name in base:
        side = draw(st.integers(0, 2))
        if side < 2:
            edits[side][name] = draw(st.one_of(st.none(), PARAGRAPH))
    return base, *edits


def edited(paragraphs: dict[str, str], edits: dict[str, str | None]) -> dict[str, str]:
    """Return paragraphs with edits; None takes one out."""
    changed = {name: edits.get(name, words) for name, words in paragraphs.items()}
    return {name: words for name, words in changed.items() if words is not None}


@settings(max_examples=150, deadline=None)
@given(disjoint_edits())
def test_edits_of_different_paragraphs_are_both_there(drawn):
    base, first, second = drawn
    both = document(edited(edited(base, first), second))
    merged = merge(document(base), document(edited(base, first)), document(edited(base, second)))
    assert merged.conflicts == []
    assert read_written(merged.xml, "m").root.key == read_written(both, "b").root.key


@settings(max_examples=150, deadline=None)
@given(PARAGRAPH, PARAGRAPH, PARAGRAPH)
def test_any_three_versions_give_a_file(base, first, second):
    three = [document({"p": words, "q": words}) for words in (base, first, second)]
    merged = merge(*three)
    read_written(merged.xml, "merged")
    for side in Side:
        chosen = merge(*three, side)
        assert chosen.conflicts == []
        read_written(chosen.xml, "chosen")
        assert merged.conflicts or chosen.xml == merged.xml
    assert merge(three[0], three[1], three[0]).xml == three[1]


@settings(max_examples=100, deadline=None)
@given(st.lists(PARAGRAPH, max_size=4))
def test_writing_gives_back_what_was_read(paragraphs):
    data = document({f"p{n}": words for n, words in enumerate(paragraphs)})
    assert read_written(data, "x").write() == data
