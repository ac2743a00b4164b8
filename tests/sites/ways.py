"""The ways by which one instance of a site lets its articles be found; each can be closed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from tests.sites.content import SiteName

Way = Literal["listing", "pagination", "archive", "sitemap", "feed", "front", "numbers"]
Pagination = Literal["query", "path", "bitrix", "token"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What a site has. As it stands without arguments the site is a plain one."""

    pagination: Pagination | None = None
    """Of Kazpravda's rubrics, tags and days: `?page=2`, `/page-2/`, `?PAGEN_1=2`, `?before=…`."""
    beyond: Literal["missing", "repeat"] = "missing"
    """A page beyond the last: 404 (the Senate: a list of nothing), or the last one again."""
    archive_date: Literal["iso", "dotted"] | None = None
    """`2026-03-04` or `04.03.2026`; drawn where it is None."""
    archive_wrong: Literal["empty", "missing", "today", "error"] = "empty"
    """What a date of another form, or none, gets: no articles, 404, the newest day, 500."""
    archive_languages: Literal["ru", "mixed", "prefixed"] = "ru"
    """Russian only; all on one page; or a page for each language, under /kk/ and /en/."""
    archive_linked: bool = False
    """From the front page, and from day to day."""
    sitemap: bool | None = None
    """None is Kazpravda yes, the Senate no."""
    sitemap_gzip: bool = False
    """Every second file is a .xml.gz."""
    sitemap_languages: Literal["ru", "all"] = "ru"
    sitemap_in_robots: bool = True
    sitemap_lastmod: Literal["change", "migrated"] = "change"
    """The last change; `migrated` has all before 2021 changed in the March of that year."""
    per_sitemap: int | None = None
    """Addresses in a file; None is 15, or a 35th of all if that is more."""
    feed: Literal["absent", "rss", "atom", "both"] = "absent"
    feed_linked: bool = False
    """By `<link rel=alternate>` on the front page."""
    old_addresses: Literal["absent", "redirect", "page"] = "absent"
    """Kazpravda's former addresses, some linked from the front page, redirect or show the page."""
    front_news: bool = True
    """The Senate's front pages hold news."""
    shell_latest: bool = False
    """The Senate's shell has a column of the latest news."""
    culture_case: bool = False
    """The Senate links to cultures in any letter case."""
    dirty_links: bool = False
    """Links with other hosts' letter case, http, doubled slashes, percent signs, tracking."""
    unlinked: int = 0
    """Every so many articles one stands in no list: only its number leads there."""

    @classmethod
    def drawn(cls, site: SiteName, seed: int) -> Ways:
        """A site that has every way, each in a form drawn by the seed."""
        random = Random(f"ways {site} {seed}")
        yes = (True, False)
        return cls(
            pagination=random.choice(("query", "path", "bitrix", "token")),
            beyond=random.choice(("missing", "repeat")),
            archive_date=random.choice(("iso", "dotted")),
            archive_wrong=random.choice(("empty", "missing", "today", "error")),
            archive_languages=random.choice(("mixed", "prefixed")),
            archive_linked=random.choice(yes),
            sitemap_gzip=random.choice(yes),
            sitemap_languages="all",
            sitemap_in_robots=random.choice(yes),
            sitemap_lastmod=random.choice(("change", "migrated")),
            feed=random.choice(("rss", "atom", "both")),
            feed_linked=random.choice(yes),
            old_addresses=random.choice(("redirect", "page")),
            front_news=random.choice(yes),
            shell_latest=random.choice(yes),
            culture_case=random.choice(yes),
        )


_PAGED: Final = re.compile(r"/page-\d+/?$")
_PATHS: Final[tuple[tuple[Way, re.Pattern[str]], ...]] = (
    ("front", re.compile(r"/(?:(?:kk|en|ru-RU|kk-KZ|en-US)/?)?", re.IGNORECASE)),
    ("sitemap", re.compile(r"/sitemap(?:-\d+)?\.xml(?:\.gz)?")),
    ("archive", re.compile(r"/(?:(?:kk|en)/)?archive/?(?:page-\d+/?)?")),
    ("feed", re.compile(r"/(?:(?:kk|en|ru-RU|kk-KZ|en-US)/)?(?:rss|atom\.xml)/?")),
    (
        "listing",
        re.compile(r"/(?:(?:kk|en)/)?[rt]/.+|/[a-z]{2}-[a-z]{2}/news(?:/index)?/?", re.IGNORECASE),
    ),
)


def ways_to(path: str, query: Mapping[str, str]) -> frozenset[Way]:
    """The ways that an address belongs to."""
    ways: set[Way] = {way for way, pattern in _PATHS if pattern.fullmatch(path)}
    turned = any(query.get(name, "1") != "1" for name in ("page", "PAGEN_1", "p", "before"))
    if ways & {"listing", "archive"} and (turned or _PAGED.search(path)):
        ways.add("pagination")
    return frozenset(ways)


def is_closed(path: str, query: Mapping[str, str], closed: Sequence[str]) -> bool:
    """Whether an address answers 404 because a way to it is closed."""
    return bool(closed) and not ways_to(path, query).isdisjoint(closed)
