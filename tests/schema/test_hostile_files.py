"""Files from anybody: each gives a finding, and none hangs, grows or ends in a traceback."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from diplomatic.cli import main
from diplomatic.xml.reader import parse_bytes
from documents import document

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d" xml:lang="en"><teiHeader/><text><body>'
TAIL = "</body></text></TEI>"
XI = "http://www.w3.org/2001/XInclude"
SECONDS = 6  # of processor time; each takes less than one where nothing else runs
MEGABYTES = 400


def whole(body: str) -> bytes:
    """Return a file with something in its body."""
    return f"{HEAD}{body}{TAIL}".encode()


def entities(number: int) -> str:
    """Return a document type declaration whose last entity is 10 to the power of `number` long."""
    rows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, number + 1))
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{rows}]>'


@dataclass(frozen=True)
class Hostile:
    """A file, and the code that it gives."""

    code: str
    make: bytes | Callable[[Path], object]

    def write(self, path: Path) -> None:
        """Write it."""
        if isinstance(self.make, bytes):
            path.write_bytes(self.make)
        else:
            self.make(path)


def huge(path: Path) -> None:
    """Write 200 MB, which take no room: they are all zeros."""
    with path.open("wb") as stream:
        stream.truncate(200 << 20)


def loop(path: Path) -> None:
    """Link two names to each other."""
    path.symlink_to("other.xml")
    path.with_name("other.xml").symlink_to(path.name)


FILES = {
    "billion-laughs": Hostile("D120", f"{entities(12)}<x>&a12;</x>".encode()),
    "quadratic-entities": Hostile(
        "D120", f"<!DOCTYPE x [<!ENTITY a '{'a' * 50_000}'>]><x>{'&a;' * 50_000}</x>".encode()
    ),
    "external-entity": Hostile(
        "D101", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    ),
    "parameter-entity": Hostile(
        "D101", b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd">%a;]><x/>'
    ),
    "dtd-elsewhere": Hostile("D101", b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'),
    "xinclude": Hostile(
        "D104", document("inline", f'<xi:include xmlns:xi="{XI}" href="/etc/passwd"/>')
    ),
    "two-hundred-megabytes": Hostile("D120", huge),
    "a-million-deep": Hostile("D120", b"<a>" * 1_000_000),
    "a-hundred-and-twenty-deep": Hostile("D120", whole("<q>" * 120 + "</q>" * 120)),
    "many-attributes": Hostile(
        "D120", ("<x" + "".join(f" a{n}='1'" for n in range(50_000)) + "/>").encode()
    ),
    "long-name": Hostile("D120", b"<" + b"a" * 200_000 + b"/>"),
    "long-text": Hostile("D120", whole("a" * 11_000_000)),
    "bad-utf-8": Hostile("D100", HEAD.encode() + b"\xff\xfe\xe9" + TAIL.encode()),
    "nul": Hostile("D100", whole("<p>a\0b</p>")),
    "nothing-but-nul": Hostile("D100", bytes(1000)),
    "utf-16": Hostile(
        "D103",
        document("inline", "<emph>x</emph>").replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"),
    ),
    "utf-16-cut-off": Hostile("D100", f"{HEAD}{TAIL}".encode("utf-16")[:-1]),
    "unknown-encoding": Hostile("D100", b'<?xml version="1.0" encoding="klingon"?><x/>'),
    "empty": Hostile("D100", b""),
    "byte-order-mark-alone": Hostile("D100", b"\xef\xbb\xbf"),
    "folder": Hostile("D012", Path.mkdir),
    "link-to-itself": Hostile("D012", loop),
    "link-to-nothing": Hostile("D012", lambda path: path.symlink_to("nowhere")),
    "pipe": Hostile("D012", os.mkfifo),
    "endless-device": Hostile("D012", lambda path: path.symlink_to("/dev/zero")),
    "many-unknown-elements": Hostile("D121", whole("<pp>x</pp>" * 20_000)),
    "many-identifiers": Hostile("D121", whole('<p xml:id="a">x</p>' * 10_000)),
    "many-broken-rules": Hostile("D121", document("div", "<p/>" * 10_000)),
    "many-dead-references": Hostile(
        "D121",
        document(
            "div", "".join(f'<p xml:id="p{n}"><ref target="#x{n}">x</ref></p>' for n in range(3000))
        ),
    ),
}
POINTERS = (
    *("../../../../etc/passwd#x", "pipe.xml#x", "zero.xml#x", "a%00b#x", "%ff#x", "http://[x"),
    *("#", "", "a" * 5000 + "#x"),
)


@pytest.fixture(autouse=True)
def bounded() -> object:
    """See that a test takes neither long nor much memory."""
    used, largest = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - used < SECONDS
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - largest
    assert more < MEGABYTES << 10


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    FILES[name].write(tmp_path / "in.xml")
    assert main(["check", "./in.xml"]) == 1
    said = capsys.readouterr().err
    assert f" {FILES[name].code}: " in said, said[:2000]
    assert "D899" not in said
    assert "root:" not in said


@pytest.mark.parametrize(
    "name", [name for name, file in FILES.items() if file.code in ("D012", "D100", "D101", "D120")]
)
def test_a_hostile_file_against_all_of_tei(
    name: str,
    tmp_path: Path,
    tei_grammar: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert tei_grammar.exists()
    monkeypatch.chdir(tmp_path)
    FILES[name].write(tmp_path / "in.xml")
    assert main(["check", "--schema", "tei_all", "./in.xml"]) == 1
    said = capsys.readouterr().err
    assert f" {FILES[name].code}: " in said, said[:2000]
    assert "D899" not in said


@pytest.mark.parametrize("pointer", POINTERS)
def test_a_hostile_pointer(
    pointer: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe.xml")
    (tmp_path / "zero.xml").symlink_to("/dev/zero")
    part = f'<ref target="{pointer}">x</ref><persName ref="{pointer}">Orlov</persName>'
    (tmp_path / "in.xml").write_bytes(document("inline", part))
    main(["check", "./in.xml"])
    said = capsys.readouterr().err
    assert "D899" not in said
    assert "Traceback" not in said
    assert "root:" not in said


def test_what_is_no_file_is_never_parsed_as_a_reference(tmp_path: Path) -> None:
    """What an entity would have brought in is nowhere in the tree."""
    (tmp_path / "secret.txt").write_text("a secret")
    address = (tmp_path / "secret.txt").as_uri()
    include = f'<xi:include xmlns:xi="{XI}" href="{address}" parse="text"/>'
    tree = parse_bytes(document("inline", include), "in.xml")
    assert "a secret" not in "".join(map(str, tree.getroot().itertext()))
