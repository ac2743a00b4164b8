"""The one spider: robots.txt, listings, then what the frontier holds."""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from twisted.python.failure import Failure as TwistedFailure

from spiders.articles import Articles
from spiders.entrance import Entrance
from spiders.listings import Listings
from spiders.robots import EVERYTHING
from spiders.session import Session


class PressSpider(Spider):
    """Crawls one source: addresses → requests → captures → what they turned out to be."""

    name = "press"

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(name=session.source.name, **kwargs)
        self.session = session
        self.robots = EVERYTHING
        self._listings = Listings(self)
        self._articles = Articles(self)
        self._entrance = Entrance(self, self._listings.start)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.ask_more, signal=signals.spider_idle)
        for broken in (signals.spider_error, signals.item_error):
            crawler.signals.connect(spider.break_off, signal=broken)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """robots.txt first, and nothing beside it; in a replay, the listings at once."""
        if self.session.replay is None:
            yield self._entrance.ask()
        else:
            for request in self._listings.start():
                yield request

    def ask_more(self) -> None:
        """When all that was asked is answered: the next addresses of the frontier."""
        session = self.session
        session.flush()
        if session.is_over:
            return
        due = session.frontier.due(session.clock())
        assert self.crawler.engine is not None
        for url in due:
            request = self._articles.ask(url)
            if request is not None:
                self.crawler.engine.crawl(request)
        if due:
            raise DontCloseSpider

    def break_off(self, failure: TwistedFailure) -> None:
        """What was not foreseen ends the crawl: it must not look like one without news."""
        self.session.fail(f"the crawl broke off: {failure.value!r}")
