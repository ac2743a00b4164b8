"""When we ask again for what failed: an address, or a source that refuses us."""

from datetime import datetime, timedelta

_RETRY_AFTER = tuple(timedelta(hours=hours) for hours in (1, 6, 24))
_RETRY_EVERY = timedelta(days=7)
_REST_HOURS = (1, 6, 24, 168)


def retry_at(first: datetime, last: datetime) -> datetime:
    """From when on an address is asked again that failed first and last at these moments.

    After its first failure that is the next crawl; then 1, 6 and 24 hours and each full week after
    the first failure. So what it costs depends on how long it has failed, not on how often crawls
    come.

    >>> first = datetime(2026, 3, 2)
    >>> for hours in (0, 0.1, 1, 30, 168, 400):
    ...     print(retry_at(first, first + timedelta(hours=hours)) - first)
    0:00:00
    1:00:00
    6:00:00
    7 days, 0:00:00
    14 days, 0:00:00
    21 days, 0:00:00
    """
    failed_for = last - first
    if failed_for <= timedelta():
        return first
    weekly = (failed_for // _RETRY_EVERY + 1) * _RETRY_EVERY
    return first + next((after for after in _RETRY_AFTER if after > failed_for), weekly)


def rest_wait(refusals: int) -> timedelta:
    """How long a source is left alone after its `refusals`-th refusal in a row (1, 2, …); the last
    wait is that of all further refusals.

    >>> [rest_wait(refusals).total_seconds() / 3600 for refusals in (1, 2, 3, 4, 5)]
    [1.0, 6.0, 24.0, 168.0, 168.0]
    """
    return timedelta(hours=_REST_HOURS[min(max(refusals, 1), len(_REST_HOURS)) - 1])
