"""The plans: news, the days of a backfill, what replayed files hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from pipeline.archive.replay_index import Replay
from pipeline.clock import almaty_day
from pipeline.frontier.backfills import Backfill
from pipeline.frontier.entry_points import EntryPoint
from pipeline.frontier.linked_entry_points import is_paused
from pipeline.model.capture import Found
from spiders.crawl.plan import ArchivePast, Plan

_GUESS_AGAIN = timedelta(days=7)
"""A feed or sitemap that was never there is looked for so often."""
_SITEMAP_AGAIN = timedelta(hours=1)
_UNDATED_SITEMAP_AGAIN = timedelta(days=1)
"""A sitemap of which its index tells no time is read so often."""
_OLD_SITEMAP_AGAIN = timedelta(days=7)
"""One of which its index says that it was not changed lately, so often: that may be untrue."""
_RECENT = timedelta(days=7)
"""How far back the first look at a sitemap goes."""
_OVERLAP = timedelta(days=2)
_ARCHIVE_AGAIN = timedelta(days=1)
_FIRST_ARCHIVE_DAYS = 3
_MOST_ARCHIVE_DAYS = 30
"""What lies further back is a backfill's."""
_FIRST_PAGES = 20
"""So far goes the first walk through an entry point."""
_MOST_PAGES = 1000
"""So far goes a later one; what lies further back is a backfill's."""


@dataclass(frozen=True, kw_only=True)
class NewsPlan(Plan):
    """What is new since the last crawl; with `full` every entry point and address is asked again,
    due or not.
    """

    full: bool = False
    stops_at_known: ClassVar[bool] = True

    def is_due(self, entry_point: EntryPoint, now: datetime) -> bool:
        """Listings and feeds always, sitemaps and what was never there now and then; ever more
        rarely what a page links to and that has led to no article.
        """
        if self.full or entry_point.asked_at is None:
            return True
        if entry_point.is_linked and entry_point.news_at is None and is_paused(entry_point, now):
            return False
        if entry_point.way == "listing":
            return True
        since = now - entry_point.asked_at
        if entry_point.answered_at is None:
            return not entry_point.is_complete or since >= _GUESS_AGAIN
        return entry_point.way == "feed" or since >= _SITEMAP_AGAIN

    @property
    def bounds_linked(self) -> bool:
        """Unless all is asked again."""
        return not self.full

    def wants_sitemap(self, entry_point: EntryPoint, changed: date | None, now: datetime) -> bool:
        """Those that were changed since the last look, or now and then where nothing says when."""
        if self.full:
            return True
        if changed is not None:
            return changed >= self.sitemap_horizon(entry_point, now)
        asked = entry_point.asked_at
        return asked is None or now - asked >= _UNDATED_SITEMAP_AGAIN

    def doubts(self, entry_point: EntryPoint, now: datetime) -> bool:
        """Once a week."""
        asked = entry_point.asked_at
        return asked is None or now - asked >= _OLD_SITEMAP_AGAIN

    def sitemap_horizon(self, entry_point: EntryPoint, now: datetime) -> date:
        """The last days, and back to the last complete look where that was longer ago."""
        recent = almaty_day(now) - _RECENT
        if entry_point.complete_at is None:
            return recent
        return min(recent, almaty_day(entry_point.complete_at) - _OVERLAP)

    def may_be_unchanged(self, entry_point: EntryPoint) -> bool:
        """Where all that the entry point held when it was last asked is known."""
        return entry_point.is_complete and not self.full

    def always_second_page(self, entry_point: EntryPoint, now: datetime) -> bool:
        """Of a listing, once on each day in Almaty."""
        if entry_point.way != "listing" or entry_point.complete_at is None:
            return False
        return almaty_day(entry_point.complete_at) < almaty_day(now)

    def most_pages(self, entry_point: EntryPoint) -> int:
        """Few in the first walk, which nothing else ends."""
        return _MOST_PAGES if entry_point.head else _FIRST_PAGES

    def archive_days(self, past: ArchivePast, now: datetime) -> list[date]:
        """Once a day, the days since the newest that was walked to its end, the oldest first: so an
        interrupted look leaves the newer ones to the next.
        """
        if past.last_asked is not None and now - past.last_asked < _ARCHIVE_AGAIN and not self.full:
            return []
        today = almaty_day(now)
        first = past.newest_walked or today - timedelta(days=_FIRST_ARCHIVE_DAYS - 1)
        back = min((today - first).days, _MOST_ARCHIVE_DAYS)
        return [today - timedelta(days=far) for far in range(back, -1, -1)]


@dataclass(frozen=True, kw_only=True)
class BackfillPlan(Plan):
    """All that was published on the days of a backfill, each entry point walked to its end once;
    with `full` also what is proven complete, and what was asked before.
    """

    span: Backfill
    full: bool = False

    @property
    def backfill(self) -> Backfill:
        """The days."""
        return self.span

    def news_beside(self) -> NewsPlan:
        """What is new meanwhile."""
        return NewsPlan(full=self.full)

    def is_due(self, entry_point: EntryPoint, now: datetime) -> bool:
        """What this backfill has not walked to its end."""
        return not entry_point.done

    def wants_sitemap(self, entry_point: EntryPoint, changed: date | None, now: datetime) -> bool:
        """Likewise, whenever it is said to have been changed: that may be untrue."""
        return not entry_point.done

    def wanted(self, found: Iterable[Found]) -> list[Found]:
        """Those that may be of its days, as far as their days are known; they are its own."""
        return [
            replace(one, backfill=self.span.id)
            for one in found
            if (one.latest is None or one.latest >= self.span.since)
            and (one.earliest is None or one.earliest <= self.span.until)
        ]

    def changed_before(self, found: Iterable[Found]) -> list[Found]:
        """Those of which nothing but such a day is known."""
        return [
            replace(one, backfill=self.span.id)
            for one in found
            if one.earliest is None and one.latest is not None and one.latest < self.span.since
        ]

    def is_too_old(self, day: date) -> bool:
        """Before its first day."""
        return day < self.span.since

    def archive_days(self, past: ArchivePast, now: datetime) -> list[date]:
        """Its days up to today that are not proven complete, the newest first; those after the
        newest item last, for a site that is frozen has nothing there.
        """
        today = almaty_day(now)
        proven = frozenset[date]() if self.full else past.proven
        days = [day for day in self.span.days if day <= today and day not in proven]
        newest = past.newest_item or today
        return sorted(days, key=lambda day: day > newest)


@dataclass(frozen=True, kw_only=True)
class ReplayPlan(Plan):
    """All that files hold of what `within` wants, whenever it was captured."""

    replay: Replay
    within: NewsPlan | BackfillPlan
    full: bool = field(default=True, init=False)

    @property
    def backfill(self) -> Backfill | None:
        """The days, if the replay is of some only."""
        return self.within.backfill

    def is_due(self, entry_point: EntryPoint, now: datetime) -> bool:
        """What the files hold."""
        return self.holds(entry_point.url)

    def wants_sitemap(self, entry_point: EntryPoint, changed: date | None, now: datetime) -> bool:
        """What the files hold."""
        return self.holds(entry_point.url)

    def wanted(self, found: Iterable[Found]) -> list[Found]:
        """As `within`."""
        return self.within.wanted(found)

    def changed_before(self, found: Iterable[Found]) -> list[Found]:
        """As `within`."""
        return self.within.changed_before(found)

    def is_too_old(self, day: date) -> bool:
        """As `within`."""
        return self.within.is_too_old(day)

    def archive_days(self, past: ArchivePast, now: datetime) -> list[date]:
        """The days whose pages the files hold, the newest first."""
        return sorted(past.held, reverse=True)


def plan_for(*, full: bool, replay: Replay | None, backfill: Backfill | None) -> Plan:
    """The plan that follows from what a crawl is asked for."""
    live = BackfillPlan(span=backfill, full=full) if backfill else NewsPlan(full=full)
    return ReplayPlan(replay=replay, within=live) if replay else live
