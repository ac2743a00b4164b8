"""All that touched captures have a part in, derived again in one order."""

from datetime import datetime

from sqlite_utils import Database

from pipeline.ingest.batch import Ingested, Touched
from pipeline.ingest.record_versions import number_changes
from pipeline.items.article_redirects import (
    addresses_about,
    days_of_redirects,
    new_soft_404_targets,
)
from pipeline.items.derive import derive_items, touched_by_bodies
from pipeline.items.item_changes import item_changes
from pipeline.items.outages import derive_faulty_days
from pipeline.items.text_folding import derive_texts, texts_beside
from pipeline.similarity.pairs import derive_pairs
from pipeline.similarity.shingle_index import items_of
from pipeline.stories.decision_rows import derive_decisions
from pipeline.stories.derive import derive_stories
from pipeline.stories.pieces import derive_pieces
from pipeline.translations.derive import derive_translations


def derive(db: Database, touched: Touched, *, now: datetime) -> Ingested:
    """Derive again all that the touched captures have a part in; what that changed."""
    items = derive_items(db, _addresses_to_derive(db, touched))
    so_far = item_changes(items.changes)
    beside = texts_beside(db, so_far.compared_anew | so_far.removed)
    texts = derive_texts(db, touched.texts | beside)
    changes = item_changes([*items.changes, *texts])
    removed = set(changes.removed)
    weighed = set(changes.compared_anew) | items_of(db, touched.documents)
    related = derive_pairs(db, weighed, removed)
    related |= derive_decisions(db)
    placed = derive_stories(db, related, removed, now)
    placed |= derive_translations(db, items.addresses)
    placed |= derive_pieces(db, changes.compared_anew | placed, changes.former_pieces)
    return Ingested(
        captures=touched.captures,
        new=changes.new,
        updated=changes.updated,
        gone=changes.gone,
        changed=number_changes(db, changes.written | placed | removed | touched.former),
    )


def _addresses_to_derive(db: Database, touched: Touched) -> set[str]:
    """The addresses captured, and those whose captures now say something else by these: redirects
    that have become soft 404s, bodies that have become boilerplate, days whose verdict has changed.
    """
    targets = new_soft_404_targets(db, touched.targets, touched.urls)
    days = touched.days.union(*(days_of_redirects(db, target) for target in targets))
    return touched.urls.union(
        touched_by_bodies(db, touched.bodies, touched.urls),
        *(addresses_about(db, target) for target in targets),
        derive_faulty_days(db, days),
    )
