"""Ways to write all items of a database into a file: ours, and bare loops beside them.

Each function imports what it needs and gives the loop that is measured: from a database and a
file's path to the number of rows.
"""

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Cursor, connect

Loop = Callable[[Path, Path], int]

_BATCH = 10_000


@contextmanager
def _cursor(db: Path) -> Iterator[tuple[list[str], Cursor]]:
    """The fields of an export by a plain cursor, in the order of an export."""
    from pipeline.model.press_item import FIELDS

    with closing(connect(db)) as connection:
        yield (
            list(FIELDS),
            connection.execute(f"SELECT {', '.join(FIELDS)} FROM items ORDER BY published, id"),
        )


def _ours(kind: str) -> Callable[[], Loop]:
    def load() -> Loop:
        from pipeline.export.atomic_file import BUFFER_BYTES
        from pipeline.export.selection import Selection
        from pipeline.formats.known_formats import FORMATS, FileKind
        from pipeline.formats.write import write
        from pipeline.store.database import reading

        (form,) = (one for one in FORMATS if one == kind)

        def loop(db: Path, out: Path) -> int:
            with reading(db) as opened, out.open("wb", BUFFER_BYTES) as file:
                return write(opened, Selection(every_item=True), FileKind(form), file)

        return loop

    return load


def _jsonl() -> Loop:
    import orjson

    def loop(db: Path, out: Path) -> int:
        count = 0
        with _cursor(db) as (names, cursor), out.open("wb") as file:
            for row in cursor:
                file.write(orjson.dumps(dict(zip(names, row, strict=True))) + b"\n")
                count += 1
        return count

    return loop


def _csv() -> Loop:
    def loop(db: Path, out: Path) -> int:
        count = 0
        with _cursor(db) as (names, cursor), out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            for row in cursor:
                writer.writerow(row)
                count += 1
        return count

    return loop


def _parquet() -> Loop:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"similarity": pa.float64(), "revision": pa.int64(), "words": pa.int64()}

    def loop(db: Path, out: Path) -> int:
        count = 0
        with _cursor(db) as (names, cursor):
            schema = pa.schema([(name, types.get(name, pa.string())) for name in names])
            with pq.ParquetWriter(out, schema, compression="zstd") as writer:
                while rows := cursor.fetchmany(_BATCH):
                    columns = [
                        pa.array(values, type=one.type)
                        for values, one in zip(zip(*rows, strict=True), schema, strict=True)
                    ]
                    writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
                    count += len(rows)
        return count

    return loop


def _xlsx() -> Loop:
    import xlsxwriter

    def loop(db: Path, out: Path) -> int:
        count = 0
        book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_urls": False})
        sheet = book.add_worksheet()
        with _cursor(db) as (names, cursor):
            sheet.write_row(0, 0, names)
            for count, row in enumerate(cursor, 1):
                sheet.write_row(count, 0, row)
        book.close()
        return count

    return loop


def _sqlite_utils() -> Loop:
    def loop(db: Path, out: Path) -> int:
        with out.open("wb") as file:
            command = [sys.executable, "-m", "sqlite_utils", "rows", str(db), "items", "--nl"]
            subprocess.run(command, check=True, stdout=file)
        with out.open("rb") as file:
            return sum(1 for _ in file)

    return loop


LOOPS: dict[str, Callable[[], Loop]] = {
    "jsonl kazpress": _ours("jsonl"),
    "jsonl bare": _jsonl,
    "jsonl sqlite-utils": _sqlite_utils,
    "csv kazpress": _ours("csv"),
    "csv bare": _csv,
    "parquet kazpress": _ours("parquet"),
    "parquet bare": _parquet,
    "xlsx kazpress": _ours("xlsx"),
    "xlsx bare": _xlsx,
}
"""By format and whose loop it is."""
