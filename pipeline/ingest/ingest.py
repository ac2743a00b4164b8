"""The only writer of items: captures in, items, pairs and stories derived again, one commit.

Called by the crawl, by `reparse`, by `import` and by the recovery at start. What is written follows
from the set of captures alone, so neither their order nor how they were cut into batches matters.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from pipeline.clock import almaty_day, stamp
from pipeline.digests import body_sha256
from pipeline.frontier.failures import store_failure
from pipeline.frontier.known_addresses import store_address
from pipeline.ingest.batch import Batch, Ingested, Touched
from pipeline.ingest.derive import derive
from pipeline.ingest.reader_version import reader_version
from pipeline.items.address_states import note_unanswered
from pipeline.items.alternates import store_links
from pipeline.items.article_redirects import addresses_about, days_of_redirects
from pipeline.model.capture import Capture, ClassifiedCapture, Found
from pipeline.model.reading import Reading
from pipeline.model.source import Source
from pipeline.normalize.addresses import address_id, article_address
from pipeline.similarity.shingle_index import add_documents
from pipeline.store.database import store_position
from pipeline.store.rows import capture_to_row, reading_to_row
from pipeline.store.same_capture import drop, kept_as, says_more
from pipeline.store.transactions import write, writing
from pipeline.stories.decision_rows import store_decision


def ingest(
    db: Database, source: Source, batch: Batch, *, now: datetime, may_wait: bool = False
) -> Ingested:
    """Take a batch of one source's captures in, in one transaction.

    `now` is written where this database's own history is kept, never into an item. With `may_wait`
    its stories may be settled later, together with those of others (`pipeline.ingest.unsettled`).
    """
    with writing(db):
        for one in batch.found:
            store_address(db, source.name, one, now=now)
        touched = Touched()
        record_captures(db, source, (*batch.examined, *batch.followed), touched, now=now)
        for listing in (one.capture for one in batch.followed):
            write(
                db,
                "UPDATE captures SET followed = 1 WHERE url = ? AND time = ? AND digest = ?",
                (listing.url, stamp(listing.time), listing.digest),
            )
        ingested = derive(db, touched, now=now, may_wait=may_wait)
        for failure in batch.unanswered:
            store_failure(db, failure, source.name, stamp(now))
            note_unanswered(db, failure.url, now)
        for file, end in batch.positions:
            store_position(db, file, source.name, end)
    return ingested


def ingest_all(
    db: Database,
    archives: Iterable[tuple[Source, Iterable[ClassifiedCapture]]],
    *,
    now: datetime,
    former: Collection[str] = (),
) -> None:
    """Take in whole archives at once: everything is recorded first and derived once. The caller
    holds the transaction. `former`: the items that were forgotten before.
    """
    touched = Touched(former=set(former))
    touched.documents |= add_documents(db, _recorded(db, archives, touched, now))
    derive(db, touched, now=now)


def _recorded(
    db: Database,
    archives: Iterable[tuple[Source, Iterable[ClassifiedCapture]]],
    touched: Touched,
    now: datetime,
) -> Iterator[tuple[str, str]]:
    """Record whole archives; the documents that were read, each with its body."""
    for source, captures in archives:
        for one in captures:
            record_captures(db, source, (one,), touched, now=now)
            yield from touched.take_bodies()


def record_captures(
    db: Database,
    source: Source,
    captures: Iterable[ClassifiedCapture],
    touched: Touched,
    *,
    now: datetime,
) -> None:
    """Write down those captures of one source that were not known, and what they have a part in."""
    for one in captures:
        kept = kept_as(db, one.capture)
        if kept is not None:
            if not says_more(one.capture, kept, source):
                continue
            _forget(db, kept, touched)
        touched.captures += 1
        reading_id = _store_capture(db, one, one.reader_version or reader_version(source))
        if one.decision is not None:
            store_decision(db, one.capture, one.decision)
            touched.decided = True
        elif one.text_id is not None and one.reading is not None and reading_id is not None:
            _record_text(db, source, one.capture, one.text_id, one.reading)
            touched.texts.add(one.text_id)
            touched.bodies_read[one.text_id, reading_id] = one.reading.body
        elif one.capture.kind == "http" and one.capture.article:
            _record_article(db, source, one, reading_id, touched, now)


def _forget(db: Database, capture: Capture, touched: Touched) -> None:
    """Take out a capture in whose place the same one comes that says more."""
    target = drop(db, capture)
    if target is not None:
        touched.urls |= addresses_about(db, target)
        touched.days |= days_of_redirects(db, target)


def _store_capture(db: Database, examined: ClassifiedCapture, reader: str) -> str | None:
    """Write a capture down with its reading; that one's id."""
    reading_id = body = None
    if examined.reading is not None:
        reading = reading_to_row(examined.reading)
        reading_id, body = reading["id"], body_sha256(examined.reading.body)
        write(
            db,
            "INSERT INTO readings (id, language, title, content_sha256, fields)"
            " VALUES (:id, :language, :title, :content_sha256, :fields)"
            " ON CONFLICT (id) DO UPDATE SET language = excluded.language,"
            " title = excluded.title, content_sha256 = excluded.content_sha256,"
            " fields = excluded.fields WHERE fields != excluded.fields",  # it was damaged
            reading,
        )
    row = capture_to_row(examined, reading_id, body, reader)
    columns = ", ".join(f'"{name}"' for name in row)
    write(
        db,
        f"INSERT INTO captures ({columns}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )
    return reading_id


def _record_text(
    db: Database, source: Source, capture: Capture, text: str, reading: Reading
) -> None:
    write(
        db,
        "INSERT OR IGNORE INTO texts (id, urn, source, language, item) VALUES (?, ?, ?, ?, NULL)",
        (text, capture.url, source.name, reading.language),
    )


def _record_article(
    db: Database,
    source: Source,
    examined: ClassifiedCapture,
    reading_id: str | None,
    touched: Touched,
    now: datetime,
) -> None:
    capture, reading = examined.capture, examined.reading
    touched.urls.add(capture.url)
    touched.days.add((source.name, almaty_day(capture.time).isoformat()))
    _store_found(db, source, capture.url, "capture", None, now)
    if examined.redirect_to:
        touched.targets.add(examined.redirect_to)
        _store_found(db, source, examined.redirect_to, "redirect", capture.url, now)
    if reading is not None and reading_id is not None:
        _record_links(db, source, capture.url, reading, reading_id)
        touched.bodies.add((source.name, body_sha256(reading.body)))
        touched.bodies_read[address_id(capture.url), reading_id] = reading.body


def _record_links(
    db: Database, source: Source, url: str, reading: Reading, reading_id: str
) -> None:
    """Note the links of a page to itself in other languages."""
    page = article_address(url, source)
    targets = [article_address(target, source) for target in reading.alternates]
    if page is not None and targets:
        store_links(db, page, reading_id, [one for one in targets if one is not None])


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
