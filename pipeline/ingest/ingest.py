"""The only writer of items: captures in, items, pairs and stories derived again, one commit.

Called by the crawl, by `reparse`, by `import` and by the recovery at start. What is written follows
from the set of captures alone, so neither their order nor how they were cut into batches matters.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import get_args

from sqlite_utils import Database

from pipeline.clock import almaty_day, stamp
from pipeline.frontier.failures import store_failure
from pipeline.frontier.known_addresses import store_address
from pipeline.ingest.batch import Batch, Ingested
from pipeline.ingest.derive import Touched, settle
from pipeline.items.address_states import retry_wait
from pipeline.items.alternates import store_links
from pipeline.items.item_rows import Changes
from pipeline.model.capture import Capture, ClassifiedCapture, Failure, Found
from pipeline.model.reading import Reading
from pipeline.model.source import Source, Way
from pipeline.normalize.addresses import address_id, article_address
from pipeline.normalize.digests import body_sha256
from pipeline.reading.read_page import READER_VERSION
from pipeline.similarity.index_cache import index_of
from pipeline.similarity.shingle_index import add_document
from pipeline.store.database import is_kept, store_position, writing
from pipeline.store.rows import (
    capture_to_row,
    reading_to_row,
)
from pipeline.stories.decision_rows import store_decision


def ingest(db: Database, source: Source, batch: Batch, *, now: datetime) -> Ingested:
    """Take a batch of one source's captures in, in one transaction.

    `now` is written where this database's own history is kept, never into an item.
    """
    with writing(db):
        known: Counter[str] = Counter()
        for one in batch.found:
            known[one.by] += store_address(db, source.name, one, now=now)
        touched = Touched(index_of(db))
        for examined in (*batch.examined, *batch.followed):
            record_capture(db, source, examined, touched, now=now)
        for listing in batch.followed:
            db.conn.execute(
                "UPDATE captures SET followed = 1 WHERE url = ? AND time = ? AND digest = ?",
                _key(listing),
            )
        changes = settle(db, touched, now=now)
        for failure in batch.unanswered:
            _store_unanswered(db, source, failure, now)
        for file, end in batch.positions:
            store_position(db, file, source.name, end)
    return Ingested(
        captures=touched.captures,
        found={way: known[way] for way in get_args(Way) if known[way]},
        new=frozenset(changes.new),
        updated=frozenset(changes.updated),
        gone=frozenset(changes.gone),
        changed=frozenset(changes.numbered),
    )


def ingest_all(
    db: Database, batches: Iterable[tuple[Source, Sequence[ClassifiedCapture]]], *, now: datetime
) -> Changes:
    """Take in whole archives at once: everything is recorded first and derived once. The caller
    holds the transaction.
    """
    touched = Touched(index_of(db))
    for source, examined in batches:
        for one in examined:
            record_capture(db, source, one, touched, now=now)
    return settle(db, touched, now=now)


def record_capture(
    db: Database, source: Source, examined: ClassifiedCapture, touched: Touched, *, now: datetime
) -> None:
    """Write one capture down, if it is not known, and note what follows from it."""
    if is_kept(db, examined.capture):
        return
    _store_capture(db, examined)
    touched.captures += 1
    if examined.decision is not None:
        store_decision(db, examined.capture, examined.decision)
    elif examined.text_id is not None and examined.reading is not None:
        _record_text(db, source, examined.capture, examined.text_id, examined.reading, touched)
    elif examined.capture.kind == "http" and examined.capture.article:
        _record_article(db, source, examined, touched, now)


def _store_unanswered(db: Database, source: Source, failure: Failure, now: datetime) -> None:
    """A request without an answer: on the list, and asked again later and later."""
    store_failure(db, failure, source.name, stamp(now))
    row = db.conn.execute(
        "SELECT tries, state FROM addresses WHERE url = ?", (failure.url,)
    ).fetchone()
    if row is None:
        return
    tries = row[0] + 1
    state = "failed" if row[1] == "found" else row[1]
    db.conn.execute(
        "UPDATE addresses SET tries = ?, state = ?, next_try = ? WHERE url = ?",
        (tries, state, stamp(now + retry_wait(tries)), failure.url),
    )


def _key(examined: ClassifiedCapture) -> tuple[str, str, str]:
    capture = examined.capture
    return capture.url, stamp(capture.time), capture.digest


def _store_capture(db: Database, examined: ClassifiedCapture) -> None:
    reading = reading_to_row(examined.reading) if examined.reading else None
    if reading:
        db.conn.execute(
            "INSERT OR IGNORE INTO readings (id, language, title, content_sha256, fields)"
            " VALUES (:id, :language, :title, :content_sha256, :fields)",
            reading,
        )
    body = body_sha256(examined.reading.body) if examined.reading else None
    row = capture_to_row(examined, reading["id"] if reading else None, body, READER_VERSION)
    columns = ", ".join(f'"{name}"' for name in row)
    db.conn.execute(
        f"INSERT INTO captures ({columns}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )


def _record_text(
    db: Database, source: Source, capture: Capture, text: str, reading: Reading, touched: Touched
) -> None:
    db.conn.execute(
        "INSERT OR IGNORE INTO texts (id, urn, source, language, item) VALUES (?, ?, ?, ?, NULL)",
        (text, capture.url, source.name, reading.language),
    )
    touched.holders |= add_document(touched.index, text, reading.body)
    touched.texts.add(text)


def _record_article(
    db: Database, source: Source, examined: ClassifiedCapture, touched: Touched, now: datetime
) -> None:
    capture = examined.capture
    address = article_address(capture.url, source)
    assert address is not None
    store_address(db, source.name, Found(address=address, by="capture", on=None), now=now)
    touched.urls.add(capture.url)
    touched.days.add((source.name, almaty_day(capture.time).isoformat()))
    if examined.redirect_to:
        touched.targets.add(examined.redirect_to)
        target = article_address(examined.redirect_to, source)
        assert target is not None
        led = Found(address=target, by="redirect", on=capture.url)
        store_address(db, source.name, led, now=now)
    if examined.reading is not None:
        touched.bodies.add((source.name, body_sha256(examined.reading.body)))
        touched.holders |= add_document(
            touched.index, address_id(capture.url), examined.reading.body
        )
        store_links(db, capture.url, examined.reading.alternates)
