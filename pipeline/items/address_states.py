"""What has become of each address: its state, its failure, when it is asked again."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from sqlite_utils import Database

from pipeline.clock import almaty_day, moment, stamp
from pipeline.frontier.crawls import began_between
from pipeline.frontier.failures import clear_failure, store_failure
from pipeline.frontier.retries import retry_at
from pipeline.items.history import BOILERPLATE_ADDRESSES, false_claims
from pipeline.items.item_captures import ItemCapture, captures_of
from pipeline.items.revisits import (
    Appeared,
    appeared,
    next_visit,
    retry_of_failed,
    visit_of_item,
)
from pipeline.model.capture import Failure
from pipeline.store.database import value
from pipeline.store.transactions import write, writing

State = Literal["found", "captured", "stored", "failed", "refused", "absent"]

_SAME_TRY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressState:
    """What an address has come to."""

    state: State
    tries: int = 0
    """How often it has failed in a row."""
    failing_since: datetime | None = None
    """When it failed first in that row."""
    next_visit: datetime | None = None
    """When it is asked again; None: not by itself."""
    lied_at: datetime | None = None
    """When a 304 of it was last proven to be false."""


SeparateTries = Callable[[datetime, datetime], bool]
"""Whether an address was asked in two tries, not once more in the same, at these moments."""


def are_far_apart(earlier: datetime, later: datetime) -> bool:
    """Whether answers lie so far apart that the later one was not asked for again at once."""
    return later - earlier > _SAME_TRY


def address_state(
    captures: Sequence[ItemCapture],
    item: Appeared | None,
    *,
    is_counted: bool,
    failing_since: datetime | None = None,
    are_separate: SeparateTries = are_far_apart,
) -> AddressState:
    """What an address has come to by its captures, of which there is one at least, in their order.

    `item` is when its item appeared, if it has one; `is_counted` says that the address was only
    counted up to, so that nobody has said that it is there; `failing_since` is what is known of
    requests before that brought no answer.
    """
    newest = captures[-1]
    if is_counted and all(one.says_none for one in captures):
        return AddressState(state="absent")
    if item is not None:
        since = None if newest.shows_content else failing_since
        visit = visit_of_item(newest.url, captures, item, since)
        return AddressState(state="stored", failing_since=since, next_visit=visit)
    if newest.leads_on:
        return AddressState(state="captured", failing_since=failing_since)
    tries = _tries(captures, are_separate)
    first, last = tries[0], tries[-1]
    led_on = max((one.time for one in captures if one.leads_on), default=None)
    if failing_since is not None and (led_on is None or led_on < failing_since):
        first = min(first, failing_since)
    return AddressState(
        state="refused" if newest.outcome == "refused" else "failed",
        tries=len(tries),
        failing_since=first,
        next_visit=retry_at(first, last),
    )


def unanswered_state(
    before: AddressState, now: datetime, visit: datetime | None = None
) -> AddressState:
    """What an address comes to by a request without an answer: it is asked again later each time.
    One that is known to be there stays what it is; `visit` is when its item is looked at anyway.
    """
    first = before.failing_since or now
    retry = retry_at(first, now)
    if visit is not None:
        retry = min(visit, retry_of_failed(first, now) or visit)
    return AddressState(
        state="failed" if before.state == "found" else before.state,
        tries=before.tries + 1,
        failing_since=first,
        next_visit=retry,
        lied_at=before.lied_at,
    )


def address_failure(captures: Sequence[ItemCapture]) -> Failure | None:
    """Why an address's newest capture, or the one that it refers to as a 304, gave nothing; None
    where it gave something.
    """
    shown = _shown(captures)
    reason, detail = shown.reason, shown.detail
    if shown.is_soft_404_redirect:
        reason, detail = "soft-404", f"redirects to {shown.redirect_to}, as many others do"
    elif shown.is_boilerplate:
        reason = "boilerplate"
        detail = f"{BOILERPLATE_ADDRESSES} addresses or more give this same body"
    if reason is None:
        return None
    return Failure(url=shown.url, stage="read", reason=reason, detail=detail or "")


def _shown(captures: Sequence[ItemCapture]) -> ItemCapture:
    """The newest capture; where that is a 304, the one that it refers to, if that is at hand."""
    newest = captures[-1]
    if newest.outcome != "not-modified":
        return newest
    earlier = [one for one in captures if one.outcome != "not-modified"]
    if newest.refers_to or newest.digest:
        meant = [one for one in earlier if one.time == newest.refers_to] or [
            one for one in earlier if one.digest == newest.digest
        ]
    else:
        meant = [one for one in earlier if one.reading] or earlier
    return meant[-1] if meant else newest


def derive_addresses(
    db: Database, urls: Collection[str], captures: Sequence[ItemCapture], item: str | None
) -> None:
    """Derive these addresses again, all those of one item, or of none."""
    dates = _appeared(db, item)
    for url in urls:
        own = [one for one in captures if one.url == url]
        write(db, "UPDATE addresses SET item = ? WHERE url = ?", (item, url))
        if own:
            false = false_claims(one.sighting for one in own)
            true = [one for one in own if one.order not in false.captures]
            now = _derived_state(db, url, true, dates)
            _write_failure(db, true, now)
            _write_state(db, url, replace(now, lied_at=false.proven))


def visit_in_time(db: Database, source: str, now: datetime) -> None:
    """Let no address wait for a moment that a clock which ran ahead has put off: where a capture
    is of the future, the visit follows from those before.
    """
    ahead = db.conn.execute(
        "SELECT DISTINCT url FROM captures WHERE source = ? AND day >= ? AND time > ?"
        " AND article = 1 AND status != 0",
        (source, almaty_day(now).isoformat(), stamp(now)),
    ).fetchall()
    if not ahead:
        return
    with writing(db):
        for (url,) in ahead:
            item = value(db, "SELECT item FROM addresses WHERE url = ?", url)
            past = [one for one in captures_of(db, [url]) if one.time <= now]
            state = _derived_state(db, url, past, _appeared(db, item)) if past else None
            visit = state.next_visit if state and state.next_visit else now
            write(
                db,
                "UPDATE addresses SET next_try = ? WHERE url = ? AND next_try > ?",
                (stamp(visit), url, stamp(visit)),
            )


def note_unanswered(db: Database, url: str, now: datetime) -> None:
    """Note that a request for an address brought no answer, if the address is an article's. Where
    the same crawl had an answer of it that failed, it is still the same try.
    """
    row = db.conn.execute(
        "SELECT state, tries, failing_since, lied_at, item FROM addresses WHERE url = ?", (url,)
    ).fetchone()
    if row is None or (row[0] in ("failed", "refused") and _was_answered_in_this_crawl(db, url)):
        return
    since, lied_at = (moment(one) if one else None for one in row[2:4])
    before = AddressState(state=row[0], tries=row[1], failing_since=since, lied_at=lied_at)
    item = _appeared(db, row[4])
    visit = next_visit(url, item, now) if item else None
    _write_state(db, url, unanswered_state(before, now, visit))


def _derived_state(
    db: Database, url: str, captures: Sequence[ItemCapture], item: Appeared | None
) -> AddressState:
    source = captures[0].source
    since, found_by, ways = db.conn.execute(
        "SELECT failing_since, found_by, ways FROM addresses WHERE url = ?", (url,)
    ).fetchone()
    return address_state(
        captures,
        item,
        is_counted=found_by == "number" and ways == "number",
        failing_since=moment(since) if since else None,
        are_separate=lambda earlier, later: (
            are_far_apart(earlier, later) or began_between(db, source, earlier, later)
        ),
    )


def _write_state(db: Database, url: str, now: AddressState) -> None:
    since, visit, lied_at = (
        one and stamp(one) for one in (now.failing_since, now.next_visit, now.lied_at)
    )
    write(
        db,
        "UPDATE addresses SET state = ?, tries = ?, failing_since = ?, next_try = ?, lied_at = ?"
        " WHERE url = ?",
        (now.state, now.tries, since, visit, lied_at, url),
    )


def _tries(captures: Sequence[ItemCapture], are_separate: SeparateTries) -> list[datetime]:
    """When the tries since the address last led on began, by its captures; answers asked for again
    at once are one try.
    """
    failed: list[datetime] = []
    for one in captures:
        failed = [] if one.leads_on else [*failed, one.time]
    return failed[:1] + [
        later for earlier, later in pairwise(failed) if are_separate(earlier, later)
    ]


def _was_answered_in_this_crawl(db: Database, url: str) -> bool:
    sql = (
        "SELECT 1 FROM addresses a JOIN crawls w ON w.id = a.asked_in JOIN captures c"
        " ON c.url = a.url WHERE a.url = ? AND c.time >= w.started"
    )
    return value(db, sql, url) is not None


def _appeared(db: Database, item: str | None) -> Appeared | None:
    row = db.conn.execute(
        "SELECT published, first_seen FROM items WHERE id = ?", (item,)
    ).fetchone()
    return appeared(row[0], moment(row[1])) if row else None


def _write_failure(db: Database, captures: Sequence[ItemCapture], now: AddressState) -> None:
    """Put the address on the list of failures, or take it off; a later request that was left
    without an answer stays there.
    """
    newest = captures[-1]
    if now.state == "absent":
        clear_failure(db, newest.url)
    elif not _is_unanswered_since(db, newest):
        failure = address_failure(captures)
        if failure is None:
            clear_failure(db, newest.url)
        else:
            store_failure(db, failure, newest.source, stamp(newest.time))


def _is_unanswered_since(db: Database, capture: ItemCapture) -> bool:
    sql = "SELECT 1 FROM failures WHERE url = ? AND stage = 'fetch' AND last_seen > ?"
    return value(db, sql, capture.url, stamp(capture.time)) is not None
