"""The only writer of items: captures in, items, pairs and stories derived again, one commit.

Called by the crawl, by `reparse`, by `import` and by the recovery at start. What is written follows
from the set of captures alone, so neither their order nor how they were cut into batches matters.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from pipeline.clock import almaty_day, stamp
from pipeline.frontier.failures import store_failure
from pipeline.frontier.known_addresses import store_address
from pipeline.ingest.batch import Batch, Ingested
from pipeline.ingest.derive import derive
from pipeline.ingest.touched import Touch, touched_by
from pipeline.items.address_states import note_unanswered
from pipeline.items.alternates import store_links
from pipeline.model.capture import Capture, ClassifiedCapture, Found
from pipeline.model.reading import Reading
from pipeline.model.source import Source
from pipeline.normalize.addresses import address_id, article_address
from pipeline.normalize.digests import body_sha256
from pipeline.similarity.index_cache import ShingleIndex, index_of
from pipeline.similarity.shingle_index import add_document
from pipeline.store.database import is_kept, store_position
from pipeline.store.rows import (
    capture_to_row,
    reading_to_row,
)
from pipeline.store.transactions import write, writing
from pipeline.stories.decision_rows import store_decision


def ingest(db: Database, source: Source, batch: Batch, *, now: datetime) -> Ingested:
    """Take a batch of one source's captures in, in one transaction.

    `now` is written where this database's own history is kept, never into an item.
    """
    with writing(db):
        index = index_of(db)
        for one in batch.found:
            store_address(db, source.name, one, now=now)
        captures = (*batch.examined, *batch.followed)
        touched = touched_by(record_captures(index, source, captures, now=now))
        for listing in batch.followed:
            write(
                db,
                "UPDATE captures SET followed = 1 WHERE url = ? AND time = ? AND digest = ?",
                _key(listing),
            )
        derived = derive(db, index, touched, now=now)
        for failure in batch.unanswered:
            store_failure(db, failure, source.name, stamp(now))
            note_unanswered(db, failure.url, now)
        for file, end in batch.positions:
            store_position(db, file, source.name, end)
    return Ingested(
        captures=touched.captures,
        new=derived.items.new,
        updated=derived.items.updated,
        gone=derived.items.gone,
        changed=derived.renumbered,
    )


def ingest_all(
    db: Database, batches: Iterable[tuple[Source, Sequence[ClassifiedCapture]]], *, now: datetime
) -> None:
    """Take in whole archives at once: everything is recorded first and derived once. The caller
    holds the transaction.
    """
    index = index_of(db)
    touched = touched_by(
        touch
        for source, captures in batches
        for touch in record_captures(index, source, captures, now=now)
    )
    derive(db, index, touched, now=now)


def record_captures(
    index: ShingleIndex, source: Source, captures: Iterable[ClassifiedCapture], *, now: datetime
) -> Iterator[Touch]:
    """Write captures of one source down; for each that was not known, what it has a part in."""
    for one in captures:
        if not is_kept(index.db, one.capture):
            _store_capture(index.db, one)
            yield _record(index, source, one, now)


def _record(
    index: ShingleIndex, source: Source, examined: ClassifiedCapture, now: datetime
) -> Touch:
    """Write down what a capture says besides its row."""
    if examined.decision is not None:
        store_decision(index.db, examined.capture, examined.decision)
    elif examined.text_id is not None and examined.reading is not None:
        return _record_text(index, source, examined.capture, examined.text_id, examined.reading)
    elif examined.capture.kind == "http" and examined.capture.article:
        return _record_article(index, source, examined, now)
    return Touch()


def _key(examined: ClassifiedCapture) -> tuple[str, str, str]:
    capture = examined.capture
    return capture.url, stamp(capture.time), capture.digest


def _store_capture(db: Database, examined: ClassifiedCapture) -> None:
    reading = reading_to_row(examined.reading) if examined.reading else None
    if reading:
        write(
            db,
            "INSERT OR IGNORE INTO readings (id, language, title, content_sha256, fields)"
            " VALUES (:id, :language, :title, :content_sha256, :fields)",
            reading,
        )
    body = body_sha256(examined.reading.body) if examined.reading else None
    row = capture_to_row(examined, reading["id"] if reading else None, body)
    columns = ", ".join(f'"{name}"' for name in row)
    write(
        db,
        f"INSERT INTO captures ({columns}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )


def _record_text(
    index: ShingleIndex, source: Source, capture: Capture, text: str, reading: Reading
) -> Touch:
    write(
        index.db,
        "INSERT OR IGNORE INTO texts (id, urn, source, language, item) VALUES (?, ?, ?, ?, NULL)",
        (text, capture.url, source.name, reading.language),
    )
    return Touch(text=text, documents=frozenset(add_document(index, text, reading.body)))


def _record_article(
    index: ShingleIndex, source: Source, examined: ClassifiedCapture, now: datetime
) -> Touch:
    capture, reading = examined.capture, examined.reading
    _store_found(index.db, source, capture.url, "capture", None, now)
    if examined.redirect_to:
        _store_found(index.db, source, examined.redirect_to, "redirect", capture.url, now)
    touch = Touch(
        url=capture.url,
        day=(source.name, almaty_day(capture.time).isoformat()),
        target=examined.redirect_to,
    )
    if reading is None:
        return touch
    store_links(index.db, capture.url, reading.alternates)
    return replace(
        touch,
        body=(source.name, body_sha256(reading.body)),
        documents=frozenset(add_document(index, address_id(capture.url), reading.body)),
    )


def _store_found(
    db: Database,
    source: Source,
    url: str,
    by: Literal["capture", "redirect"],
    on: str | None,
    now: datetime,
) -> None:
    """Make the address of a source's article known by a capture."""
    address = article_address(url, source)
    assert address is not None
    store_address(db, source.name, Found(address=address, by=by, on=on), now=now)
