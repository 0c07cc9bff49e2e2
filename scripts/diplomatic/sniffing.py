"""What bytes are that should be a text and are not: another kind of file, another encoding.

In: the bytes of a file. Out: words for a person. Nothing is ever read on the ground of such a
guess: it only tells whoever can mend the file what to look for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_ENOUGH: Final = 1 << 16  # bytes that a guess looks at
_ZIP: Final = b"PK\x03\x04"
_WORD_PROCESSOR: Final = "Open it in a word processor and save it as .docx, or as text in UTF-8."


@dataclass(frozen=True)
class Seen:
    """What a file is, and what to do about it."""

    what: str
    hint: str


_BEGINNINGS: Final = {
    b"%PDF-": Seen(
        "a PDF",
        "Copy its text into a file of its own, as UTF-8; a scan has none: recognise it first.",
    ),
    b"{\\rtf": Seen("a document in Rich Text Format (.rtf)", _WORD_PROCESSOR),
    b"\xd0\xcf\x11\xe0": Seen("an old Word document (.doc)", _WORD_PROCESSOR),
    b"\xff\xd8\xff": Seen("a picture", "Type or recognise (OCR) the text first."),
    b"\x89PNG": Seen("a picture", "Type or recognise (OCR) the text first."),
    b"II*\x00": Seen("a picture", "Type or recognise (OCR) the text first."),
    b"MM\x00*": Seen("a picture", "Type or recognise (OCR) the text first."),
    b"\x1f\x8b": Seen("a compressed file", "Unpack it first."),
}
_ZIPPED: Final = (
    (b"word/", Seen("a Word document (.docx)", "Give the file its own ending: .docx.")),
    (
        b"opendocument.text",
        Seen("an OpenDocument text (.odt)", "Give the file its own ending: .odt."),
    ),
)
_MARKS: Final = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
# Encodings by the letters that most of their high bytes are: of Russian, its small letters.
_SMALL: Final = ("\u0430", "\u044f")
_BY_LETTERS: Final = {
    "Windows-1251": ("cp1251", *_SMALL),
    "KOI8-R": ("koi8-r", *_SMALL),
    "DOS 866": ("cp866", *_SMALL),
    "Windows-949 (Korean)": ("cp949", "\uac00", "\ud7af"),
    "Shift-JIS (Japanese)": ("cp932", "\u3040", "\u9fff"),
}


def other_kind(data: bytes) -> Seen | None:
    """Return what kind of file it is, where it is certainly no text; else None."""
    if data.startswith(_ZIP):
        inside = (seen for sign, seen in _ZIPPED if sign in data)
        return next(inside, Seen("a zip archive", "Unpack it first."))
    return next((seen for sign, seen in _BEGINNINGS.items() if data.startswith(sign)), None)


def likely_encoding(data: bytes) -> str:
    """Return the name of the encoding that bytes look to be in, UTF-8 excepted; or nothing."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name
    part = data[:_ENOUGH]
    if part.count(0) > len(part) // 4:
        return "UTF-16"
    high = [byte for byte in part if byte > 0x7F]
    letters = sum(bytes((byte,)).isalpha() for byte in part)
    if not high:
        return ""
    if len(high) <= letters:
        return "Windows-1252"
    shares = {name: _share(part, *how) for name, how in _BY_LETTERS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.5 else ""


def encoding_hint(data: bytes) -> str:
    """Return what to do with a file that is no UTF-8; nothing where nothing special is known."""
    name = likely_encoding(data)
    if not name:
        return ""
    return (
        f"It looks like {name}: open it in your editor as that, see that the letters are right, "
        "and save it as UTF-8."
    )


def _share(data: bytes, codec: str, first: str, last: str) -> float:
    """Return which part of the letters beyond ASCII lies in a range, read in an encoding."""
    text = data.decode(codec, "replace")
    beyond = [sign for sign in text if sign > "\x7f" and (sign.isalpha() or sign == "\ufffd")]
    return sum(first <= sign <= last for sign in beyond) / len(beyond) if beyond else 0.0
