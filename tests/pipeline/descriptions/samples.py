"""Datasets that are described in tests."""

from dataclasses import replace
from datetime import date, timedelta

from pipeline.descriptions.dataset import (
    Chosen,
    DataFile,
    Dataset,
    DatasetSource,
    DayCount,
    FieldCount,
)
from pipeline.descriptions.dictionary import described_columns
from pipeline.export.columns import Column, column
from pipeline.model.press_item import FIELDS

COLUMNS = described_columns((*map(column, FIELDS), Column("capture_digest", "code")))
SENATE = DatasetSource(
    name="senate",
    title="Senate of the Parliament of Kazakhstan",
    address="https://senate.parlam.kz",
    languages=("kk", "ru"),
)
KAZPRAVDA = DatasetSource(
    name="kazpravda",
    title="Kazakhstanskaya Pravda",
    address="https://kazpravda.kz",
    languages=("ru",),
)
DATASET = Dataset(
    name="kazpress",
    title="Press items of the Senate of Kazakhstan and of Kazakhstanskaya Pravda",
    version="2026.3.20+0123456789ab",
    changed="2026-03-20",
    chosen=Chosen(),
    items=7,
    stories=6,
    pieces=5,
    first_day="2026-02-25",
    last_day="2026-03-20",
    sources=(KAZPRAVDA, SENATE),
    columns=COLUMNS,
    files=tuple(
        DataFile(
            path=f"data/{form}/{month}.{form}",
            format=form,
            month=month,
            rows=rows,
            bytes=1000 * rows,
            sha256=f"{rows:064x}",
        )
        for form in ("jsonl", "parquet")
        for month, rows in (("2026-02", 2), ("2026-03", 5))
    ),
    jsonl_sha256="ab" * 32,
    days=(
        DayCount(day="2026-02-25", source="senate", language="ru", items=2),
        DayCount(day="2026-03-02", source="kazpravda", language="ru", items=1),
        DayCount(day="2026-03-02", source="senate", language="kk", items=1),
        DayCount(day="2026-03-20", source="kazpravda", language="ru", items=3),
    ),
    coverage=(
        FieldCount(source="kazpravda", field="lead", items=3, of=4),
        FieldCount(source="senate", field="lead", items=0, of=3),
        FieldCount(source="kazpravda", field="tags", items=4, of=4),
        FieldCount(source="senate", field="tags", items=0, of=3),
    ),
    contact="mailto:me@example.org",
)
EMPTY = replace(
    DATASET,
    version="0.0.0+e3b0c44298fc",
    changed=None,
    items=0,
    stories=0,
    pieces=0,
    first_day=None,
    last_day=None,
    sources=(),
    files=(),
    jsonl_sha256=None,
    days=(),
    coverage=(),
    contact=None,
)


def spread(days: int, first: date = date(2013, 11, 12)) -> tuple[DayCount, ...]:
    """Counts of so many days in a row, in all the shapes that a site's days have."""
    counts = (
        DayCount(day=(first + timedelta(day)).isoformat(), source=name, language="ru", items=items)
        for day in range(days)
        for name, items in (
            ("kazpravda", 20 + day * 7 % 31 + day // 200),
            ("senate", 0 if day % 7 > 4 or day // 30 % 12 == 6 else day * 5 % 8),
        )
    )
    return tuple(one for one in counts if one.items)
