"""Schedules as they are configured: cron as Debian's cron means it, or "every 15 minutes".

`scheduler.py` crawls by them.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cronsim import CronSim, CronSimError

from kazpress.errors import ConfigError
from pipeline.clock import ALMATY

_EVERY = re.compile(
    r"every\s+(?:(?P<count>\d{1,5})\s+)?(?P<unit>second|minute|hour|day)s?", re.IGNORECASE
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
_NUMBER = r"(?:\d{1,2}|[a-z]{3})"
_PART = rf"(?:\*|{_NUMBER}(?:-{_NUMBER})?)(?:/\d{{1,9}})?"
_FIELD = re.compile(rf"{_PART}(?:,{_PART})*", re.ASCII | re.IGNORECASE)
_FIELD_NAMES = ("minute", "hour", "day-of-month", "month", "day-of-week")
_SPAN_OF_ONE = re.compile(r"\b0?(\w+)-0?\1/\d+", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Every:
    """A fixed interval."""

    interval: timedelta

    def after(self, moment: datetime) -> datetime:
        """The next due time after a due time or a crawl's start; UTC."""
        return moment.astimezone(UTC) + self.interval


@dataclass(frozen=True, slots=True)
class Cron:
    """The minutes that five cron fields name, in Almaty's time."""

    fields: str

    def after(self, moment: datetime) -> datetime:
        """The first due time after a moment; UTC.

        In an hour that comes twice because clocks go back, a schedule that names its hours is due
        in the first one only. One that is due in every hour is due in both.
        """
        moment = moment.astimezone(UTC)
        found = CronSim(self.fields, moment.astimezone(ALMATY))
        # In the second of the two hours cronsim begins with the due times of the first.
        return next(due for due in (at.astimezone(UTC) for at in found) if due > moment)


Schedule = Every | Cron


def read_schedule(text: str) -> Schedule:
    """The schedule that a text describes. Raises ConfigError, with the text, where it can't be read
    or names a day that never comes.
    """
    if every := _EVERY.fullmatch(text.strip()):
        count = int(every["count"] or 1)
        if count == 0:
            raise _refusal(text, f"every 0 {every['unit']}s is never")
        return Every(timedelta(**{f"{every['unit'].lower()}s": count}))
    try:
        return _cron(_SHORT.get(text.strip().lower(), text).split())
    except CronSimError as error:
        raise _refusal(text, str(error).lower()) from error


def _cron(fields: list[str]) -> Cron:
    """Raises CronSimError with the field that is wrong, or with the day that never comes."""
    if len(fields) != len(_FIELD_NAMES):
        raise CronSimError("Wrong number of fields")
    for name, field in zip(_FIELD_NAMES, fields, strict=True):
        if not _FIELD.fullmatch(field):  # cronsim knows more than cron does, such as L and #
            raise CronSimError(f"Bad {name}")
    # A span of one number is this number, whatever its step; cronsim would run on from it.
    cron = Cron(_SPAN_OF_ONE.sub(r"\1", " ".join(fields)))
    CronSim(cron.fields, datetime.fromtimestamp(0, UTC))  # reads the fields; any moment will do
    return cron


def _refusal(schedule: str, why: str) -> ConfigError:
    return ConfigError(
        f'schedule "{schedule}": {why}; write five cron fields that fit some day, such as '
        '"*/15 * * * *", or "every 15 minutes"'
    )
