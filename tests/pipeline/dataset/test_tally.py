"""What a dataset's records amount to."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.dataset.tally import Counts, Tally, stories_and_pieces
from pipeline.descriptions.dataset import DayCount
from pipeline.export.columns import Table, column
from pipeline.export.selection import Selection, select
from tests.pipeline.worlds.rows import database, item_row

_COLUMNS = tuple(column(name) for name in ("day", "source", "language", "last_changed", "tags"))


def _counts(rows: Iterable[tuple[Any, ...]]) -> Counts:
    tally = Tally(_COLUMNS)
    list(tally.counted(Table(_COLUMNS, iter(rows))).records)
    return tally.counts()


def test_records_pass_through_and_are_counted() -> None:
    rows = [
        ("2026-03-02", "senate", "ru", "2026-03-02T06:00:00Z", ["a"]),
        ("2026-03-02", "senate", "ru", "2026-03-09T23:00:00Z", []),
        ("2026-03-01", "kazpravda", "kk", "2026-03-03T06:00:00Z", None),
    ]
    tally = Tally(_COLUMNS)
    assert list(tally.counted(Table(_COLUMNS, iter(rows))).records) == rows
    counts = tally.counts()
    assert (counts.items, counts.first_day, counts.last_day) == (3, "2026-03-01", "2026-03-02")
    assert counts.changed == "2026-03-09"
    assert counts.days == (
        DayCount(day="2026-03-01", source="kazpravda", language="kk", items=1),
        DayCount(day="2026-03-02", source="senate", language="ru", items=2),
    )
    tags = {one.source: (one.items, one.of) for one in counts.coverage if one.field == "tags"}
    assert tags == {"kazpravda": (0, 1), "senate": (1, 2)}


def test_no_records_are_counted_too() -> None:
    counts = _counts(())
    assert (counts.items, counts.first_day, counts.last_day, counts.changed) == (
        0, None, None, None,
    )  # fmt: skip
    assert (counts.days, counts.coverage) == ((), ())


def test_stories_and_pieces_are_those_of_the_selected_items(tmp_path: Path) -> None:
    rows = [
        item_row(1, piece="p"),
        item_row(2, piece="p", language="kk"),
        item_row(3, piece="p", story=f"{1:016x}", relation="reprint"),
        item_row(4, published="2026-04-01T10:00:00+05:00"),
    ]
    db = database(tmp_path / "items.db", rows)
    whole, march = Selection(every_item=True), Selection(until=date(2026, 3, 31), language=("ru",))
    select(db, whole)
    assert stories_and_pieces(db, whole) == (3, 2)
    assert stories_and_pieces(db, march) == (1, 1)
    db.close()
