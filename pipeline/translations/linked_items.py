"""Addresses that are one piece: joined across languages, or one item's.

`translation_evidence` holds what joins two addresses, one row for each reason. Of its kinds `link`,
`number` and `image` are strong; `entities` gives way to them.
"""

from sqlite_utils import Database

from pipeline.connected import connected_component
from pipeline.store.database import column, dict_rows
from pipeline.store.rows import Row


def linked_group(db: Database, url: str, *, strongly: bool = False) -> set[str]:
    """The addresses that evidence joins with this one, through others too, and all addresses of
    one item; with `strongly`, without what only numbers and names join.
    """

    def linked(one: str) -> set[str]:
        return column(
            db.conn.execute(
                "SELECT target FROM translation_evidence WHERE url = ?1"
                " AND NOT (?2 AND kind = 'entities')"
                " UNION SELECT url FROM translation_evidence WHERE target = ?1"
                " AND NOT (?2 AND kind = 'entities')"
                " UNION SELECT o.url FROM addresses a JOIN addresses o ON o.item = a.item"
                " WHERE a.url = ?1 AND a.item IS NOT NULL",
                (one, strongly),
            )
        )

    return connected_component(url, linked)


def items_at(db: Database, urls: set[str]) -> list[Row]:
    """The items at these addresses, by id."""
    found: dict[str, Row] = {}
    for url in urls:
        for row in dict_rows(
            db.conn.execute(
                "SELECT i.id, i.source, i.language, i.day, i.url, i.words, i.content_sha256,"
                " i.translations FROM addresses a JOIN items i ON i.id = a.item WHERE a.url = ?",
                (url,),
            )
        ):
            found[row["id"]] = row
    return [found[item] for item in sorted(found)]
