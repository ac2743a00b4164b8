"""`python -m bench.crawl`: a crawl beside a plain spider, in one run."""

import json
import subprocess
import sys

import pytest

from tests.workspace import ROOT


@pytest.mark.parametrize("vocabulary", ["small", "zipf"])
def test_both_crawl_all_articles(vocabulary: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.crawl", "--articles", "6", "--rounds", "1", "--json",
         "--vocabulary", vocabulary],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["articles"] == 6
    assert found["vocabulary"] == vocabulary
    assert found["same_items"] is True
    for one in (found["kazpress"], found["plain"]):
        assert one["items"] == 6
        assert one["requests"] > 6
        assert min(one["seconds"], one["processor_seconds"], one["peak_mb"]) > 0
    assert found["of_plain"].keys() == {"seconds", "processor_seconds"}
