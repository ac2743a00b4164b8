"""How fast items are exported, each format beside a bare loop over the same rows:
`python -m bench.export --items N [--formats jsonl,csv,parquet] [--json]`.

The bare loops read the same columns in the same order by a plain sqlite3 cursor and hand them to
orjson, the csv module, pyarrow or XlsxWriter as they come: no list is parsed, no text is looked at.
`sqlite-utils rows --nl` stands beside JSON Lines. Each measurement is a process of its own, ours
and the others in turns; the quickest of the rounds counts, in seconds of the clock from the opened
database to the closed file, and the largest memory of a round (its peak resident size).
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.inputs.export_loops import LOOPS
from bench.inputs.stored_items import write_items

_ROUNDS = 3
_FORMATS = ("jsonl", "csv", "parquet")


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to export, at its best."""

    name: str
    rows: int
    seconds: float
    peak_mb: float

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=100_000, metavar="N")
    parser.add_argument("--formats", default=",".join(_FORMATS), metavar="NAMES")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--db", type=Path, help="kept there, and used again if it is there")
    parser.add_argument("--json", action="store_true", help="an object for machines")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(_measured_here(asked.one, asked.db)))
        return
    with tempfile.TemporaryDirectory() as folder:
        db = asked.db or Path(folder) / "items.db"
        if not db.exists():
            write_items(db, asked.items)
        found = _measure(db, asked.formats.split(","), asked.rounds)
    _print(found, as_json=asked.json)


def _measure(db: Path, formats: list[str], rounds: int) -> list[Measured]:
    names = [name for name in LOOPS if name.split()[0] in formats]
    best: dict[str, Measured] = {}
    for _ in range(rounds):
        for name in names:
            one = _in_a_process(name, db)
            former = best.get(name, one)
            best[name] = Measured(
                name, one.rows, min(one.seconds, former.seconds), max(one.peak_mb, former.peak_mb)
            )
    return list(best.values())


def _in_a_process(name: str, db: Path) -> Measured:
    command = [sys.executable, "-m", "bench.export", "--one", name, "--db", str(db)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout))


def _measured_here(name: str, db: Path) -> dict[str, object]:
    with tempfile.TemporaryDirectory(dir=db.parent) as folder:
        loop: Callable[[Path, Path], int] = LOOPS[name]()
        start = time.perf_counter()
        rows = loop(db, Path(folder) / "out")
        seconds = time.perf_counter() - start
    if name.endswith("sqlite-utils"):
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    else:
        peak = _own_peak()
    return asdict(Measured(name, rows, seconds, peak / 1024))


def _own_peak() -> int:
    """The largest memory of this program, in kB. `getrusage` counts what the process had before it
    was started in it: the memory of the one that wrote the items.
    """
    told = Path("/proc/self/status").read_text("ascii", "replace")
    (line,) = (line for line in told.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1])


def _print(found: list[Measured], *, as_json: bool) -> None:
    rates = {one.name: one.rate for one in found}
    rows = [
        {
            "name": one.name, "rows": one.rows, "rows_per_second": round(one.rate),
            "peak_mb": round(one.peak_mb),
            "of_bare_loop": round(one.rate / rates[f"{one.name.split()[0]} bare"], 2),
        }
        for one in found
    ]  # fmt: skip
    if as_json:
        print(json.dumps({"items": max(one.rows for one in found), "formats": rows}, indent=2))
        return
    for row in rows:
        print(
            f"{row['name']:20}{row['rows_per_second']:9} rows/s {row['peak_mb']:6} MB"
            f"{row['of_bare_loop']:7} of the bare loop"
        )


if __name__ == "__main__":
    main()
