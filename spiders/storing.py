"""Item pipeline: what a capture turned out to be goes into the session's next batch."""

from typing import TYPE_CHECKING, Any, Self

from scrapy.crawler import Crawler

if TYPE_CHECKING:
    from spiders.press import PressSpider


class StoringPipeline:
    """Hands every item to the session, which ingests in batches, and flushes at the end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Take one item in."""
        spider: PressSpider = self._crawler.spider  # type: ignore[assignment]  # the only one we run
        spider.session.take(item)
        return item

    def close_spider(self) -> None:
        """Write what is pending."""
        spider: PressSpider = self._crawler.spider  # type: ignore[assignment]  # the only one we run
        spider.session.flush()
