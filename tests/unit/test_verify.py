"""`diplomatic verify`: what is missing, changed, or not from the build."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest

from diplomatic.cli import main

FILES = {
    "output/html/index.html": b"<p>home</p>",
    "output/html/assets/edition.css": b"p {}",
    "output/pdf/volume.pdf": b"%PDF",
    "output/reports/doubts.json": b"[]",
    "tei/documents/a.xml": b"<TEI/>",
}


@pytest.fixture
def edition_dir(tmp_path):
    """An edition that was built, by its files."""
    folder = tmp_path / "edition"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    settings = 'title = "T"\npublisher = "P"\ndate = 2026-11-21\n'
    (folder / "tei/edition.toml").write_text(settings)
    (folder / "output/.build").mkdir()
    (folder / "output/.build/state.db").write_text("{}")
    files = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "made by": "x"}
        for name, data in FILES.items()
    }
    manifest = folder / "output/reports/manifest.json"
    manifest.write_text(json.dumps({"files": files, "made from": {}}))
    return folder


def run(capsys, *arguments):
    """Run the command; return the exit code, and code and file of each finding."""
    capsys.readouterr()
    code = main(["verify", "--format", "json", *map(str, arguments)])
    found = json.loads(capsys.readouterr().out)
    return code, [(each["code"], each["place"]["file"]) for each in found]


def test_the_output_of_an_edition(edition_dir, capsys):
    assert run(capsys, "--edition", edition_dir) == (0, [])


def test_a_copy_carries_its_manifest(edition_dir, tmp_path, capsys):
    copy = shutil.copytree(edition_dir / "output", tmp_path / "copy")
    shutil.rmtree(edition_dir)
    assert run(capsys, copy) == (0, [])


def test_missing_changed_and_unknown(edition_dir, tmp_path, capsys):
    copy = shutil.copytree(edition_dir / "output/html", tmp_path / "www")
    assert run(capsys, copy, "--edition", edition_dir) == (0, [])
    (copy / "index.html").write_bytes(b"<p>hom3</p>")
    (copy / "assets/edition.css").unlink()
    (copy / "assets/new.js").write_text("")
    assert run(capsys, copy, "--edition", edition_dir) == (
        1,
        [
            ("D811", str(copy / "assets/edition.css")),
            ("D813", str(copy / "assets/new.js")),
            ("D812", str(copy / "index.html")),
        ],
    )


@pytest.mark.parametrize("text", [None, "", "[]", '{"files": []}', '{"files": {"a": 1}}'])
def test_no_manifest(edition_dir, capsys, text):
    path = edition_dir / "output/reports/manifest.json"
    path.unlink()
    if text is not None:
        path.write_text(text)
    assert main(["verify", "--edition", str(edition_dir)]) == 1
    assert "D810" in capsys.readouterr().err


def test_an_empty_copy_misses_everything(edition_dir, tmp_path, capsys):
    (tmp_path / "www").mkdir()
    code, found = run(capsys, tmp_path / "www", "--edition", edition_dir)
    assert code == 1
    assert {code for code, _ in found} == {"D811"}


def test_what_encode_writes_by_itself_is_told_to_the_manifest(edition_dir, capsys):
    (edition_dir / "output/reports/doubts.html").write_text("<p/>")
    manifest = edition_dir / "output/reports/manifest.json"
    content = json.loads(manifest.read_text())
    for name in ("doubts.json", "doubts.html"):
        content["files"][f"output/reports/{name}"] = {"made by": "report", "sha256": "0" * 64}
    manifest.write_text(json.dumps(content, indent=0).replace(",\n", ", ").replace("{\n", "{"))
    (edition_dir / "tei/sources").mkdir()
    (edition_dir / "tei/sources/b.txt").write_text("No. 1\n\nSofia, [illegible] 1956\n")
    main(["encode", "--edition", str(edition_dir), "--quiet"])
    changed = (edition_dir / "output/reports/doubts.json").read_bytes()
    assert changed != FILES["output/reports/doubts.json"]
    found = run(capsys, "--edition", edition_dir)[1]
    assert not any("doubts" in name for _, name in found)
