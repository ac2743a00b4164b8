"""Time: UTC for what we do, Asia/Almaty for what the sites print."""

import re
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo


def _almaty() -> ZoneInfo:
    """Almaty from the tzdata package, not from the system, whose table may be older than the
    change from +06:00 to +05:00 on 1 March 2024.
    """
    with files("tzdata").joinpath("zoneinfo", "Asia", "Almaty").open("rb") as table:
        return ZoneInfo.from_file(table, key="Asia/Almaty")


ALMATY = _almaty()
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?P<time>[T ]\d\d:\d\d(?P<seconds>:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
"""A day, or a time to the minute or finer, with or without an offset."""


def utc_now() -> datetime:
    """The present moment. Nothing else asks the clock: times are passed as arguments."""
    return datetime.now(UTC)


def stamp(time: datetime) -> str:
    """A moment as the database keeps it: UTC, microseconds, `Z`; sorts as a string.

    >>> stamp(datetime(2026, 3, 4, 12, 0, tzinfo=UTC))
    '2026-03-04T12:00:00.000000Z'
    """
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def seconds_stamp(time: datetime) -> str:
    """A moment as exports write it: UTC, whole seconds, `Z` (RFC 3339)."""
    return time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """The aware UTC moment of `stamp`, `seconds_stamp` or a WARC-Date; without a zone it is UTC.

    Raises ValueError.
    """
    time = datetime.fromisoformat(text)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def end_of(text: str) -> datetime:
    """The last moment of a day, a minute or a second: Almaty's, where the text has no offset.

    Raises ValueError.

    >>> end_of("2026-03-04").isoformat()
    '2026-03-04T18:59:59.999999+00:00'
    >>> end_of("2026-03-04 18:00").isoformat()
    '2026-03-04T13:00:59.999999+00:00'
    >>> end_of("2026-03-04T18:00:30Z").isoformat()
    '2026-03-04T18:00:30.999999+00:00'
    """
    found = _TIME.fullmatch(text.strip().upper())
    if found is None:
        raise ValueError(text)
    begin = datetime.fromisoformat(found[0])
    unit = timedelta(seconds=1)
    if not found["time"]:
        unit = timedelta(days=1)
    elif not found["seconds"]:
        unit = timedelta(minutes=1)
    try:
        if begin.tzinfo is None:
            begin = begin.replace(tzinfo=ALMATY)
        if begin.microsecond:
            return begin.astimezone(UTC)
        # The end by the clock there: a day in which the clock is set back is longer.
        return (begin + unit).astimezone(UTC) - timedelta(microseconds=1)
    except OverflowError as error:
        raise ValueError(text) from error


def almaty_minute(time: datetime) -> str:
    """A moment for people: Almaty's time, to the minute.

    >>> almaty_minute(datetime(2026, 3, 4, 7, 28, 59, tzinfo=UTC))
    '2026-03-04 12:28'
    """
    return f"{time.astimezone(ALMATY):%Y-%m-%d %H:%M}"


def almaty_day(time: datetime) -> date:
    """The day in Almaty on which a moment falls."""
    return time.astimezone(ALMATY).date()
