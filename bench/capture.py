"""What the capture of each exchange costs a spider: `python -m bench.capture [--pages N]
[--rounds R] [--json]`.

Two spiders of Scrapy ask a server on loopback for the same pages of some 50 kB, in turns, each in a
new process: one does nothing with them, the other has our capture middleware, which appends request
and answer to a WARC file. Pages come as they are, or gzipped by the server. Of each the quickest
round counts.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, get_args

Coding = Literal["plain", "gzip"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One spider's run."""

    pages: int
    seconds: float
    processor_seconds: float
    written: int
    """Bytes of WARC files."""

    @property
    def figures(self) -> dict[str, float]:
        """What is printed of it."""
        return {
            "pages": self.pages,
            "pages_per_second": round(self.pages / self.seconds, 1),
            "processor_milliseconds_per_page": round(1000 * self.processor_seconds / self.pages, 3),
            "bytes_per_page": round(self.written / self.pages),
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=2000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="R")
    parser.add_argument("--json", action="store_true", help="an object for machines")
    asked = parser.parse_args()
    with _server() as site:
        found = {
            coding: _compared(site, asked.pages, coding, asked.rounds)
            for coding in get_args(Coding)
        }
    if asked.json:
        print(json.dumps(found, indent=2))
        return
    for coding, one in found.items():
        print(
            f"{coding:6} {one['nothing']['pages_per_second']:7} pages/s that are not stored, "
            f"{one['capture']['pages_per_second']:7} that are captured: "
            f"{one['of_nothing']['pages_per_second']} of them, "
            f"{one['capture']['bytes_per_page']} bytes a page"
        )


def _compared(site: str, pages: int, coding: Coding, rounds: int) -> dict[str, dict[str, float]]:
    best: dict[str, Asked] = {}
    for at in range(rounds):
        turns = ("nothing", "capture")
        for name in turns if at % 2 == 0 else reversed(turns):
            one = _asked(site, pages, coding, captured=name == "capture")
            best[name] = min(one, best.get(name, one), key=lambda asked: asked.seconds)
    nothing, capture = best["nothing"], best["capture"]
    share = {
        "pages_per_second": round(nothing.seconds / capture.seconds, 3),
        "processor": round(nothing.processor_seconds / capture.processor_seconds, 3),
    }
    return {"nothing": nothing.figures, "capture": capture.figures, "of_nothing": share}


def _asked(site: str, pages: int, coding: Coding, *, captured: bool) -> Asked:
    with tempfile.TemporaryDirectory(prefix="bench-capture-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bench.inputs.capture_spider", site, str(pages), coding,
             *([folder] if captured else [])],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    answered, seconds, processor, written = done.stdout.split()
    if int(answered) != pages:
        raise SystemExit(f"only {answered} of {pages} pages were answered\n{done.stderr[-2000:]}")
    return Asked(
        pages=pages, seconds=float(seconds), processor_seconds=float(processor),
        written=int(written),
    )  # fmt: skip


@contextmanager
def _server() -> Iterator[str]:
    """The address of a server that runs as long as the block."""
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.inputs.page_server"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.stdin.close()
        server.wait(10)


if __name__ == "__main__":
    main()
