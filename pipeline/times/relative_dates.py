"""Times told from the moment of reading: «сегодня, 18:20», «12 минут назад», «кеше 9:05».

Not "3 days ago": sites count these by hours or by days, and nobody knows which.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from pipeline.clock import ALMATY, almaty_day

_CLOCK = (
    r"(?:[\s,|в·•–—-]|\bat\b|\bсағат\b)*"
    r"(?:(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d))?"
)
_DAYS_BACK = {
    "сегодня": 0, "бүгін": 0, "today": 0,
    "вчера": 1, "кеше": 1, "yesterday": 1,
    "позавчера": 2, "алдыңғы күні": 2,
}  # fmt: skip
_DAY = re.compile(rf"\b(?P<word>{'|'.join(_DAYS_BACK)})\b{_CLOCK}", re.IGNORECASE)
_JUST_NOW = re.compile(r"\b(?:только что|жаңа ғана|just now)\b", re.IGNORECASE)
_SIGNS = (
    "сегодня", "вчера", "бүгін", "кеше", "алдыңғы күні", "today", "yesterday",
    "только что", "жаңа ғана", "just now", "назад", "бұрын", "ago",
)  # fmt: skip
"""One of these stands in each of these wordings: quickly told."""
_NUMBER = r"(?P<number>\d{1,3}|an?|бір)?"
_UNITS = (
    ("minutes", r"минут[уы]?|мин\.?|minutes?|mins?"),
    ("hours", r"час(?:а|ов)?|сағат|hours?"),
)
_AGO = re.compile(
    rf"(?<!\d)\b{_NUMBER}\s*(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _UNITS)})"
    r"\s+(?:назад|бұрын|ago)\b",
    re.IGNORECASE,
)
_CLOCKS_APART = timedelta(minutes=15)


def may_be_relative(text: str) -> bool:
    """Whether a text may have times that are told from the moment of reading: quickly told."""
    lower = text.lower()
    return any(map(lower.__contains__, _SIGNS))


def relative_times(text: str, captured: datetime) -> list[tuple[datetime | date, int, int]]:
    """The times in a text that are told from the moment `captured` (aware), each with its start and
    end as for slices.

    A day where no hour is told, and where hours are counted; to the minute otherwise.

    >>> from datetime import UTC
    >>> relative_times("кеше 9:05", datetime(2026, 3, 4, 2, tzinfo=UTC))[0][0].isoformat()
    '2026-03-03T09:05:00+05:00'
    """
    if not may_be_relative(text):
        return []
    found = [
        (read(match, captured), match.start(), match.end())
        for form, read in _FORMS
        for match in form.finditer(text)
    ]
    return sorted(found, key=lambda one: one[1])


def _day(match: re.Match[str], captured: datetime) -> datetime | date:
    day = almaty_day(captured) - timedelta(days=_DAYS_BACK[match["word"].lower()])
    if match["hour"] is None:
        return day
    moment = datetime.combine(day, time(int(match["hour"]), int(match["minute"])), tzinfo=ALMATY)
    # a page kept since before midnight still says "today"
    return moment - timedelta(days=1) if moment > captured + _CLOCKS_APART else moment


def _just_now(match: re.Match[str], captured: datetime) -> datetime | date:  # noqa: ARG001
    return captured.replace(second=0, microsecond=0)


def _ago(match: re.Match[str], captured: datetime) -> datetime | date:
    number = int(match["number"]) if (match["number"] or "").isdigit() else 1
    unit = next(name for name, _ in _UNITS if match[name])
    moment = captured - timedelta(**{unit: number})
    is_exact = unit == "minutes"
    return moment.replace(second=0, microsecond=0) if is_exact else almaty_day(moment)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime], datetime | date]], ...] = (
    (_DAY, _day),
    (_JUST_NOW, _just_now),
    (_AGO, _ago),
)
