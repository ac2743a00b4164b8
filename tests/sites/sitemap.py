"""The sitemap of either site: an index and numbered files, oldest articles first."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from tests.sites.content import Headline, almaty
from tests.sites.page import Page, Shown
from tests.sites.words import Language

XMLNS: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_FEWEST: Final = 15
_FILES: Final = 35
_FILE: Final = re.compile(r"/sitemap-(?P<number>\d+)\.xml(?P<packed>\.gz)?")
_MIGRATED: Final = datetime(2021, 3, 1, tzinfo=UTC)


def sitemap_at(
    path: str, shown: Shown, public: str, path_of: Callable[[Headline], str]
) -> Page | None:
    """What stands at a sitemap's address; None if nothing does."""
    if shown.ways.sitemap is False or (shown.ways.sitemap is None and shown.look.site == "senate"):
        return None
    if path == "/sitemap.xml":
        return _index(shown, public)
    found = _FILE.fullmatch(path)
    if found is None or _is_packed(int(found["number"]), shown) != bool(found["packed"]):
        return None
    return _file(int(found["number"]), shown, public, path_of)


def xml(content: str, *, packed: bool = False) -> Page:
    """An XML file, perhaps compressed as a file."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'
    return Page(sort="listing", text=text, content_type="application/xml", packed=packed)


def _index(shown: Shown, public: str) -> Page:
    count = max(1, -(-_count(shown) // _size(shown)))
    rows = "".join(
        f"<sitemap><loc>{public}/sitemap-{number}.xml{'.gz' * _is_packed(number, shown)}</loc>"
        "</sitemap>\n"
        for number in range(1, count + 1)
    )
    return xml(f"<sitemapindex {XMLNS}>\n{rows}</sitemapindex>")


def _file(
    number: int, shown: Shown, public: str, path_of: Callable[[Headline], str]
) -> Page | None:
    """Oldest first, so that a full file stays as it is."""
    start = (number - 1) * _size(shown)
    ours = () if shown.empty else shown.index.part(_whose(shown), start, start + _size(shown))
    if number < 1 or (not ours and number > 1):
        return None
    rows = "".join(
        f"<url><loc>{public}{path_of(one)}</loc><lastmod>{_lastmod(one, shown)}</lastmod></url>\n"
        for one in ours
    )
    return xml(f"<urlset {XMLNS}>\n{rows}</urlset>", packed=_is_packed(number, shown))


def _whose(shown: Shown) -> Language | None:
    return "ru" if shown.ways.sitemap_languages == "ru" else None


def _count(shown: Shown) -> int:
    return 0 if shown.empty else shown.index.count(_whose(shown))


def _size(shown: Shown) -> int:
    return shown.ways.per_sitemap or max(_FEWEST, -(-_count(shown) // _FILES))


def _is_packed(number: int, shown: Shown) -> bool:
    return shown.ways.sitemap_gzip and number % 2 == 0


def _lastmod(article: Headline, shown: Shown) -> str:
    """When it was last changed, which says nothing of when it was published."""
    moment = article.published
    if article.number in shown.modified:
        moment = almaty(datetime.fromtimestamp(shown.modified[article.number], tz=UTC))
    elif shown.ways.sitemap_lastmod == "migrated" and moment < _MIGRATED:
        moment = almaty(_MIGRATED)
    return moment.isoformat(timespec="seconds")
