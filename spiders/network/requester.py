"""What the network needs to know of the crawl that asks."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from scrapy.crawler import Crawler
from sqlite_utils import Database

from pipeline.archive.exchange import Exchange
from pipeline.archive.replay_index import Replay
from pipeline.model.capture import Capture
from pipeline.model.source import Site


class Requester(Protocol):
    """A crawl that asks a source: where, how often, for how long, and what it does with answers."""

    @property
    def site(self) -> Site:
        """The source, with the address where requests go."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """The time now, aware."""

    @property
    def delay_seconds(self) -> float:
        """Between two requests, at least."""

    @property
    def idle_seconds(self) -> float:
        """How long ago the source was asked last, when this began."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""

    @property
    def replay(self) -> Replay | None:
        """The files that answer instead of the site."""

    @property
    def db(self) -> Database:
        """Where the captures of earlier crawls are."""

    def count_request(self, public: str) -> None:
        """Count a request that is sent to a public address."""

    def keep(self, exchange: Exchange) -> Capture | None:
        """Append an exchange to the archive; None where it is not kept. Raises ArchiveError."""

    def fail(self, reason: str) -> None:
        """End the crawl."""


def requester_of(crawler: Crawler) -> Requester | None:
    """The session of a crawler's spider; None of a spider that has none, such as that of
    `scrapy shell`.
    """
    return getattr(crawler.spider, "session", None)
