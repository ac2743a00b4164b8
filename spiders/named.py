"""The spiders by name, for Scrapy's own commands in a checkout: `scrapy list`,
`scrapy crawl senate`, `scrapy parse --spider senate ADDRESS`.
"""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

from scrapy import signals
from scrapy.exceptions import UsageError
from scrapy.http import Response
from scrapy.settings import BaseSettings

from kazpress.config import Config, load_config
from kazpress.errors import KazpressError
from pipeline.archive.exchange import Exchange
from pipeline.archive.to_capture import capture_of
from pipeline.clock import utc_now
from pipeline.model.capture import Failure, Found
from pipeline.model.reading import Reading
from pipeline.normalize.addresses import public_url
from pipeline.reading.classify import classify, decoded_page
from spiders.crawl.lifecycle import end_session, open_session
from spiders.listing.links import links
from spiders.network.response import headers_of
from spiders.network.user_agent import user_agent
from spiders.press import PressSpider
from spiders.settings import LOGGING, scrapy_settings
from spiders.sources import SOURCES, check_contact, configured_site, crawlable_site

_log = logging.getLogger(__name__)


class _Named(PressSpider):
    """A spider with the configuration of the working directory. It opens its own session when it
    starts to crawl: a command that only fetches a page locks, writes and waits for nothing.
    """

    name = ""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The settings of a crawl with the configured contact, but for the logging. Scrapy ends
        with status 2 where the configuration can't be used, or names no contact for a public host.
        """
        try:
            config = _config()
            check_contact(config, [configured_site(config, cls.name)])
        except KazpressError as error:
            raise UsageError(str(error)) from error
        with_contact = scrapy_settings(agent=user_agent(config.contact), replay=False)
        settings.setdict(with_contact | LOGGING, priority="spider")

    async def start(self) -> AsyncIterator[Any]:
        """Crawl with a session of its own; say what came of it once that is closed."""
        opened, config = ExitStack(), _config()
        self.crawler.signals.connect(opened.close, signal=signals.spider_closed, weak=False)
        try:
            site = crawlable_site(config, self.name)
            self.use(opened.enter_context(open_session(config, site)))
        except KazpressError as error:
            opened.callback(self._fail, str(error))
            return
        opened.callback(self._end)
        async for request in super().start():
            yield request

    def parse(self, response: Response) -> Iterator[Reading | Failure | Found]:
        """For `scrapy parse`: what a crawl would read on an article's page, and why it would not;
        of any other page the articles that it links to. Nothing is kept.
        """
        site = configured_site(_config(), self.name)
        public = public_url(response.url, site.source.base_url, site)
        if public is None:
            _log.error("%s is no address of %s", response.url, self.name)
            return
        exchange = Exchange(
            target=public, time=utc_now(), status=response.status, headers=headers_of(response),
            payload=response.body,
        )  # fmt: skip
        capture = capture_of(exchange, site)
        assert capture is not None
        if not capture.article:
            yield from links(decoded_page(capture, exchange.payload, site), way="listing").articles
            return
        found = classify(capture, exchange.payload, site)
        if (result := found.reading or found.failure) is not None:
            yield result

    def _end(self) -> None:
        ended = end_session(self.session)
        said = {name: value for name, value in asdict(ended.summary).items() if name != "source"}
        _log.info("%s: %s", self.name, " ".join(f"{name}={value}" for name, value in said.items()))
        for sentence in ended.notes:
            _log.warning("%s: needs a look: %s", self.name, sentence)
        if ended.reason is not None:
            self._fail(ended.reason)

    def _fail(self, reason: str) -> None:
        """Say why, once Scrapy has closed the spider."""
        _log.error("%s: %s", self.name, reason)
        self.crawler.spider = None  # Scrapy ends with status 1 after a crawl without a spider


def _spider(source: str) -> type[_Named]:
    """The spider of a source."""
    return type(f"{source.title()}Spider", (_Named,), {"name": source, "__module__": __name__})


globals().update({spider.__name__: spider for spider in map(_spider, SOURCES)})  # Scrapy looks here


def _config() -> Config:
    return load_config(None, db=None, archive=None, known_sources=tuple(SOURCES))
