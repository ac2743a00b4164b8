"""`python -m bench.revisits`: a simulated year, and the goals of the ladder of visits."""

import json
import subprocess
import sys

from bench.revisits import SCHEDULES
from tests.workspace import ROOT


def test_the_ladder_reaches_its_goals() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.revisits", "--items", "2000", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)["schedules"]
    assert set(found) == set(SCHEDULES)
    for row in found.values():
        assert row["states"] > 2000
        assert row["edited_states"] > 300
        assert row["delays"] > 250
        assert row["seen"] >= 0.95
        assert row["edited_seen"] >= 0.95
        assert row["median_delay_hours"] <= 3
        assert row["mean_requests"] <= 12
        assert row["gone"] > 10
