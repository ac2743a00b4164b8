"""An archive by day: its addresses, and which date format they are written in."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import quote, unquote

from pipeline.model.source import DayArchive

_USUAL_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%Y.%m.%d", "%d/%m/%Y", "%Y/%m/%d", "%Y%m%d")
_MOST_COMPARED = 10
_EMPTY_DAYS = 10
"""An archive that gives no article on so many days is none."""
_EMPTY_DAYS_AFTER_SOME = 100
"""One that gave some goes no further back, if it gives none on so many days."""


class DateFormats:
    """Which date format an archive's addresses are written in, learnt from its answers.

    Each date format is in one of three states::

        possible ── half or more of a day's articles are other than another day's ──► proven
        possible ── two days give the same articles: it takes no notice of the day ─► refuted
        possible or refuted ── a link of the site's own is written in it ───────────► proven

    Possible ones are asked beside each other, a refuted one no more; the proven one is asked alone,
    and stays it. Answers are compared within one path: another language's list is another one on
    any day.

    Each path (one language's archive) is in one of three states::

        untold ── a day gives articles ──► had articles ── so does a later one ──► had articles
        untold ── none on 10 days ──► given up          (the site has no such archive)
        had articles ── none on 100 days in a row ──► given up   (it goes no further back)

    A path that is given up is not asked, until an answer under way gives articles all the same. A
    list that another day gave too counts as none.
    """

    def __init__(
        self, archive: DayArchive, proven: str | None, had_articles: Iterable[str] = ()
    ) -> None:
        self.proven = proven
        self._archive = archive
        self._refuted: set[str] = set()
        self._answers: dict[tuple[str, str], dict[date, frozenset[str]]] = {}
        """The articles that each path gave last in each date format, by day."""
        self._empty_days: dict[str, set[date]] = {path: set() for path in archive.paths}
        """The days on which each path gave none, since it last gave some."""
        self.had_articles = set(had_articles)
        """The paths that did, in this crawl or before."""
        self.heeds_day = False
        """Whether two days have given different articles."""

    def addresses(self, base_url: str, day: date) -> dict[str, tuple[str, str]]:
        """The addresses to ask for a day, each with its path and date format."""
        possible = [one for one in self._archive.forms if one not in self._refuted]
        return {
            day_address(base_url, path, date_format, day): (path, date_format)
            for path in self._archive.paths
            if not self._is_given_up(path)
            for date_format in ([self.proven] if self.proven else possible)
        }

    @property
    def given_up(self) -> dict[str, frozenset[date]]:
        """The paths that are given up, each with the days on which it gave none."""
        return {path: frozenset(days) for path, days in self._empty_days.items()
                if self._is_given_up(path)}  # fmt: skip

    @property
    def broken_off(self) -> frozenset[str]:
        """Those of them that had articles before."""
        return frozenset(self.given_up.keys() & self.had_articles)

    @property
    def last_answers(self) -> list[tuple[date, frozenset[str]]]:
        """The last days that gave articles in the proven date format, with the articles' ids."""
        return [
            one
            for (_, date_format), answers in self._answers.items()
            if date_format == self.proven
            for one in answers.items()
        ]

    def learn(self, path: str, date_format: str, day: date, articles: frozenset[str]) -> None:
        """Take in what an address gave: the articles' ids, none where it is not there."""
        answers = self._answers.setdefault((path, date_format), {})
        if day in answers:
            return  # it is a further page
        others = list(answers.values())
        if articles:
            answers[day] = articles
            if len(answers) > _MOST_COMPARED:
                del answers[next(iter(answers))]
        if articles in others:
            self._refuted.add(date_format)  # which means nothing where it is proven
        if not articles or articles in others:
            if not self._is_given_up(path):
                self._empty_days[path].add(day)
            return
        self._empty_days[path] = set()
        self.had_articles.add(path)
        if any(len(articles & one) * 2 <= min(len(articles), len(one)) for one in others):
            self.heeds_day = True
            self.proven = self.proven or date_format

    def has_given(self, path: str, date_format: str) -> bool:
        """Whether a path gave articles in a date format."""
        return bool(self._answers.get((path, date_format)))

    def learn_from_link(self, url: str, base_url: str) -> None:
        """Take in a link of the site's own, if it leads to a day of the archive."""
        for path in self._archive.paths:
            if found := day_of(url, base_url, path):
                self.proven = found[1]

    def _is_given_up(self, path: str) -> bool:
        most = _EMPTY_DAYS_AFTER_SOME if path in self.had_articles else _EMPTY_DAYS
        return len(self._empty_days[path]) >= most


def day_address(base_url: str, path: str, date_format: str, day: date) -> str:
    """The public address of a day.

    >>> day_address("https://kazpravda.kz", "/archive/?date={date}", "%d.%m.%Y", date(2026, 3, 4))
    'https://kazpravda.kz/archive/?date=04.03.2026'
    """
    return base_url + path.format(date=quote(day.strftime(date_format), safe="./-"))


def day_of(url: str, base_url: str, path: str) -> tuple[date, str] | None:
    """The day in an archive's address and the date format that it is written in; None where it is
    no such address.
    """
    before, after = (re.escape(part) for part in (base_url + path).split("{date}"))
    found = re.fullmatch(f"{before}(?P<day>[^&]+){after}", url)
    if found is None:
        return None
    written = unquote(found["day"])
    for date_format in _USUAL_FORMATS:
        try:
            day = datetime.strptime(written, date_format).date()  # noqa: DTZ007 (a day)
        except ValueError:
            continue
        if day.strftime(date_format) == written:
            return day, date_format
    return None
