"""Hands out the addresses that a crawl is to ask."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlite_utils import Database

from pipeline.frontier.known_addresses import absent_addresses, addresses_without_item
from pipeline.frontier.next_addresses import (
    Asker,
    BackfillDays,
    among,
    asked_before,
    count_asked_before,
    count_due,
    count_never_asked,
    mark_asked,
    never_asked,
    retries_due,
    visits_due,
)
from pipeline.model.source import Site
from pipeline.store.transactions import writing
from spiders.crawl.counts import Limit
from spiders.crawl.plan import Plan

_ADDRESSES_AT_ONCE = 100
_VISITS_SECONDS = 300
_MOST_VISITS = 300
_LEAST_VISITS = 20
_BESIDE_EVERY = timedelta(hours=1)


def most_visits(delay_seconds: float) -> int:
    """How many stored articles a crawl looks at again: as many as five minutes have room for, at
    this delay between requests, so that the next look for news is not late. What is left stays due.

    >>> [most_visits(seconds) for seconds in (0, 1, 2, 60)]
    [300, 300, 150, 20]
    """
    room = int(_VISITS_SECONDS / delay_seconds) if delay_seconds else _MOST_VISITS
    return max(_LEAST_VISITS, min(_MOST_VISITS, room))


class Frontier:
    """Hands out the addresses of one source that are to be asked, each once a crawl."""

    def __init__(
        self,
        db: Database,
        site: Site,
        crawl: int,
        limit: Limit,
        plan: Plan,
        *,
        only: tuple[str, ...] = (),
        began: datetime | None = None,
    ) -> None:
        self._db = db
        self._crawl = crawl
        self._limit = limit
        self._plan = plan
        self._only = only
        self._asker = Asker(
            source=site.source.name,
            crawl=crawl,
            base_url=None if plan.replay else site.source.base_url,
        )
        """Live, only the source's own host is asked; its older hosts live on in captures."""
        self._began = began
        """When the crawl began."""
        self.retried: set[str] = set()
        """Addresses without an item that are asked once more."""
        self._visits = 0
        """Stored articles that were handed out to be looked at again; in a backfill, for the days
        that it looks for, or within the hour beside it."""
        self._beside_since = began

    def new(
        self,
        count: int = _ADDRESSES_AT_ONCE,
        *,
        with_modified_later: bool = False,
        exclude_languages: frozenset[str] = frozenset(),
    ) -> list[str]:
        """The next addresses that were never asked, the newest first, marked as asked in this
        crawl; none in `exclude_languages`, where an archive by day names all of its days.

        News leaves to a backfill what that has found. A backfill asks by the days between which an
        address was published, as far as these are known (a card or a feed tells the day itself, a
        sitemap the last one on which it may have been):

        ====================================  ======================  ===================
        known of the address                  asked                   with_modified_later
        ====================================  ======================  ===================
        no day                                yes                     yes
        the last day, before the days         no                      no
        the last day alone, one of the days   yes                     yes
        the last day alone, after the days    if they reach to today  yes
        both, all before the days             no                      no
        both, at least one of the days        yes                     yes
        both, all after the days              no                      no
        both after the days, and found as     yes                     yes
        news since the crawl began
        ====================================  ======================  ===================
        """
        if self._only:
            return []
        rows = partial(
            never_asked, self._db, self._asker,
            days=self._days(with_modified_later=with_modified_later),
            with_backfills=self._plan.replay is not None, exclude_languages=exclude_languages,
        )  # fmt: skip
        return list(self._hand_out(rows, count))

    def due(
        self, now: datetime, count: int = _ADDRESSES_AT_ONCE, *, delay_seconds: float = 0
    ) -> list[str]:
        """The next addresses to ask again: failed ones, then items whose visit is due, as many as
        `most_visits` allows a crawl; or all that were ever asked, where the plan says so. In a
        backfill it is those of its days.
        """
        days = self._days()
        if self._only:
            rows = partial(among, self._db, self._asker, self._only, days=days)
        elif self._plan.full:
            rows = partial(asked_before, self._db, self._asker, days=days)
        else:
            return self._due(now, days, count, delay_seconds)
        handed = self._hand_out(rows, count)
        self._note_retried(handed)
        return list(handed)

    def beside(self, now: datetime, *, delay_seconds: float = 0) -> list[str]:
        """In a backfill, which may take days: once an hour, what is due meanwhile of any day."""
        if self._plan.news_beside() is None or self._beside_since is None or self._only:
            return []
        if now - self._beside_since < _BESIDE_EVERY:
            return []
        self._beside_since, self._visits = now, 0
        return self._due(now, None, most_visits(delay_seconds), delay_seconds)

    def these(self, urls: Sequence[str]) -> list[str]:
        """Those of the addresses that were not asked in this crawl yet, in their order, marked as
        asked in it.
        """
        rows = partial(among, self._db, self._asker, urls, days=None)
        return sorted(self._hand_out(rows, len(urls)), key=urls.index)

    def missing_numbers(self) -> list[str]:
        """The numbered addresses that this crawl asked for and that were never there."""
        return absent_addresses(self._db, self._asker.source, self._crawl)

    def absent(self) -> int:
        """In a replay: how many known addresses without an item it does not hold; else how many
        numbers were missing.
        """
        if self._plan.replay is None:
            return len(self.missing_numbers())
        urls = addresses_without_item(self._db, self._asker.source)
        return sum(not self._plan.holds(url) for url in urls)

    def left(self, now: datetime, *, delay_seconds: float = 0) -> int:
        """How many addresses are still to be asked: those that were never asked, as many as the
        limit lets pass, and those that are due again. About so many, in a replay.
        """
        days = self._days()
        if self._only:
            return sum(1 for _ in among(self._db, self._asker, self._only, days=days))
        never = count_never_asked(
            self._db, self._asker, days=days, with_backfills=self._plan.replay is not None
        )
        return (never if self._limit.left is None else min(never, self._limit.left)) + (
            count_asked_before(self._db, self._asker, days=days)
            if self._plan.full
            else self._count_due(now, days, delay_seconds)
        )

    def _due(
        self, now: datetime, days: BackfillDays | None, count: int, delay_seconds: float
    ) -> list[str]:
        retries = partial(retries_due, self._db, self._asker, now, days=days)
        handed = self._hand_out(retries, count)
        self._note_retried(handed)
        room = min(count - len(handed), most_visits(delay_seconds) - self._visits)
        if room > 0:
            visits = partial(visits_due, self._db, self._asker, now, days=days)
            visited = self._hand_out(visits, room)
            self._visits += len(visited)
            handed |= visited
        return list(handed)

    def _note_retried(self, handed: dict[str, bool]) -> None:
        self.retried |= {url for url, has_item in handed.items() if not has_item}

    def _count_due(self, now: datetime, days: BackfillDays | None, delay_seconds: float) -> int:
        retries, visits = (
            count_due(self._db, self._asker, now, days=days, with_item=with_item)
            for with_item in (False, True)
        )
        return retries + min(visits, most_visits(delay_seconds) - self._visits)

    def _days(self, *, with_modified_later: bool = False) -> BackfillDays | None:
        backfill = self._plan.backfill
        if backfill is None:
            return None
        return BackfillDays(
            since=backfill.since, until=backfill.until, began=self._began,
            with_modified_later=with_modified_later,
        )  # fmt: skip

    def _hand_out(
        self, rows: Callable[[], Iterator[tuple[str, bool]]], count: int
    ) -> dict[str, bool]:
        """The next addresses, each with whether it has an item."""
        with writing(self._db):
            handed: dict[str, bool] = {}
            for url, has_item in rows():
                if not self._plan.holds(url):
                    continue
                if has_item or self._limit.take():
                    handed[url] = has_item
                if len(handed) == count:
                    break
            mark_asked(self._db, self._crawl, handed)
        return handed
