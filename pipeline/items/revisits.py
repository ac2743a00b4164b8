"""When a stored article is looked at again: a ladder of rungs after its publication.

Of news pages that change within a week four in five do so on the first day, so the rungs lie close
together at first. Pure: captures and moments in, moments out.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pipeline.clock import ALMATY, moment
from pipeline.frontier.retries import retry_at
from pipeline.items.item_captures import ItemCapture

RUNGS = (
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24)),
    *(timedelta(days=days) for days in (3, 7, 30)),
)
"""So long after its publication an article is looked at again."""
LATER_EVERY = timedelta(days=180)
"""And from then on so often."""

_MISSED = tuple(timedelta(days=days) for days in (1, 3, 7, 30))
"""So long after it was missed first, a page is looked for; the first of them is soon enough, and
late enough, to find it gone."""
_RETRIED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeared:
    """When an item was published, as its visits count it, and when it was first seen."""

    published: datetime
    first_seen: datetime


def visit_of_item(
    url: str,
    captures: Sequence[ItemCapture],
    item: Appeared,
    failing_since: datetime | None = None,
) -> datetime:
    """When an item's address is asked for again after these captures, of which there is one at
    least, in their order; `failing_since` is when requests began to bring no answer, if they did.

    One that leads to another is not the article's any more: it is looked at as an old one is.
    """
    newest = captures[-1]
    if newest.leads_on:
        return newest.time + LATER_EVERY
    row = _row_without_content(captures)
    retry = None
    if newest.says_gone:
        retry = retry_of_missed(next(one.time for one in row if one.says_gone), newest.time)
    elif row:
        first = row[0].time
        retry = retry_of_failed(min(first, failing_since or first), newest.time)
    visit = next_visit(url, item, newest.time)
    return min(visit, retry) if retry else visit


def _row_without_content(captures: Sequence[ItemCapture]) -> list[ItemCapture]:
    """The captures since the page was last seen, or led on."""
    row: list[ItemCapture] = []
    for one in reversed(captures):
        if one.shows_content or one.leads_on:
            break
        row.append(one)
    return row[::-1]


def appeared(published: str, first_seen: datetime) -> Appeared:
    """From which moment an article's visits are counted, by its `published`.

    A day alone stands for its end: sooner would pass over visits of the first hours. What has been
    seen was published by then, whatever the page says: one that shows today's date, always, must
    not be asked for ever as if it were new.
    """
    try:
        if len(published) > len("2026-03-04"):
            said = moment(published)
        else:
            next_day = date.fromisoformat(published) + timedelta(days=1)
            said = datetime.combine(next_day, time(), ALMATY)
    except (ValueError, OverflowError):
        said = first_seen
    return Appeared(published=min(said, first_seen), first_seen=first_seen)


def next_visit(url: str, item: Appeared, asked: datetime) -> datetime:
    """When an article is looked at again that was last asked for at this moment: at the next rung.
    Rungs that were missed meanwhile lie behind it: one visit makes up for all of them.

    >>> began = datetime(2026, 3, 2)
    >>> new = Appeared(published=began, first_seen=began)
    >>> for hours in (0, 0.6, 20, 24 * 31, 24 * 211):
    ...     print(next_visit("", new, began + timedelta(hours=hours)) - began)
    0:30:00
    1:00:00
    1 day, 0:00:00
    210 days, 0:00:00
    390 days, 0:00:00
    """
    for rung in RUNGS:
        if item.published + rung > asked:
            return item.published + rung
    first = _first_later_visit(url, item)
    periods = max(0, (asked - first) // LATER_EVERY + 1)
    return first + periods * LATER_EVERY


def retry_of_missed(first: datetime, last: datetime) -> datetime | None:
    """When a page is looked for, beside its visits, that was missed first and last then."""
    return next((first + after for after in _MISSED if first + after > last), None)


def retry_of_failed(first: datetime, last: datetime) -> datetime | None:
    """When a stored article is asked for again, beside its visits, that failed first and last then:
    as often as any address, but only for a week. Its text is stored.
    """
    return retry_at(first, last) if last - first < _RETRIED_FOR else None


def _first_later_visit(url: str, item: Appeared) -> datetime:
    """The first visit after the last rung. Articles that were new when they were first seen lie
    apart by their publication. Those that a backfill brought, thousands in a day, are spread by
    their addresses.
    """
    if item.first_seen < item.published + RUNGS[-1]:
        return item.published + RUNGS[-1] + LATER_EVERY
    digest = hashlib.sha256(url.encode()).digest()
    share = (int.from_bytes(digest[:4], "big") + 1) / 2**32
    return item.first_seen + share * LATER_EVERY
