"""A dataset: a folder that can be published as it is. What its descriptions tell of it."""

from dataclasses import dataclass
from typing import Literal

from pipeline.export.columns import Kind

DataFormat = Literal["parquet", "jsonl"]
"""The same records in each, one file a month."""
PARQUET_FILES = "data/parquet/*.parquet"
"""What all Parquet files are found by."""

LAYOUT_KEY = "kazpress_dataset"
LAYOUT = 1
"""What `datapackage.json` has beside the standard's keys: by it a folder is known to be ours."""

CHECKSUMS = "SHA256SUMS"
CHANGES = "CHANGES.md"
"""How the versions that stood in this folder differ. Unlike all other files it does not follow from
the data alone, so neither the version nor the checksums tell of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """The records of one month in one format."""

    path: str
    """Inside the folder, with slashes: `data/parquet/2026-03.parquet`."""
    format: DataFormat
    month: str
    """YYYY-MM, of `day`."""
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetColumn:
    """A field of a record, described."""

    name: str
    kind: Kind
    type: str
    """As in the data dictionary: `string or null`, `list of strings`, …"""
    meaning: str
    """A sentence or more, Markdown inside a line."""
    nullable: bool
    """Whether it may be null; a list never is."""
    normalised: str = ""
    """How it is normalised, in a part of a sentence or more."""
    gaps: str = ""
    """When it is null or empty: `never`, `null for an imported text`, …"""
    choices: tuple[str, ...] = ()
    """All values that it may have, where these are few words that we chose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetSource:
    """A site whose items a dataset has."""

    name: str
    title: str
    address: str
    """Of its front page; empty where it is not known."""
    languages: tuple[str, ...]
    """Those of its items here, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How many items of a source and language were published on a day; none is left out."""

    day: str
    """YYYY-MM-DD, in Almaty."""
    source: str
    language: str
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCount:
    """How many of a source's items have a field: not null, and no empty list."""

    source: str
    field: str
    items: int
    of: int
    """All items of the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was asked for, where that was not everything."""

    source: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """All that the descriptions of a version tell; it follows from the data alone."""

    name: str
    """Lower-case letters, digits and `-`."""
    title: str
    version: str
    """A semantic version: the newest `last_changed` day, then a digest of the data files:
    `2026.3.5+0123456789ab`; `0.0.0+…` of a dataset without items."""
    changed: str | None
    """That day, YYYY-MM-DD; None where there is no item."""
    chosen: Chosen
    items: int
    stories: int
    pieces: int
    first_day: str | None
    last_day: str | None
    sources: tuple[DatasetSource, ...]
    """Those with items here, by name."""
    columns: tuple[DatasetColumn, ...]
    files: tuple[DataFile, ...]
    """By path, so by format, then by month."""
    jsonl_sha256: str | None
    """Of all JSON Lines files one after the other; None where there is none."""
    days: tuple[DayCount, ...]
    """By day, source, language. Days without items are left out."""
    coverage: tuple[FieldCount, ...]
    """By source, then in the order of the columns; of fields that may be null or empty."""
    contact: str | None = None
    """Whom to write to: `mailto:` or the address of a page, as kazpress.toml has it."""

    @property
    def languages(self) -> list[str]:
        """The languages of the items, sorted."""
        return sorted({language for one in self.sources for language in one.languages})
