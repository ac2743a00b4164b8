"""All that stands on a site, found by address, and its lists, by language, rubric, tag and day."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from threading import RLock

from tests.sites.content import Article, Headline
from tests.sites.thin import fleshed
from tests.sites.words import Language

_Key = tuple[Language | None, str]


class Index:
    """The articles of one site at one moment, for many threads."""

    def __init__(self, seed: int, first: Iterable[Headline], *, unlinked: int = 0) -> None:
        self._lock = RLock()
        self._seed = seed
        self._unlinked = unlinked
        self._known: dict[int, Headline] = {}
        self._addresses: dict[tuple[Language, str, str], int] = {}
        self._lists: defaultdict[_Key, list[int]] = defaultdict(list)
        self._removed: dict[int, int] = {}
        for headline in sorted(first, key=_age):
            self._know(headline)
            for key in self._keys(headline):
                self._lists[key].append(headline.number)

    def put(self, headline: Headline) -> None:
        """Adds an article, changes it or puts it back."""
        with self._lock:
            self._unlist(headline.number)
            self._removed.pop(headline.number, None)
            self._know(headline)
            for key in self._keys(headline):
                insort(self._lists[key], headline.number, key=self._age_of)

    def remove(self, number: int, status: int) -> None:
        """Takes an article out of the lists; its address answers the status from now on."""
        with self._lock:
            self._unlist(number)
            self._removed[number] = status

    def at(self, language: Language, slug: str, kind: str = "news") -> Headline | None:
        """What ever stood at an address."""
        number = self._addresses.get((language, slug, kind))
        return None if number is None else self._known[number]

    def numbered(self, number: int) -> Headline | None:
        """What ever had a number."""
        return self._known.get(number)

    def article(self, headline: Headline) -> Article:
        """The article under a headline."""
        return headline if isinstance(headline, Article) else fleshed(self._seed, headline)

    def status(self, headline: Headline) -> int | None:
        """What a removed article's address answers; None while it stands."""
        return self._removed.get(headline.number)

    def hidden(self, headline: Headline) -> bool:
        """Whether it stands in no list."""
        return bool(self._unlinked) and headline.number % self._unlinked == 0

    def listed(self, language: Language | None, what: str | date = "") -> Sequence[Headline]:
        """All of a language (None: of all), or of its rubric, day or `#tag`; newest first."""
        with self._lock:
            numbers = self._lists.get((language, str(what)), ())
            return [self._known[number] for number in reversed(numbers)]

    def count(self, language: Language | None) -> int:
        """How many are listed."""
        return len(self._lists.get((language, ""), ()))

    def part(self, language: Language | None, start: int, stop: int) -> Sequence[Headline]:
        """Some of those listed, oldest first."""
        with self._lock:
            return [self._known[one] for one in self._lists.get((language, ""), ())[start:stop]]

    def span(self) -> tuple[date, date]:
        """The first and the last day of what is listed; of nothing, one day long ago."""
        with self._lock:
            numbers = self._lists.get((None, ""), ())
            ends = [
                self._known[number].published.date() for number in (*numbers[:1], *numbers[-1:])
            ]
        return min(ends, default=date.min), max(ends, default=date.min)

    def before(self, article: Headline, count: int) -> Sequence[Headline]:
        """The newest of its language with a lower number."""
        with self._lock:
            numbers = reversed(self._lists.get((article.language, ""), ()))
            lower = (number for number in numbers if number < article.number)
            return [self._known[number] for number in islice(lower, count)]

    def _know(self, headline: Headline) -> None:
        self._known[headline.number] = headline
        self._addresses[headline.language, headline.slug, headline.kind] = headline.number

    def _unlist(self, number: int) -> None:
        known = self._known.get(number)
        for key in self._keys(known) if known is not None and number not in self._removed else ():
            self._lists[key].remove(number)

    def _keys(self, headline: Headline) -> Iterator[_Key]:
        if self.hidden(headline):
            return
        day = f"{headline.published:%Y-%m-%d}"
        for language in (None, headline.language):
            yield from ((language, ""), (language, day))
        yield headline.language, headline.section
        yield from ((None, f"#{tag}") for tag in headline.tags)

    def _age_of(self, number: int) -> tuple[datetime, int]:
        return _age(self._known[number])


def _age(headline: Headline) -> tuple[datetime, int]:
    return headline.published, headline.number
