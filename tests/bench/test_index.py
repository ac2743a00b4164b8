"""`python -m bench.index`: that it measures, also where the peer is not installed."""

import subprocess
import sys
from importlib.util import find_spec

from tests.workspace import ROOT


def test_a_peer_that_is_not_installed_is_left_out_with_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.index", "--items", "40", "--peer", "40"], cwd=ROOT,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = [line for line in done.stdout.splitlines() if line.startswith("| 40 |")]
    is_missing = find_spec("datasketch") is None
    for batch in (2000, 20, 1):
        told = [row for row in rows if f"batches of {batch} " in row]
        assert len(told) == (1 if is_missing else 2)
    assert ("datasketch MinHashLSH is left out" in done.stdout) is is_missing
