"""What bytes are that are no UTF-8 text: told to whoever can mend the file."""

from __future__ import annotations

import pytest

from diplomatic.configuration import ConfigurationError, read_text
from diplomatic.findings import DiplomaticError
from diplomatic.sniffing import encoding_hint, likely_encoding, other_kind
from diplomatic.transcript.text import decode

RUSSIAN = "Порт Сабль, 3 марта 1951 года. Дорогой товарищ! Посылаю вам список.\n" * 3
GERMAN = "Die Größe des Hafens überrascht; für Schüler gibt es Bücher, schöne Käfige.\n"
ENCODINGS = {
    "windows-1251": (RUSSIAN.encode("cp1251"), "Windows-1251"),
    "koi8-r": (RUSSIAN.encode("koi8-r"), "KOI8-R"),
    "dos": (RUSSIAN.encode("cp866"), "DOS 866"),
    "windows-1252": (GERMAN.encode("cp1252"), "Windows-1252"),
    "korean": ("친애하는 동지에게 명단을 보냅니다.\n".encode("cp949"), "Windows-949 (Korean)"),
    "japanese": (
        "港は閉まっています。リストをおくります。\n".encode("cp932"),
        "Shift-JIS (Japanese)",
    ),
    "utf-16": (GERMAN.encode("utf-16"), "UTF-16"),
    "utf-16-without-mark": (GERMAN.encode("utf-16-le"), "UTF-16"),
    "utf-32": (GERMAN.encode("utf-32"), "UTF-32"),
}
KINDS = {
    b"PK\x03\x04\x14\x00\x08\x00word/document.xml": "a Word document (.docx)",
    b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text": "an OpenDocument text (.odt)",
    b"PK\x03\x04something": "a zip archive",
    b"%PDF-1.7\n%\xe2\xe3": "a PDF",
    b"{\\rtf1\\ansi Port Sable}": "a document in Rich Text Format (.rtf)",
    b"\xd0\xcf\x11\xe0\xa1\xb1": "an old Word document (.doc)",
    b"\x89PNG\r\n\x1a\n": "a picture",
    b"\x1f\x8b\x08": "a compressed file",
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_encoding(name):
    data, expected = ENCODINGS[name]
    assert likely_encoding(data) == expected
    with pytest.raises(DiplomaticError) as error:
        decode(data, "letter.txt")
    assert error.value.finding.code in ("D010", "D013")
    assert expected in error.value.finding.hint


def test_nothing_is_said_where_nothing_is_known():
    assert likely_encoding(b"plain words") == ""
    assert encoding_hint(b"\x80\x81\xfe\xff\x80" * 9) == ""
    assert other_kind("Порт".encode()) is None


@pytest.mark.parametrize("data", KINDS)
def test_kind(data):
    with pytest.raises(DiplomaticError) as error:
        decode(data, "letter.txt")
    assert error.value.finding.code == "D034"
    assert KINDS[data] in error.value.finding.message


def test_a_file_of_many_documents():
    with pytest.raises(DiplomaticError) as error:
        decode(b"word " * (4 << 20), "all.txt")
    assert error.value.finding.code == "D035"
    assert "20 MB" in error.value.finding.message


def test_settings_are_told_of_their_encoding_too(tmp_path):
    path = tmp_path / "edition.toml"
    path.write_bytes(f'title = "{RUSSIAN.strip()}"'.encode("cp1251"))
    with pytest.raises(ConfigurationError) as error:
        read_text(path)
    assert "Windows-1251" in error.value.finding.hint
