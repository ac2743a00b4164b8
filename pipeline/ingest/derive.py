"""All that touched captures have a part in, derived again in one order."""

from datetime import datetime

from sqlite_utils import Database

from pipeline.ingest.batch import Ingested, Touched
from pipeline.ingest.record_versions import number_changes
from pipeline.ingest.settle import settle
from pipeline.ingest.unsettled import Unsettled, has_room, let_wait
from pipeline.items.article_redirects import (
    addresses_about,
    days_of_redirects,
    new_soft_404_targets,
)
from pipeline.items.derive import derive_items, touched_by_bodies
from pipeline.items.item_changes import ItemChanges, item_changes
from pipeline.items.outages import derive_faulty_days


def derive(db: Database, touched: Touched, *, now: datetime, may_wait: bool = False) -> Ingested:
    """Derive again all that the touched captures have a part in; what that changed. With `may_wait`
    what follows from comparing items waits, where that is safe, until it is settled for many.
    """
    items = derive_items(db, _addresses_to_derive(db, touched))
    changes = item_changes(items.changes)
    if may_wait and _is_plain(touched, changes) and has_room(db):
        waiting = Unsettled(
            readings=frozenset(touched.bodies_read), items=changes.compared_anew,
            addresses=items.addresses,
        )  # fmt: skip
        let_wait(db, waiting)
        placed = set[str]()
    else:
        changes, placed = settle(db, touched, items.changes, items.addresses, now=now)
    return Ingested(
        captures=touched.captures,
        new=changes.new,
        updated=changes.updated,
        gone=changes.gone,
        changed=number_changes(db, changes.written | placed | touched.former),
    )


def _is_plain(touched: Touched, changes: ItemChanges) -> bool:
    """Whether items were added or changed, and nothing else: what was removed, or may be another
    item now, is settled at once.
    """
    return not (changes.removed or touched.texts or touched.decided or touched.former)


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
