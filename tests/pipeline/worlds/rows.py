"""Items put straight into a database's table, for tests of what reads it."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE

_LISTS = ("authors", "tags", "attribution", "translations")


def item_row(number: int, **fields: Any) -> dict[str, Any]:
    """A whole row of `items`, a story of its own unless told otherwise."""
    item_id = fields.get("id", f"{number:016x}")
    published = fields.get("published", "2026-03-04T10:00:00+05:00")
    row: dict[str, Any] = {
        "id": item_id, "source": "kazpravda", "url": f"https://kazpravda.kz/n/{number}/",
        "language": "ru", "title": f"Заголовок {number}", "lead": None, "body": "Текст",
        "authors": [], "tags": [], "section": None, "image_url": None, "image_credit": None,
        "attribution": [], "access": "full", "published": published,
        "published_precision": "minute", "modified": None, "first_seen": "2026-03-04T06:00:00Z",
        "last_changed": "2026-03-04T06:00:00Z", "revision": 1, "gone": None, "story": item_id,
        "piece": fields.get("story", item_id), "relation": "canonical", "similarity": 1.0,
        "translations": [], "reading": "layout", "words": 1, "compared_words": 1,
        "content_sha256": "0" * 64, "day": published[:10],
        "last_seen": "2026-03-04T06:00:00Z", "read_by": "{}", "layout": "l", "words_sha256": "1",
        "export_sha256": None, "changed_seq": 1,
    } | fields  # fmt: skip
    return row | {name: json.dumps(row[name], ensure_ascii=False) for name in _LISTS}


def crawl_row(source: str = "senate", **facts: Any) -> dict[str, Any]:
    """A row of `crawls`: one of the site itself that ended well."""
    return {
        "source": source, "started": "2026-03-04T11:45:00.000000Z", "outcome": "done",
        "finished": "2026-03-04T11:46:00.000000Z", "replay": 0, "single": 0, "reason": None,
        "needs_look": None,
    } | facts  # fmt: skip


def address_rows(days: Mapping[date, int], **facts: Any) -> list[dict[str, Any]]:
    """Rows of `addresses`: so many of each day, stored unless told otherwise."""
    numbered = enumerate(day for day, number in days.items() for _ in range(number))
    return [
        {
            "id": f"{facts}{n}", "url": f"https://kazpravda.kz/n/{facts.get('state')}-{n}/",
            "source": "kazpravda", "language": "ru", "kind": "news", "state": "stored",
            "found_by": "listing", "ways": "listing", "found_at": "2026-01-01T00:00:00.000000Z",
            "latest_day": day.isoformat(),
        } | facts
        for n, day in numbered
    ]  # fmt: skip


def database(path: Path, rows: Iterable[dict[str, Any]] = ()) -> Database:
    """A database that holds these rows of `items`, and their stories."""
    db = open_for_writing(path, (SENATE, KAZPRAVDA))
    with writing(db):
        db.table("items").insert_all(rows)
        db.conn.execute(
            "INSERT OR REPLACE INTO stories (id, language, canonical, items)"
            " SELECT story, min(language), coalesce(max(id) FILTER (WHERE relation = 'canonical'),"
            " min(id)), count(*) FROM items WHERE story IS NOT NULL GROUP BY story"
        )
    return db
