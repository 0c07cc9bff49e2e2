"""The numbers of the editorial report, and the doubts that an encoding left."""

import json
from pathlib import Path

import pytest

from diplomatic.publish.tally import rows_of_doubts, tally
from diplomatic.xml.reader import parse_bytes

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><gap/></teiHeader>'
    "<text><body>{}</body></text></TEI>"
)


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("<p>Words.</p>", {}),
        ("<p><supplied resp='#tr'>a</supplied><supplied>b</supplied></p>", {"supplied": 2}),
        ("<p><supplied resp='#ed'>a</supplied></p>", {"supplied.ours": 1}),
        (
            "<p><gap reason='illegible'/><gap/><gap reason='editorial'/></p>",
            {"gap": 2, "omission": 1},
        ),
        ("<p><choice><sic>a</sic><corr resp='#ed'>b</corr></choice></p>", {"ours": 1, "sic": 1}),
        ("<p><choice><sic>a</sic><corr resp='#tr'>b</corr></choice></p>", {"sic": 1}),
        ("<p><choice><abbr>a</abbr><expan resp='#tool'>b</expan></choice></p>", {"ours": 1}),
        ("<p><choice><unclear>a</unclear><unclear>b</unclear></choice></p>", {"unclear": 1}),
        ("<p><sic>a</sic> <unclear>b</unclear><space/></p>", {"sic": 1, "unclear": 1, "space": 1}),
        (
            "<stamp>a <space/></stamp><p><surplus>b</surplus></p>",
            {"stamp": 1, "space": 1, "surplus": 1},
        ),
    ],
)
def test_marks_are_counted_once(body: str, counts: dict[str, int]) -> None:
    assert tally(parse_bytes(TEI.format(body).encode(), "a.xml")) == counts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, None),
        ("no JSON", None),
        ("{}", {}),
        ("[]", {}),
        ("3", None),
        (
            '[{"document": "b", "words": "\\"document\\": \\"x\\"},"},\n{"document": "a"}]\n',
            {"b": [{"document": "b", "words": '"document": "x"},'}], "a": [{"document": "a"}]},
        ),
        ('[{"document":\n"a"},\n{"document": "a"}]\n', {"a": [{"document": "a"}] * 2}),
        ('[3, {"document": "a", "line": 1}]', {"a": [{"document": "a", "line": 1}]}),
    ],
)
def test_the_report_on_doubts_is_read(
    tmp_path: Path, text: str | None, found: dict[str, object] | None
) -> None:
    path = tmp_path / "doubts.json"
    if text is not None:
        path.write_text(text, "utf-8")
    rows = rows_of_doubts(path)
    assert (rows and {name: list(map(json.loads, own)) for name, own in rows.items()}) == found
