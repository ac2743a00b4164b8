"""All that touched captures have a part in, derived again in one order."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from pipeline.items.derive import derive_items, touched_by_bodies
from pipeline.items.item_rows import Changes
from pipeline.items.outages import derive_faulty_days
from pipeline.items.redirects import addresses_about, days_of_redirects, newly_void
from pipeline.items.text_folding import derive_texts, texts_beside
from pipeline.similarity.index_cache import ShingleIndex
from pipeline.similarity.pairs import derive_pairs
from pipeline.similarity.shingle_index import items_of
from pipeline.store.database import (
    dict_rows,
    next_number,
)
from pipeline.store.rows import (
    item_from_row,
    item_to_record,
    to_json,
)
from pipeline.stories.decision_rows import derive_decisions
from pipeline.stories.derive import derive_stories
from pipeline.translations.derive import derive_translations


@dataclass(slots=True)
class Touched:
    """What the captures of a batch have a part in."""

    index: ShingleIndex
    urls: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    days: set[tuple[str, str]] = field(default_factory=set)
    bodies: set[tuple[str, str]] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    holders: set[str] = field(default_factory=set)
    """The ids of addresses and texts that hold runs which have become formulae."""
    captures: int = 0


def settle(db: Database, touched: Touched, *, now: datetime) -> Changes:
    """Derive again all that the touched captures have a part in."""
    changes = Changes()
    derive_items(db, _addresses_to_settle(db, touched), changes)
    beside = texts_beside(db, changes.texts | changes.removed)
    derive_texts(touched.index, touched.texts | beside, changes)
    weighed = changes.texts | items_of(db, touched.holders)
    related = derive_pairs(touched.index, weighed, changes.removed)
    related |= derive_decisions(db)
    placed = derive_stories(db, related, changes.removed, now)
    translated = derive_translations(db, changes.addresses)
    changes.numbered = _number_changes(db, changes.items | placed | translated)
    return changes


def _addresses_to_settle(db: Database, touched: Touched) -> set[str]:
    """The addresses captured, and those whose captures now say something else by these: redirects
    that have become void, bodies that have become boilerplate, days whose verdict has changed.
    """
    void = newly_void(db, touched.targets, touched.urls)
    days = touched.days.union(*(days_of_redirects(db, target) for target in void))
    return touched.urls.union(
        touched_by_bodies(db, touched.bodies, touched.urls),
        *(addresses_about(db, target) for target in void),
        derive_faulty_days(db, days),
    )


def _number_changes(db: Database, items: set[str]) -> set[str]:
    """Raise `changed_seq` of every item whose exported record is another than before; those."""
    numbered: set[str] = set()
    for item in sorted(items):
        rows = dict_rows(db.conn.execute("SELECT * FROM items WHERE id = ?", (item,)))
        if not rows:
            continue
        record = to_json(item_to_record(item_from_row(rows[0])))
        digest = hashlib.sha256(record.encode()).hexdigest()
        if digest != rows[0]["export_sha256"]:
            db.conn.execute(
                "UPDATE items SET export_sha256 = ?, changed_seq = ? WHERE id = ?",
                (digest, next_number(db, "changed_seq"), item),
            )
            numbered.add(item)
    return numbered
