"""Which parts of Scrapy's own a crawl runs."""

from __future__ import annotations

from scrapy.settings import Settings

from spiders.settings import scrapy_settings


def _active(name: str) -> set[str]:
    settings = Settings(scrapy_settings(agent="a", replay=False), priority="cmdline")
    parts = settings.get_component_priority_dict_with_base(name)
    return {part.rpartition(".")[2] for part in parts}


def test_of_scrapys_own_parts_those_named_here_run_alone() -> None:
    assert _active("EXTENSIONS") == {"CoreStats", "LogCount"}
    assert _active("SPIDER_MIDDLEWARES") == {"StartSpiderMiddleware", "MetaCopyDetectionMiddleware"}
    assert _active("DOWNLOADER_MIDDLEWARES") == {
        "DownloadTimeoutMiddleware", "DefaultHeadersMiddleware", "UserAgentMiddleware",
        "RetryMiddleware", "HttpProxyMiddleware", "Politeness", "CaptureMiddleware",
    }  # fmt: skip
