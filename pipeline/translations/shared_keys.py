"""Items joined across languages by a key that they share: the source's own number, or a picture
that they carry on one day.

A key joins items only where it has one item a language, and those of a number only where their days
lie close together. The date alone never joins anything.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import combinations

from sqlite_utils import Database

from pipeline.store.database import dict_rows
from pipeline.store.rows import Row
from pipeline.store.transactions import write, write_many

_NUMBER_DAYS = 3
"""The days of publication of items with one number lie no further apart."""

_Key = tuple[str, str]
"""Its kind, `number` or `image`, and what it is."""


def derive_key_links(db: Database, urls: Iterable[str]) -> set[str]:
    """Derive again which items share a key with those at these addresses; these addresses, and all
    that such a key joins now or joined before.
    """
    touched = set(urls)
    keys: set[_Key] = set()
    for url in touched:
        keys |= set(
            write(
                db, "DELETE FROM translation_keys WHERE url = ? RETURNING kind, detail", (url,)
            ).fetchall()
        )
        for row in _keys_of(db, url):
            keys.add((row["kind"], row["detail"]))
            write(
                db,
                "INSERT OR IGNORE INTO translation_keys (kind, detail, url, language, day)"
                " VALUES (:kind, :detail, :url, :language, :day)",
                row,
            )
    return touched.union(*(_derive_links_of(db, *key) for key in sorted(keys)))


def _keys_of(db: Database, url: str) -> list[Row]:
    """The keys of the item whose newest address this is."""
    found: list[Row] = []
    for item in dict_rows(
        db.conn.execute(
            "SELECT i.url, i.source, i.language, i.day, i.image_url, a.kind, a.number"
            " FROM addresses a JOIN items i ON i.id = a.item AND i.url = a.url WHERE a.url = ?",
            (url,),
        )
    ):
        base = {"url": item["url"], "language": item["language"], "day": item["day"]}
        if item["number"] is not None:
            detail = f"{item['source']} {item['kind']} {item['number']}"
            found.append(base | {"kind": "number", "detail": detail})
        if item["image_url"]:
            detail = f"{item['source']} {item['day']} {item['image_url']}"
            found.append(base | {"kind": "image", "detail": detail})
    return found


def _derive_links_of(db: Database, kind: str, detail: str) -> set[str]:
    """Join again what a key joins; the addresses that it joins now, or joined before."""
    before = write(
        db,
        "DELETE FROM translation_evidence WHERE kind = ? AND detail = ? RETURNING url, target",
        (kind, detail),
    ).fetchall()
    items = dict_rows(
        db.conn.execute(
            "SELECT url, language, day FROM translation_keys WHERE kind = ? AND detail = ?"
            " ORDER BY url",
            (kind, detail),
        )
    )
    now = [
        (one["url"], other["url"])
        for one, other in (combinations(items, 2) if _is_one_piece(items) else ())
        if kind != "number" or _days_apart(one, other) <= _NUMBER_DAYS
    ]
    write_many(
        db,
        "INSERT INTO translation_evidence (url, target, kind, detail) VALUES (?, ?, ?, ?)",
        [(*pair, kind, detail) for pair in now],
    )
    return {url for pair in (*before, *now) for url in pair}


def _is_one_piece(items: list[Row]) -> bool:
    """Whether there are several languages, and one item of each."""
    languages = Counter(item["language"] for item in items)
    return len(languages) > 1 and max(languages.values()) == 1


def _days_apart(one: Row, other: Row) -> int:
    return abs((date.fromisoformat(one["day"]) - date.fromisoformat(other["day"])).days)
