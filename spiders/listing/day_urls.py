"""An archive by day: its addresses, and which form of the day it answers to."""

import re
from datetime import date, datetime
from urllib.parse import quote, unquote

from pipeline.model.source import DayArchive

_USUAL_FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%Y.%m.%d", "%d/%m/%Y", "%Y/%m/%d", "%Y%m%d")
_COMPARED = 10
_BARREN_DAYS = 10
"""An archive that gives no article on so many days is none."""
_BARREN_AFTER_SOME = 100
"""One that gave some goes no further back, if it gives none on so many days."""


class DateFormats:
    """Which form of the day an archive answers to, learnt from its answers.

    A form is proven when two days gave articles and not the same ones: what takes no notice of the
    day gives the same list for each. A form that the site's own links bear is proven by them.
    """

    def __init__(self, archive: DayArchive, proven: str | None) -> None:
        self.proven = proven
        self._archive = archive
        self._refuted: set[str] = set()
        self._given: dict[tuple[str, str], list[frozenset[str]]] = {}
        """What each path gave in each form: another language's list is another one on any day."""
        self._barren: dict[str, set[date]] = {path: set() for path in archive.paths}
        self._fruitful: set[str] = set()

    def addresses(self, base_url: str, day: date) -> dict[str, tuple[str, str]]:
        """The addresses to ask for a day, each with its path and form."""
        forms = (self.proven,) if self.proven else self._archive.forms
        return {
            day_address(base_url, path, form, day): (path, form)
            for path in self._archive.paths
            if len(self._barren[path]) < self._most_barren(path)
            for form in forms
            if self.proven or form not in self._refuted
        }

    def learn(self, path: str, form: str, day: date, articles: frozenset[str]) -> None:
        """Take in what an address gave: the articles' ids, none where it is not there."""
        if not articles:
            if len(self._barren[path]) < self._most_barren(path):
                self._barren[path].add(day)
            return
        self._barren[path] = set()
        self._fruitful.add(path)
        if self.proven:
            return
        before = self._given.setdefault((path, form), [])
        for other in before[-_COMPARED:]:
            if articles == other:
                self._refuted.add(form)
            elif len(articles & other) * 2 <= min(len(articles), len(other)):
                self.proven = form
                self._given.clear()
                return
        before.append(articles)

    def has_given(self, path: str, form: str) -> bool:
        """Whether a path gave articles in a form, as long as none is proven."""
        return bool(self._given.get((path, form)))

    def _most_barren(self, path: str) -> int:
        return _BARREN_AFTER_SOME if path in self._fruitful else _BARREN_DAYS

    def learn_from_link(self, url: str, base_url: str) -> None:
        """Take in a link of the site's own, if it leads to a day of the archive."""
        for path in self._archive.paths:
            if found := day_of(url, base_url, path):
                self.proven = found[1]


def day_address(base_url: str, path: str, form: str, day: date) -> str:
    """The public address of a day.

    >>> day_address("https://kazpravda.kz", "/archive/?date={date}", "%d.%m.%Y", date(2026, 3, 4))
    'https://kazpravda.kz/archive/?date=04.03.2026'
    """
    return base_url + path.format(date=quote(day.strftime(form), safe="./-"))


def day_of(url: str, base_url: str, path: str) -> tuple[date, str] | None:
    """The day in an archive's address and the form that it is written in; None where it is no
    such address.
    """
    before, after = (re.escape(part) for part in (base_url + path).split("{date}"))
    found = re.fullmatch(f"{before}(?P<day>[^&]+){after}", url)
    if found is None:
        return None
    for form in _USUAL_FORMS:
        try:
            day = datetime.strptime(unquote(found["day"]), form).date()  # noqa: DTZ007 (a day)
        except ValueError:
            continue
        if day.strftime(form) == unquote(found["day"]):
            return day, form
    return None
