"""The formats of an export, their suffixes, and what each can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, get_args

Format = Literal["jsonl", "csv", "xlsx", "parquet", "atom", "sqlite"]
Packing = Literal["", ".gz", ".zst"]
"""How a file is compressed, by the suffix that says so."""

FORMATS: tuple[Format, ...] = get_args(Format)
_PACKED: tuple[Format, ...] = ("jsonl", "csv")
"""Formats of which readers open compressed files too."""
TO_FILES_ONLY: frozenset[Format] = frozenset({"xlsx", "parquet", "sqlite"})
"""Formats that are no stream, or that no terminal can show."""
TABULAR: frozenset[Format] = frozenset({"jsonl", "csv", "xlsx", "parquet"})
"""Formats that have a column, or a key, for each field that is asked for."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What is in a file: records in a format, compressed or not."""

    format: Format
    packing: Packing = ""


def _suffixes() -> Iterator[tuple[str, FileKind]]:
    packings: tuple[Packing, ...] = get_args(Packing)
    for kind in FORMATS:
        for packing in packings if kind in _PACKED else packings[:1]:
            yield f".{kind}{packing}", FileKind(kind, packing)
    yield ".db", FileKind("sqlite")


SUFFIXES = dict(_suffixes())
"""All suffixes that say what is in a file."""


def known_suffix(path: PurePath) -> tuple[str, FileKind] | None:
    """The suffix by which a file's name tells what is in it, in any letter case; the longest."""
    name = path.name.lower()
    found = [(suffix, kind) for suffix, kind in SUFFIXES.items() if name.endswith(suffix)]
    return max(found, key=lambda one: len(one[0]), default=None)
