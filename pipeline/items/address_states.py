"""What has become of each address: its state, its failure, when it is asked again."""

from datetime import datetime, timedelta
from itertools import pairwise

from sqlite_utils import Database

from pipeline.clock import moment, stamp
from pipeline.frontier.failures import clear_failure, store_failure
from pipeline.items.history import BOILERPLATE_ADDRESSES
from pipeline.model.capture import Failure
from pipeline.store.rows import Row
from pipeline.store.transactions import write

_RETRIES = tuple(timedelta(hours=hours) for hours in (0, 1, 6, 24, 168))
_SAME_TRY = timedelta(minutes=10)
_REVISITED_FOR = timedelta(days=30)
_SHORTEST_REVISIT = timedelta(hours=1)


def retry_wait(tries: int) -> timedelta:
    """How long after its `tries`-th failure in a row an address is asked again."""
    return _RETRIES[min(max(tries, 1), len(_RETRIES)) - 1]


def derive_addresses(db: Database, urls: set[str], captures: list[Row], item: str | None) -> None:
    """Write what these addresses of one item, or of none, have come to by their captures."""
    first_seen = _first_seen(db, item) if item else None
    for url in urls:
        own = [row for row in captures if row["url"] == url]
        write(db, "UPDATE addresses SET item = ? WHERE url = ?", (item, url))
        if own and _is_absent(db, own):
            clear_failure(db, url)
            _set_state(db, url, "absent", 0, None)
        elif own:
            _settle_failure(db, own)
            _set_state(db, url, *_state(own, first_seen))


def _set_state(db: Database, url: str, state: str, tries: int, due: str | None) -> None:
    write(
        db,
        "UPDATE addresses SET state = ?, tries = ?, next_try = ? WHERE url = ?",
        (state, tries, due, url),
    )


def _first_seen(db: Database, item: str) -> datetime:
    row = db.conn.execute("SELECT first_seen FROM items WHERE id = ?", (item,)).fetchone()
    return moment(row[0])


def _is_absent(db: Database, own: list[Row]) -> bool:
    """Whether an address that was only counted up to was never there."""
    row = db.conn.execute(
        "SELECT 1 FROM addresses WHERE url = ? AND found_by = 'number' AND ways = 'number'",
        (own[-1]["url"],),
    ).fetchone()
    never = (one["outcome"] in ("gone", "soft-404") or one["void"] for one in own)
    return row is not None and all(never)


def _settle_failure(db: Database, own: list[Row]) -> None:
    newest = own[-1]
    if _failed_since(db, newest):
        return
    failure = _failure_of(_shown(newest, own))
    if failure:
        store_failure(db, failure, newest["source"], newest["time"])
    else:
        clear_failure(db, newest["url"])


def _failed_since(db: Database, capture: Row) -> bool:
    """Whether a request for the address was left without an answer after this capture."""
    return (
        db.conn.execute(
            "SELECT 1 FROM failures WHERE url = ? AND stage = 'fetch' AND last_seen > ?",
            (capture["url"], capture["time"]),
        ).fetchone()
        is not None
    )


def _shown(capture: Row, own: list[Row]) -> Row:
    """The capture that a 304 refers to, where it is at hand; else the capture itself."""
    return next((row for row in own if row["time"] == capture["refers_to"]), capture)


def _failure_of(capture: Row) -> Failure | None:
    """Why the newest capture of an address gave nothing, if it did not."""
    reason, detail = capture["reason"], capture["detail"]
    if capture["void"]:
        reason, detail = "soft-404", f"redirects to {capture['redirect_to']}, as many others do"
    elif capture["boilerplate"]:
        reason = "boilerplate"
        detail = f"{BOILERPLATE_ADDRESSES} addresses or more give this same body"
    if reason is None:
        return None
    return Failure(url=capture["url"], stage="read", reason=reason, detail=detail)


def _state(own: list[Row], first_seen: datetime | None) -> tuple[str, int, str | None]:
    """An address's state, how often it failed in a row, and when it is asked again."""
    newest = own[-1]
    time = moment(newest["time"])
    if first_seen is not None:
        return "stored", 0, _next_visit(time, first_seen)
    if newest["redirect_to"] and not newest["void"]:
        return "captured", 0, None
    state = "refused" if newest["outcome"] == "refused" else "failed"
    tries = _tries(own)
    return state, tries, stamp(time + retry_wait(tries))


def _tries(own: list[Row]) -> int:
    """How often an address without an item was tried; answers asked for again at once are one."""
    times = [moment(row["time"]) for row in own]
    return 1 + sum(later - earlier > _SAME_TRY for earlier, later in pairwise(times))


def _next_visit(last: datetime, first_seen: datetime) -> str | None:
    """An item is looked at again when its age has doubled, for thirty days."""
    age = last - first_seen
    due = last + max(_SHORTEST_REVISIT, age)
    return stamp(due) if due - first_seen <= _REVISITED_FOR else None
