"""A database of made-up items of a given size, written row by row: for what reads databases.

A tenth of the stories has two items. Rows stand as a backfill leaves them, the newest first.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from spiders.sources import SOURCES

BODY_BYTES = 2_500
_ITEMS_A_DAY = 60
_NEWEST = date(2026, 11, 1)
_TEXT = """
сенат депутат закон проект комитет заседание казахстан президент область развитие бюджет регион
вопрос поддержка производство сельский школа строительство дорога вода программа министр работа
человек страна год новый рассмотреть принять отметить сообщать
"""
_WORDS = _TEXT.split()
_BATCH = 5_000
_CACHE_KILOBYTES = 400_000


def write_items(path: Path, count: int, *, seed: int = 1) -> None:
    """Make a database of so many items at `path`."""
    rows = _rows(count, random.Random(seed))
    db = open_for_writing(path, SOURCES.values())
    db.conn.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")  # ids come in no order
    for batch in _batches(rows):
        with writing(db):
            db.table("items").insert_all(batch, batch_size=200)
    with writing(db):
        db.conn.execute(
            "INSERT INTO stories (id, language, canonical, items)"
            " SELECT story, min(language), story, count(*) FROM items GROUP BY story"
        )
    db.close()


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _rows(count: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    head = ""
    for number in range(count):
        is_copy = number % 11 == 10
        item = f"{rng.getrandbits(64):016x}"
        head = head if is_copy else item
        yield _row(item, head, number, rng)


def _row(item: str, story: str, number: int, rng: random.Random) -> dict[str, Any]:
    day = _NEWEST - timedelta(days=number // _ITEMS_A_DAY)
    offset = "+05:00" if day >= date(2024, 3, 1) else "+06:00"
    body = _body(rng)
    source = "kazpravda" if number % 3 else "senate"
    seen = f"{day}T08:00:00Z"
    return {
        "id": item, "source": source, "url": f"https://{source}.example/n/{number}",
        "language": "ru", "title": body[:80], "lead": body[:200], "body": body, "authors": "[]",
        "tags": json.dumps([rng.choice(_WORDS), "Казахстан"], ensure_ascii=False),
        "section": rng.choice(_WORDS), "image_url": f"https://{source}.example/{number}.jpg",
        "image_credit": None, "attribution": '["Kazpravda.kz"]', "access": "full",
        "published": f"{day}T{rng.randrange(24):02d}:{rng.randrange(60):02d}:00{offset}",
        "published_precision": "minute", "modified": None, "first_seen": seen,
        "last_changed": seen, "revision": 1, "gone": None, "story": story, "piece": story,
        "relation": "canonical" if item == story else "reprint", "similarity": 1.0,
        "translations": "[]", "reading": "layout", "words": body.count(" ") + 1,
        "compared_words": 1, "content_sha256": f"{rng.getrandbits(256):064x}", "day": f"{day}",
        "last_seen": seen, "read_by": "{}", "layout": "l", "words_sha256": item,
        "changed_seq": number + 1,
    }  # fmt: skip


def _body(rng: random.Random) -> str:
    words: list[str] = []
    size = 0
    while size < BODY_BYTES:
        words += rng.choices(_WORDS, k=12)
        words[-1] += ".\n\n" if rng.random() < 0.2 else "."
        size = len(" ".join(words).encode())
    return " ".join(words)
