"""Item pipeline: what a capture turned out to be goes into the session's next batch."""

from typing import TYPE_CHECKING, Self

from scrapy.crawler import Crawler

from pipeline.model.capture import ClassifiedCapture, Failure

if TYPE_CHECKING:
    from spiders.press import PressSpider


class StoringPipeline:
    """Hands every item to the session, which ingests in batches."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_item(self, item: ClassifiedCapture | Failure) -> ClassifiedCapture | Failure:
        """Take one item in."""
        spider: PressSpider = self._crawler.spider  # type: ignore[assignment]  # the only one we run
        if isinstance(item, ClassifiedCapture):
            spider.session.take(item)
        else:
            spider.session.take_failure(item)
        return item
