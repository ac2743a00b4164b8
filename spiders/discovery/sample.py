"""The articles that are enough to say how a source reads: the newest, and numbers next to them."""

from itertools import zip_longest

from pipeline.frontier.newest_addresses import highest_number, newest_known
from pipeline.model.capture import Found
from pipeline.model.source import Numbers
from pipeline.normalize.addresses import article_address, language_of
from spiders.crawl.session import Session

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
    addresses = [address for url in urls if (address := article_address(url, source))]
    found = [
        Found(address=one, by="number", on=None) for one in addresses if session.plan.holds(one.url)
    ]
    if found:
        session.counts.add_way("number")
        session.queue.add_found(found)
    return [one.address.url for one in found]


def _around(session: Session, facts: Numbers, language: str) -> tuple[int, int, int]:
    known = highest_number(session.db, session.source.name, language)
    highest = known or max(number for number, _ in facts.known)
    return highest, highest - 1, highest + 1
