"""Hands out the addresses that a crawl is to ask."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from sqlite_utils import Database

from pipeline.frontier.backfills import Backfill
from pipeline.frontier.known_addresses import absent_addresses, addresses_without_item
from pipeline.frontier.next_addresses import (
    Asker,
    BackfillDays,
    among,
    count_never_asked,
    mark_asked,
    never_asked,
    to_ask_again,
)
from pipeline.model.source import Site
from pipeline.store.transactions import writing
from spiders.crawl.counts import Limit
from spiders.replay import Replay

_AT_ONCE = 100


class Frontier:
    """Hands out the addresses of one source that are to be asked, each once a crawl."""

    def __init__(
        self,
        db: Database,
        site: Site,
        crawl: int,
        limit: Limit,
        *,
        full: bool,
        only: tuple[str, ...],
        replay: Replay | None,
        backfill: Backfill | None = None,
        began: datetime | None = None,
    ) -> None:
        self._db = db
        self._crawl = crawl
        self._limit = limit
        self._full = full
        self._only = only
        self._replay = replay
        self._asker = Asker(
            source=site.source.name,
            crawl=crawl,
            base_url=site.source.base_url if replay is None else None,
        )
        """Live, only the source's own host is asked; its older hosts live on in captures."""
        self._backfill = backfill
        self._began = began
        """When the crawl began."""
        self.retried: set[str] = set()
        """Addresses without an item that are asked once more."""

    def new(
        self, count: int = _AT_ONCE, *, late: bool = False, but: frozenset[str] = frozenset()
    ) -> list[str]:
        """The next addresses that were never asked, the newest first, marked as asked in this
        crawl. What a backfill found is left to it, and it asks for its own days alone; with `late`
        also for what was changed after them, and may have been published on them, but for the
        languages in `but`.
        """
        if self._only:
            return []
        days = self._days(with_modified_later=late)
        replay = self._replay is not None
        rows = partial(
            never_asked, self._db, self._asker, days=days, with_backfills=replay,
            exclude_languages=but,
        )  # fmt: skip
        return list(self._hand_out(rows, count))

    def due(self, now: datetime, count: int = _AT_ONCE) -> list[str]:
        """The next addresses to ask again: failed ones, then items whose visit is due. In a
        replay and with `--full` that is all that are known, else those whose time has come. In a
        backfill it is those of its days.
        """
        days = self._days()
        if self._only:
            rows = partial(among, self._db, self._asker, self._only, days=days)
        else:
            due = None if self._full or self._replay is not None else now
            rows = partial(to_ask_again, self._db, self._asker, due=due, days=days)
        handed = self._hand_out(rows, count)
        self.retried |= handed.keys() - {url for url, has_item in handed.items() if has_item}
        return list(handed)

    def counted_in_vain(self) -> list[str]:
        """The numbered addresses that this crawl asked for and that were never there."""
        return absent_addresses(self._db, self._asker.source, self._crawl)

    def absent(self) -> int:
        """In a replay: how many known addresses without an item it does not hold; else how many
        numbers were counted up to in vain.
        """
        if self._replay is None:
            return len(self.counted_in_vain())
        urls = addresses_without_item(self._db, self._asker.source)
        return sum(not self._replay.holds(url) for url in urls)

    def left(self) -> int:
        """How many addresses of the backfill were never asked."""
        days = self._days()
        return count_never_asked(self._db, self._asker.source, days) if days else 0

    def _days(self, *, with_modified_later: bool = False) -> BackfillDays | None:
        if self._backfill is None:
            return None
        return BackfillDays(
            since=self._backfill.since, until=self._backfill.until, began=self._began,
            with_modified_later=with_modified_later,
        )  # fmt: skip

    def _hand_out(
        self, rows: Callable[[], Iterator[tuple[str, bool]]], count: int
    ) -> dict[str, bool]:
        """The next addresses, each with whether it has an item."""
        with writing(self._db):
            handed: dict[str, bool] = {}
            for url, has_item in rows():
                if self._replay is not None and not self._replay.holds(url):
                    continue
                if has_item or self._limit.take():
                    handed[url] = has_item
                if len(handed) == count:
                    break
            mark_asked(self._db, self._crawl, handed)
        return handed
