"""All data files of a version, written beside those that stand there; what they hold and change."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from pipeline.dataset.changes import Changes, Comparison, comparison
from pipeline.dataset.data_files import by_month, data_path, dataset_table, write_month
from pipeline.dataset.folder import Former, drop_if_same
from pipeline.dataset.tally import Counts, Tally
from pipeline.descriptions.dataset import DataFile
from pipeline.export.columns import Column
from pipeline.export.selection import Selection

_HASHED_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The data files of a version."""

    columns: tuple[Column, ...]
    files: tuple[DataFile, ...]
    """By path."""
    jsonl_sha256: str | None
    """Of all JSON Lines files one after the other; None where there is none."""
    counts: Counts
    gone: tuple[str, ...]
    """The paths of data files of the version before that this one has no more."""
    changes: Changes | None
    """None where no version stood in the folder."""


def write_contents(
    db: Database, folder: Path, aside: Path, selection: Selection, before: Former | None
) -> Contents:
    """Write the data files into a folder aside; those that are there already are not kept twice.

    Raises StoreError, ExportError, OSError.
    """
    table = dataset_table(db, selection)
    tally = Tally(table.columns)
    files: list[DataFile] = []
    lines = hashlib.sha256()
    with comparison(aside.parent / "comparison.db") as compared:
        for month, records in by_month(tally.counted(table)):
            files += write_month(records, month, aside)
            path = data_path(month, "jsonl")
            _hash(aside / path, lines)
            if not drop_if_same(aside / path, folder / path) and before:
                _compare(compared, folder / path, aside / path)
            drop_if_same(*(one / data_path(month, "parquet") for one in (aside, folder)))
        gone = before.files - {file.path for file in files} if before else frozenset()
        for path in gone:
            if path.endswith(".jsonl"):
                _compare(compared, folder / path, None)
        changes = compared.changes(before.version) if before else None
    return Contents(
        columns=table.columns,
        files=tuple(sorted(files, key=lambda file: file.path)),
        jsonl_sha256=lines.hexdigest() if files else None,
        counts=tally.counts(),
        gone=tuple(sorted(gone)),
        changes=changes,
    )


def _compare(compared: Comparison, old: Path, new: Path | None) -> None:
    if old.is_file():
        compared.add_former(old)
    if new:
        compared.add_present(new)


def _hash(path: Path, into: "hashlib._Hash") -> None:
    with path.open("rb") as file:
        while part := file.read(_HASHED_BYTES):
            into.update(part)
