"""What a source should bring, by its facts and by its own past, and what it brings: sentences that
say where it falls short. The moment up to which it was watched is told, never asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise, takewhile
from statistics import median

from pipeline.clock import almaty_day
from pipeline.model.source import Expect

_FEWEST_PAGES = 5
"""A share is taken of so many pages at least, of earlier crawls where one read fewer."""
_PAST_PAGES = 20
"""So many pages before them make a past."""
_ODD_PAGES = 1
"""So many pages that the layout can't read are no drift: every site has odd ones."""
_MOST_WEEKS = 8
_FEWEST_WEEKS = 4
_USUAL_WEEK = 8
"""Where fewer items a week are usual, a week may have any number."""
_DAYS_OFF = 1
"""A week was watched through if so many days went by without a crawl at most."""
_FEWEST_GAPS = 4
_SHORTEST_SILENCE = timedelta(hours=24)
_WITHOUT_ARTICLES = timedelta(days=3)
_NOTHING_NEW = timedelta(days=2)
"""A sitemap may be made anew once a day only."""
_ELSEWHERE = 20


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
    """That the source's layouts read less than they should, or far less than they did; `crawls`
    are the newest first. A crawl that read few pages is taken together with those before it.
    """
    count = _crawls_with(_FEWEST_PAGES, crawls)
    recent, past = _together(crawls[:count]), _together(crawls[count:])
    weaker = recent.read - recent.by_layout
    if recent.read < _FEWEST_PAGES or weaker <= _ODD_PAGES:
        return None
    said = f"only {recent.by_layout} of {recent.read} pages were read by the source's own layout"
    has_past = past.read >= _PAST_PAGES
    before = f", of the {past.read} before them {past.by_layout}" if has_past else ""
    if recent.by_layout < expect.read_by_layout * recent.read:
        return f"{said}{before}; {expect.read_by_layout:.0%} are expected"
    fell = recent.by_layout * past.read * 4 < past.by_layout * recent.read * 3
    return f"{said}{before}" if has_past and fell else None


def week_falls(watched: Watched, expect: Expect, at: datetime) -> str | None:
    """That the last full week (Monday to Sunday, in Almaty) brought too little: fewer items than
    the fewest expected, or, where nobody knows what to expect, less than half of what the four to
    eight weeks before brought. Only weeks that were watched through count.
    """
    today = almaty_day(at)
    monday = today - timedelta(days=today.weekday() + 7)
    mondays = (monday - timedelta(weeks=back) for back in range(_MOST_WEEKS + 1))
    weeks = [
        _items_of(watched, one) for one in takewhile(lambda one: _is_through(watched, one), mondays)
    ]
    if not weeks:
        return None
    last, before = weeks[0], weeks[1:]
    said = f"only {last} item{'' if last == 1 else 's'} in the week from {monday}"
    if expect.items_per_week is not None:
        fewest = expect.items_per_week[0]
        return f"{said}; at least {fewest} are expected" if last < fewest else None
    if len(before) < _FEWEST_WEEKS:
        return None
    usual = median(before)
    fell = usual >= _USUAL_WEEK and last * 2 < usual
    return f"{said}; the {len(before)} weeks before had about {usual:g}" if fell else None


def is_silent(watched: Watched, at: datetime) -> str | None:
    """That a source has published nothing for three times the usual while between two
    publications, and for 24 hours at least, all of which it was watched.
    """
    moments = sorted({moment for moment in watched.published if moment <= at})
    if watched.first_crawl is None or len(moments) <= _FEWEST_GAPS:
        return None
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    usual = timedelta(seconds=median(waits))
    newest = moments[-1]
    since = max(newest, watched.first_crawl, watched.newly_seen or newest)
    if at - since <= max(3 * usual, _SHORTEST_SILENCE):
        return None
    return (
        f"nothing new was published since {almaty_day(newest)}; "
        f"usually there is something every {_spelled(usual)}"
    )


def stopped_ways(ways: Iterable[WayUse], news: Sequence[News]) -> list[str]:
    """Which ways of finding have stopped: they name no article any more, or none of those that
    the others name.
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


def _together(crawls: Iterable[PagesRead]) -> PagesRead:
    read = by_layout = 0
    for one in crawls:
        read, by_layout = read + one.read, by_layout + one.by_layout
    return PagesRead(read=read, by_layout=by_layout)


def _week(monday: date) -> list[date]:
    return [monday + timedelta(days=more) for more in range(7)]


def _items_of(watched: Watched, monday: date) -> int:
    return sum(watched.items.get(day, 0) for day in _week(monday))


def _is_through(watched: Watched, monday: date) -> bool:
    """Whether a week was watched from its beginning to its end."""
    if watched.first_crawl is None or almaty_day(watched.first_crawl) >= monday:
        return False
    return len(watched.crawl_days.intersection(_week(monday))) >= 7 - _DAYS_OFF


def _has_stopped(use: WayUse, news: Sequence[News]) -> str | None:
    if use.gave is None:
        return None
    if use.asked - use.gave >= _WITHOUT_ARTICLES:
        return f"{use.way}: has named no article since {almaty_day(use.gave)}, as it did before"
    own = max((one.found for one in news if use.way in one.ways), default=None)
    if own is None or use.asked - own < _NOTHING_NEW:
        return None
    others = sum(own < one.found <= use.asked for one in news)
    if others < _ELSEWHERE:
        return None
    return (
        f"{use.way}: has found nothing new since {almaty_day(own)}, "
        f"while other ways found {others} addresses"
    )


def _spelled(wait: timedelta) -> str:
    minutes = round(wait.total_seconds() / 60)
    if minutes < 120:
        return f"{max(minutes, 1)} minutes"
    return f"{minutes / 60:.0f} hours" if minutes < 48 * 60 else f"{minutes / 60 / 24:.0f} days"
