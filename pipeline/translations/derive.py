"""Translations: the items of other languages that evidence joins with an item, directly or through
a third language.
"""

from collections.abc import Collection

from sqlite_utils import Database

from pipeline.store.rows import to_json
from pipeline.store.transactions import write
from pipeline.translations.entity_links import derive_entity_links
from pipeline.translations.linked_items import items_at, linked_group
from pipeline.translations.page_links import derive_page_links
from pipeline.translations.shared_keys import derive_key_links


def derive_translations(db: Database, urls: Collection[str]) -> set[str]:
    """Derive the translations of the items at these addresses again; the items whose translations
    changed.
    """
    written: set[str] = set()
    waiting = derive_key_links(db, urls) | derive_page_links(db, urls)
    waiting |= derive_entity_links(db, waiting)
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
                write(db, "UPDATE items SET translations = ? WHERE id = ?", (others, item["id"]))
                written.add(item["id"])
    return written
