"""What a crawl costs beside a plain spider of Scrapy, trafilatura and sqlite-utils:
`python -m bench.crawl [--articles N] [--vocabulary small|zipf] [--rounds R] [--json]`.

Both crawl the same replica of Kazpravda on loopback, in turns, each in a new process and a new
folder: `kazpress crawl kazpravda` with the days of its articles as a backfill, and
`bench.inputs.plain_spider`, which finds all by the sitemap. Of each the quickest round counts:
seconds of the clock from the start of the process to its end, items stored, seconds of processor,
and the largest resident size. The replica is a process of its own, whose processor is not counted.

The words are of 40,000 forms as often as in real texts, or the replica's own few (`small`), in
which any two texts share runs of three words.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.inputs.site_articles import Vocabulary, site_articles
from tests.sites.replica import Replica
from tests.sites.ways import Ways
from tests.workspace import Workspace

_SITE: Final = "kazpravda"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One crawl."""

    seconds: float
    items: int
    processor_seconds: float
    """Of all its threads and processes."""
    peak_mb: float
    requests: int

    @property
    def figures(self) -> dict[str, float]:
        """What is printed of it."""
        return {
            "seconds": round(self.seconds, 3),
            "items": self.items,
            "processor_seconds": round(self.processor_seconds, 3),
            "peak_mb": round(self.peak_mb, 1),
            "requests": self.requests,
            "milliseconds_per_item": self._milliseconds(self.seconds),
            "processor_milliseconds_per_item": self._milliseconds(self.processor_seconds),
        }

    def _milliseconds(self, seconds: float) -> float:
        """An item."""
        return round(1000 * seconds / max(1, self.items), 2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=400, metavar="N")
    parser.add_argument("--vocabulary", choices=("small", "zipf"), default="zipf")
    parser.add_argument("--rounds", type=int, default=3, metavar="R")
    parser.add_argument("--json", action="store_true", help="an object for machines")
    asked = parser.parse_args()
    with replica(asked.articles, asked.vocabulary) as site:
        found = _measure(site, asked.rounds)
    _print(found, asked)


def replica(articles: int, vocabulary: Vocabulary) -> Replica:
    """A site with so many articles, all named by its sitemap; to be started."""
    site = Replica(_SITE, count=0, ways=Ways(sitemap_languages="all"))
    for article in site_articles(articles, vocabulary):
        site.add(article)
    return site


def _measure(site: Replica, rounds: int) -> dict[str, Measured]:
    best: dict[str, Measured] = {}
    for at in range(rounds):
        turns = (("kazpress", _ours), ("plain", _plain))
        for name, crawl in turns if at % 2 == 0 else reversed(turns):
            with tempfile.TemporaryDirectory(prefix="bench-crawl-") as folder:
                one = crawl(site, Workspace(Path(folder)))
            best[name] = min(one, best.get(name, one), key=lambda measured: measured.seconds)
    return best


def _ours(site: Replica, workspace: Workspace) -> Measured:
    days = sorted(f"{one.published:%Y-%m-%d}" for one in site.paths())
    workspace.point_at(site)
    command = workspace.command("crawl", _SITE, "--since", days[0], "--until", days[-1])
    return _measured(command, site, workspace)


def _plain(site: Replica, workspace: Workspace) -> Measured:
    command = [
        sys.executable, "-m", "bench.inputs.plain_spider", site.url, str(workspace.db)
    ]  # fmt: skip
    return _measured(command, site, workspace)


def _measured(command: Sequence[str], site: Replica, workspace: Workspace) -> Measured:
    site.forget_requests()
    start = time.perf_counter()
    with (workspace.path / "log.txt").open("wb") as log:
        child = subprocess.Popen(
            command, cwd=workspace.path, env=workspace.environment(), stdin=subprocess.DEVNULL,
            stdout=log, stderr=log,
        )  # fmt: skip
        _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if not workspace.db.exists():
        raise SystemExit((workspace.path / "log.txt").read_text("utf-8", "replace"))
    with closing(sqlite3.connect(workspace.db)) as db:
        items = db.execute("SELECT count(*) FROM items").fetchone()[0]
    return Measured(
        seconds=seconds, items=items, processor_seconds=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / 1024, requests=len(site.requests()),
    )  # fmt: skip


def _print(found: dict[str, Measured], asked: argparse.Namespace) -> None:
    rows = {name: one.figures for name, one in found.items()}
    ours, plain = rows["kazpress"], rows["plain"]
    of_plain = {
        name: round(ours[name] / max(plain[name], 0.01), 3)
        for name in ("seconds", "processor_seconds")
    }
    same = ours["items"] == plain["items"] == asked.articles
    if asked.json:
        facts = {"articles": asked.articles, "vocabulary": asked.vocabulary, "same_items": same}
        print(json.dumps({**facts, **rows, "of_plain": of_plain}, indent=2))
        return
    for name, row in rows.items():
        print(
            f"{name:9} {row['items']:6} items {row['milliseconds_per_item']:8} ms an item, "
            f"{row['processor_milliseconds_per_item']} of processor, {row['peak_mb']} MB, "
            f"{row['requests']} requests"
        )
    seconds, processor = of_plain.values()
    print(f"kazpress takes {seconds} of the time, {processor} of the processor")
    if not same:
        print(f"not all of the {asked.articles} articles became items of both")


if __name__ == "__main__":
    main()
