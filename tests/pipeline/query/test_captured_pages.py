"""The capture of a page as it was at a moment."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.normalize.addresses import address_id
from pipeline.query.captured_pages import capture_at, item_capture_at
from pipeline.store.transactions import writing
from tests.pipeline.worlds.rows import database, item_row

ITEM = "a" * 16
URL, OLD = "https://kazpravda.kz/n/odin/", "https://kazpravda.kz/n/ran-she/"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)
CAPTURED = (
    (OLD, NOON, 200, "reading", "1"),
    (URL, NOON + SECOND, 200, "reading", "2"),
    (URL, NOON + SECOND + MICROSECOND, 200, "reading", "3"),
    (URL, NOON + 2 * SECOND, 304, "not-modified", "3"),
    (URL, NOON + 3 * SECOND, 404, "gone", "4"),
    (URL, NOON + 4 * SECOND, 200, "soft-404", "5"),
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = database(tmp_path / "k.db", [item_row(1, id=ITEM, url=URL)])
    with writing(opened):
        opened.table("addresses").insert_all({
            "id": address_id(url), "url": url, "source": "kazpravda", "language": "ru",
            "kind": "news", "item": ITEM, "state": "stored", "found_by": "listing",
            "found_at": "2026-03-04",
        } for url in (URL, OLD))  # fmt: skip
        opened.table("readings").insert(
            {"id": "r", "language": "ru", "content_sha256": "", "fields": "{}"}
        )
        opened.table("captures").insert_all({
            "source": "kazpravda", "url": url, "target": url, "time": stamp(time),
            "day": "2026-03-04", "status": status, "digest": digest, "article": 1,
            "content_type": "", "content_encoding": "", "outcome": outcome,
            "reading": "r" if outcome == "reading" else None,
            "file": "f", "offset": 0, "length": 1,
        } for url, time, status, outcome, digest in CAPTURED)  # fmt: skip
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("after_noon", "of_address", "of_item"),
    [
        (-SECOND, None, None),
        (timedelta(), None, "1"),
        (SECOND, "2", "2"),
        (SECOND + MICROSECOND, "3", "3"),
        (3 * SECOND, "3", "3"),
        (timedelta(days=9), "5", "3"),
    ],
)
def test_it_is_the_newest_up_to_then(
    db: Database, after_noon: timedelta, of_address: str | None, of_item: str | None
) -> None:
    found = capture_at(db, URL, NOON + after_noon)
    assert (found and found.digest) == of_address
    found = item_capture_at(db, ITEM, NOON + after_noon)
    assert (found and found.digest) == of_item
