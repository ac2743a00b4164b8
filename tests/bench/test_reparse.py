"""`python -m bench.reparse`: with one worker, with two, and bare, in one run."""

import json
import subprocess
import sys

from tests.workspace import ROOT


def test_one_worker_and_two_make_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.reparse", "--pages", "20", "--rounds", "1", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["pages"] == 20
    assert found["same_export"] is True
    assert found["pages_a_second"].keys() == {"bare", "1", "2"}
    assert min(found["pages_a_second"].values(), default=0) > 0
    assert found["of_bare"].keys() == {"1", "2"}
    assert found["of_one"] > 0
