"""How long we wait before we ask again for what failed: an address, or a source that refuses us.

Both wait longer each time; the last wait is that of all further failures.
"""

from datetime import timedelta

_RETRY_HOURS = (0, 1, 6, 24, 168)
_REST_HOURS = (1, 6, 24, 168)


def retry_wait(tries: int) -> timedelta:
    """How long after its `tries`-th failure in a row (1, 2, …) an address is asked again.

    >>> [retry_wait(tries).total_seconds() / 3600 for tries in (1, 2, 3, 4, 5, 6)]
    [0.0, 1.0, 6.0, 24.0, 168.0, 168.0]
    """
    return _hours(_RETRY_HOURS, tries)


def rest_wait(refusals: int) -> timedelta:
    """How long a source is left alone after its `refusals`-th refusal in a row (1, 2, …).

    >>> [rest_wait(refusals).total_seconds() / 3600 for refusals in (1, 2, 3, 4, 5)]
    [1.0, 6.0, 24.0, 168.0, 168.0]
    """
    return _hours(_REST_HOURS, refusals)


def _hours(ladder: tuple[int, ...], times: int) -> timedelta:
    return timedelta(hours=ladder[min(max(times, 1), len(ladder)) - 1])
