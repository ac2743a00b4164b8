"""What receivers have been told, kept in the database."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pipeline.monitoring.notifications import Notification, notifications, store_notifications
from pipeline.store.database import open_for_writing

_ONE = Notification(
    receiver="webhook", source="senate", kind="drift", subject="a", sentence="a is empty", crawl=3,
    since="2026-03-04T12:00:00.000000Z", seen="2026-03-04T12:00:00.000000Z",
)  # fmt: skip


def test_what_is_stored_is_read_again_until_it_is_forgotten(tmp_path: Path) -> None:
    other = replace(_ONE, receiver="command", since="2026-03-04T13:00:00.000000Z")
    told = replace(_ONE, told="2026-03-04T14:00:00.000000Z", sentence="a is empty still")
    with closing(open_for_writing(tmp_path / "k.db", [])) as db:
        store_notifications(db, [other, _ONE], [])
        assert notifications(db) == [_ONE, other]
        store_notifications(db, [told], [other])
        assert notifications(db) == [told]
