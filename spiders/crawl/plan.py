"""The questions that a crawl's plan answers.

The ways of finding and the frontier ask the plan, so that none of them knows whether it is news
that is looked for, the days of a backfill, or what replayed files hold.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from pipeline.archive.replay_index import Replay
from pipeline.frontier.backfills import Backfill
from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Found
from spiders.network.http_answer import MAX_REFUSED_IN_A_ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePast:
    """What is known of an archive by day before a crawl asks it."""

    last_asked: datetime | None = None
    newest_walked: date | None = None
    """The newest day whose page was walked to its end."""
    newest_item: date | None = None
    """The day of the source's newest item, up to today."""
    proven: frozenset[date] = frozenset()
    """Days that are proven complete."""
    newest_named: tuple[date, ...] = ()
    """The two newest days up to today that any way of finding gives an article."""
    held: frozenset[date] = frozenset()
    """Days whose pages the replayed files hold."""


class Plan(ABC):
    """What one crawl looks for. Where a plan does not answer a question itself, all that there is
    is looked for.
    """

    full: bool = False
    """Whether all that was asked before is asked again, due or not."""
    replay: Replay | None = None
    """The files that answer instead of the site, of its former hosts too."""
    is_sample: ClassVar[bool] = False
    """Whether some of each kind is enough: a few of the newest articles, asked after all entry
    points, and each address once, however it answers."""
    most_refusals: ClassVar[int] = MAX_REFUSED_IN_A_ROW
    """So many refused articles in a row end the crawl."""
    most_sitemaps: ClassVar[int | None] = None
    """How many of the sitemaps that one names are asked, the newest; None for no bound."""
    stops_at_known: ClassVar[bool] = False
    """Whether a walk ends where the last complete one began."""

    @property
    def backfill(self) -> Backfill | None:
        """The days that are looked for; None where it is news."""
        return None

    @property
    def backfill_id(self) -> int | None:
        """The id of that backfill."""
        return self.backfill.id if self.backfill else None

    @property
    def remembers(self) -> bool:
        """Whether what the entry points answer is kept for the next crawl: files say nothing of
        the site now.
        """
        return self.replay is None

    @property
    def bounds_linked(self) -> bool:
        """Whether of the entry points that pages link to only so many are asked as are due, and not
        all that are known.
        """
        return False

    def holds(self, url: str) -> bool:
        """Whether there may be an answer for a public address."""
        return self.replay is None or self.replay.holds(url)

    def news_beside(self) -> "Plan | None":
        """What is looked for once an hour beside this, which may take days; None for nothing."""
        return None

    @abstractmethod
    def is_due(self, entry_point: EntryPoint, now: datetime) -> bool:
        """Whether a listing, a feed, or a sitemap that no other names is asked."""

    @abstractmethod
    def wants_sitemap(self, entry_point: EntryPoint, changed: date | None, now: datetime) -> bool:
        """Whether a sitemap is asked that another names, as changed on this day if it says so."""

    def doubts(self, entry_point: EntryPoint, now: datetime) -> bool:
        """Whether it is time to ask a sitemap that is not wanted, since what the other says of it
        may be untrue; of these, a few are asked in each crawl.
        """
        return False

    def sitemap_horizon(self, entry_point: EntryPoint, now: datetime) -> date | None:
        """The first day of change from which on a sitemap's articles may be news; None where all
        that are wanted are taken.
        """
        return None

    def may_be_unchanged(self, entry_point: EntryPoint) -> bool:
        """Whether an entry point may be asked conditionally, to answer that nothing is new."""
        return False

    def always_second_page(self, entry_point: EntryPoint, now: datetime) -> bool:
        """Whether a walk that may end at what is known looks at the second page in any case: what
        is pinned to the first may hide that something is new.
        """
        return False

    def most_pages(self, entry_point: EntryPoint) -> int | None:
        """After how many pages a walk ends at the latest; None for no bound."""
        return None

    def wanted(self, found: Iterable[Found]) -> list[Found]:
        """Those addresses that become known."""
        return list(found)

    def changed_before(self, found: Iterable[Found]) -> list[Found]:
        """Those of a sitemap's articles that are not wanted for the one reason that they are said
        to have been changed last before all wanted days: they are asked for late.
        """
        return []

    def is_too_old(self, day: date) -> bool:
        """Whether a day lies before all that are wanted."""
        return False

    @abstractmethod
    def archive_days(self, past: ArchivePast, now: datetime) -> list[date]:
        """The days of an archive that are asked, in this order."""
