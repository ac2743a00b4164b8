"""What one day more costs whoever keeps all versions of a dataset:
`python -m bench.dataset_day [--items N] [--json]`.

A dataset of made-up items until the 27th of a month, then one until the 28th, when the month's
files are about as long as they get; a twentieth of the week before has got another text. Counted
are new bytes: of whole files, as git-annex and rsync without deltas see them, and of chunks that
end where the content says, as Hugging Face's Xet sees them; beside it, JSON Lines if they were
compressed.
"""

import argparse
import io
import json
import resource
import shutil
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bench.inputs.chunks import new_bytes, new_bytes_of
from bench.inputs.stored_items import write_items
from kazpress.config import Config
from kazpress.work.dataset import export_dataset
from pipeline.export.selection import Selection
from pipeline.formats.packing import packed
from pipeline.store.database import open_for_writing
from pipeline.store.transactions import write, writing
from spiders.sources import SOURCES

_DAY = date(2026, 10, 28)
_KINDS = {"jsonl": "data/jsonl/", "parquet": "data/parquet/", "all": ""}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=44_000, help="60 a day (default: two years)")
    parser.add_argument("--json", action="store_true", help="an object for machines")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _measured(Path(folder), asked.items)
    if asked.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:32} {value:>14,}" if isinstance(value, int) else f"{name:32} {value:>14.2%}")


def _measured(folder: Path, items: int) -> dict[str, float]:
    config = Config(db=folder / "items.db", archive=folder / "archive", sources={})
    write_items(config.db, items)
    before, after = folder / "before", folder / "after"
    export_dataset(config, before, Selection(until=_DAY - timedelta(days=1)), quiet=True)
    shutil.copytree(before, after)
    _change(config)
    began = time.perf_counter()
    made = export_dataset(config, after, Selection(until=_DAY), quiet=True)
    seconds = time.perf_counter() - began
    bytes_of = {
        path.relative_to(after).as_posix(): path.stat().st_size
        for path in after.rglob("*")
        if path.is_file()
    }
    chunked = new_bytes_of(before, after)
    found: dict[str, float] = {"items": made.items, "months": made.months, "bytes": 0}
    for kind, start in _KINDS.items():
        size = sum(count for path, count in bytes_of.items() if path.startswith(start))
        whole = sum(bytes_of[path] for path in made.written if path.startswith(start))
        new = sum(count for path, count in chunked.items() if path.startswith(start))
        found |= {
            f"{kind}: bytes": size, f"{kind}: new in whole files": whole / size,
            f"{kind}: new in chunks": new / size,
        }  # fmt: skip
    found["bytes"] = found.pop("all: bytes")
    size, new = _compressed(before, after)
    found |= {"jsonl as zstd: bytes": size, "jsonl as zstd: new in chunks": new / size}
    found["items a second"] = int(made.items / seconds)
    found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def _change(config: Config) -> None:
    week = (_DAY - timedelta(days=8)).isoformat()
    with open_for_writing(config.db, SOURCES.values()) as db, writing(db):
        write(
            db,
            "UPDATE items SET body = body || ' Дополнено.', revision = 2, last_changed = ?"
            " WHERE day >= ? AND day < ? AND changed_seq % 20 = 0",
            (f"{_DAY}T08:00:00Z", week, _DAY.isoformat()),
        )


def _compressed(before: Path, after: Path) -> tuple[int, int]:
    """How large JSON Lines are as zstd, and how much of it is in new chunks."""
    size = new = 0
    for path in sorted((after / "data" / "jsonl").iterdir()):
        packed = _zstd(path.read_bytes())
        size += len(packed)
        former = before / path.relative_to(after)
        new += new_bytes(_zstd(former.read_bytes()) if former.exists() else b"", packed)
    return size, new


def _zstd(content: bytes) -> bytes:
    out = io.BytesIO()
    with packed(out, ".zst") as file:
        file.write(content)
    return out.getvalue()


if __name__ == "__main__":
    main()
