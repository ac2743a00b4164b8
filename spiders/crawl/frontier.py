"""Hands out the addresses that a crawl is to ask."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from sqlite_utils import Database

from pipeline.frontier.known_addresses import absent_addresses, addresses_without_item
from pipeline.frontier.next_addresses import (
    Asker,
    BackfillDays,
    among,
    count_never_asked,
    count_to_ask_again,
    mark_asked,
    never_asked,
    to_ask_again,
)
from pipeline.model.source import Site
from pipeline.store.transactions import writing
from spiders.crawl.counts import Limit
from spiders.crawl.plan import Plan

_ADDRESSES_AT_ONCE = 100


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

    def due(self, now: datetime, count: int = _ADDRESSES_AT_ONCE) -> list[str]:
        """The next addresses to ask again: failed ones, then items whose visit is due, or all of
        them where the plan says so. In a backfill it is those of its days.
        """
        days = self._days()
        if self._only:
            rows = partial(among, self._db, self._asker, self._only, days=days)
        else:
            due = None if self._plan.full else now
            rows = partial(to_ask_again, self._db, self._asker, due=due, days=days)
        handed = self._hand_out(rows, count)
        self.retried |= handed.keys() - {url for url, has_item in handed.items() if has_item}
        return list(handed)

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

    def left(self, now: datetime) -> int:
        """How many addresses are still to be asked: those that were never asked, as many as the
        limit lets pass, and those that are due again. About so many, in a replay.
        """
        days, due = self._days(), None if self._plan.full else now
        if self._only:
            return sum(1 for _ in among(self._db, self._asker, self._only, days=days))
        never = count_never_asked(
            self._db, self._asker, days=days, with_backfills=self._plan.replay is not None
        )
        again = count_to_ask_again(self._db, self._asker, due=due, days=days)
        return (never if self._limit.left is None else min(never, self._limit.left)) + again

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
