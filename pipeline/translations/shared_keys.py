"""What makes items of different languages one piece, besides the links that pages bear: a number
that they share, or a picture of one day.

Items are joined by keys: `number` with source, kind and the site's own number; `image` with source,
day and the picture's address. A key joins items only where it has one item a language, and those
of a number only where their days lie close together: never is it the date alone.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from pipeline.store.database import column, dict_rows
from pipeline.store.rows import Row

_NUMBER_DAYS = 3
"""Days of publication of the prints of one number lie no further apart."""


def settle_evidence(db: Database, urls: Iterable[str]) -> set[str]:
    """Find again what joins the items at these addresses with others; all addresses that are
    joined now, or were before.
    """
    touched = set(urls)
    keys: set[str] = set()
    for url in touched:
        keys |= column(
            db.conn.execute("DELETE FROM translation_keys WHERE url = ? RETURNING key", (url,))
        )
        for row in _keys_of(db, url):
            keys.add(row["key"])
            db.conn.execute(
                "INSERT OR IGNORE INTO translation_keys (key, url, language, day)"
                " VALUES (:key, :url, :language, :day)",
                row,
            )
    return touched.union(*(_settle_key(db, key) for key in sorted(keys)))


def _keys_of(db: Database, url: str) -> list[Row]:
    """The keys of the item whose newest address this is."""
    found: list[Row] = []
    for item in dict_rows(
        db.conn.execute(
            "SELECT i.url, i.source, i.language, i.day, i.image_url, a.kind, a.number"
            " FROM items i JOIN addresses a ON a.url = i.url WHERE i.url = ?",
            (url,),
        )
    ):
        base = {"url": item["url"], "language": item["language"], "day": item["day"]}
        if item["number"] is not None:
            key = f"number {item['source']} {item['kind']} {item['number']}"
            found.append(base | {"key": key})
        if item["image_url"]:
            key = f"image {item['source']} {item['day']} {item['image_url']}"
            found.append(base | {"key": key})
    return found


def _settle_key(db: Database, key: str) -> set[str]:
    """Join again what a key joins; the addresses that it joins now, or did before."""
    before = db.conn.execute(
        "DELETE FROM translation_evidence WHERE evidence = ? RETURNING url, target", (key,)
    ).fetchall()
    members = dict_rows(
        db.conn.execute(
            "SELECT url, language, day FROM translation_keys WHERE key = ? ORDER BY url", (key,)
        )
    )
    joined = {url for pair in before for url in pair}
    if not _is_one_piece(members):
        return joined
    for one in members:
        for other in members:
            if one["url"] < other["url"] and _close(key, one, other):
                joined |= {one["url"], other["url"]}
                db.conn.execute(
                    "INSERT INTO translation_evidence (url, target, evidence) VALUES (?, ?, ?)",
                    (one["url"], other["url"], key),
                )
    return joined


def _is_one_piece(members: list[Row]) -> bool:
    """Whether there are several languages, and one item of each."""
    languages = Counter(member["language"] for member in members)
    return len(languages) > 1 and max(languages.values()) == 1


def _close(key: str, one: Row, other: Row) -> bool:
    days = abs((date.fromisoformat(one["day"]) - date.fromisoformat(other["day"])).days)
    return not key.startswith("number ") or days <= _NUMBER_DAYS
