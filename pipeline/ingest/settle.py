"""What follows from comparing items with all others, in one order: the index of shingles, imported
texts, pairs, stories, translations, pieces.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain

from sqlite_utils import Database

from pipeline.ingest.batch import DocumentReading, Touched
from pipeline.ingest.record_versions import number_changes
from pipeline.ingest.unsettled import is_any_unsettled, take_unsettled
from pipeline.items.item_captures import load_reading
from pipeline.items.item_changes import ItemChange, ItemChanges, item_changes
from pipeline.items.text_folding import derive_texts, texts_beside
from pipeline.similarity.pairs import derive_pairs
from pipeline.similarity.shingle_index import add_documents, items_of
from pipeline.store.transactions import writing
from pipeline.stories.decision_rows import derive_decisions
from pipeline.stories.derive import derive_stories
from pipeline.stories.pieces import derive_pieces
from pipeline.translations.derive import derive_translations


def settle_all(db: Database, *, now: datetime) -> None:
    """Settle all that waits, in one transaction."""
    if is_any_unsettled(db):
        with writing(db):
            changes, placed = settle(db, Touched(), (), (), now=now)
            number_changes(db, changes.written | placed)


def settle(
    db: Database,
    touched: Touched,
    changes: Collection[ItemChange],
    addresses: Collection[str],
    *,
    now: datetime,
) -> tuple[ItemChanges, set[str]]:
    """Settle a batch that has changed items, and all that waits. Gives all changes, those of
    imported texts too, and the items that are there no more or have another story, translation or
    piece than before.
    """
    waiting = take_unsettled(db)
    documents = set(touched.documents)
    if touched.bodies_read or waiting.readings:  # many a batch is a listing alone
        bodies = chain(touched.take_bodies(), _stored_bodies(db, waiting.readings))
        documents |= add_documents(db, bodies)
    so_far = item_changes(changes)
    beside = texts_beside(db, so_far.compared_anew | so_far.removed | waiting.items)
    texts = derive_texts(db, touched.texts | beside)
    found = item_changes([*changes, *texts])
    removed = set(found.removed)
    compared = set(found.compared_anew | waiting.items)
    related = derive_pairs(db, compared | items_of(db, documents), removed)
    related |= derive_decisions(db)
    placed = derive_stories(db, related, removed, now)
    placed |= derive_translations(db, {*addresses, *waiting.addresses})
    placed |= derive_pieces(db, compared | placed, found.former_pieces)
    return found, placed | removed


def _stored_bodies(
    db: Database, readings: Collection[DocumentReading]
) -> Iterator[tuple[str, str]]:
    """Documents with their bodies."""
    for document, reading in sorted(readings):
        yield document, load_reading(db, reading).body
