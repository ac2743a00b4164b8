"""The formats of an export."""

from collections.abc import Iterator
from typing import IO, Literal

from pipeline.export.as_csv import write_csv
from pipeline.export.as_jsonl import write_jsonl
from pipeline.store.rows import Row

Format = Literal["jsonl", "csv"]
FORMATS: tuple[Format, ...] = ("jsonl", "csv")


def write(rows: Iterator[Row], kind: Format, out: IO[bytes], *, with_copies: bool) -> int:
    """Write records as one dataset; how many."""
    if kind == "jsonl":
        return write_jsonl(rows, out)
    return write_csv(rows, out, with_copies=with_copies)
