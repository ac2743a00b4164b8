"""When each source is crawled: a schedule a source, each crawl a child process of its own.

`python scheduler.py` is the same as `kazpress daemon`.
"""

import re
import sys
from datetime import datetime
from typing import Any

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from kazpress.errors import ConfigError
from pipeline.clock import ALMATY

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_EVERY = re.compile(
    r"every\s+(?:(?P<count>\d+)\s+)?(?P<unit>second|minute|hour|day)s?", re.IGNORECASE
)
_SHORT = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


def trigger(schedule: str) -> Any:
    """The APScheduler trigger of a schedule: `every 15 minutes`, or cron as cron means it.

    Weekdays count from Sunday = 0 = 7; where both day fields are restricted, either fits; times
    are Almaty's. Raises ConfigError with the schedule.
    """
    text = schedule.strip()
    if every := _EVERY.fullmatch(text):
        count = int(every["count"] or 1)
        if count == 0:
            raise ConfigError(f'schedule "{schedule}": every 0 {every["unit"]}s is never')
        return IntervalTrigger(**{f"{every['unit'].lower()}s": count}, timezone=ALMATY)
    fields = _SHORT.get(text.lower(), text).split()
    if len(fields) != 5:
        raise ConfigError(
            f'schedule "{schedule}": write five cron fields, such as "*/15 * * * *", '
            'or "every 15 minutes"'
        )
    try:
        return _cron(*fields)
    except (ValueError, IndexError) as error:
        raise ConfigError(f'schedule "{schedule}": {error}') from error


def next_run(schedule: str, now: datetime, last: datetime | None = None) -> datetime:
    """When a source is due next, after `now`; for an interval, counted from the last crawl."""
    found = trigger(schedule)
    if isinstance(found, IntervalTrigger) and last is not None:
        due: datetime = last + found.interval
        return max(due, now).astimezone(ALMATY)
    moment: datetime = found.get_next_fire_time(None, now)
    if isinstance(found, IntervalTrigger):
        return now.astimezone(ALMATY)
    return moment.astimezone(ALMATY)


def _cron(minute: str, hour: str, day: str, month: str, weekday: str) -> Any:
    common = {"minute": minute, "hour": hour, "month": month.lower(), "timezone": ALMATY}
    names = _weekdays(weekday)
    if day.startswith("*") or weekday.startswith("*"):
        return CronTrigger(day=day, day_of_week=names, **common)
    return OrTrigger([CronTrigger(day=day, **common), CronTrigger(day_of_week=names, **common)])


def _weekdays(field: str) -> str:
    """Cron's weekday field in APScheduler's names."""
    if field == "*":
        return "*"
    days: set[int] = set()
    for part in field.lower().split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        start = 0 if first == "*" else _weekday(first)
        end = 6 if first == "*" else _weekday(last) if last else (6 if step else start)
        if end < start:
            raise ValueError(f"the weekdays {part} run backwards")
        days |= {number % 7 for number in range(start, end + 1, int(step or 1))}
    return ",".join(_DAYS[number] for number in sorted(days))


def _weekday(text: str) -> int:
    if text in _DAYS:
        return _DAYS.index(text)
    if text.isdigit() and int(text) <= 7:
        return int(text)
    raise ValueError(f"{text} is no weekday; they are 0 to 7, or sun to sat")


if __name__ == "__main__":
    from kazpress.cli import main

    sys.exit(main(["daemon", *sys.argv[1:]]))
