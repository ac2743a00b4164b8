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


def legible(days: tuple[DayCount, ...]) -> Periods:
    """Items by week; by month or year where there would be more weeks than a picture can show."""
    weeks, months, years = (_counted(days, unit) for unit in ("week", "month", "year"))
    if len(weeks.starts) <= _AT_MOST:
        return weeks
    return months if len(months.starts) <= 2 * _AT_MOST else years


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


def _counted(days: Iterable[DayCount], unit: Unit) -> Periods:
    begin = _BEGIN[unit]
    counts: Counter[tuple[date, str, str]] = Counter()
    for one in days:
        counts[begin(date.fromisoformat(one.day)), one.source, one.language] += one.items
    starts = _from_to(unit, *_ends(start for start, _, _ in counts)) if counts else ()
    kinds = sorted({(source, language) for _, source, language in counts})
    return Periods(
        unit, starts, {kind: tuple(counts[start, *kind] for start in starts) for kind in kinds}
    )


def _ends(starts: Iterable[date]) -> tuple[date, date]:
    known = sorted(starts)
    return known[0], known[-1]


def _from_to(unit: Unit, first: date, last: date) -> tuple[date, ...]:
    if unit == "week":
        ordinals = range(first.toordinal(), last.toordinal() + 1, 7)
        return tuple(date.fromordinal(one) for one in ordinals)
    years = range(first.year, last.year + 1)
    months = range(1, 13) if unit == "month" else range(1, 2)
    every = (date(year, month, 1) for year in years for month in months)
    return tuple(one for one in every if first <= one <= last)


_BEGIN: dict[Unit, Callable[[date], date]] = {
    "week": lambda day: date.fromordinal(day.toordinal() - day.weekday()),
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}
