"""Guesses about a transcript for its sidecar, each with its reason.

In: a transcript and the name that its file had. Out: guesses by the key of the sidecar. What the
program reads out of the transcript on its own is guessed only so that an editor can see and mend
it; what the transcript does not say is taken from the name of the file, or left open.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from diplomatic.conventions import load_conventions
from diplomatic.encode import EncodeRequest, encode_transcript
from diplomatic.inputs import read_source
from diplomatic.settings import ArchiveSettings, Sidecar
from diplomatic.starting.settings_file import Given
from diplomatic.toml_text import toml
from diplomatic.transcript.capture import cut
from diplomatic.transcript.text import SourceText
from diplomatic.transcript.wiki_signs import wiki_reason
from diplomatic.xml.names import NSMAP, XML_LANG
from diplomatic.xml.reader import parse_bytes

_DATE: Final = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?([0-3]\d)(?!\d)")
_DAY_FIRST: Final = re.compile(
    r"(?<!\d)([0-3]?\d)[-_. ](0?[1-9]|1[0-2])[-_. ](1[5-9]\d\d|20\d\d)(?!\d)"
)
_ENOUGH_WORDS: Final = 20
_HEAD: Final = """\
# What the transcript does not say of itself. Lines below "A guess" were put here by `diplomatic
# init`, with the reason: mend what is wrong, and take the word out when you have looked.
"""
_MORE: Final = """\
# More that can be said here; README.md tells what it means. Take the # away and fill it in.
"""


def guesses(data: bytes, name: str) -> dict[str, Given]:
    """Return guesses about a transcript, by the key of the sidecar.

    Args:
        data: the transcript, which can be read.
        name: the name that its file had, with `/` between folders.
    """
    placeholder = "no-title"
    source = read_source(data, name)
    request = EncodeRequest(placeholder, name, conventions=load_conventions(None))
    encoded = encode_transcript(data, request)
    root = parse_bytes(encoded.xml, name).getroot()
    found = {"capture": _capture(source)}
    genre = root.find(".//tei:catRef", NSMAP)
    kind = genre.get("target", "").removeprefix("#genre-") if genre is not None else ""
    if kind not in ("", "document"):
        found["kind"] = Given(kind, "by the words of its title, or the form of its opening")
    language = root.get(XML_LANG, "")
    if language not in ("", "und") and len(source.text.split()) >= _ENOUGH_WORDS:
        found["languages"] = Given([language], "by its letters and most frequent words")
    if root.findtext(".//tei:titleStmt/tei:title", "", NSMAP) == placeholder:
        found.update(_title(name))
    creation = root.find(".//tei:creation/tei:date", NSMAP)
    if creation is None or not set(creation.keys()) & {"when", "from", "notBefore"}:
        found.update(_date(name))
    return found


def _capture(source: SourceText) -> Given:
    """Return the kind of capture, as the reader of transcripts sees it."""
    conventions = load_conventions(None)
    if reason := wiki_reason(source, conventions):
        return Given("wiki", reason)
    capture = cut(source, conventions)
    return Given(capture.kind, capture.reason)


def _title(name: str) -> dict[str, Given]:
    """Return the name of a file as a title."""
    words = " ".join(re.split(r"[\s_]+", PurePosixPath(name).stem)).strip()
    if " " not in words:
        words = words.replace("-", " ")
    if not re.search(r"[^\W\d_]", words):
        return {}
    return {
        "title": Given(words[:1].upper() + words[1:], "the transcript has no title; its file had")
    }


def _date(name: str) -> dict[str, Given]:
    """Return the date that the name of a file holds, where it is a real day."""
    stem = PurePosixPath(name).stem
    if found := _DATE.search(stem):
        parts = found.groups()
    elif found := _DAY_FIRST.search(stem):
        parts = found.groups()[::-1]
    else:
        return {}
    try:
        day = datetime.date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return {}
    return {"date": Given(day, "the transcript has no date; the name of its file had")}


def sidecar_text(found: Mapping[str, Given]) -> str:
    """Return the text of a sidecar with guesses, and with what else can be said."""
    lines = [_HEAD]
    for key, given in found.items():
        lines += [f"# A guess: {given.reason}.", f"{key} = {toml(given.value)}"]
    return "\n".join([*lines, "", _MORE.rstrip(), *_open(found), ""])


def _open(found: Mapping[str, Given]) -> Iterator[str]:
    """Yield the keys that nothing was guessed for, commented out."""
    for key, field in Sidecar.model_fields.items():
        if key not in found and key not in ("capture", "kind", "licence", "archive"):
            yield f"#{key} = {toml(field.default)}"
    yield "#[archive]"
    yield from (f'#{key} = ""' for key in ArchiveSettings.model_fields)
