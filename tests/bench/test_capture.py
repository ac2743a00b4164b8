"""`python -m bench.capture`: a spider that captures beside one that stores nothing."""

import json
import subprocess
import sys

from tests.workspace import ROOT


def test_both_get_all_pages_and_one_keeps_them() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.capture", "--pages", "20", "--rounds", "1", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found.keys() == {"plain", "gzip"}
    for one in found.values():
        assert one["nothing"]["pages"] == one["capture"]["pages"] == 20
        assert one["nothing"]["bytes_per_page"] == 0
        assert one["capture"]["bytes_per_page"] > 1000
        assert min(one["of_nothing"].values()) > 0
