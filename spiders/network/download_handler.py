"""How a request is sent: by Scrapy's own handler, but once."""

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler


class OnceHandler(HTTP11DownloadHandler):
    """Twisted sends a GET again, at once and unseen, when a connection that it kept breaks off.
    Here every request that the site sees has waited for its turn and is counted.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
