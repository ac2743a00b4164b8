"""Translations: items whose pages name each other in another language, or that other evidence
joins, directly or through a third language.
"""

from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.store.database import column
from pipeline.store.rows import Row, reading_from_json, to_json
from pipeline.translations.entity_links import settle_counterparts
from pipeline.translations.linked_items import items_at, linked_group
from pipeline.translations.shared_keys import settle_evidence


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
    waiting |= settle_counterparts(db, waiting)
    while waiting:
        group = linked_group(db, waiting.pop())
        waiting -= group
        items = items_at(db, group)
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
