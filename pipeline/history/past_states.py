"""An item as it stood at a moment, by the captures before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import moment
from pipeline.history.stored_revisions import stored_revisions
from pipeline.items.article_redirects import joined
from pipeline.items.history import ItemHistory, item_history
from pipeline.items.item_captures import ItemCapture, captures_of, load_reading
from pipeline.items.outages import faulty_days
from pipeline.model.reading import Reading


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
    captures = captures_of(db, joined(db, url))
    history = _history(db, captures)
    begun = [one for one in history.revisions if one.first_seen <= at] if history else []
    if history is None or not begun:
        return None
    revision = begun[-1]
    following = history.revisions[len(begun) :]
    shown = [one for one in captures if one.time <= at and one.shows_content]
    readings = [one.reading for one in shown if one.reading and one.time >= revision.first_seen]
    gone = _gone(db, captures, at)
    return PastState(
        revision=revision.number,
        url=shown[-1].url,
        reading=load_reading(db, readings[-1] if readings else revision.reading),
        seen_from=revision.first_seen,
        seen_until=revision.last_seen,
        next_seen_from=following[0].first_seen if following else None,
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


def _gone(db: Database, captures: Sequence[ItemCapture], at: datetime) -> datetime | None:
    """Since when the page was missing, by all captures before the next one that shows it: it counts
    as missing only once it is missed again, which may come after the moment.
    """
    for number, capture in enumerate(captures):
        if capture.time > at and capture.shows_content:
            until = _history(db, captures[: number + 1])
            if until is not None and until.last_seen == capture.time:
                before = _history(db, captures[:number])
                return before.gone if before else None
    whole = _history(db, captures)
    return whole.gone if whole else None


def _history(db: Database, captures: Sequence[ItemCapture]) -> ItemHistory | None:
    missed = {one.day for one in captures if one.says_gone}
    faulty = faulty_days(db, captures[0].source, missed) if missed else frozenset()
    return item_history([one.sighting for one in captures], faulty)
