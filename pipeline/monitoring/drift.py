"""Whether a source still brings what it should, by its facts and its own past.

Each check returns a sentence that says where the source falls short, or None. The moment up to
which it was watched is an argument.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise, takewhile
from statistics import median

from pipeline.clock import almaty_day
from pipeline.counted import counted
from pipeline.model.source import Expect

_MIN_PAGES = 5
"""A share is taken of so many pages at least, with those of earlier crawls where need be."""
_MIN_PAST_PAGES = 20
"""Fewer pages before them are no past to compare with."""
_MAX_ODD_PAGES = 1
"""So few pages that the layout can't read are no drift: every site has odd ones."""
_MAX_WEEKS = 8
_MIN_WEEKS = 4
_MIN_WEEKLY_ITEMS = 8
"""Where fewer items a week are typical, a week may have any number of them."""
_MAX_DAYS_UNWATCHED = 1
"""A week with more days without a crawl was not watched through."""
_MIN_WAITS = 4
_MIN_SILENCE = timedelta(hours=24)
_MAX_TIME_WITHOUT_ARTICLES = timedelta(days=3)
_MAX_TIME_WITHOUT_NEWS = timedelta(days=2)
"""Some sitemaps are made anew once a day only."""
_MIN_FOUND_ELSEWHERE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesRead:
    """How many article pages a crawl could read, and how many of them by the source's layouts."""

    read: int
    by_layout: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What was seen of a source by watching it."""

    first_crawl: datetime | None
    """When the first crawl that came to its end began; None before there is one."""
    crawl_days: frozenset[date] = frozenset()
    """The days (UTC) of such crawls, for the last weeks."""
    items: Mapping[date, int]
    """How many articles are known of each day of publication, for the last weeks."""
    published: Sequence[datetime] = ()
    """When the newest items were published."""
    newly_seen: datetime | None = None
    """When something new was last seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayUse:
    """How a way of finding was last used, and what it gave."""

    way: str
    asked: datetime
    gave: datetime | None
    """When it last named an article, or answered that nothing has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """When an address became known, and which ways of finding name it."""

    found: datetime
    ways: frozenset[str]


def layout_falls(crawls: Sequence[PagesRead], expect: Expect) -> str | None:
    """Says that the source's layouts read fewer pages than they should, or far fewer than before.

    `crawls` are the newest first. A crawl that read few pages is counted with those before it.
    """
    count = _crawls_with(_MIN_PAGES, crawls)
    recent, past = _together(crawls[:count]), _together(crawls[count:])
    weaker = recent.read - recent.by_layout
    if recent.read < _MIN_PAGES or weaker <= _MAX_ODD_PAGES:
        return None
    said = f"only {recent.by_layout} of {recent.read} pages were read by the source's own layout"
    has_past = past.read >= _MIN_PAST_PAGES
    before = f", of the {past.read} before them {past.by_layout}" if has_past else ""
    if recent.by_layout < expect.read_by_layout * recent.read:
        return f"{said}{before}; {expect.read_by_layout:.0%} are expected"
    fell = recent.by_layout * past.read * 4 < past.by_layout * recent.read * 3
    return f"{said}{before}" if has_past and fell else None


def week_falls(watched: Watched, expect: Expect, at: datetime) -> str | None:
    """Says that the last full week (Monday to Sunday, in Almaty) brought too few items: fewer than
    the source's facts expect or, where they say nothing, less than half of the median of the four
    to eight weeks before. Only weeks that were watched through count.
    """
    today = almaty_day(at)
    monday = today - timedelta(days=today.weekday() + 7)
    mondays = (monday - timedelta(weeks=back) for back in range(_MAX_WEEKS + 1))
    weeks = [
        _items_of(watched, one)
        for one in takewhile(lambda one: _is_watched_through(watched, one), mondays)
    ]
    if not weeks:
        return None
    last, before = weeks[0], weeks[1:]
    said = f"only {counted(last, 'item')} in the week from {monday}"
    if expect.items_per_week is not None:
        fewest = expect.items_per_week[0]
        return f"{said}; at least {fewest} are expected" if last < fewest else None
    if len(before) < _MIN_WEEKS:
        return None
    typical = median(before)
    fell = typical >= _MIN_WEEKLY_ITEMS and last * 2 < typical
    return f"{said}; the {len(before)} weeks before had about {typical:g}" if fell else None


def silence(watched: Watched, at: datetime) -> str | None:
    """Says that a source has published nothing for three times the typical time between two
    publications, and for 24 hours at least. It must have been watched for all that time.
    """
    moments = sorted({moment for moment in watched.published if moment <= at})
    if watched.first_crawl is None or len(moments) <= _MIN_WAITS:
        return None
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    typical = timedelta(seconds=median(waits))
    newest = moments[-1]
    since = max(newest, watched.first_crawl, watched.newly_seen or newest)
    if at - since <= max(3 * typical, _MIN_SILENCE):
        return None
    return (
        f"nothing new was published since {almaty_day(newest)}; "
        f"usually there is something every {_duration_text(typical)}"
    )


def stopped_ways(ways: Iterable[WayUse], news: Sequence[News]) -> list[str]:
    """Says which ways of finding have stopped: those that name no article any more, and those that
    name none of the new ones that the others name.
    """
    return [said for way in ways if (said := _has_stopped(way, news)) is not None]


def _crawls_with(pages: int, crawls: Sequence[PagesRead]) -> int:
    """How many of the newest crawls read so many pages together; all, if they did not."""
    read = 0
    for count, one in enumerate(crawls, start=1):
        read += one.read
        if read >= pages:
            return count
    return len(crawls)


def _together(crawls: Sequence[PagesRead]) -> PagesRead:
    return PagesRead(
        read=sum(one.read for one in crawls), by_layout=sum(one.by_layout for one in crawls)
    )


def _week(monday: date) -> list[date]:
    return [monday + timedelta(days=more) for more in range(7)]


def _items_of(watched: Watched, monday: date) -> int:
    return sum(watched.items.get(day, 0) for day in _week(monday))


def _is_watched_through(watched: Watched, monday: date) -> bool:
    """Whether a week was watched from its beginning to its end."""
    if watched.first_crawl is None or almaty_day(watched.first_crawl) >= monday:
        return False
    return len(watched.crawl_days.intersection(_week(monday))) >= 7 - _MAX_DAYS_UNWATCHED


def _has_stopped(use: WayUse, news: Sequence[News]) -> str | None:
    if use.gave is None:
        return None
    if use.asked - use.gave >= _MAX_TIME_WITHOUT_ARTICLES:
        return f"{use.way}: has named no article since {almaty_day(use.gave)}, as it did before"
    own = max((one.found for one in news if use.way in one.ways), default=None)
    if own is None or use.asked - own < _MAX_TIME_WITHOUT_NEWS:
        return None
    others = sum(own < one.found <= use.asked for one in news)
    if others < _MIN_FOUND_ELSEWHERE:
        return None
    return (
        f"{use.way}: has found nothing new since {almaty_day(own)}, "
        f"while other ways found {others} addresses"
    )


def _duration_text(wait: timedelta) -> str:
    minutes = round(wait.total_seconds() / 60)
    if minutes < 120:
        return f"{max(minutes, 1)} minutes"
    return f"{minutes / 60:.0f} hours" if minutes < 48 * 60 else f"{minutes / 60 / 24:.0f} days"
