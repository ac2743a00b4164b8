"""Items counted by week, and by longer periods where there are many weeks."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.descriptions.dataset import Dataset, DayCount

COUNTS = "items-by-week.csv"
Unit = Literal["week", "month", "year"]
_AT_MOST = 200
"""More periods than these can't be told apart in the width of a page."""


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods from the first item's to the last item's, those without items too."""

    unit: Unit
    starts: tuple[date, ...]
    counts: dict[tuple[str, str], tuple[int, ...]]
    """By source and language, in the order of the periods."""

    def of_source(self, source: str) -> tuple[int, ...]:
        """How many items of a source there are in each period, whatever their language."""
        rows = [row for (name, _), row in self.counts.items() if name == source]
        return tuple(sum(row[at] for row in rows) for at in range(len(self.starts)))


def by_week(days: Iterable[DayCount]) -> Periods:
    """Items by ISO week, which begins on Monday."""
    return _counted(days, "week")


def legible(days: Iterable[DayCount]) -> Periods:
    """Items by week; by month or year where there would be more weeks than a picture can show."""
    days = tuple(days)
    known = [date.fromisoformat(one.day) for one in days]
    return _counted(days, _legible_unit(min(known), max(known)) if known else "week")


def items_by_week(dataset: Dataset) -> str:
    """The table `items-by-week.csv`: a row for each week, source and language."""
    weeks = by_week(dataset.days)
    lines = ["week,monday,source,language,items"]
    for at, start in enumerate(weeks.starts):
        year, week, _ = start.isocalendar()
        lines += [
            f"{year:04}-W{week:02},{start.isoformat()},{source},{language},{row[at]}"
            for (source, language), row in weeks.counts.items()
        ]
    return "\r\n".join((*lines, ""))


def _legible_unit(first: date, last: date) -> Unit:
    weeks = (_week(last) - _week(first)).days // 7 + 1
    if weeks <= _AT_MOST:
        return "week"
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    return "month" if months <= 2 * _AT_MOST else "year"


def _counted(days: Iterable[DayCount], unit: Unit) -> Periods:
    begin = _BEGIN[unit]
    counts: Counter[tuple[date, str, str]] = Counter()
    for one in days:
        counts[begin(date.fromisoformat(one.day)), one.source, one.language] += one.items
    begun = {start for start, _, _ in counts}
    starts = _from_to(unit, min(begun), max(begun)) if begun else ()
    kinds = sorted({(source, language) for _, source, language in counts})
    return Periods(
        unit, starts, {kind: tuple(counts[start, *kind] for start in starts) for kind in kinds}
    )


def _from_to(unit: Unit, first: date, last: date) -> tuple[date, ...]:
    if unit == "week":
        ordinals = range(first.toordinal(), last.toordinal() + 1, 7)
        return tuple(date.fromordinal(one) for one in ordinals)
    years = range(first.year, last.year + 1)
    months = range(1, 13) if unit == "month" else range(1, 2)
    every = (date(year, month, 1) for year in years for month in months)
    return tuple(one for one in every if first <= one <= last)


def _week(day: date) -> date:
    return date.fromordinal(day.toordinal() - day.weekday())


_BEGIN: dict[Unit, Callable[[date], date]] = {
    "week": _week,
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}
