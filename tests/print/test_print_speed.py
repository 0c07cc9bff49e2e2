"""A wide guard on time and memory: a volume of some ninety pages, by the benchmark's own count.

The aim is 500 pages in 30 seconds of processor time and 1 GB; the benchmark measures that. Here the
limits are several times what it takes, so that only a fault of growth is caught.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "print_volume.py"
LINE = re.compile(
    r"(\d+) pages, \d+ KB: source ([\d.]+) s, pages ([\d.]+) s, (\d+) MB, typesetter (\d+) MB"
)


@pytest.mark.slow
def test_a_volume_of_ninety_pages() -> None:
    command = [sys.executable, str(BENCHMARK), "12"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    pages, source, setting, own, typesetter = map(float, LINE.search(done.stdout).groups())
    assert pages > 60
    assert source < 10
    assert setting < 15
    assert own + typesetter < 1000
