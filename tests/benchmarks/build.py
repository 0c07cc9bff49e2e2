"""How fast an edition is built: `python tests/benchmarks/build.py [COUNT ...] [options]`.

For each number of documents (100 and 1,000 when none is named) one table: seconds on the clock and
of processors, with their ratio to a floor: one process that copies the same TEI documents with
Saxon, from file to file. Each round times every row, one after the other, so that a busy moment of
the machine hits all; shown are medians. On a machine that others use too the processors' seconds
are the ones to believe. The floor is timed without its start; so are the rows that say "warm",
whose workers have started and made some pages before the clock does. Starting is a row of its own.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path


def main() -> None:
    """Measure what the command line asks for."""
    # Imported here: workers import this module, and must not have more in them than in a build.
    from benchmark_edition import OWN
    from build_rows import bench_of, measure, show

    parser = argparse.ArgumentParser(description="How fast an edition is built.")
    parser.add_argument("counts", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--transcripts", type=Path, default=OWN, help="a folder of transcripts")
    asked = parser.parse_args()
    for count in asked.counts:
        with tempfile.TemporaryDirectory() as folder:
            bench = bench_of(Path(folder), count, asked.transcripts)
            show(count, asked.rounds, *measure(bench, asked.rounds))


if __name__ == "__main__":
    main()
