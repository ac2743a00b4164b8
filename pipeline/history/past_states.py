"""An item as it stood at a moment, by the captures before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from pipeline.clock import moment
from pipeline.history.stored_revisions import stored_revisions
from pipeline.items.article_redirects import joined
from pipeline.items.history import Sighting, item_history, missing_since, seen_in
from pipeline.items.item_captures import captures_of, load_reading
from pipeline.items.outages import faulty_days
from pipeline.model.reading import Reading
from pipeline.store.database import value


@dataclass(frozen=True, slots=True, kw_only=True)
class PastState:
    """What is known of an item at a moment."""

    revision: int
    url: str | None
    """The address at which it was seen last until then."""
    reading: Reading
    """The newest until then."""
    seen_from: datetime
    """The first capture that showed this revision."""
    seen_until: datetime
    """The last one, which may have come after the moment."""
    next_seen_from: datetime | None
    """The first capture of the next revision: it changed between `seen_until` and then."""
    gone: datetime | None
    """Since when the page was missing then, as later captures may have confirmed."""


def past_state(db: Database, item_id: str, url: str | None, at: datetime) -> PastState | None:
    """An item, with the address that it has, as it stood at a moment; None before it was first
    seen.
    """
    if url is None:
        return _of_imported_text(db, item_id, at)
    captures = [one.sighting for one in captures_of(db, joined(db, url))]
    seen = seen_in(captures)
    shown = [one for one in seen if one.time <= at]
    if not shown:
        return None
    newest, following = shown[-1], seen[len(shown) :]
    faulty = _faulty_days(db, url, captures)
    history = item_history(captures, faulty)
    assert history is not None
    begun = [one for one in history.revisions if one.first_seen <= at]
    later = history.revisions[len(begun) :]
    assert newest.reading is not None
    # It counts as missing only once it is missed again, which may have come after the moment.
    until = [one for one in captures if not following or one.time < following[0].time]
    gone = missing_since(until, seen, faulty)
    return PastState(
        revision=begun[-1].number,
        url=newest.url,
        reading=load_reading(db, newest.reading),
        seen_from=begun[-1].first_seen,
        seen_until=begun[-1].last_seen,
        next_seen_from=later[0].first_seen if later else None,
        gone=gone if gone and gone <= at else None,
    )


def _of_imported_text(db: Database, item_id: str, at: datetime) -> PastState | None:
    """It has no page that could change or go."""
    seen = [one for one in stored_revisions(db, item_id) if moment(one.first_seen) <= at]
    if not seen:
        return None
    newest = seen[-1]
    return PastState(
        revision=newest.revision, url=None, reading=newest.reading,
        seen_from=moment(newest.first_seen), seen_until=moment(newest.last_seen),
        next_seen_from=None, gone=None,
    )  # fmt: skip


def _faulty_days(db: Database, url: str, captures: Sequence[Sighting]) -> frozenset[date]:
    missed = {one.day for one in captures if one.says_gone}
    source = value(db, "SELECT source FROM addresses WHERE url = ?", url)
    return faulty_days(db, source, missed) if missed else frozenset()
