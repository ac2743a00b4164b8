"""The spider that a competent engineer writes in an hour: Scrapy finds the pages by the sitemap,
trafilatura reads them, sqlite-utils keeps what was read.

`python -m bench.inputs.plain_spider SITE DATABASE`, where SITE is the address of a front page. It
obeys robots.txt and asks one page at a time without a delay, as our crawl of a loopback address
does. Nothing is archived, compared or numbered.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Response
from scrapy.spiders import SitemapSpider
from sqlite_utils import Database
from trafilatura import bare_extraction

_FIELDS = ("title", "author", "date", "text", "description", "image", "language", "sitename")


class PlainSpider(SitemapSpider):
    """Asks for every article that the sitemap names."""

    name = "plain"
    sitemap_rules = ((r"/n/", "parse_article"),)

    def __init__(self, site: str) -> None:
        self.site = urlsplit(site)
        self.sitemap_urls = (f"{site}/sitemap.xml",)
        super().__init__()

    def sitemap_filter(self, entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The entries at the address that is asked: a replica's name the public one."""
        for entry in entries:
            at = urlsplit(entry["loc"])._replace(scheme=self.site.scheme, netloc=self.site.netloc)
            yield entry | {"loc": at.geturl()}

    def parse_article(self, response: Response) -> Iterator[dict[str, Any]]:
        """What trafilatura reads on a page."""
        found = bare_extraction(response.body, url=response.url, with_metadata=True)
        if found and not isinstance(found, dict) and found.text and found.title and found.date:
            yield {"url": response.url} | {name: getattr(found, name) for name in _FIELDS}
        else:
            self.logger.warning("nothing read at %s", response.url)


class StoringPipeline:
    """Stores each item by its address."""

    def __init__(self, path: str) -> None:
        self._db = Database(path)
        self._db.enable_wal()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler.settings["DATABASE"])

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        self._db.table("items").upsert(item, pk="url")
        return item

    def close_spider(self) -> None:
        self._db.close()


def main(site: str, database: str) -> None:
    """Crawl a site into a database."""
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "USER_AGENT": "plain-spider (+mailto:test@example.org)",
            "CONCURRENT_REQUESTS": 1,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "INFO",
            "ITEM_PIPELINES": {StoringPipeline: 300},
            "DATABASE": database,
        }
    )
    process.crawl(PlainSpider, site=site)
    process.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
