"""A check's plan: what a crawl looks at that is to say how a source is, and to get no news."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from pipeline.clock import almaty_day
from pipeline.frontier.known_addresses import highest_number, newest_days, newest_known
from pipeline.model.capture import Found
from pipeline.model.source import Numbers
from pipeline.normalize.addresses import article_address, language_of

if TYPE_CHECKING:
    from spiders.crawl.session import Session

_PER_LANGUAGE = 5
_AT_MOST = 9
_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shallow:
    """What a shallow crawl of a source knows before, and its bounds: one page of each place, one
    further page, two days, numbers and their neighbours, nine articles.
    """

    numbers: Mapping[str, int]
    """The highest number that has an item, by language."""
    refusals_in_a_row: int = 2
    """So many refused articles end it."""


def articles_to_look_at(session: "Session") -> list[str]:
    """The newest articles, so many a language and so many in all, those of each in turn."""
    replay = session.replay
    by_language: dict[str, list[str]] = {}
    known = newest_known(session.db, session.source.name, session.source.base_url)
    for url, language in known:
        mine = by_language.setdefault(language, [])
        if len(mine) < _PER_LANGUAGE and (replay is None or replay.holds(url)):
            mine.append(url)
    in_turn = zip_longest(*by_language.values())
    return [url for row in in_turn for url in row if url is not None][:_AT_MOST]


def days_to_look_at(session: "Session") -> list[date]:
    """The newest two days that other ways name articles of, else yesterday and the day before."""
    today = almaty_day(session.clock())
    known = newest_days(session.db, session.source.name, today, _DAYS)
    return [*known, today - timedelta(days=1), today - timedelta(days=2)][:_DAYS]


def numbers_to_look_at(session: "Session") -> list[str]:
    """The highest known number of each language with its neighbours, made known."""
    found = [
        Found(address=address, by="number", on=None)
        for facts in session.source.finding
        if isinstance(facts, Numbers)
        for path in facts.paths
        for number in _around(session, facts, path)
        if (address := article_address(_numbered(session, path, number), session.source))
        and (session.replay is None or session.replay.holds(address.url))
    ]
    if found:
        session.note_asked("number")
        session.take_found(found)
    return [one.address.url for one in found]


def _around(session: "Session", facts: Numbers, path: str) -> tuple[int, ...]:
    assert session.shallow is not None
    source = session.source
    language = language_of(source.base_url + path, source)
    known = highest_number(session.db, source.name, language) or 0
    highest = max(known, session.shallow.numbers.get(language, 0))
    highest = highest or max(number for number, _ in facts.known)
    return highest, highest - 1, highest + 1


def _numbered(session: "Session", path: str, number: int) -> str:
    return session.source.base_url + path.format(number=number)
