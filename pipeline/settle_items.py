"""Items, derived again from the captures of their addresses (design, section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlite_utils import Database

from pipeline.addresses import address_id
from pipeline.clock import moment, seconds_stamp, stamp
from pipeline.fold import (
    BOILERPLATE_ADDRESSES,
    VOID_REDIRECTS,
    Fold,
    Sighting,
    fold,
    is_faulty_day,
)
from pipeline.records import Failure, Reading
from pipeline.rows import Row, reading_from_json, to_json
from pipeline.store import clear_failure, dict_rows, store_failure
from pipeline.text import count_words, words, words_sha256

_RETRIES = tuple(timedelta(hours=hours) for hours in (0, 1, 6, 24, 168))
_REVISITED_FOR = timedelta(days=30)
_SHORTEST_REVISIT = timedelta(hours=1)
_KEPT = ("story", "relation", "similarity", "translations", "export_sha256", "changed_seq")


@dataclass(slots=True)
class Changes:
    """What settling has changed so far."""

    items: set[str] = field(default_factory=set)
    """Items whose row was written."""
    texts: set[str] = field(default_factory=set)
    """Those of them whose text, title, day, rank or address is another than before."""
    removed: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    updated: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


def settle_items(db: Database, urls: Iterable[str], changes: Changes) -> None:
    """Derive the items of these addresses again, and of all that a redirect joins to them."""
    waiting = set(urls)
    while waiting:
        group = _joined(db, {waiting.pop()})
        waiting -= group
        _settle_group(db, group, changes)


def touched_by_bodies(db: Database, bodies: Iterable[tuple[str, str]]) -> set[str]:
    """The addresses whose readings a body made void that has just become boilerplate."""
    touched: set[str] = set()
    for source, body in set(bodies):
        urls = _addresses_with_body(db, source, body)
        if len(urls) >= BOILERPLATE_ADDRESSES:
            touched |= urls
    return touched


def settle_days(db: Database, days: Iterable[tuple[str, str]]) -> set[str]:
    """Count the captures of these days of a source again; the addresses that missed an article
    on a day whose verdict has changed.
    """
    touched: set[str] = set()
    for source, day in set(days):
        captures, misses = _day_counts(db, source, day)
        fault = is_faulty_day(captures, misses)
        before = db.conn.execute(
            "SELECT at_fault FROM days WHERE source = ? AND day = ?", (source, day)
        ).fetchone()
        db.table("days").upsert(
            {
                "source": source, "day": day, "captures": captures, "misses": misses,
                "at_fault": int(fault),
            },
            pk=("source", "day"),
        )  # fmt: skip
        if fault != bool(before and before[0]):
            touched |= {
                row[0]
                for row in db.conn.execute(
                    "SELECT DISTINCT url FROM captures"
                    " WHERE source = ? AND day = ? AND article = 1",
                    (source, day),
                )
            }
    return touched


def days_of_redirects(db: Database, targets: Iterable[str]) -> set[tuple[str, str]]:
    """The days on which addresses redirected to these targets."""
    return {
        (row[0], row[1])
        for target in set(targets)
        for row in db.conn.execute(
            "SELECT DISTINCT source, day FROM captures WHERE redirect_to = ?", (target,)
        )
    }


def _joined(db: Database, urls: set[str]) -> set[str]:
    """All addresses that redirects join to these, void ones too."""
    joined: set[str] = set()
    waiting = list(urls)
    while waiting:
        url = waiting.pop()
        if url in joined:
            continue
        joined.add(url)
        waiting += [
            row[0]
            for row in db.conn.execute(
                "SELECT redirect_to FROM captures WHERE url = ?1 AND redirect_to IS NOT NULL"
                " UNION SELECT url FROM captures WHERE redirect_to = ?1",
                (url,),
            )
        ]
    return joined


def _settle_group(db: Database, group: set[str], changes: Changes) -> None:
    captures = _captures(db, group)
    void = _void_targets(captures)
    before = _items_of(db, group)
    after: set[str] = set()
    for urls in _parts(group, captures, void):
        own = [row for row in captures if row["url"] in urls]
        found = _item(db, own, void)
        if found is not None:
            _store_item(db, found, changes)
            after.add(found.id)
        _settle_addresses(db, urls, own, void, found)
    for gone in before - after:
        remove_item(db, gone, changes)


def _captures(db: Database, urls: set[str]) -> list[Row]:
    rows: list[Row] = []
    for url in sorted(urls):
        rows += dict_rows(
            db.conn.execute(
                "SELECT c.source, c.url, c.time, c.day, c.digest, c.status, c.outcome, c.reason,"
                " c.detail, c.redirect_to, c.refers_to, c.reading, c.body_sha256, c.reader_version,"
                " r.content_sha256"
                " FROM captures c LEFT JOIN readings r ON r.id = c.reading"
                " WHERE c.url = ? AND c.article = 1 ORDER BY c.time, c.url, c.digest",
                (url,),
            )
        )
    return sorted(rows, key=lambda row: (row["time"], row["url"], row["digest"]))


def _void_targets(captures: list[Row]) -> set[str]:
    """Targets to which so many addresses redirect that the redirects say nothing."""
    sources: dict[str, set[str]] = {}
    for row in captures:
        if row["redirect_to"] and row["redirect_to"] != row["url"]:
            sources.setdefault(row["redirect_to"], set()).add(row["url"])
    return {target for target, urls in sources.items() if len(urls) >= VOID_REDIRECTS}


def _parts(group: set[str], captures: list[Row], void: set[str]) -> list[set[str]]:
    """The group's addresses, joined by the redirects that count."""
    part_of = {url: {url} for url in group}
    for row in captures:
        target = row["redirect_to"]
        if target and target not in void and part_of[target] is not part_of[row["url"]]:
            part_of[target] |= part_of[row["url"]]
            for url in part_of[row["url"]]:
                part_of[url] = part_of[target]
    distinct = {id(part): part for part in part_of.values()}
    return sorted(distinct.values(), key=min)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    id: str
    source: str
    fold: Fold
    reading: Reading
    reader_version: int


def _item(db: Database, captures: list[Row], void: set[str]) -> _Item | None:
    if not captures:
        return None
    source = captures[0]["source"]
    is_boilerplate = cache(
        lambda body: len(_addresses_with_body(db, source, body)) >= BOILERPLATE_ADDRESSES
    )
    sightings = [_sighting(row, void, is_boilerplate) for row in captures]
    folded = fold(sightings, _faulty_days(db, source, captures))
    if folded is None:
        return None
    version = max(
        row["reader_version"] or 0 for row in captures if row["reading"] == folded.reading
    )
    return _Item(
        id=address_id(folded.first_url),
        source=source,
        fold=folded,
        reading=load_reading(db, folded.reading),
        reader_version=version,
    )


def _sighting(row: Row, void: set[str], is_boilerplate: Any) -> Sighting:
    counts = row["reading"] and not is_boilerplate(row["body_sha256"])
    return Sighting(
        time=moment(row["time"]),
        url=row["url"],
        digest=row["digest"],
        says_gone=row["outcome"] in ("gone", "soft-404") or row["redirect_to"] in void,
        day=date.fromisoformat(row["day"]),
        reading=row["reading"] if counts else None,
        content_sha256=row["content_sha256"] if counts else None,
        refers_to=moment(row["refers_to"]) if row["refers_to"] else None,
    )


def load_reading(db: Database, reading: str) -> Reading:
    """A stored reading."""
    row = db.conn.execute("SELECT fields FROM readings WHERE id = ?", (reading,)).fetchone()
    return reading_from_json(row[0])


def _faulty_days(db: Database, source: str, captures: list[Row]) -> frozenset[date]:
    days = {row["day"] for row in captures}
    return frozenset(
        date.fromisoformat(day)
        for day in days
        if db.conn.execute(
            "SELECT 1 FROM days WHERE source = ? AND day = ? AND at_fault = 1", (source, day)
        ).fetchone()
    )


def _store_item(db: Database, item: _Item, changes: Changes) -> None:
    row = item_row(item.id, item.source, item.fold, item.reading, item.reader_version)
    write_item(db, row, changes)
    write_revisions(db, item.id, item.fold)


def item_row(
    item: str, source: str, folded: Fold, reading: Reading, version: int, *, has_url: bool = True
) -> Row:
    """An item as a row of `items`, less what stories and translations add."""
    newest = folded.revisions[-1]
    return {
        "id": item,
        "source": source,
        "url": folded.url if has_url else None,
        "language": reading.language,
        "title": reading.title,
        "lead": reading.lead,
        "body": reading.body,
        "authors": to_json(reading.authors),
        "tags": to_json(reading.tags),
        "section": reading.section,
        "image_url": reading.image_url,
        "image_credit": reading.image_credit,
        "attribution": to_json(reading.attribution),
        "access": reading.access,
        "published": reading.published,
        "published_precision": reading.published_precision,
        "modified": reading.modified,
        "first_seen": seconds_stamp(folded.first_seen),
        "last_changed": seconds_stamp(folded.last_changed),
        "revision": newest.number,
        "gone": seconds_stamp(folded.gone) if folded.gone else None,
        "reading": reading.weakest if has_url else None,
        "words": count_words(reading.body),
        "content_sha256": newest.content_sha256,
        "day": (reading.published or "")[:10],
        "last_seen": seconds_stamp(folded.last_seen),
        "read_by": to_json(dict(reading.read_by)),
        "layout": reading.layout,
        "words_sha256": words_sha256(words(reading.body)),
        "reader_version": version,
    }


def write_item(db: Database, row: Row, changes: Changes) -> None:
    """Put an item's row in its place, and note what that changes."""
    before = _row(db, row["id"])
    kept = {name: before[name] if before else None for name in _KEPT}
    kept["translations"] = kept["translations"] or "[]"
    kept["changed_seq"] = kept["changed_seq"] or 0
    db.table("items").upsert({**row, **kept}, pk="id")
    changes.items.add(row["id"])
    changes.removed.discard(row["id"])
    if before is None:
        changes.new.add(row["id"])
    elif before["revision"] < row["revision"]:
        changes.updated.add(row["id"])
    if row["gone"] and not (before and before["gone"]):
        changes.gone.add(row["id"])
    compared = ("words_sha256", "title", "day", "words", "content_sha256", "first_seen", "language")
    if before is None or any(before[name] != row[name] for name in compared):
        changes.texts.add(row["id"])


def write_revisions(db: Database, item: str, folded: Fold) -> None:
    """The item's revisions, all of them anew."""
    db.conn.execute("DELETE FROM revisions WHERE item = ?", (item,))
    db.table("revisions").insert_all(
        {
            "item": item,
            "revision": revision.number,
            "first_seen": seconds_stamp(revision.first_seen),
            "last_seen": seconds_stamp(revision.last_seen),
            "title": db.conn.execute(
                "SELECT title FROM readings WHERE id = ?", (revision.reading,)
            ).fetchone()[0],
            "content_sha256": revision.content_sha256,
            "reading": revision.reading,
        }
        for revision in folded.revisions
    )


def remove_item(db: Database, item: str, changes: Changes) -> None:
    """Take an item out that its captures no longer make."""
    if db.conn.execute("DELETE FROM items WHERE id = ?", (item,)).rowcount:
        changes.removed.add(item)
    db.conn.execute("DELETE FROM revisions WHERE item = ?", (item,))
    for group in (changes.items, changes.texts, changes.new, changes.updated, changes.gone):
        group.discard(item)


def _row(db: Database, item: str) -> Row | None:
    rows = dict_rows(db.conn.execute("SELECT * FROM items WHERE id = ?", (item,)))
    return rows[0] if rows else None


def _items_of(db: Database, urls: set[str]) -> set[str]:
    found = (
        db.conn.execute("SELECT item FROM addresses WHERE url = ?", (url,)).fetchone()
        for url in urls
    )
    return {row[0] for row in found if row and row[0]}


def _addresses_with_body(db: Database, source: str, body: str) -> set[str]:
    return {
        row[0]
        for row in db.conn.execute(
            "SELECT DISTINCT url FROM captures"
            " WHERE source = ? AND body_sha256 = ? AND status != 0",
            (source, body),
        )
    }


def _day_counts(db: Database, source: str, day: str) -> tuple[int, int]:
    row = db.conn.execute(
        "SELECT count(*), coalesce(sum(outcome IN ('gone', 'soft-404') OR (redirect_to IS NOT NULL"
        " AND (SELECT count(DISTINCT o.url) FROM captures o WHERE o.redirect_to = c.redirect_to"
        " AND o.url != o.redirect_to) >= ?)), 0)"
        " FROM captures c WHERE source = ? AND day = ? AND article = 1 AND status != 0",
        (VOID_REDIRECTS, source, day),
    ).fetchone()
    return int(row[0]), int(row[1])


def _settle_addresses(
    db: Database, urls: set[str], captures: list[Row], void: set[str], item: _Item | None
) -> None:
    for url in urls:
        own = [row for row in captures if row["url"] == url]
        if not own:
            db.conn.execute(
                "UPDATE addresses SET item = ? WHERE url = ?", (item.id if item else None, url)
            )
            continue
        failure = _failure_of(own[-1], void, item)
        if failure:
            store_failure(db, failure, own[-1]["source"], own[-1]["time"])
        else:
            clear_failure(db, url)
        state, tries, due = _state(own, void, item)
        db.conn.execute(
            "UPDATE addresses SET item = ?, state = ?, tries = ?, next_try = ? WHERE url = ?",
            (item.id if item else None, state, tries, due, url),
        )


def _failure_of(newest: Row, void: set[str], item: _Item | None) -> Failure | None:
    """Why the newest capture of an address gave nothing, if it did not."""
    reason, detail = newest["reason"], newest["detail"]
    if newest["redirect_to"] in void:
        reason, detail = "soft-404", f"redirects to {newest['redirect_to']}, as many others do"
    elif newest["outcome"] == "reading" and item is None:
        reason = "boilerplate"
        detail = f"{BOILERPLATE_ADDRESSES} addresses or more give this same body"
    if reason is None:
        return None
    return Failure(url=newest["url"], stage="read", reason=reason, detail=detail)


def _state(own: list[Row], void: set[str], item: _Item | None) -> tuple[str, int, str | None]:
    """An address's state, how often it failed in a row, and when it is asked again."""
    newest = moment(own[-1]["time"])
    if item is not None:
        return "stored", 0, _next_visit(newest, item.fold.first_seen)
    if own[-1]["redirect_to"] and own[-1]["redirect_to"] not in void:
        return "captured", 0, None
    wait = _RETRIES[min(len(own), len(_RETRIES)) - 1]
    state = "refused" if own[-1]["outcome"] == "refused" else "failed"
    return state, len(own), stamp(newest + wait)


def _next_visit(last: datetime, first_seen: datetime) -> str | None:
    """An item is looked at again when its age has doubled, for thirty days."""
    age = last - first_seen
    due = last + max(_SHORTEST_REVISIT, age)
    return stamp(due) if due - first_seen <= _REVISITED_FOR else None


def retry_wait(tries: int) -> timedelta:
    """How long after its `tries`-th failure in a row an address is asked again."""
    return _RETRIES[min(max(tries, 1), len(_RETRIES)) - 1]
