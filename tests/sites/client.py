"""A plain HTTP client for looking at a replica, and a simple crawler over it."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from tests.sites.replica import Replica

_HREF = re.compile(r'(?:href="|<loc>|<link>)([^"<]+)')
_PUBLIC = re.compile(
    r"^https?://(?:www\.)?(?:kazpravda|senate\.parlam)\.kz(?::443)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """An answer."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """What a reader sees."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.body.decode())).split())

    @property
    def links(self) -> list[str]:
        """All addresses in it, as they stand there."""
        packed = self.headers["Content-Type"] == "application/gzip"
        page = gzip.decompress(self.body) if packed else self.body
        return [unescape(one) for one in _HREF.findall(page.decode())]


def get(site: Replica, path: str, **headers: str) -> Got:
    """What the replica answers."""
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=20)
    try:
        asked = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=asked)
        response = connection.getresponse()
        return Got(status=response.status, headers=response.headers, body=response.read())
    finally:
        connection.close()


def reached(site: Replica, starts: Iterable[str], follow: str) -> set[str]:
    """Every path that links lead to, from the starts over the addresses to follow."""
    waiting, seen, paths = list(starts), set[str](), set[str]()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        got = get(site, here)
        for link in got.links if got.status == 200 else ():
            there = urlsplit(_PUBLIC.sub("", urljoin(f"https://kazpravda.kz{here}", link)))
            paths.add(re.sub("/{2,}", "/", unquote(there.path)).lower().rstrip("/"))
            target = there.path + (f"?{there.query}" if there.query else "")
            if re.search(follow, target) and not there.netloc:
                waiting.append(target)
    return paths


def missed(site: Replica, paths: set[str], language: str = "") -> list[str]:
    """The articles that the paths don't lead to."""
    return [
        one.path
        for one in site.paths()
        if one.path.lower().rstrip("/") not in paths and language in ("", one.language)
    ]
