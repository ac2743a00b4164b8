"""For how long an answer asks to be left alone: the header Retry-After."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.archive.exchange import Headers, header

_MEANT_BY = frozenset({429, 503})
_LONGEST_SECONDS = 7 * 86_400.0


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """The wait that a Retry-After header asks for (RFC 9110, section 10.2.3), in seconds; None
    where it can't be read.

    >>> retry_after_seconds("120", datetime(2026, 3, 4, tzinfo=UTC))
    120.0
    """
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def pause_seconds(status: int, headers: Headers, now: datetime) -> float | None:
    """The seconds, a week at most, for which an answer asks to be left alone; None where it
    does not.
    """
    if status not in _MEANT_BY:
        return None
    wait = retry_after_seconds(header(headers, "Retry-After"), now)
    return None if wait is None else min(wait, _LONGEST_SECONDS)
