"""Items joined across languages by the numbers and names in them, kept as items come and change.

Stronger evidence goes first: an item that it joins with one of a language gets no second of that
language by this, and of several items that it joins, the longest speaks for all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from sqlite_utils import Database

from pipeline.store.database import dict_rows
from pipeline.store.rows import Row
from pipeline.translations.entities import particulars, particulars_from_json
from pipeline.translations.linked_items import WEAKEST, items_at, linked_group
from pipeline.translations.matching import CLOSE_DAYS, REACH_DAYS, counterparts
from pipeline.translations.weights import Piece

_AT_ONCE = 30
"""So many days are decided in one go; a reparse comes with all that there are."""
_MOST_A_DAY = 1000
"""A day on which a source has more items, of all languages, is nobody's: their dates are wrong, or
it is a mass in which nothing could be told. Nothing is looked for among them.
"""

_Evidence = tuple[str, str, str]
_SILENT = "*"
"""Kept where languages are that are taken: another item speaks for this one."""


def settle_counterparts(db: Database, urls: Iterable[str]) -> set[str]:
    """Find again what numbers and names join around the items at these addresses, with which
    stronger evidence is settled; all addresses that they join now otherwise than before.
    """
    waiting = set(urls)
    changed = _drop_evidence(db, waiting - _newest_addresses(db, waiting))
    touched: set[tuple[str, int]] = set()
    while waiting:
        group = linked_group(db, waiting.pop(), strongly=True)
        waiting -= group
        touched |= _note_group(db, group)
    for source in sorted({source for source, _ in touched}):
        days = {day for touched_source, day in touched if touched_source == source}
        for first, last in _stretches(days):
            changed |= _settle_days(db, source, first, last)
    return changed


def _newest_addresses(db: Database, urls: set[str]) -> set[str]:
    """Those of these addresses that are their item's newest."""
    return {item["url"] for item in items_at(db, urls)} & urls


def _drop_evidence(db: Database, urls: set[str]) -> set[str]:
    """Take out what joins these addresses so; they and those that they were joined with."""
    return {
        end
        for url in urls
        for pair in db.conn.execute(
            "DELETE FROM translation_evidence WHERE (url = ?1 OR target = ?1) AND evidence GLOB ?2"
            " RETURNING url, target",
            (url, f"{WEAKEST}*"),
        ).fetchall()
        for end in pair
    }


def _note_group(db: Database, group: set[str]) -> set[tuple[str, int]]:
    """Keep what the items of one piece are to be looked at for; sources and days on which that is
    another than before.
    """
    items = {item["url"]: item for item in items_at(db, group)}
    spokesman = max(items.values(), key=lambda item: (item["words"], item["url"]), default=None)
    languages = sorted({item["language"] for item in items.values()})
    touched: set[tuple[str, int]] = set()
    for url in group:
        before = _noted(db, url)
        item = items.get(url)
        if item is None:
            db.conn.execute("DELETE FROM translation_particulars WHERE url = ?", (url,))
            touched |= {(one["source"], _ordinal(one["day"])) for one in before}
            continue
        taken = " ".join(one for one in languages if one != item["language"])
        touched |= _note_item(db, item, taken if item is spokesman else _SILENT, before)
    return touched


def _noted(db: Database, url: str) -> list[Row]:
    return dict_rows(
        db.conn.execute(
            "SELECT source, language, day, content_sha256, taken FROM translation_particulars"
            " WHERE url = ?",
            (url,),
        )
    )


def _note_item(db: Database, item: Row, taken: str, before: list[Row]) -> set[tuple[str, int]]:
    """Keep one item's particulars; the sources and days touched by it."""
    facts = {name: item[name] for name in ("source", "language", "day", "content_sha256")}
    facts["taken"] = taken
    if before == [facts]:
        return set()
    (body,) = db.conn.execute("SELECT body FROM items WHERE id = ?", (item["id"],)).fetchone()
    db.conn.execute(
        "INSERT OR REPLACE INTO translation_particulars"
        " (url, source, language, day, content_sha256, taken, particulars)"
        " VALUES (:url, :source, :language, :day, :content_sha256, :taken, :particulars)",
        facts | {"url": item["url"], "particulars": particulars(body, item["language"]).as_json()},
    )
    return {(one["source"], _ordinal(one["day"])) for one in (*before, facts)}


def _stretches(days: set[int]) -> Iterator[tuple[int, int]]:
    """The days on which pairs may have changed by what has changed on these, in stretches."""
    reached = sorted(
        {near for day in days for near in range(day - REACH_DAYS, day + REACH_DAYS + 1)}
    )
    first = last = None
    for day in reached:
        if first is None or last is None:
            first = last = day
        elif day > last + 1 or day - first >= _AT_ONCE:
            yield first, last
            first = last = day
        else:
            last = day
    if first is not None and last is not None:
        yield first, last


def _settle_days(db: Database, source: str, first: int, last: int) -> set[str]:
    """Decide the pairs with an end on these days again; the addresses of those that changed."""
    beyond = REACH_DAYS + CLOSE_DAYS
    pieces = _pieces(db, source, first - beyond, last + beyond)
    decided = {piece.url for piece in pieces if first <= piece.ordinal <= last}
    now = {
        (one.url, one.target, f"{WEAKEST}{one.shared}")
        for one in counterparts(pieces)
        if one.url in decided or one.target in decided
    }
    before = _evidence(db, source, first, last) if _joins_any(db) else set()
    _write(db, before, now)
    return {end for one in before ^ now for end in one[:2]}


def _pieces(db: Database, source: str, first: int, last: int) -> list[Piece]:
    """The items of these days, as far as there is something to look for among them."""
    languages = _languages(db, source)
    if len(languages) < 2:
        return []
    held = {
        language: dict(
            db.conn.execute(
                "SELECT day, count(*) FROM translation_particulars"
                " WHERE source = ? AND language = ? AND day BETWEEN ? AND ? GROUP BY day",
                (source, language, _day(first), _day(last)),
            ).fetchall()
        )
        for language in languages
    }
    if sum(bool(days) for days in held.values()) < 2:
        return []
    total = Counter[str]()
    for days in held.values():
        total.update(days)
    return [
        piece
        for language, days in held.items()
        for day in days
        if total[day] <= _MOST_A_DAY
        for piece in _pieces_of(db, source, language, day)
    ]


def _languages(db: Database, source: str) -> list[str]:
    """The languages of a source's items, each found by one step in the index."""
    found: list[str] = []
    while True:
        (following,) = db.conn.execute(
            "SELECT min(language) FROM translation_particulars WHERE source = ? AND language > ?",
            (source, found[-1] if found else ""),
        ).fetchone()
        if following is None:
            return found
        found.append(following)


def _pieces_of(db: Database, source: str, language: str, day: str) -> list[Piece]:
    rows = db.conn.execute(
        "SELECT url, taken, particulars FROM translation_particulars"
        " WHERE source = ? AND language = ? AND day = ?",
        (source, language, day),
    )
    return [
        Piece(
            url=url, language=language, day=date.fromisoformat(day),
            taken=frozenset(taken.split()), speaks=taken != _SILENT,
            particulars=particulars_from_json(stored),
        )
        for url, taken, stored in rows
    ]  # fmt: skip


def _evidence(db: Database, source: str, first: int, last: int) -> set[_Evidence]:
    """What joined items so that have an end on these days."""
    return {
        row
        for language in _languages(db, source)
        for end in ("url", "target")
        for row in db.conn.execute(
            "SELECT e.url, e.target, e.evidence FROM translation_particulars p"
            f" CROSS JOIN translation_evidence e ON e.{end} = p.url"
            " WHERE p.source = ? AND p.language = ? AND p.day BETWEEN ? AND ?"
            " AND e.evidence GLOB ?",
            (source, language, _day(first), _day(last), f"{WEAKEST}*"),
        )
    }


def _joins_any(db: Database) -> bool:
    """Whether numbers and names join anything at all."""
    row = db.conn.execute(
        "SELECT 1 FROM translation_evidence WHERE evidence BETWEEN ? AND ? || char(1114111)"
        " ORDER BY evidence LIMIT 1",
        (WEAKEST, WEAKEST),
    ).fetchone()
    return row is not None


def _write(db: Database, before: set[_Evidence], now: set[_Evidence]) -> None:
    db.conn.executemany(
        "DELETE FROM translation_evidence WHERE url = ? AND target = ? AND evidence = ?",
        sorted(before - now),
    )
    db.conn.executemany(
        "INSERT INTO translation_evidence (url, target, evidence) VALUES (?, ?, ?)",
        sorted(now - before),
    )


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _day(ordinal: int) -> str:
    return date.fromordinal(max(ordinal, 1)).isoformat()
