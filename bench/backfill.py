"""What a backfill of a whole site costs: memory and requests a second, by number of addresses.

`python -m bench.backfill --addresses 10000 400000` serves replicas of Kazpravda of these sizes on
loopback, crawls each `--since` its first day for `--articles` articles, and prints a line each.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.sites.replica import Replica
from tests.sites.ways import Ways
from tests.workspace import Workspace


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, nargs="+", default=[10_000, 400_000])
    parser.add_argument("--articles", type=int, default=1000, help="articles to ask for")
    options = parser.parse_args()
    for count in options.addresses:
        print(_measured(count, options.articles), flush=True)


def _measured(count: int, articles: int) -> str:
    ways = Ways(sitemap_languages="all", sitemap_gzip=True, per_sitemap=12_000)
    with (
        tempfile.TemporaryDirectory() as folder,
        Replica("kazpravda", count=count, ways=ways) as site,
    ):
        workspace = Workspace(Path(folder))
        workspace.point_at(site)
        started = time.perf_counter()
        peak = _peak_kilobytes(workspace, "--since", "2013-11-12", "--limit", str(articles))
        seconds = time.perf_counter() - started
        with closing(sqlite3.connect(workspace.db)) as db:
            known = db.execute("SELECT count(*) FROM addresses").fetchone()[0]
            stored = db.execute("SELECT count(*) FROM items").fetchone()[0]
            size = workspace.db.stat().st_size / 1e6
    return (
        f"{known} addresses known, {stored} items: peak {peak / 1024:.0f} MB, "
        f"{seconds:.0f} s, database {size:.0f} MB"
    )


def _peak_kilobytes(workspace: Workspace, *options: str) -> int:
    """The largest resident size of a crawl's process, in KiB, measured in a process of its own:
    the kernel tells the largest of all children together.
    """
    command = workspace.command("crawl", "kazpravda", *options)
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=False, stdout=2, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command], cwd=workspace.path,
        env=workspace.environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout.split()[-1])


if __name__ == "__main__":
    main()
