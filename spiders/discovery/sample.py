"""The articles that are enough to say how a source reads: the newest, and numbers next to them."""

from itertools import zip_longest

from pipeline.frontier.newest_addresses import highest_number, newest_known
from pipeline.model.source import Numbers
from pipeline.normalize.addresses import language_of
from spiders.crawl.session import Session
from spiders.discovery.number_range import make_known

_PER_LANGUAGE = 5
_AT_MOST = 9


def newest_articles(session: Session) -> list[str]:
    """The newest articles that are known, so many a language and so many in all, those of each
    language in turn.
    """
    by_language: dict[str, list[str]] = {}
    for url, language in newest_known(session.db, session.source.name):
        mine = by_language.setdefault(language, [])
        if len(mine) < _PER_LANGUAGE and session.plan.holds(url):
            mine.append(url)
    in_turn = zip_longest(*by_language.values())
    return [url for row in in_turn for url in row if url is not None][:_AT_MOST]


def newest_numbers(session: Session) -> list[str]:
    """The highest known number of each language with its neighbours, made known."""
    source = session.source
    urls = [
        source.base_url + path.format(number=number)
        for facts in source.finding
        if isinstance(facts, Numbers)
        for path in facts.paths
        for number in _around(session, facts, language_of(source.base_url + path, source))
    ]
    return make_known([url for url in urls if session.plan.holds(url)], session)


def _around(session: Session, facts: Numbers, language: str) -> list[int]:
    known = highest_number(session.db, session.source.name, language)
    highest = known or max(number for number, _ in facts.known)
    return [number for number in (highest, highest - 1, highest + 1) if number > 0]
