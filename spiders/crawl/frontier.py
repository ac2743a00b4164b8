"""Which addresses are asked next: the table `addresses` is the frontier."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlite_utils import Database

from pipeline.clock import almaty_day, stamp
from pipeline.frontier.backfills import Backfill
from pipeline.model.source import Site
from pipeline.store.database import writing
from spiders.crawl.counts import Limit
from spiders.crawl.plan import Plan

_AT_ONCE = 100
_OF_DAY = "coalesce((SELECT i.day FROM items i WHERE i.id = item), latest_day, ?)"
_NEWEST_FIRST = "latest_day DESC, number DESC, found_at DESC, rowid"


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
        self._site = site
        self._crawl = crawl
        self._limit = limit
        self._plan = plan
        self._only = only
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
        where, values = "1", list[Any]()
        if self._plan.backfill is not None:
            where, values = self._wanted_days(self._plan.backfill, late=late)
        elif not self._plan.from_files:
            where = "backfill IS NULL"
        languages = ", ".join("?" * len(but))
        where = f"state = 'found' AND {where} AND language NOT IN ({languages})"
        rows = partial(self._rows, where, [*values, *sorted(but)], _NEWEST_FIRST)
        return list(self._hand_out(rows, count))

    def due(self, now: datetime, count: int = _AT_ONCE) -> list[str]:
        """The next addresses to ask again: failed ones, then items whose visit is due. In a
        replay and with `--full` that is all that are known, else those whose time has come. In a
        backfill it is those of its days.
        """
        if self._only:
            marks = ", ".join("?" * len(self._only))
            where, values = f"url IN ({marks})", list(self._only)
        elif self._plan.asks_all_again:
            where, values = "state NOT IN ('found', 'absent')", []
        else:
            where, values = "state != 'found' AND next_try <= ?", [stamp(now)]
        if self._plan.backfill is not None:
            since, until = (
                self._plan.backfill.since.isoformat(),
                self._plan.backfill.until.isoformat(),
            )
            where += f" AND {_OF_DAY} BETWEEN ? AND ?"
            values += [since, since, until]
        order = "(item IS NOT NULL), found_at DESC, rowid"
        handed = self._hand_out(lambda: self._rows(where, values, order), count)
        self.retried |= handed.keys() - {url for url, has_item in handed.items() if has_item}
        return list(handed)

    def these(self, urls: Sequence[str]) -> list[str]:
        """Those of the addresses that were not asked in this crawl yet, in their order, marked as
        asked in it.
        """
        marks = ", ".join("?" * len(urls))
        rows = partial(self._rows, f"url IN ({marks})", [*urls], "rowid")
        handed = self._hand_out(rows, len(urls))
        return sorted(handed, key=urls.index)

    def counted_in_vain(self) -> list[str]:
        """The numbered addresses that this crawl asked for and that were never there."""
        rows = self._db.execute(
            "SELECT url FROM addresses WHERE source = ? AND state = 'absent' AND asked_in = ?",
            (self._site.source.name, self._crawl),
        )
        return [row[0] for row in rows]

    def absent(self) -> int:
        """In a replay: how many known addresses without an item it does not hold; else how many
        numbers were counted up to in vain.
        """
        if not self._plan.from_files:
            return len(self.counted_in_vain())
        rows = self._db.execute(
            "SELECT url FROM addresses WHERE source = ? AND item IS NULL", (self._site.source.name,)
        )
        return sum(not self._plan.holds(row[0]) for row in rows)

    def left(self) -> int:
        """How many addresses of the backfill were never asked."""
        if self._plan.backfill is None:
            return 0
        where, values = self._wanted_days(self._plan.backfill, late=False)
        row = self._db.execute(
            f"SELECT count(*) FROM addresses WHERE source = ? AND state = 'found' AND {where}",
            [self._site.source.name, *values],
        ).fetchone()
        return int(row[0])

    def _wanted_days(self, backfill: Backfill, *, late: bool) -> tuple[str, list[Any]]:
        """The condition for the addresses of a backfill's days, and for news found beside it."""
        since, until = backfill.since.isoformat(), backfill.until.isoformat()
        is_past = self._began is not None and backfill.until < almaty_day(self._began)
        first = "coalesce(earliest_day, latest_day)" if is_past and not late else "earliest_day"
        where = (
            f"(latest_day IS NULL OR latest_day >= ?) AND ({first} IS NULL OR {first} <= ?"
            " OR (backfill IS NULL AND found_at >= ?))"
        )
        return where, [since, until, stamp(self._began) if self._began else "9"]

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
            self._db.conn.executemany(
                "UPDATE addresses SET asked_in = ? WHERE url = ?",
                [(self._crawl, url) for url in handed],
            )
        return handed

    def _rows(self, where: str, values: list[Any], order: str) -> Iterator[tuple[str, bool]]:
        rows = self._db.execute(
            f"SELECT url, item IS NOT NULL FROM addresses WHERE source = ? AND {where}"
            f" AND (asked_in IS NULL OR asked_in != ?) AND url LIKE ? ORDER BY {order}",
            [self._site.source.name, *values, self._crawl, self._reachable()],
        )
        return ((row[0], bool(row[1])) for row in rows)

    def _reachable(self) -> str:
        """Live, only the source's own host is asked; its older hosts live on in captures."""
        return "%" if self._plan.from_files else f"{self._site.source.base_url}/%"
