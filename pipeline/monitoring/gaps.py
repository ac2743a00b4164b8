"""Gaps: days of which far less is known than of the days around them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from statistics import median

_COMPARED_WEEKS = range(1, 5)
"""So many weeks before and after a day are compared with it."""
_MIN_DAYS = 3
"""A typical count is taken of so many days at least."""
_MIN_TYPICAL_COUNT = 4
"""Where fewer articles a day are typical, a day may have any number of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How many addresses of one day of publication are known, and what became of them."""

    day: date
    found: int = 0
    captured: int = 0
    stored: int = 0
    failed: int = 0

    @property
    def held(self) -> int:
        """Those that have not failed: an address that is still to be asked is no gap."""
        return self.found - self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(DayCount):
    """A day with far fewer articles than usual."""

    usual: float
    """The typical count of the days around it."""
    proven: bool
    """Whether a backfill looked for all articles of the day and found no more: then the site has no
    more.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days that were watched, both included."""

    first: date
    last: date


def gaps(
    counts: Iterable[DayCount], watched: Sequence[Span], today: date, proven: Collection[date]
) -> list[Gap]:
    """The days, newest first, that have less than a quarter of what is usual around them.

    A day is compared with the same weekday of the weeks before and after it, and with that one's
    neighbours; the lower median of the two counts, so that neither free days nor a week without
    anything look like gaps for long. What is not over yet (today, yesterday) does not count, nor
    what lies before the first or after the last day of which anything is known: that a source has
    begun or fallen silent is no gap.
    """
    known = {one.day: one for one in counts if one.found}
    judged = _judged_days(known, watched, today)
    held = {day: known[day].held if day in known else 0 for day in judged}
    return [
        Gap(**asdict(known.get(day) or DayCount(day=day)), usual=usual, proven=day in proven)
        for day in sorted(judged, reverse=True)
        if (usual := _usual(day, held)) is not None
        and usual >= _MIN_TYPICAL_COUNT
        and held[day] * 4 < usual
    ]


def _judged_days(
    known: dict[date, DayCount], watched: Sequence[Span], today: date
) -> frozenset[date]:
    if not known:
        return frozenset()
    first, last = min(known), min(max(known), today - timedelta(days=2))
    return frozenset(
        day
        for span in watched
        for day in _days(max(first, span.first), min(last, span.last))
    )  # fmt: skip


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=more) for more in range((last - first).days + 1))


def _usual(day: date, held: dict[date, int]) -> float | None:
    """The typical count of a day; None where too few days can be compared."""
    weekdays = [
        day + timedelta(weeks=sign * weeks) for weeks in _COMPARED_WEEKS for sign in (-1, 1)
    ]
    same = [held[one] for one in weekdays if one in held]
    near = [
        held[beside]
        for one in weekdays
        for beside in (one - timedelta(days=1), one, one + timedelta(days=1))
        if beside in held
    ]
    return min(median(same), median(near)) if len(same) >= _MIN_DAYS else None
