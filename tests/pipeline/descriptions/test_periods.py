"""Items by week, month and year."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.descriptions.dataset import DayCount
from pipeline.descriptions.periods import by_week, items_by_week, legible
from tests.pipeline.descriptions.samples import DATASET, EMPTY, spread


def _on(*days: str) -> tuple[DayCount, ...]:
    return tuple(DayCount(day=day, source="senate", language="ru", items=1) for day in days)


def test_weeks_begin_on_monday_and_none_is_left_out() -> None:
    weeks = by_week(_on("2026-03-01", "2026-03-02", "2026-03-08", "2026-03-22"))
    assert weeks.starts == tuple(date(2026, *one) for one in ((2, 23), (3, 2), (3, 9), (3, 16)))
    assert weeks.of_source("senate") == (1, 2, 0, 1)
    assert weeks.of_source("other") == (0, 0, 0, 0)


def test_the_table_has_a_row_for_each_week_source_and_language() -> None:
    head, *rows = items_by_week(DATASET).split("\r\n")[:-1]
    assert head == "week,monday,source,language,items"
    assert len(rows) == 4 * 3
    assert rows[2:5] == [
        "2026-W09,2026-02-23,senate,ru,2",
        "2026-W10,2026-03-02,kazpravda,ru,1",
        "2026-W10,2026-03-02,senate,kk,1",
    ]
    assert sum(int(row.rpartition(",")[2]) for row in rows) == DATASET.items


def test_without_items_the_table_is_its_head() -> None:
    assert items_by_week(EMPTY) == "week,monday,source,language,items\r\n"


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2024-12-30", "2025-W01,2024-12-30"),
        ("2027-01-01", "2026-W53,2026-12-28"),
        ("0001-01-01", "0001-W01,0001-01-01"),
        ("9999-12-31", "9999-W52,9999-12-27"),
    ],
)
def test_a_week_is_named_as_iso_8601_names_it(day: str, week: str) -> None:
    assert items_by_week(replace(DATASET, days=_on(day))).split("\r\n")[1].startswith(f"{week},")


@pytest.mark.parametrize(
    ("days", "unit", "periods"),
    [(7 * 200, "week", 200), (7 * 200 + 1, "month", 47), (365 * 33, "month", 397),
     (365 * 34, "year", 35)],
)  # fmt: skip
def test_so_many_periods_are_shown_as_can_be_told_apart(days: int, unit: str, periods: int) -> None:
    counts = spread(days, date(2013, 11, 11))
    shown = legible(counts)
    assert (shown.unit, len(shown.starts)) == (unit, periods)
    total = sum(one.items for one in counts if one.source == "kazpravda")
    assert sum(shown.of_source("kazpravda")) == total


def test_days_far_apart_are_shown_by_year() -> None:
    shown = legible(_on("0001-01-01", "9999-12-31"))
    assert (shown.unit, len(shown.starts), sum(shown.of_source("senate"))) == ("year", 9999, 2)
