"""The items that the tests of exports export, and how."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from pipeline.export.columns import Table, chosen_columns
from pipeline.model.press_item import FIELDS
from tests.pipeline.worlds.rows import database, item_row

CONTRACT = (
    "id", "source", "url", "language", "title", "lead", "body", "authors", "tags", "section",
    "image_url", "image_credit", "attribution", "access", "published", "day",
    "published_precision", "modified", "first_seen", "last_changed", "revision", "gone", "story",
    "piece", "relation", "similarity", "translations", "reading", "words", "content_sha256",
)  # fmt: skip
"""The fields of a record, as the data dictionary promises them."""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = database(tmp_path / "items.db", _story())
    yield opened
    opened.close()


def _story() -> list[dict[str, Any]]:
    """A release with a reprint and an excerpt, and an item that stands alone."""
    return [
        item_row(1, source="senate", url="https://senate.parlam.kz/ru-RU/news/details/1",
                 published="2026-03-04", published_precision="day", words=300),
        item_row(2, story=f"{1:016x}", relation="reprint", similarity=0.95,
                 published="2026-03-05T00:10:00+05:00"),
        item_row(3, story=f"{1:016x}", relation="excerpt", similarity=0.9,
                 published="2026-03-04T23:50:00+05:00"),
        item_row(4, language="kk", published="2026-03-03T09:00:00+05:00"),
    ]  # fmt: skip


def table_of(*records: Mapping[str, Any]) -> Table:
    """Records of items, whatever is in them."""
    columns = chosen_columns(with_copies=False)
    return Table(columns, (tuple(one[name] for name in FIELDS) for one in records))
