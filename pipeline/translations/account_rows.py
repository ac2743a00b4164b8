"""Items as they are compared with those of other languages: rows of `translation_accounts`."""

from datetime import date

from sqlite_utils import Database

from pipeline.store.database import dict_row, value
from pipeline.store.rows import Row
from pipeline.store.transactions import write
from pipeline.translations.entities import entities_from_json, entities_in
from pipeline.translations.entity_index import Account
from pipeline.translations.linked_items import items_at

MOST_ITEMS_A_DAY = 1000
"""A day on which a source has more items, of all languages, is passed over: their dates are wrong,
or nothing could be told apart among so many.
"""

Day = tuple[str, int]
"""A source, and a day as a number."""


def write_accounts(db: Database, piece: set[str]) -> set[Day]:
    """Write down the items at these addresses, which strong evidence makes one piece; the days of
    all that are now compared otherwise than before.
    """
    items = {item["url"]: item for item in items_at(db, piece)}
    longest = max(items.values(), key=lambda item: (item["words"], item["url"]), default=None)
    languages = sorted({item["language"] for item in items.values()})
    touched: set[Day] = set()
    for url in piece:
        before = _stored(db, url)
        now: Row | None = None
        if item := items.get(url):
            others = " ".join(one for one in languages if one != item["language"])
            now = {name: item[name] for name in ("source", "language", "day", "content_sha256")}
            now["joined_languages"] = others if item is longest else None
        if now == before:
            continue
        if item and now:
            _write(db, item, now)
        else:
            write(db, "DELETE FROM translation_accounts WHERE url = ?", (url,))
        touched |= {(row["source"], day_number(row["day"])) for row in (before, now) if row}
    return touched


def accounts_between(
    db: Database, source: str, first: int, last: int, *, most_a_day: int = MOST_ITEMS_A_DAY
) -> list[Account]:
    """The items of a source on these days; none if all are of one language, so that nothing could
    be found among them.
    """
    rows = db.conn.execute(
        "WITH near AS (SELECT day, language FROM translation_accounts"
        "  WHERE source = ?1 AND day BETWEEN ?2 AND ?3),"
        " crowded AS (SELECT day FROM near GROUP BY day HAVING count(*) > ?4)"
        " SELECT url, language, day, joined_languages, entities FROM translation_accounts"
        " WHERE source = ?1 AND day BETWEEN ?2 AND ?3 AND day NOT IN crowded"
        " AND (SELECT count(DISTINCT language) FROM near) > 1",
        (source, day_text(first), day_text(last), most_a_day),
    )
    return [
        Account(
            url=url, language=language, day=day_number(day),
            languages=frozenset() if joined is None else frozenset((language, *joined.split())),
            entities=entities_from_json(entities),
        )
        for url, language, day, joined, entities in rows
    ]  # fmt: skip


def day_number(day: str) -> int:
    """A stored day as a number."""
    return date.fromisoformat(day).toordinal()


def day_text(number: int) -> str:
    """A numbered day as it is stored."""
    return date.fromordinal(max(number, 1)).isoformat()


def _stored(db: Database, url: str) -> Row | None:
    return dict_row(
        db.conn.execute(
            "SELECT source, language, day, content_sha256, joined_languages"
            " FROM translation_accounts WHERE url = ?",
            (url,),
        )
    )


def _write(db: Database, item: Row, facts: Row) -> None:
    body = value(db, "SELECT body FROM items WHERE id = ?", item["id"])
    write(
        db,
        "INSERT OR REPLACE INTO translation_accounts"
        " (url, source, language, day, content_sha256, joined_languages, entities)"
        " VALUES (:url, :source, :language, :day, :content_sha256, :joined_languages, :entities)",
        facts | {"url": item["url"], "entities": entities_in(body, item["language"]).as_json()},
    )
