"""The data files of a dataset: the same records in each format, one file a month."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import orjson
from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.descriptions.dataset import DataFile, DataFormat
from pipeline.digests import file_sha256
from pipeline.export.columns import Record, Table, column
from pipeline.export.selection import Selection, select
from pipeline.formats.as_jsonl import write_jsonl
from pipeline.formats.as_parquet import write_parquet
from pipeline.store.database import value

DATA_PATH = re.compile(r"data/(?P<format>parquet|jsonl)/(?P<month>\d{4}-\d\d)\.(?P=format)")
"""What the path of a data file looks like, and that of no other file of ours."""
_MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)
_FIRST_CAPTURE = (
    "SELECT c.digest FROM (SELECT url FROM addresses WHERE item = ?1"
    " UNION ALL SELECT urn FROM texts WHERE id = ?1) a JOIN captures c ON c.url = a.url"
    " WHERE c.reading = (SELECT v.reading FROM revisions v WHERE v.item = ?1"
    " ORDER BY v.revision DESC LIMIT 1) ORDER BY c.time, c.url, c.digest LIMIT 1"
)
"""The payload digest of the first capture that gave all that an item's record has, so that another
capture of the same alters nothing. An imported text is a capture of its own."""


def data_path(month: str, kind: DataFormat) -> str:
    """Where the records of a month are."""
    return f"data/{kind}/{month}.{kind}"


def dataset_table(db: Database, selection: Selection) -> Table:
    """Every selected item, each with the digest of its capture. Raises StoreError."""
    table = select(db, replace(selection, every_item=True))
    at = [one.name for one in table.columns].index("id")
    digested = (
        (*record, value(db, _FIRST_CAPTURE, record[at])) for record in table.records
    )  # fmt: skip
    return Table((*table.columns, column("capture_digest")), digested)


def by_month(table: Table) -> Iterator[tuple[str, Table]]:
    """The records of each month of `day`, in order. They come by the time of publication, so each
    month comes once; one that came again would take its own file's place. Raises StoreError.
    """
    at = [one.name for one in table.columns].index("day")
    before = ""
    for month, records in groupby(table.records, lambda record: str(record[at])[:7]):
        if not _MONTH.fullmatch(month) or month <= before:
            raise StoreError(
                f"the database is damaged: an item of {month or 'no day'} stands behind those of "
                f"{before or 'no month'}; `kazpress reparse` derives items again"
            )
        before = month
        yield month, Table(table.columns, records)


def write_month(table: Table, month: str, folder: Path) -> tuple[DataFile, DataFile]:
    """Write the records of a month in both formats into a folder of this layout."""
    lines, columnar = (folder / data_path(month, kind) for kind in ("jsonl", "parquet"))
    for path in (lines, columnar):
        path.parent.mkdir(parents=True, exist_ok=True)
    with lines.open("wb") as out:
        rows = write_jsonl(table, out)
    with lines.open("rb") as read, columnar.open("wb") as out:
        write_parquet(Table(table.columns, _records(read)), out)
    return (
        _written(folder, month, "jsonl", rows),
        _written(folder, month, "parquet", rows),
    )


def version(changed: str | None, files: Iterable[DataFile]) -> str:
    """A semantic version that follows from the data: the newest day on which an item's text
    changed, and the first digits of a digest of the data files.
    """
    lines = "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=_path))
    digest = hashlib.sha256(lines.encode()).hexdigest()[:12]
    day = ".".join(str(int(part)) for part in changed.split("-")) if changed else "0.0.0"
    return f"{day}+{digest}"


def _records(lines: Iterable[bytes]) -> Iterator[Record]:
    """The records of JSON Lines that we have just written: read again, they need not be held."""
    return (tuple(orjson.loads(line).values()) for line in lines)


def _written(folder: Path, month: str, kind: DataFormat, rows: int) -> DataFile:
    path = data_path(month, kind)
    return DataFile(
        path=path, format=kind, month=month, rows=rows, bytes=(folder / path).stat().st_size,
        sha256=file_sha256(folder / path),
    )  # fmt: skip


def _path(file: DataFile) -> str:
    return file.path
