"""Item pipeline: classified captures and failures go into the next batch of the crawl."""

from typing import Self

from scrapy.crawler import Crawler

from pipeline.model.capture import ClassifiedCapture, Failure
from spiders.crawl.session import Session
from spiders.network.requester import requester_of


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
        session = requester_of(self._crawler)
        if not isinstance(session, Session):
            return item
        if isinstance(item, ClassifiedCapture):
            session.queue.add(item)
        else:
            session.queue.add_failure(item)
        return item
