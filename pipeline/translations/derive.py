"""Translations: items whose pages name each other in another language, or that other evidence
joins, directly or through a third language.
"""

from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.store.rows import to_json
from pipeline.translations.entity_links import settle_counterparts
from pipeline.translations.linked_items import items_at, linked_group
from pipeline.translations.shared_keys import settle_evidence


def derive_translations(db: Database, urls: Iterable[str]) -> set[str]:
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
