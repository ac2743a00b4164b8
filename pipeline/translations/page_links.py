"""The links between languages that pages carry, as evidence of the kind `link`, derived again as
pages come and change.

`language_links` has the links of each reading; `current` are those of an item's newest reading that
has any to that language.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from sqlite_utils import Database

from pipeline.store.database import column, in_batches, value
from pipeline.store.transactions import write, write_many
from pipeline.translations.mutual_links import LinkedPair, linked_pieces

_REMEMBERED = 1000
"""Of so many pages what was looked up is kept; a reparse derives the links of all."""
_ENOUGH = 2
"""Of so many pages that link to one, none is the only one."""


def derive_page_links(db: Database, urls: Collection[str]) -> set[str]:
    """Derive again what links join around these addresses; the addresses that they join now, or
    joined before, and not both.
    """
    links = _StoredLinks(db)
    linked = _with_links(db, urls)
    near = {one for url in linked for one in _beside(db, url, urls)}
    pages = {page for url in {*linked, *near} if (page := links.page(url))}
    changed = set[str]()
    for piece, pairs in linked_pieces(pages, links):
        own = {url for page in piece for url in links.addresses(page)}
        now = {link for pair in pairs for link in links.between(pair)}
        changed |= _replace_evidence(db, own, now)
    foreign = (url for url in linked if links.page(url) is None)
    return changed | _replace_evidence(db, foreign, set())


class _StoredLinks:
    """The current links between pages: items, each by its id, and addresses without one. An address
    in another language than its item's text is no page.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        remembered = lru_cache(_REMEMBERED)
        self.page = remembered(self._page)
        self.language = remembered(self._language)
        self.addresses = remembered(self._addresses)
        self.languages = remembered(self._languages)
        self.linked = remembered(self._linked)
        self.linking = remembered(self._linking)

    def between(self, pair: LinkedPair) -> Iterator[tuple[str, str]]:
        """The links of a pair's addresses to each other."""
        one, other = self.addresses(pair.one), self.addresses(pair.other)
        for urls, targets in ((one, other), (other, one)):
            for url in urls:
                named = _targets(self._db, url)
                yield from ((url, target) for target in targets if target in named)

    def _page(self, url: str) -> str | None:
        """The page that an address shows."""
        row = self._db.conn.execute(
            "SELECT a.item, i.language = a.language FROM addresses a"
            " LEFT JOIN items i ON i.id = a.item WHERE a.url = ?",
            (url,),
        ).fetchone()
        if row is None or row[0] is None:
            return url
        return row[0] if row[1] else None

    def _addresses(self, page: str) -> tuple[str, ...]:
        rows = self._db.conn.execute(
            "SELECT a.url FROM addresses a JOIN items i ON i.id = a.item"
            " WHERE a.item = ? AND a.language = i.language ORDER BY a.url",
            (page,),
        )
        return tuple(url for (url,) in rows) or (page,)

    def _language(self, page: str) -> str:
        for sql in (
            "SELECT language FROM items WHERE id = ?",
            "SELECT target_language FROM language_links WHERE target = ? LIMIT 1",
        ):
            if language := value(self._db, sql, page):
                return str(language)
        return ""

    def _languages(self, page: str) -> set[str]:
        own = self.language(page)
        found: set[str] = set()
        for url in self.addresses(page):
            found |= _languages_linked(self._db, url) | _languages_linking(self._db, url)
        return found - {own}

    def _linked(self, page: str, language: str) -> set[str]:
        targets = {one for url in self.addresses(page) for one in _targets(self._db, url)}
        return self._pages(targets, page, language)

    def _linking(self, page: str, language: str) -> set[str]:
        found: set[str] = set()
        for target in self.addresses(page):
            for url in _linkers(self._db, target, language):
                found |= self._pages({url}, page, language)
                if len(found) >= _ENOUGH:
                    return found
        return found

    def _pages(self, urls: Iterable[str], but: str, language: str) -> set[str]:
        pages = {page for url in urls if (page := self.page(url)) and page != but}
        return {page for page in pages if self.language(page) == language}


def _beside(db: Database, url: str, touched: Collection[str]) -> Iterator[str]:
    """The addresses that a link may join to one directly, besides those that are touched
    themselves: those that it links to, and the only ones of their language that link to it.
    """
    yield from _targets(db, url)
    for language in _languages_linking(db, url):
        others = list[str]()
        for other in _linkers(db, url, language):
            if other not in touched:
                others.append(other)
            if len(others) >= _ENOUGH:
                break
        else:
            yield from others


def _targets(db: Database, url: str) -> set[str]:
    """The addresses that an address links to."""
    sql = "SELECT target FROM language_links WHERE url = ? AND current = 1"
    return column(db.conn.execute(sql, (url,)))


def _linkers(db: Database, target: str, language: str) -> Iterator[str]:
    """The addresses of a language that link to one; of many, as many as are taken."""
    sql = "SELECT url FROM language_links WHERE target = ? AND language = ? AND current = 1"
    for row in db.conn.execute(sql, (target, language)):
        yield row[0]


def _languages_linked(db: Database, url: str) -> set[str]:
    sql = "SELECT target_language FROM language_links WHERE url = ? AND current = 1"
    return column(db.conn.execute(sql, (url,)))


def _languages_linking(db: Database, target: str) -> set[str]:
    """The languages of the addresses that link to one, each looked up alone: there may be very
    many addresses.
    """
    found: set[str] = set()
    sql = (
        "SELECT min(language) FROM language_links WHERE target = ? AND language > ? AND current = 1"
    )
    while language := value(db, sql, target, max(found, default="")):
        found.add(language)
    return found


def _with_links(db: Database, urls: Iterable[str]) -> set[str]:
    """Those of these addresses that link to one in another language, or to which one links, or ever
    did.
    """
    return {
        url
        for marks, batch in in_batches(urls)
        for end in ("url", "target")
        for (url,) in db.conn.execute(
            f"SELECT DISTINCT {end} FROM language_links WHERE {end} IN ({marks})", batch
        )
    }


def _replace_evidence(db: Database, urls: Iterable[str], now: set[tuple[str, str]]) -> set[str]:
    """Let these links be all the evidence of links at these addresses; the ends of those that were
    not there, and of those that are there no more.
    """
    before = {
        link
        for url in urls
        for end in ("url", "target")
        for link in write(
            db,
            f"DELETE FROM translation_evidence WHERE {end} = ? AND +kind = 'link'"
            " RETURNING url, target",
            (url,),
        ).fetchall()
    }
    write_many(
        db,
        "INSERT INTO translation_evidence (url, target, kind, detail) VALUES (?, ?, 'link', '')",
        sorted(now),
    )
    return {end for link in before ^ now for end in link}
