"""Names of the indices in a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplomatic.encode.names import NameIndex, Variant, load_names


def index(*names: str) -> NameIndex:
    """Return an index of some names."""
    made = NameIndex()
    for name in names:
        made.add(Variant(name, "persName", f"#{name}"))
    return made


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (["Kim Il Sung"], "Then Kim Il Sung came.", ["Kim Il Sung"]),
        (["Kim Il Sung"], "Then KIM IL SUNG came.", ["KIM IL SUNG"]),
        (["Kim Il Sung"], "Then Kim Il\nSung came.", ["Kim Il\nSung"]),
        (["Kim", "Kim Il Sung"], "Kim Il Sung and Kim", ["Kim Il Sung", "Kim"]),
        (["Lisov"], "Lisovsky met Lisov's son", ["Lisov"]),
        (["Sable"], "the Port-Sable road", ["Sable"]),
        (["Sable"], "the sable", []),
        (["ILO"], "the ilo and ILO", ["ILO"]),
        ([], "Kim", []),
    ],
)
def test_find(names: list[str], text: str, found: list[str]) -> None:
    spans = index(*names).find(text, 0, len(text))
    assert [text[span.start : span.end] for span in spans] == found


def test_only_the_stretch_is_searched() -> None:
    assert [span.start for span in index("Kim").find("Kim Kim Kim", 3, 9)] == [4]


def test_index_files(tmp_path: Path) -> None:
    (tmp_path / "persons.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>'
        '<person xml:id="pers-lisov"><persName type="heading">Lisov, Jan</persName>'
        '<persName>Jan\n Lisov</persName><persName xml:lang="ru">Лисов</persName></person>'
        "<person><persName>Nobody</persName></person></listPerson></standOff></TEI>",
        "utf-8",
    )
    names = load_names([tmp_path / "persons.xml", tmp_path / "places.xml", tmp_path / "x.xml"])
    text = "Jan Lisov, Лисов, Nobody; Lisov, Jan"
    found = [(text[s.start : s.end], s.attributes) for s in names.find(text, 0, len(text))]
    ref = "../indices/persons.xml#pers-lisov"
    assert found == [
        ("Jan Lisov", {"ref": ref}),
        ("Лисов", {"ref": ref, "xml:lang": "ru"}),
    ]
