"""Checks over the network: one request at a time, as slowly as a crawl, nothing kept."""

import logging
import math
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure as TwistedFailure

from pipeline.archive.exchange import Exchange
from pipeline.model.source import Site
from spiders.check.asker import Unanswered
from spiders.check.entry_point_step import Look
from spiders.check.look import Check, look_at
from spiders.network.http_answer import MAX_SITEMAP_BYTES
from spiders.network.no_answer import failure_reason
from spiders.network.redirect import Origin
from spiders.network.request import Handlers, request_for
from spiders.network.response import exchange_of
from spiders.run import StopSignal
from spiders.settings import scrapy_settings

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class CheckPacing:
    """How often a check asks its source: a `Pacing`."""

    origin: Origin
    clock: Callable[[], datetime]
    delay_seconds: float
    idle_seconds: float = math.inf
    is_over: bool = False
    replay: None = None

    @property
    def site(self) -> Site:
        """The source, with the address where requests go now."""
        return self.origin.site


class CheckSpider(Spider):
    """Asks what a check asks for, one address after the other."""

    name = "check"

    def __init__(self, check: Check, **kwargs: Any) -> None:
        super().__init__(name=check.site.source.name, **kwargs)
        self._check = check
        self._look: Look = check.look(self._fetch)
        self.session = CheckPacing(
            self._look.asker.origin, check.clock, check.site.source.delay_seconds,
            check.idle_seconds,
        )  # fmt: skip

    async def start(self) -> AsyncIterator[Any]:
        """The whole check, whose requests are asked here and now."""
        try:
            self._check.looked = await look_at(self._look)
        except Exception as error:  # noqa: BLE001  # raised again once the reactor has ended
            self._check.error = error
        assert self.crawler.stats is not None
        sent = self.crawler.stats.get_value("downloader/request_count", 0)
        self._check.requests = int(sent)  # with those that were sent again
        requests: list[Request] = []  # none is Scrapy's to ask
        for request in requests:
            yield request

    async def _fetch(self, public: str) -> Exchange | Unanswered:
        """The answer to a request, after the source's delay."""
        assert self.crawler.engine is not None
        robots, turn = self._look.asker.robots, self.session
        turn.delay_seconds = max(turn.delay_seconds, robots.delay_seconds)
        request = request_for(
            public, turn, Handlers(answered=_unused, unanswered=_unused),
            conditional=False,
        )  # fmt: skip
        if ".xml" in public:
            request.meta["download_maxsize"] = MAX_SITEMAP_BYTES
        self._check.requests += 1
        _log.debug("%s: asks for %s", self.name, public)
        try:
            response = await self.crawler.engine.download_async(request)
        except IgnoreRequest as error:
            return Unanswered(reason="not-asked", detail=str(error))
        except Exception as error:  # noqa: BLE001  # whatever hinders a request is the finding
            reason, detail = failure_reason(TwistedFailure(error))  # type: ignore[no-untyped-call]
            return Unanswered(reason=reason, detail=detail)
        return exchange_of(request, response, self._check.clock())


def run_checks(checks: Sequence[Check], stop: StopSignal, *, agent: str) -> None:
    """Run checks, all in one reactor. Each has then what it looked at, or its error, or neither
    where it was stopped.
    """
    process = CrawlerProcess({"LOG_INSTALL_ROOT_HANDLER": False})
    for check in checks:
        crawler = process.create_crawler(CheckSpider)
        crawler.settings.setdict(_settings(agent), priority="cmdline")
        process.crawl(crawler, check=check)
    stop.on_stop(lambda: _end(process))
    process.start(install_signal_handlers=False)


def _settings(agent: str) -> dict[str, Any]:
    """A crawl's settings, without what keeps anything."""
    settings = scrapy_settings(agent=agent, replay=False)
    middlewares = settings["DOWNLOADER_MIDDLEWARES"] | {
        "spiders.network.capture_middleware.CaptureMiddleware": None
    }
    return settings | {
        "DOWNLOADER_MIDDLEWARES": middlewares,
        "ITEM_PIPELINES": {},
        "RETRY_TIMES": 1,
    }


def _end(process: CrawlerProcess) -> None:
    """Ask nothing more, from whatever thread or signal handler this is called."""
    from twisted.internet import reactor

    def end() -> None:
        for crawler in process.crawlers:
            if isinstance(crawler.spider, CheckSpider):
                crawler.spider.session.is_over = True
        process.stop()

    clock: Any = reactor  # a module to the type checker, something else at run time
    clock.callFromThread(end)


def _unused(*_: object) -> None:
    """Answers come back to who asked."""
