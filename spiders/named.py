"""The spiders by name, for `scrapy list` and `scrapy crawl senate` in a checkout."""

from contextlib import ExitStack
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from kazpress.config import load_config
from spiders.opening import end_session, open_session
from spiders.press import PressSpider
from spiders.sites import configured_site
from spiders.sources import SOURCES


class _Named(PressSpider):
    """A spider that opens its own session, with the configuration of the working directory."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make it."""
        config = load_config(None, db=None, archive=None, known_sources=tuple(SOURCES))
        opened = ExitStack()
        session = opened.enter_context(open_session(config, configured_site(config, cls.name)))
        opened.callback(end_session, session)
        crawler.signals.connect(opened.close, signal=signals.spider_closed, weak=False)
        return super().from_crawler(crawler, *args, session=session, **kwargs)


class SenateSpider(_Named):
    """`scrapy crawl senate`."""

    name = "senate"


class KazpravdaSpider(_Named):
    """`scrapy crawl kazpravda`."""

    name = "kazpravda"
