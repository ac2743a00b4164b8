"""`python -m bench.export`: each format beside its bare loop, in one run."""

import json
import subprocess
import sys

from tests.workspace import ROOT


def test_each_format_stands_beside_its_bare_loop() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.export", "--items", "60", "--rounds", "1", "--json",
         "--formats", "jsonl,csv,parquet"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["items"] == 60
    assert [(one["name"], one["rows"]) for one in found["formats"]] == [
        ("jsonl kazpress", 60), ("jsonl bare", 60), ("jsonl sqlite-utils", 60),
        ("csv kazpress", 60), ("csv bare", 60), ("parquet kazpress", 60), ("parquet bare", 60),
    ]  # fmt: skip
    assert all(one["rows_per_second"] > 0 < one["peak_mb"] for one in found["formats"])
