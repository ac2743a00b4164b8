"""The one spider: robots.txt, listings, then what the frontier holds."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from twisted.python.failure import Failure as TwistedFailure

from kazpress.errors import is_for_the_operator
from spiders.crawl.articles import Articles
from spiders.crawl.robots_gate import RobotsGate
from spiders.crawl.session import Session
from spiders.discovery.finder import Finder
from spiders.discovery.sample import newest_articles, newest_numbers


class PressSpider(Spider):
    """Crawls one source: addresses → requests → captures → outcomes."""

    name = "press"
    session: Session

    def __init__(self, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if session is not None:
            self.name = session.source.name
            self.use(session)

    def use(self, session: Session) -> None:
        """Make this session the one to crawl for; once, and before the start."""
        self.session = session
        self.finder = Finder(session, self)
        self._articles = Articles(session, self)
        self._samples = iter((newest_numbers, newest_articles))
        self._robots_gate = RobotsGate(session, self.finder.start)

    async def start(self) -> AsyncIterator[Any]:
        """robots.txt first, and nothing beside it; in a replay, the listings at once."""
        signal = self.crawler.signals
        signal.connect(self.ask_more, signal=signals.spider_idle)
        for broken in (signals.spider_error, signals.item_error):
            signal.connect(self.break_off, signal=broken)
        if self.session.replay is None:
            yield self._robots_gate.ask()
        else:
            for request in self.finder.start():
                yield request

    def ask_more(self) -> None:
        """When all that was asked is answered: articles that were never asked, else what finds
        more of them, else articles that are due again.
        """
        self.session.queue.flush()
        while not self.session.is_over:
            requests = self._next()
            if requests is None:
                return
            if self._send(requests):
                raise DontCloseSpider

    def _next(self) -> list[Request] | None:
        """What to ask next; an empty list where that has to be looked up again, None at the end."""
        frontier, now = self.session.frontier, self.session.clock()
        delay = self.session.delay_seconds
        if self.session.plan.is_sample:
            return self._next_sample()
        self.session.progress.count(
            entry_points_left=self.finder.left,
            addresses_left=frontier.left(now, delay_seconds=delay),
            asked=len(self.session.counts.asked),
        )
        if news := self.finder.news():
            return news
        if beside := frontier.beside(now, delay_seconds=delay):
            return self._articles.requests(beside)
        if due := frontier.new():
            return self._articles.requests(due)
        if not self.session.limit.is_reached:
            found = self.finder.more()
            if found is not None:
                return found
            if late := frontier.new(
                with_modified_later=True, exclude_languages=self.finder.languages_by_day
            ):
                return self._articles.requests(late)
            if self.finder.find_changed_before():
                return []
            self._note_finding()
        again = frontier.due(now, delay_seconds=delay)
        return self._articles.requests(again) if again else None

    def _note_finding(self) -> None:
        """Note how far all that there is was found."""
        progress = self.session.progress
        progress.found_all = self.finder.is_complete()
        progress.languages_by_day = self.finder.languages_by_day
        progress.unproven_days = self.finder.unproven_days

    def _next_sample(self) -> list[Request] | None:
        """Further pages and days, then numbers, then the newest articles."""
        if found := self.finder.more():
            return found
        for sample in self._samples:
            if urls := self.session.frontier.these(sample(self.session)):
                return self._articles.requests(urls)
        return None

    def _send(self, requests: list[Request]) -> bool:
        assert self.crawler.engine is not None
        for request in requests:
            self.crawler.engine.crawl(request)
        return bool(requests)

    def break_off(self, failure: TwistedFailure) -> None:
        """What was not foreseen ends the crawl: it must not look like one without news."""
        error = failure.value
        if error is not None and is_for_the_operator(error):
            self.session.fail(f"the crawl can't go on: {error}")
        else:
            self.session.fail(f"the crawl broke off: {error!r}")
