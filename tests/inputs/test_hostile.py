"""Files that mean harm, or are broken: each is a finding that says what to do, in little memory."""

from __future__ import annotations

import random
import tracemalloc
from contextlib import suppress

import pytest
from makers import W, archive, letter_in_opendocument, report_in_word, word_of

from diplomatic.findings import DiplomaticError, code_info
from diplomatic.inputs import read_source

LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)
BODY = "<w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body>"
DOCUMENT = f'<w:document xmlns:w="{{}}">{BODY}</w:document>'


def with_part(name: str, data: str | bytes) -> bytes:
    """Return a Word document with another part."""
    return word_of("<w:p/>", **{name: data.encode() if isinstance(data, str) else data})


def laughing() -> bytes:
    """Return a document whose text is a billion laughs."""
    xml = f"<!DOCTYPE w [{LAUGHS}]>" + DOCUMENT.format(W, "&l9;")
    return with_part("word/document.xml", xml)


def asking_for_a_file() -> bytes:
    """Return a document whose text is a file of this machine."""
    xml = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + DOCUMENT.format(W, "&x;")
    return with_part("word/document.xml", xml)


def deep(number: int) -> bytes:
    """Return a document with tables in tables."""
    opened, closed = "<w:tbl><w:tr><w:tc>" * number, "</w:tc></w:tr></w:tbl>" * number
    return word_of(f"{opened}<w:p><w:r><w:t>Here</w:t></w:r></w:p>{closed}")


FILES = {
    "laughs.docx": (laughing, "D120"),
    "passwd.docx": (asking_for_a_file, "D101"),
    "deep.docx": (lambda: deep(200), "D120"),
    "empty.docx": (lambda: word_of("<w:p/>"), "D011"),
    "old.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "D034"),
    "text.docx": (lambda: b"The harbour is closed.", "D034"),
    "report.txt": (report_in_word, "D034"),
    "report.md": (report_in_word, "D034"),
    "report.html": (report_in_word, "D034"),
    "report.odt": (report_in_word, "D034"),
    "letter.docx": (letter_in_opendocument, "D034"),
    "cut.docx": (lambda: report_in_word()[:-500], "D422"),
    "cut.odt": (lambda: letter_in_opendocument()[:-300], "D422"),
    "no-text.docx": (lambda: archive({"word/other.xml": b"<x/>"}), "D422"),
    "broken.docx": (lambda: with_part("word/document.xml", "<w:document"), "D100"),
    "many.docx": (lambda: archive({f"word/{n}": b"" for n in range(20_001)}), "D423"),
    "bytes.md": (lambda: b"caf\xe9", "D010"),
    "bytes.html": (lambda: b"<p>caf\xe9</p>", "D010"),
    "empty.html": (lambda: b"<html><script>1</script></html>", "D011"),
    "nothing.html": (lambda: b"", "D011"),
    "secret.odt": (
        lambda: archive(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"\x00" * 40,
                "META-INF/manifest.xml": b"<m><encryption-data/></m>",
            }
        ),
        "D421",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_each_is_a_finding_with_a_way_out(name):
    make, code = FILES[name]
    with pytest.raises(DiplomaticError) as refused:
        read_source(make(), name)
    finding = refused.value.finding
    assert finding.code == code
    assert finding.place.file == name
    assert finding.hint or code_info(code).hint


def test_a_bomb_takes_little_memory():
    # 64 MB and 300 MB of blanks in some kilobytes; reading stops at the limit of a part.
    bomb = archive({"word/document.xml": b" " * (64 << 20), "[Content_Types].xml": b""})
    tracemalloc.start()
    with pytest.raises(DiplomaticError) as refused:
        read_source(bomb, "bomb.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.finding.code == "D423"
    assert peak < 160 << 20


def test_nothing_is_fetched_and_no_program_is_read(monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("asked the network"))
    page = b'<p>See <img src="https://example.org/x.png" alt="a plan"> and go.</p>'
    assert "[a plan]" in read_source(page, "x.html").text
    linked = read_source(with_part("word/vbaProject.bin", b"x" * 10) and _with_link(), "x.docx")
    assert [finding.code for finding in linked.layer.findings] == ["D425"]


def _with_link() -> bytes:
    """Return a document with a template on the network."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kinds}/attachedTemplate" TargetMode="External"'
        ' Target="https://example.org/x.dotm"/></Relationships>'
    )
    body = "<w:p><w:r><w:t>Here.</w:t></w:r></w:p>"
    return word_of(body, **{"word/_rels/document.xml.rels": rels.encode()})


@pytest.mark.parametrize(
    ("make", "name"), [(report_in_word, "x.docx"), (letter_in_opendocument, "x.odt")]
)
def test_damage_anywhere_is_a_finding_or_harmless(make, name):
    whole = make()
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        if chance.random() < 0.4:
            del data[chance.randrange(1, len(data)) :]
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(DiplomaticError):
            read_source(bytes(data), name)


def test_a_page_of_nothing_but_tags_is_read():
    soup = "<div>" * 3000 + "deep" + "<p><b>un<i>closed</b> tags</i><table><td>cell" + "<li>item"
    source = read_source(f"<p>Start</p>{soup}".encode(), "soup.html")
    assert source.text.startswith("Start")
