"""The web archives that can be asked, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from kazpress.config import ArchiveConfig, Config, is_loopback
from spiders.web_archives.common_crawl import DATA_URL, INDEX_URL, CommonCrawl
from spiders.web_archives.dialect import Dialect, Search
from spiders.web_archives.wayback import WAYBACK_URL, Wayback

LIST_GAP = timedelta(seconds=2.5)
"""Between two questions about lists: 24 a minute. The Wayback Machine shuts out who asks more than
30 (archive.org asks clients to keep to 80 % of that); Common Crawl's index is one small server."""
LEAST_CAPTURE_GAP = timedelta(seconds=0.125)
"""Between two captures, whatever is configured: 8 a second."""
_CAPTURE_GAP = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebArchive:
    """A web archive as it is configured."""

    name: str
    title: str
    hosts: tuple[str, ...]
    """The base addresses of its requests; no other is asked."""
    capture_gap: timedelta
    list_gap: timedelta
    dialect: Callable[[Search], Dialect]


def configured_archives(config: Config) -> dict[str, WebArchive]:
    """All web archives, with what kazpress.toml says over them."""
    said = config.archives.get("wayback", ArchiveConfig())
    wayback_url = said.base_url or WAYBACK_URL
    crawled = config.archives.get("commoncrawl", ArchiveConfig())
    index_url, data_url = crawled.base_url or INDEX_URL, crawled.data_url or DATA_URL
    return {
        "wayback": _archive(
            Wayback.name, Wayback.title, said, (wayback_url,),
            lambda search: Wayback(search, wayback_url),
        ),
        "commoncrawl": _archive(
            CommonCrawl.name, CommonCrawl.title, crawled, (index_url, data_url),
            lambda search: CommonCrawl(search, index_url, data_url),
        ),
    }  # fmt: skip


def _archive(
    name: str,
    title: str,
    said: ArchiveConfig,
    hosts: tuple[str, ...],
    dialect: Callable[[Search], Dialect],
) -> WebArchive:
    """Only stand-ins on this machine are asked without waiting."""
    gap = _CAPTURE_GAP if said.delay is None else timedelta(seconds=said.delay)
    is_stand_in = all(is_loopback(one) for one in hosts)
    waits = not (is_stand_in and gap == timedelta())
    return WebArchive(
        name=name,
        title=title,
        hosts=hosts,
        capture_gap=max(gap, LEAST_CAPTURE_GAP) if waits else gap,
        list_gap=LIST_GAP if waits else timedelta(),
        dialect=dialect,
    )
