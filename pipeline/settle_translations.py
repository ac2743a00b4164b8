"""Translations: items whose pages name each other in another language, or that other evidence
joins, directly or through a third language.
"""

from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.closure import closure
from pipeline.rows import Row, reading_from_json, to_json
from pipeline.store import column, dict_rows
from pipeline.translation_evidence import settle_evidence


def store_links(db: Database, url: str, targets: Iterable[str]) -> None:
    """Note which addresses a page names as itself in another language."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO translation_links (url, target, evidence) VALUES (?, ?, 'link')",
        [(url, target) for target in targets],
    )


def settle_links(db: Database, captures: list[Row]) -> set[str]:
    """Take out the links that only boilerplate gave; the addresses that these led to."""
    dropped: set[str] = set()
    for url in {row["url"] for row in captures if row["boilerplate"]}:
        readings = {row["reading"] for row in captures if row["url"] == url and row["reading"]}
        void = {row["reading"] for row in captures if row["boilerplate"]}
        kept = _alternates(db, readings - void)
        dropped |= column(
            db.conn.execute("DELETE FROM translation_links WHERE url = ? RETURNING target", (url,))
        )
        store_links(db, url, kept)
    return dropped


def settle_translations(db: Database, urls: Iterable[str]) -> set[str]:
    """Find the translations of the items at these addresses again; the items that now have
    others.
    """
    written: set[str] = set()
    waiting = settle_evidence(db, urls)
    while waiting:
        group = _linked_group(db, waiting.pop())
        waiting -= group
        items = _items_at(db, group)
        for item in items:
            others = to_json(
                [
                    {"language": other["language"], "id": other["id"], "url": other["url"]}
                    for other in sorted(items, key=lambda o: (o["language"], o["id"]))
                    if other["language"] != item["language"]
                ]
            )
            if others != item["translations"]:
                db.conn.execute(
                    "UPDATE items SET translations = ? WHERE id = ?", (others, item["id"])
                )
                written.add(item["id"])
    return written


def _alternates(db: Database, readings: set[str]) -> set[str]:
    return {
        target
        for reading in readings
        for row in db.conn.execute("SELECT fields FROM readings WHERE id = ?", (reading,))
        for target in reading_from_json(row[0]).alternates
    }


def _linked_group(db: Database, url: str) -> set[str]:
    """The addresses joined by links or evidence between languages, or by being one item's."""

    def linked(one: str) -> set[str]:
        return column(
            db.conn.execute(
                "SELECT target FROM translation_links WHERE url = ?1"
                " UNION SELECT url FROM translation_links WHERE target = ?1"
                " UNION SELECT target FROM translation_evidence WHERE url = ?1"
                " UNION SELECT url FROM translation_evidence WHERE target = ?1"
                " UNION SELECT o.url FROM addresses a JOIN addresses o ON o.item = a.item"
                " WHERE a.url = ?1 AND a.item IS NOT NULL",
                (one,),
            )
        )

    return closure(url, linked)


def _items_at(db: Database, urls: set[str]) -> list[Row]:
    found: dict[str, Row] = {}
    for url in urls:
        for row in dict_rows(
            db.conn.execute(
                "SELECT i.id, i.language, i.url, i.translations"
                " FROM addresses a JOIN items i ON i.id = a.item WHERE a.url = ?",
                (url,),
            )
        ):
            found[row["id"]] = row
    return [found[item] for item in sorted(found)]
