"""The parts of reading a file, each for itself: numbers, links, archives, markup that is cut."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import archive, report_in_word, word_of

from diplomatic.cli import main
from diplomatic.findings import DiplomaticError
from diplomatic.inputs import transcript_of
from diplomatic.inputs.chrome import is_chrome
from diplomatic.inputs.compose import compose
from diplomatic.inputs.flow import (
    Cell,
    Comment,
    Manuscript,
    Note,
    NoteMark,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
    joined,
)
from diplomatic.inputs.kinds import kind_of
from diplomatic.inputs.links import safe_link
from diplomatic.inputs.numerals import numeral
from diplomatic.inputs.package import Package
from diplomatic.inputs.proof import compare_words
from diplomatic.transcript.layer import Layer
from diplomatic.transcript.spans import Node, Span, nest


@pytest.mark.parametrize(
    ("number", "shape", "shown"),
    [
        *((1, "decimal", "1"), (7, "decimalZero", "07"), (3, "unheard-of", "3")),
        *((1, "lowerLetter", "a"), (26, "upperLetter", "Z"), (27, "lowerLetter", "aa")),
        *((4, "lowerRoman", "iv"), (1949, "upperRoman", "MCMXLIX"), (0, "lowerRoman", "0")),
        *((5000, "lowerRoman", "5000"), (0, "lowerLetter", "0")),
    ],
)
def test_numbers_are_shown_as_lists_show_them(number, shape, shown):
    assert numeral(number, shape) == shown


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        (
            " http://example.org/Порт Сэйбл ",
            "http://example.org/%D0%9F%D0%BE%D1%80%D1%82%20%D0%A1%D1%8D%D0%B9%D0%B1%D0%BB",
        ),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("other.html", ""),
        ("#here", ""),
        ("https://example.org/" + "a" * 3000, ""),
    ],
)
def test_only_addresses_that_can_be_followed_are_kept(address, kept):
    assert safe_link(address) == kept


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"x", ".txt"),
        ("a.TXT", b"x", ".txt"),
        ("letter", b"x", ".txt"),
        ("a.md", b"# x", ".md"),
        ("a.htm", b"<p>x", ".html"),
        ("a.docx", word_of("<w:p/>"), ".docx"),
        ("a.odt", archive({"mimetype": b"x", "content.xml": b"<x/>"}), ".odt"),
    ],
)
def test_the_kind_of_a_file(name, data, kind):
    assert kind_of(data, name) == kind


def test_an_archive_is_read_within_limits(monkeypatch):
    package = Package(archive({"a": b"abc", "b": b"x" * 100}), "x.docx")
    assert package.names == ["a", "b"]
    assert package.read("a") == b"abc"
    assert package.read("none") is None
    monkeypatch.setattr("diplomatic.inputs.package._LARGEST_PART", 50)
    with pytest.raises(DiplomaticError, match="D423"):
        package.read("b")


def test_all_parts_together_have_a_limit(monkeypatch):
    monkeypatch.setattr("diplomatic.inputs.package._LARGEST_TOTAL", 120)
    package = Package(archive({"a": b"a" * 100, "b": b"b" * 100}), "x.docx")
    package.read("a")
    with pytest.raises(DiplomaticError, match="D423"):
        package.read("b")


def test_an_archive_with_a_password_is_refused(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("word/document.xml", "x")
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(DiplomaticError, match="D421"):
        Package(bytes(data), "x.docx")


def test_words_that_differ_are_shown_where_they_do():
    same = {"text": "The harbour is closed.", "notes": "A"}
    assert compare_words(same, {"text": "The\nharbour is  closed.", "notes": "A"}, "x.docx") == []
    found = compare_words(same, {"text": "The harbour closed.", "notes": ""}, "x.docx")
    assert [finding.code for finding in found] == ["D505", "D505"]
    assert "“Theharbourisclosed.”" in found[0].message


@pytest.mark.parametrize(
    ("tag", "attributes", "frame"),
    [
        ("nav", {}, True),
        ("header", {}, False),
        ("header", {"role": "banner"}, True),
        ("div", {"class": "text navbox-list"}, False),
        ("div", {"class": "navbox x"}, True),
        ("p", {"style": "color: red; display : none"}, True),
        ("p", {"aria-hidden": "false"}, False),
        ("div", {"id": "toc"}, True),
    ],
)
def test_the_frame_of_a_page(tag, attributes, frame):
    assert is_chrome(tag, attributes) is frame


# ------------------------------------------------------------ lines and layer


def composed(*content, **more):
    """Return text and layer of a file with this content."""
    made = compose(Manuscript(list(content), **more))
    return made.text, made.layer, made.streams


def looks(*names):
    """Return looks."""
    return frozenset(names)


def marked(text, layer):
    """Return the markup of a layer with the words that it stands over."""
    return [
        (span.name, span.attributes.get("rend", ""), text[span.start : span.end])
        for span in layer.spans
    ]


def test_runs_that_look_alike_are_one():
    parts = [Run("a", looks("bold")), Run("b", looks("bold")), Run(""), Run("c")]
    assert joined(parts) == [Run("ab", looks("bold")), Run("c")]


def test_markup_begins_and_ends_with_what_shows_it():
    runs = [Run("a "), Run("b ", looks("bold")), Run("c ", looks("bold", "italic")), Run("d")]
    text, layer, _ = composed(Paragraph(runs))
    assert text == "a b c d\n"
    assert marked(text, layer) == [("hi", "bold", "b c"), ("hi", "italic", "c")]


def test_letters_set_apart_are_written_apart_and_hidden():
    text, layer, streams = composed(Paragraph([Run("Top secret", looks("letterspaced"))]))
    assert text == "T o p s e c r e t\n"
    # Three letters are too few to be told from initials.
    assert [len(span.hidden) for span in layer.spans] == [5]
    assert streams["text"] == "Top secret"


def test_a_page_break_before_words_waits_for_them():
    text, layer, _ = composed(
        Paragraph([Run("One"), PageBreak()]), Paragraph([PageBreak()]), Paragraph([Run("Two")])
    )
    assert [text[span.start :][:3] for span in layer.spans] == ["\n\nT", "Two"]


def test_a_comment_stands_behind_the_last_word():
    text, layer, streams = composed(Paragraph([Run("One  "), Comment("Which?", "A")]))
    (note,) = layer.spans
    assert (note.start, note.end) == (3, 3)
    assert note.after[0].text == "Which? (A)"
    assert streams["comments"] == "Which?"
    assert text == "One  \n"


def test_a_picture_is_a_bracket_that_the_file_explains():
    text, layer, _ = composed(Paragraph([Picture("A [rough] plan"), Picture("")]))
    assert text == "[A (rough) plan]\n"
    assert layer.claims(0, 16)
    assert not layer.claims(1, 3)


def test_a_table_without_words_and_a_frame_are_no_tables():
    empty, frame = Table([[Cell(), Cell()]]), Table([[Cell([Paragraph([Run("x")])])]])
    text, layer, _ = composed(empty, frame)
    assert text.strip() == "x"
    assert layer.blocks == []


def test_a_note_of_several_paragraphs_hangs_together():
    note = Note("k", "footnote", [Paragraph([Run("One.")]), Paragraph([Run("Two.")])])
    text, layer, streams = composed(Paragraph([Run("A"), NoteMark("k")]), notes=[note])
    assert text == "A[1]\n\n[1] One.\nTwo.\n"
    assert [text[b.start : b.end] for b in layer.notes] == ["[1] One."]
    assert [text[b.start : b.end] for b in layer.notes[0].children] == ["Two."]
    assert layer.body_end <= text.index("[1] One")
    assert (streams["text"], streams["notes"]) == ("A", "One.Two.")


def test_spans_are_cut_at_a_label():
    layer = Layer([Span(0, 9, "hi", {"rend": "bold"}, divisible=True), Span(2, 9, "ref", {})])
    found = [(span.name, span.start, span.end) for span in layer.within(0, 9, 5)]
    assert found == [("hi", 0, 5), ("hi", 5, 9), ("ref", 2, 9)]


# ------------------------------------------------------------ markup that gives way

SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8), st.booleans()), max_size=8)


def leaves(nodes: list[Node], start: int, end: int, inside: bool, seen: dict[int, bool]) -> None:
    """Note for each place whether divisible markup stands over it; see that all nests."""
    position = start
    for node in nodes:
        span = node.span
        assert position <= span.start <= span.end <= end
        for place in range(span.start, span.end):
            seen[place] = seen.get(place, False) or span.divisible or inside
        leaves(node.children, span.start, span.end, inside or span.divisible, seen)
        position = span.end


@settings(max_examples=200, deadline=None)
@given(SPANS, st.integers(0, 20), st.integers(1, 10))
def test_divisible_markup_is_cut_and_never_lost(others, start, length):
    fixed = [Span(one, one + size, "date", firm=firm) for one, size, firm in others]
    bold = Span(start, start + length, "hi", {"rend": "bold"}, divisible=True)
    seen: dict[int, bool] = {}
    leaves(nest([*fixed, bold]), 0, 60, False, seen)
    assert all(seen[place] for place in range(bold.start, bold.end))


def test_markup_stands_around_what_it_is_as_long_as():
    (node,) = nest([Span(0, 4, "supplied", {}, ((0, 1), (3, 4))), Span(0, 4, "hi", divisible=True)])
    assert [node.span.name, node.children[0].span.name] == ["hi", "supplied"]


# ------------------------------------------------------------ the command line


def test_files_are_encoded_and_checked_without_an_edition(tmp_path, capsys):
    (tmp_path / "Report 1.docx").write_bytes(report_in_word())
    (tmp_path / "page.html").write_text('<meta charset="utf-8"><p>The harbour is closed.</p>')
    names = [str(tmp_path / name) for name in ("Report 1.docx", "page.html")]
    assert main(["encode", *names, "--out", str(tmp_path / "tei")]) == 0
    made = [str(path) for path in sorted((tmp_path / "tei").glob("*.xml"))]
    assert len(made) == 2
    assert main(["check", *made, "--transcripts", str(tmp_path)]) == 0
    assert "no findings" in capsys.readouterr().out


def test_a_transcript_is_read_again_when_its_file_changes(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("One.")
    assert transcript_of(path) == "One.\n"
    path.write_text("One and two.")
    assert transcript_of(path) == "One and two.\n"
    path.unlink()
    with pytest.raises(DiplomaticError, match="D012"):
        transcript_of(path)
