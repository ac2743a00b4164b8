"""Which addresses are asked next: the table `addresses` is the frontier."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlite_utils import Database

from pipeline.addresses import Site
from pipeline.clock import stamp
from spiders.replay import Replay

if TYPE_CHECKING:
    from spiders.session import Limit

_AT_ONCE = 100


class Frontier:
    """Hands out the addresses of one source that are due, each once a crawl, newest first."""

    def __init__(
        self,
        db: Database,
        site: Site,
        crawl: int,
        limit: "Limit",
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
        handed: list[str] = []
        for url, has_item in self._candidates(now):
            if len(handed) == count:
                break
            if self._replay is not None and not self._replay.holds(url):
                continue
            if has_item or self._limit.take():
                self._db.execute(
                    "UPDATE addresses SET asked_in = ? WHERE url = ?", (self._crawl, url)
                )
                handed.append(url)
        return handed

    def absent(self) -> int:
        """In a replay: how many known addresses without an item it does not hold."""
        if self._replay is None:
            return 0
        holds: Callable[[str], bool] = self._replay.holds
        rows = self._db.execute(
            "SELECT url FROM addresses WHERE source = ? AND item IS NULL", (self._site.source.name,)
        )
        return sum(not holds(row[0]) for row in rows.fetchall())

    def waiting(self, now: datetime) -> int:
        """How many addresses are due and not yet asked in this crawl."""
        return len(self._candidates(now))

    def _candidates(self, now: datetime) -> list[tuple[str, bool]]:
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
        return [(row[0], bool(row[1])) for row in rows.fetchall()]

    def _reachable(self) -> str:
        """Live, only the source's own host is asked; its older hosts live on in captures."""
        return "%" if self._replay is not None else f"{self._site.source.base_url}/%"
