"""What sitemaps say was changed last before a backfill's days, and may be of them all the same."""

from collections.abc import Collection, Iterable
from datetime import date
from heapq import heappush, heappushpop

from pipeline.model.capture import Found

_MOST = 200
"""So many of each language are asked for."""


class ChangedBefore:
    """The articles whose `lastmod` lies before the days of a backfill. Where it is true they are of
    earlier days, and there may be hundreds of thousands; so only those that are nearest to the days
    are kept, and where others are left out, that is known.
    """

    def __init__(self) -> None:
        self._nearest: dict[str, list[tuple[date, str, Found]]] = {}
        """By language; the first of each is the farthest."""
        self._urls: set[str] = set()
        self._left_out: set[str] = set()

    def add(self, found: Iterable[Found]) -> None:
        """Take in articles, each with its `latest` day."""
        for one in found:
            if one.latest is None or one.address.url in self._urls:
                continue
            entry = (one.latest, one.address.url, one)
            self._urls.add(one.address.url)
            nearest = self._nearest.setdefault(one.address.language, [])
            if len(nearest) < _MOST:
                heappush(nearest, entry)
                continue
            self._urls.discard(heappushpop(nearest, entry)[1])
            self._left_out.add(one.address.language)

    def left_out(self, covered: Collection[str]) -> frozenset[str]:
        """The languages of which articles were left out, without those of `covered`."""
        return frozenset(self._left_out - set(covered))

    def take(self, covered: Collection[str]) -> list[Found]:
        """Those that are nearest, the nearest first, and none of the languages of `covered`: what
        is published in these on the days is known by another way. They are given once.
        """
        given = [
            entry
            for language, nearest in self._nearest.items()
            if language not in covered
            for entry in nearest
        ]
        self._nearest, self._urls = {}, set()
        return [one for _, _, one in sorted(given, reverse=True)]
