"""The list of failures: one row an address, with how often it failed."""

from pathlib import Path

from pipeline.frontier.failures import store_failure
from pipeline.model.capture import Failure
from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from spiders.senate import SENATE


def test_a_failure_is_counted_once_a_moment(tmp_path: Path) -> None:
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    failure = Failure(url="https://senate.parlam.kz/x", stage="read", reason="no-date", detail="d")
    with writing(db):
        for at in ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z"):
            store_failure(db, failure, "senate", at)
    row = db.conn.execute("SELECT first_seen, last_seen, times FROM failures").fetchone()
    assert row == ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", 2)
    db.close()
