"""How fast an archive is read again: `python -m bench.reparse [--pages N] [--rounds N] [--json]`.

An archive of pages as the replicas make them is read again into an empty database, with one worker
and with two, and beside that, in one process, bare: its captures are gone through and read, and
nothing is stored. Each is measured in a process of its own, in turns; the quickest round counts.
`of_one` is how often faster two workers are than one; `of_bare` the rate with one and with two as a
part of the bare one. It is said whether both made the same export.
"""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.inputs.replica_pages import exchanges
from kazpress.config import Config
from kazpress.work.reparse import Asked, reparse_archive
from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.files import archive_files, stored_captures
from pipeline.digests import file_sha256
from pipeline.export.selection import Selection
from pipeline.formats.known_formats import FileKind
from pipeline.formats.write import write
from pipeline.normalize.addresses import public_url
from pipeline.reading.classify import classify
from pipeline.store.database import reading
from spiders.sources import all_sites

_LINKS = 120
"""In the frame of each page: about as many as the sites' own pages have."""
_WAYS = ("bare", "1", "2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was measured."""

    pages: int
    pages_a_second: dict[str, float]
    of_one: float
    of_bare: dict[str, float]
    same_export: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="an object for machines")
    parser.add_argument("--one", choices=_WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(_measure(asked.folder, asked.one)))
        return
    with TemporaryDirectory() as folder:
        _make_archive(Path(folder), asked.pages)
        found = _told(Path(folder), asked.pages, asked.rounds)
    if asked.json:
        print(json.dumps(asdict(found), indent=2))
        return
    for way, rate in found.pages_a_second.items():
        name = way if way == "bare" else f"{way} worker{'s' * (way != '1')}"
        print(f"{name:10}{rate:8.0f} pages/s")
    print(f"two workers are {found.of_one:.2f} times as fast as one")
    print("of the bare rate: " + ", ".join(f"{n}: {r:.2f}" for n, r in found.of_bare.items()))
    print(f"same export: {'yes' if found.same_export else 'NO'}")


def _make_archive(folder: Path, pages: int) -> None:
    found = list(islice(exchanges(pages, seed=1, links=_LINKS), pages))
    for site in all_sites(_config(folder)):
        with ArchiveWriter(
            folder / "archive", site.source.name, "articles", "bench", known=tuple
        ) as writer:
            for exchange in found:
                if public_url(exchange.target, site.source.base_url, site):
                    writer.append(exchange)


def _told(folder: Path, pages: int, rounds: int) -> Found:
    seconds: dict[str, float] = {}
    exports = set()
    for _ in range(rounds):
        for way in _WAYS:
            ran = subprocess.run(
                [sys.executable, "-m", "bench.reparse", "--one", way, "--folder", str(folder)],
                stdout=subprocess.PIPE, check=True,
            )  # fmt: skip
            done = json.loads(ran.stdout)
            seconds[way] = min(done["seconds"], seconds.get(way, done["seconds"]))
            exports |= {done["export"]} - {None}
    return Found(
        pages=pages,
        pages_a_second={way: pages / seconds[way] for way in _WAYS},
        of_one=seconds["1"] / seconds["2"],
        of_bare={way: seconds["bare"] / seconds[way] for way in ("1", "2")},
        same_export=len(exports) == 1,
    )


def _measure(folder: Path, way: str) -> dict[str, object]:
    """The seconds of one way in this process, and the digest of what it made."""
    config = _config(folder)
    config.db.unlink(missing_ok=True)
    start = time.perf_counter()
    if way == "bare":
        _read_bare(config)
        return {"seconds": time.perf_counter() - start, "export": None}
    reparse_archive(config, Asked(workers=int(way)))
    seconds = time.perf_counter() - start
    out = folder / "export.jsonl"
    with reading(config.db) as db, out.open("wb") as file:
        write(db, Selection(every_item=True), FileKind("jsonl"), file)
    return {"seconds": seconds, "export": file_sha256(out)}


def _read_bare(config: Config) -> None:
    for site in all_sites(config):
        for file in archive_files(config.archive, site.source.name):
            for capture, payload, _ in stored_captures(config.archive, site, file):
                classify(capture, payload, site)


def _config(folder: Path) -> Config:
    return Config(db=folder / "kazpress.db", archive=folder / "archive", sources={})


if __name__ == "__main__":
    main()
