"""An item as it stood at a moment: what its captures up to then say."""

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
    """The address at which it was seen last."""
    reading: Reading
    """The newest until then."""
    seen_from: datetime
    """The first capture that showed this revision."""
    seen_last: datetime
    """The newest capture until then that showed it."""
    seen_next: datetime | None
    """The first capture after that which showed the item, as it was or otherwise."""
    changed_next: bool
    """Whether that one showed it otherwise, so that it changed at a time that is not known."""
    gone: datetime | None
    """Since when the page was missing then, as later captures may have confirmed."""


def past_state(db: Database, item_id: str, url: str | None, at: datetime) -> PastState | None:
    """An item, with the address that it has, as it stood at a moment; None before it was first
    seen.
    """
    if url is None:
        return _of_imported_text(db, item_id, at)
    captures = captures_of(db, joined(db, url))
    then = _history(db, [one for one in captures if one.time <= at])
    if then is None:
        return None
    until_next, following = _until_next_sighting(db, captures, at)
    newest = then.revisions[-1]
    gone = until_next.gone if until_next else None
    return PastState(
        revision=newest.number,
        url=then.url,
        reading=load_reading(db, newest.reading),
        seen_from=newest.first_seen,
        seen_last=newest.last_seen,
        seen_next=following.last_seen if following else None,
        changed_next=following is not None and len(following.revisions) > len(then.revisions),
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
        seen_from=moment(newest.first_seen), seen_last=moment(newest.last_seen), seen_next=None,
        changed_next=False, gone=None,
    )  # fmt: skip


def _until_next_sighting(
    db: Database, captures: Sequence[ItemCapture], at: datetime
) -> tuple[ItemHistory | None, ItemHistory | None]:
    """The history by all captures before the next one that shows the item, and by that one too;
    None for the latter where no later one does. A page counts as missing only once it is missed
    again, so what comes after the moment says whether it was missing then.
    """
    for number, capture in enumerate(captures):
        if capture.time > at and capture.shows_content:
            following = _history(db, captures[: number + 1])
            if following is not None and following.last_seen == capture.time:
                return _history(db, captures[:number]), following
    return _history(db, captures), None


def _history(db: Database, captures: Sequence[ItemCapture]) -> ItemHistory | None:
    missed = {one.day for one in captures if one.says_gone}
    faulty = faulty_days(db, captures[0].source, missed) if missed else frozenset()
    return item_history([one.sighting for one in captures], faulty)
