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
LINE = re.compile(r"(\d+) pages, (\d+) notes, \d+ KB: ([\d.]+) s, (\d+) MB")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the memory is read from Linux's /proc")
def test_a_volume_of_ninety_pages() -> None:
    command = [sys.executable, str(BENCHMARK), "12"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    pages, notes, seconds, memory = map(float, LINE.search(done.stdout).groups())
    assert pages > 60
    assert notes == 360
    assert seconds < 15
    assert memory < 700
