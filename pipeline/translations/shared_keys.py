"""Items joined across languages by a key that they share: the source's own number, or a picture
that they carry on one day.

A key joins items only where it has one item a language, and those of a number only where their days
lie close together. The date alone never joins anything.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from sqlite_utils import Database

from pipeline.store.database import dict_rows, in_batches
from pipeline.store.rows import Row
from pipeline.store.transactions import write_many

_NUMBER_DAYS = 3
"""The days of publication of items with one number lie no further apart."""

_KeyRow = tuple[str, str, str, str, str]
"""What an item has: the kind, `number` or `image`, and what it is; its address, language, day."""
_Evidence = tuple[str, str, str, str]
"""Two addresses, with the kind of the key that joins them and what it is."""


def derive_key_links(db: Database, urls: Iterable[str]) -> set[str]:
    """Derive again which items share a key with those at these addresses; the addresses that keys
    join now or joined before, and not both.
    """
    changed: set[str] = set()
    for marks, batch in in_batches(urls):
        before, now = _stored_keys(db, marks, batch), set(_keys_of(db, marks, batch))
        write_many(
            db,
            "DELETE FROM translation_keys WHERE kind = ? AND detail = ? AND url = ?",
            [row[:3] for row in before - now],
        )
        write_many(
            db,
            "INSERT INTO translation_keys (kind, detail, url, language, day)"
            " VALUES (?, ?, ?, ?, ?)",
            now - before,
        )
        changed |= _derive_links(db, {row[:2] for row in before ^ now})
    return changed


def _stored_keys(db: Database, marks: str, urls: Sequence[str]) -> set[_KeyRow]:
    sql = "SELECT kind, detail, url, language, day FROM translation_keys"
    return set(db.conn.execute(f"{sql} WHERE url IN ({marks})", urls))


def _keys_of(db: Database, marks: str, urls: Sequence[str]) -> Iterator[_KeyRow]:
    """The keys of the items whose newest address is one of these."""
    for item in dict_rows(
        db.conn.execute(
            "SELECT i.url, i.source, i.language, i.day, i.image_url, a.kind, a.number"
            " FROM addresses a CROSS JOIN items i ON i.id = a.item AND i.url = a.url"
            f" WHERE a.url IN ({marks})",
            urls,
        )
    ):
        own = item["url"], item["language"], item["day"]
        if item["number"] is not None:
            yield ("number", f"{item['source']} {item['kind']} {item['number']}", *own)
        if item["image_url"]:
            yield ("image", f"{item['source']} {item['day']} {item['image_url']}", *own)


def _derive_links(db: Database, keys: set[tuple[str, str]]) -> set[str]:
    """Join again what these keys join; the addresses that they join otherwise than before."""
    before: set[_Evidence] = set()
    now: set[_Evidence] = set()
    for kind, detail in keys:
        where = "WHERE kind = ? AND detail = ?"
        before.update(
            db.conn.execute(
                f"SELECT url, target, kind, detail FROM translation_evidence {where}",
                (kind, detail),
            )
        )
        sql = f"SELECT url, language, day FROM translation_keys {where} ORDER BY url"
        items = dict_rows(db.conn.execute(sql, (kind, detail)))
        now |= {(*pair, kind, detail) for pair in _pairs(kind, items)}
    write_many(
        db,
        "DELETE FROM translation_evidence WHERE url = ? AND target = ? AND kind = ? AND detail = ?",
        before - now,
    )
    write_many(
        db,
        "INSERT INTO translation_evidence (url, target, kind, detail) VALUES (?, ?, ?, ?)",
        now - before,
    )
    return {url for one in before ^ now for url in one[:2]}


def _pairs(kind: str, items: list[Row]) -> Iterator[tuple[str, str]]:
    """The addresses that a key joins, of the items that have it, by address."""
    languages = Counter(item["language"] for item in items)
    if languages and max(languages.values()) == 1:
        for one, other in combinations(items, 2):
            if kind != "number" or _days_apart(one, other) <= _NUMBER_DAYS:
                yield one["url"], other["url"]


def _days_apart(one: Row, other: Row) -> int:
    return abs((date.fromisoformat(one["day"]) - date.fromisoformat(other["day"])).days)
