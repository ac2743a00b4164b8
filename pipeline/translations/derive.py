"""Translations: the items of other languages that evidence joins with an item, directly or through
a third language.
"""

from collections.abc import Collection

from sqlite_utils import Database

from pipeline.store.rows import to_json
from pipeline.store.transactions import write
from pipeline.translations.entity_links import derive_entity_links
from pipeline.translations.linked_items import linked_items
from pipeline.translations.page_links import derive_page_links
from pipeline.translations.shared_keys import derive_key_links


def derive_translations(db: Database, urls: Collection[str]) -> set[str]:
    """Derive the translations of the items at these addresses again; the items whose translations
    changed.
    """
    touched = {*urls, *derive_key_links(db, urls), *derive_page_links(db, urls)}
    touched |= derive_entity_links(db, touched)
    written: set[str] = set()
    for group in linked_items(db, touched):
        for item in group.items:
            others = to_json(
                [
                    {"language": other["language"], "id": other["id"], "url": other["url"]}
                    for other in sorted(group.items, key=lambda o: (o["language"], o["id"]))
                    if other["language"] != item["language"]
                ]
            )
            if others != item["translations"]:
                write(db, "UPDATE items SET translations = ? WHERE id = ?", (others, item["id"]))
                written.add(item["id"])
    return written
