"""Records as JSON Lines: one object a line, UTF-8."""

from collections.abc import Iterator
from typing import IO

from pipeline.store.rows import Row, to_json


def write_jsonl(rows: Iterator[Row], out: IO[bytes]) -> int:
    """Write the records; how many."""
    count = 0
    for row in rows:
        out.write(to_json(row).encode() + b"\n")
        count += 1
    return count
