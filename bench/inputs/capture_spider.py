"""One spider that asks for pages and does nothing with them, as a process of its own:
`python -m bench.inputs.capture_spider SERVER PAGES CODING [FOLDER]` prints the answers, the
seconds of the clock and of the processor from the first request to the last answer, and the bytes
that were written.

With FOLDER there is our capture middleware besides, and an archive and a database in that folder.
"""

import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from sqlite_utils import Database
from twisted.python.failure import Failure

from pipeline.archive.exchange import Exchange
from pipeline.clock import utc_now
from pipeline.model.capture import Capture
from pipeline.model.source import Site
from pipeline.normalize.addresses import request_url
from pipeline.store.database import open_for_writing
from spiders.crawl.recorder import CaptureRecorder
from spiders.kazpravda import KAZPRAVDA
from spiders.network.request import Handlers, request_for

if TYPE_CHECKING:
    from spiders.network.requester import Requester

_PUBLIC = f"https://{KAZPRAVDA.host}/n/statya-"


@dataclass
class _Session:
    """What the middleware asks of a crawl: it goes into the archive, and into nothing else."""

    site: Site
    db: Database
    recorder: CaptureRecorder
    clock: Callable[[], datetime] = utc_now
    replay: None = None

    def count_request(self, public: str) -> None:
        """Nobody counts."""

    def keep(self, exchange: Exchange) -> Capture | None:
        """Into the archive, and that is all."""
        capture = self.recorder.append(exchange, unless_known=False)
        if capture:
            self.recorder.queue(capture)
        return capture

    def fail(self, reason: str) -> None:
        """A measurement without an archive is none."""
        raise SystemExit(reason)


class PageSpider(Spider):
    """Asks for pages, and does nothing with them."""

    name = "pages"

    def __init__(self, site: Site, pages: int, session: _Session | None) -> None:
        super().__init__()
        self._site, self._pages = site, pages
        self.session = session
        self.answers = 0

    async def start(self) -> AsyncIterator[Request]:
        handlers = Handlers(answered=self.parse, unanswered=self.log_failure)
        for at in range(self._pages):
            public = f"{_PUBLIC}{at}/"
            if self.session is None:
                yield Request(request_url(public, self._site), self.parse, dont_filter=True)
            else:
                yield request_for(public, cast("Requester", self.session), handlers)

    def parse(self, response: Response) -> None:
        self.answers += response.status == 200

    def log_failure(self, failure: Failure) -> None:
        self.logger.error("%s", failure.getErrorMessage())


def main(server: str, pages: str, coding: str, folder: str | None = None) -> None:
    """Ask, and print what it took."""
    site = Site(KAZPRAVDA, f"{server}/{coding}")
    settings: dict[str, Any] = {
        "ROBOTSTXT_OBEY": False, "COOKIES_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False, "LOG_LEVEL": "WARNING",
    }  # fmt: skip
    session = None
    if folder is not None:
        settings["DOWNLOADER_MIDDLEWARES"] = {
            "spiders.network.capture_middleware.CaptureMiddleware": 950
        }
        session = _session(Path(folder), site)
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(PageSpider)
    process.crawl(crawler, site=site, pages=int(pages), session=session)
    seconds, processor = time.perf_counter(), time.process_time()
    process.start()
    if session is not None:
        with closing(session.db):
            session.recorder.synced_positions()
            session.recorder.close()
    seconds, processor = time.perf_counter() - seconds, time.process_time() - processor
    assert isinstance(crawler.spider, PageSpider)
    written = sum(one.stat().st_size for one in Path(folder).glob("*.warc.gz")) if folder else 0
    print(crawler.spider.answers, seconds, processor, written)


def _session(folder: Path, site: Site) -> _Session:
    db = open_for_writing(folder / "bench.db", [KAZPRAVDA])
    return _Session(site=site, db=db, recorder=CaptureRecorder(site, db, folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
