"""Time: UTC for what we do, Asia/Almaty for what the sites print."""

from datetime import UTC, date, datetime
from importlib.resources import files
from zoneinfo import ZoneInfo


def _almaty() -> ZoneInfo:
    """Almaty from the tzdata package, not from the system, whose table may be older than the
    change from +06:00 to +05:00 on 1 March 2024.
    """
    with files("tzdata").joinpath("zoneinfo", "Asia", "Almaty").open("rb") as table:
        return ZoneInfo.from_file(table, key="Asia/Almaty")


ALMATY = _almaty()


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


def almaty_minute(time: datetime) -> str:
    """A moment for people: Almaty's time, to the minute.

    >>> almaty_minute(datetime(2026, 3, 4, 7, 28, 59, tzinfo=UTC))
    '2026-03-04 12:28'
    """
    return f"{time.astimezone(ALMATY):%Y-%m-%d %H:%M}"


def almaty_day(time: datetime) -> date:
    """The day in Almaty on which a moment falls."""
    return time.astimezone(ALMATY).date()
