"""Every Scrapy setting, in one place. Why each differs from Scrapy's default stands beside it."""

from typing import Any

from spiders.agent import user_agent


def scrapy_settings(*, agent: str, delay_seconds: float, replay: bool) -> dict[str, Any]:
    """The settings of one crawl."""
    return {
        "USER_AGENT": agent,
        "ROBOTSTXT_OBEY": False,  # robots.txt is asked first and alone, by the spider itself
        "COOKIES_ENABLED": False,  # the first cookie would fetch a list from two foreign hosts
        "REDIRECT_ENABLED": False,  # every hop is a capture, and no hop leaves the source
        "HTTPERROR_ALLOW_ALL": True,  # a 404 is knowledge
        "COMPRESSION_ENABLED": False,  # the archive keeps bodies as they came; we decode ourselves
        "HTTPCACHE_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,  # it would run code sent over HTTP
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",  # warcio can't read brotli bodies
        },
        "CONCURRENT_REQUESTS": 1,  # so a stop never waits for more than one answer
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": delay_seconds,
        "DOWNLOAD_DELAY_JITTER": 0,  # the delay is a minimum
        "DOWNLOAD_TIMEOUT": 30,
        "DOWNLOAD_MAXSIZE": 20_000_000,
        "DOWNLOAD_WARNSIZE": 0,
        "RETRY_ENABLED": not replay,
        "RETRY_TIMES": 2,
        "RETRY_HTTP_CODES": [],  # a broken answer is a capture too: the spider asks again itself
        "DOWNLOADER_MIDDLEWARES": {"spiders.capture.CaptureMiddleware": 950},
        "ITEM_PIPELINES": {"spiders.storing.StoringPipeline": 300},
        "EXTENSIONS": {"spiders.politeness.Politeness": 100},
        "LOG_ENABLED": False,  # the command configures logging
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOGSTATS_INTERVAL": 0,
        "REFERER_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "DNS_TIMEOUT": 10,
        "URLLENGTH_LIMIT": 2083,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the frontier asks each once
    }


globals().update(scrapy_settings(agent=user_agent(None), delay_seconds=1.0, replay=False))
SPIDER_MODULES = ["spiders.named"]
