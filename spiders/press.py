"""The one spider: robots.txt, listings, then what the frontier holds."""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from twisted.python.failure import Failure as TwistedFailure

from spiders.crawl.articles import Articles
from spiders.crawl.robots_gate import RobotsGate
from spiders.crawl.session import Session
from spiders.discovery.finder import Finder
from spiders.discovery.shallow import articles_to_look_at, numbers_to_look_at
from spiders.network.robots import EVERYTHING


class PressSpider(Spider):
    """Crawls one source: addresses → requests → captures → what they turned out to be."""

    name = "press"

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(name=session.source.name, **kwargs)
        self.session = session
        self.robots = EVERYTHING
        self.finder = Finder(self)
        self._articles = Articles(self)
        self._looks = iter((numbers_to_look_at, articles_to_look_at))
        self._entrance = RobotsGate(self, self.finder.start)

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
            for request in self.finder.start():
                yield request

    def ask_more(self) -> None:
        """When all that was asked is answered: articles that were never asked, else what finds
        more of them, else articles that are due again.
        """
        self.session.flush()
        while not self.session.is_over:
            requests = self._next()
            if requests is None:
                return
            if self._send(requests):
                raise DontCloseSpider

    def _next(self) -> list[Request] | None:
        """What to ask next; an empty list where that has to be looked up again, None at the end."""
        frontier, now = self.session.frontier, self.session.clock()
        if self.session.shallow is not None:
            return self._next_of_check()
        self.session.places_left = self.finder.left
        self.session.addresses_left = frontier.left()
        if news := self.finder.news():
            return news
        if due := frontier.new():
            return self._articles.requests(due)
        if not self.session.limit.is_reached:
            found = self.finder.more()
            if found is not None:
                return found
            if late := frontier.new(late=True, but=self.finder.languages_by_day):
                return self._articles.requests(late)
            self.session.found_all = self.finder.is_complete()
        return self._articles.requests(again) if (again := frontier.due(now)) else None

    def _next_of_check(self) -> list[Request] | None:
        """Further pages and days, then numbers, then the newest articles."""
        session = self.session
        found = self.finder.more()
        if found is not None:
            return found
        for addresses in self._looks:
            if urls := session.frontier.these(addresses(session)):
                return self._articles.requests(urls)
        return None

    def _send(self, requests: list[Request]) -> bool:
        assert self.crawler.engine is not None
        for request in requests:
            self.crawler.engine.crawl(request)
        return bool(requests)

    def break_off(self, failure: TwistedFailure) -> None:
        """What was not foreseen ends the crawl: it must not look like one without news."""
        self.session.fail(f"the crawl broke off: {failure.value!r}")
