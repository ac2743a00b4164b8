"""Every Scrapy setting, in one place. Why each differs from Scrapy's default stands beside it.

As a module it holds the settings of Scrapy's own commands in a checkout: `scrapy shell` and
`scrapy fetch` show one page to a person, so it is decompressed, redirects are followed, files are
read, and nothing is kept. `scrapy crawl` runs a spider of `spiders.named`, with a crawl's settings.
"""

from typing import Any

from spiders.network.user_agent import user_agent

_MIDDLEWARES = {
    "downloadtimeout.DownloadTimeoutMiddleware": 350,
    "defaultheaders.DefaultHeadersMiddleware": 400,
    "useragent.UserAgentMiddleware": 500,
    "retry.RetryMiddleware": 550,
    "httpproxy.HttpProxyMiddleware": 750,
}
"""Scrapy's downloader middlewares, with its own numbers. Not here: the one for robots.txt, which is
asked first and alone, by the spider itself; those for redirects, for every hop is a capture and no
hop leaves the source; decompression, for the archive keeps bodies as they came; cookies, the first
of which would fetch a list from two foreign hosts; the offsite filter, for no link to another host
is followed; the cache; passwords, for there are none; counts of requests, which nobody reads and
which write each request out once more.
"""
_SPIDER_MIDDLEWARES = {
    "start.StartSpiderMiddleware": 25,
    "metacopy.MetaCopyDetectionMiddleware": 1000,
}
"""Not here: the one for HTTP errors, for a 404 is knowledge; that for long addresses, which
`public_url` bounds; referers; depth.
"""
_EXTENSIONS = {"corestats.CoreStats": 0, "logcount.LogCount": 0}
"""Not here, among others: the remote control and the telnet console, which would run code sent to
them.
"""


def scrapy_settings(*, agent: str, replay: bool) -> dict[str, Any]:
    """The settings of one crawl."""
    return {
        "USER_AGENT": agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",  # warcio can't read brotli bodies
        },
        "CONCURRENT_REQUESTS": 1,  # so a stop never waits for more than one answer
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "CONCURRENT_ITEMS": 1,  # captures are classified in the order of their answers
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 1,  # and before the next request is sent
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # asked in the order given
        "DOWNLOAD_DELAY": 0,  # `Politeness` waits, before a capture's time is taken
        "DOWNLOAD_TIMEOUT": 30,
        "DOWNLOAD_MAXSIZE": 20_000_000,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_HANDLERS": {
            "http": "spiders.network.download_handler.OnceHandler",
            "https": "spiders.network.download_handler.OnceHandler",
            **dict.fromkeys(("data", "file", "ftp", "s3")),  # links lead to no other scheme
        },
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",  # it goes on the list of failures
        "RETRY_ENABLED": not replay,
        "RETRY_TIMES": 2,
        "RETRY_PRIORITY_ADJUST": 1,  # next, so that a site that is down is seen soon
        "RETRY_HTTP_CODES": [],  # a broken answer is a capture too: the spider asks again itself
        # What Scrapy switches on by itself is named here, or does not run. To switch the rest off
        # by name would import it: an HTTP server, the list of top level domains.
        "DOWNLOADER_MIDDLEWARES_BASE": _of("scrapy.downloadermiddlewares", _MIDDLEWARES),
        "SPIDER_MIDDLEWARES_BASE": _of("scrapy.spidermiddlewares", _SPIDER_MIDDLEWARES),
        "EXTENSIONS_BASE": _of("scrapy.extensions", _EXTENSIONS),
        "DOWNLOADER_MIDDLEWARES": {
            "spiders.network.politeness_middleware.Politeness": 940,
            "spiders.network.capture_middleware.CaptureMiddleware": 950,
        },
        "ITEM_PIPELINES": {"spiders.item_pipeline.StoringPipeline": 300},
        "LOG_ENABLED": False,  # the command configures logging
        "LOG_INSTALL_ROOT_HANDLER": False,
        "DNS_TIMEOUT": 10,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the frontier asks each once
    }


def archive_settings(*, agent: str) -> dict[str, Any]:
    """The settings of one search of web archives: its spider waits, asks again and stores by
    itself.
    """
    return scrapy_settings(agent=agent, replay=False) | {
        "DOWNLOADER_MIDDLEWARES": {},
        "ITEM_PIPELINES": {},
        "RETRY_ENABLED": False,
    }


def _of(package: str, parts: dict[str, int]) -> dict[str, int]:
    return {f"{package}.{name}": at for name, at in parts.items()}


LOGGING = {"LOG_ENABLED": True, "LOG_LEVEL": "INFO"}
"""Where no command of ours configures it."""
SPIDER_MODULES = ["spiders.named"]
USER_AGENT = user_agent(None)
COOKIES_ENABLED = False  # the first cookie would fetch a list from two foreign hosts
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # it would run code sent over HTTP
globals().update(LOGGING)
