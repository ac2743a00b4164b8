"""The spiders by name, for `scrapy list` and `scrapy crawl senate` in a checkout."""

import logging
from contextlib import ExitStack
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from kazpress.config import Config, load_config
from spiders.crawl.lifecycle import end_session, open_session
from spiders.crawl.session import Session
from spiders.network.user_agent import user_agent
from spiders.press import PressSpider
from spiders.settings import scrapy_settings
from spiders.sources import SOURCES, configured_site

_log = logging.getLogger(__name__)


class _Named(PressSpider):
    """A spider that opens its own session, with the configuration of the working directory."""

    name = ""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The settings with the configured contact."""
        with_contact = scrapy_settings(agent=user_agent(_config().contact), replay=False)
        settings.setdict(with_contact, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make it."""
        config = _config()
        opened = ExitStack()
        session = opened.enter_context(open_session(config, configured_site(config, cls.name)))
        opened.callback(_end, session)
        crawler.signals.connect(opened.close, signal=signals.spider_closed, weak=False)
        return super().from_crawler(crawler, *args, session=session, **kwargs)


def _spider(source: str) -> type[_Named]:
    """The spider of a source."""
    return type(f"{source.title()}Spider", (_Named,), {"name": source, "__module__": __name__})


globals().update({spider.__name__: spider for spider in map(_spider, SOURCES)})  # Scrapy looks here


def _config() -> Config:
    return load_config(None, db=None, archive=None, known_sources=tuple(SOURCES))


def _end(session: Session) -> None:
    ended = end_session(session)
    _log.info("%s", ended.summary)
    for sentence in (ended.reason, *ended.notes):
        if sentence:
            _log.warning("%s: %s", session.source.name, sentence)
