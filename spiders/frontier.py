"""Which addresses are asked next: the table `addresses` is the frontier."""

from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from pipeline.addresses import Site
from pipeline.clock import stamp
from pipeline.store import writing
from spiders.counts import Limit
from spiders.replay import Replay

_AT_ONCE = 100


class Frontier:
    """Hands out the addresses of one source that are due, each once a crawl, newest first."""

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
    ) -> None:
        self._db = db
        self._site = site
        self._crawl = crawl
        self._limit = limit
        self._full = full
        self._only = only
        self._replay = replay

    def due(self, now: datetime, count: int = _AT_ONCE) -> list[str]:
        """The next addresses to ask, marked as asked in this crawl; none when all are done."""
        with writing(self._db):
            handed = self._handed_out(now, count)
            self._db.conn.executemany(
                "UPDATE addresses SET asked_in = ? WHERE url = ?",
                [(self._crawl, url) for url in handed],
            )
        return handed

    def absent(self) -> int:
        """In a replay: how many known addresses without an item it does not hold."""
        if self._replay is None:
            return 0
        rows = self._db.execute(
            "SELECT url FROM addresses WHERE source = ? AND item IS NULL", (self._site.source.name,)
        )
        return sum(not self._replay.holds(row[0]) for row in rows)

    def _handed_out(self, now: datetime, count: int) -> list[str]:
        handed: list[str] = []
        for url, has_item in self._candidates(now):
            if self._replay is not None and not self._replay.holds(url):
                continue
            if has_item or self._limit.take():
                handed.append(url)
            if len(handed) == count:
                break
        return handed

    def _candidates(self, now: datetime) -> Iterator[tuple[str, bool]]:
        if self._only:
            marks = ", ".join("?" * len(self._only))
            where, values = f"url IN ({marks})", list(self._only)
        elif self._full or self._replay is not None:
            where, values = "1", []
        else:
            where = "(state = 'found' OR next_try <= ?)"
            values = [stamp(now)]
        rows = self._db.execute(
            f"SELECT url, item IS NOT NULL FROM addresses WHERE source = ?"
            f" AND (asked_in IS NULL OR asked_in != ?) AND url LIKE ? AND {where}"
            " ORDER BY (state != 'found'), (item IS NOT NULL), found_at DESC, rowid",
            [self._site.source.name, self._crawl, self._reachable(), *values],
        )
        return ((row[0], bool(row[1])) for row in rows)

    def _reachable(self) -> str:
        """Live, only the source's own host is asked; its older hosts live on in captures."""
        return "%" if self._replay is not None else f"{self._site.source.base_url}/%"
