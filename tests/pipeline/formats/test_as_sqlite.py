"""A database of its own for analysts: what is in it, what belongs together, the same bytes."""

import json
import re
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.export.selection import Selection
from pipeline.formats.as_sqlite import write_sqlite
from pipeline.model.press_item import COPY_FIELDS, FIELDS
from pipeline.store.database import reading
from tests.pipeline.worlds.exports import records
from tests.pipeline.worlds.rows import database, item_row
from tests.workspace import ROOT

RELEASE, REPRINT, EXCERPT, KAZAKH = (f"{n:016x}" for n in (1, 2, 3, 4))
SELECTIONS: list[dict[str, Any]] = [
    {}, {"every_item": True}, {"source": ("senate",)}, {"source": ("kazpravda",)},
    {"language": ("kk",)}, {"since": date(2026, 3, 5)}, {"until": date(2026, 3, 4)},
    {"section": ("Общество",)}, {"like": ("текст",)}, {"sample": 1},
    {"sample": 1, "every_item": True}, {"newest": 1}, {"sample": 3, "every_item": True},
    {"since": date(2030, 1, 1)},
]  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Database]:
    """A release with a reprint, an excerpt and a translation."""
    kazakh = [{"language": "kk", "id": KAZAKH, "url": "https://kazpravda.kz/n/4/"}]
    rows = [
        item_row(1, source="senate", url="https://senate.parlam.kz/ru-RU/news/details/1",
                 published="2026-03-04T20:00:00+05:00", words=300, translations=kazakh,
                 authors=["А. Иванов"], tags=["выборы", "закон"], section="Общество"),
        item_row(2, story=RELEASE, relation="reprint", similarity=0.95,
                 published="2026-03-05T00:10:00+05:00"),
        item_row(3, story=RELEASE, relation="excerpt", similarity=0.9, published="2026-03-06"),
        item_row(4, language="kk", piece=RELEASE, published="2026-03-03T09:00:00+05:00",
                 translations=[{"language": "ru", "id": RELEASE, "url": None}]),
    ]  # fmt: skip
    opened = database(tmp_path / "items.db", rows)
    yield opened
    opened.close()


def _rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as copy:
        return copy.execute(sql).fetchall()


def test_tables_and_views_are_described(world: Database, tmp_path: Path) -> None:
    write_sqlite(world, Selection(), tmp_path / "out.db")
    made = _rows(tmp_path / "out.db", "SELECT name FROM sqlite_master WHERE type != 'index'")
    page = (ROOT / "docs" / "datasets.md").read_text("utf-8")
    described = re.findall(r"^\| `(\w+)`", page.split("### The database")[1], re.MULTILINE)
    assert {name for (name,) in made} == set(described[: len(made)])


def _dicts(path: Path, sql: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as copy:
        copy.row_factory = sqlite3.Row
        return [dict(row) for row in copy.execute(sql)]


def test_there_are_five_tables_and_two_views(world: Database, tmp_path: Path) -> None:
    write_sqlite(world, Selection(), tmp_path / "out.db")
    named = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    assert {name for (name,) in _rows(tmp_path / "out.db", named)} == {
        "sources", "items", "stories", "copies", "translations", "who_printed_what", "items_by_day",
    }  # fmt: skip
    columns = dict(_rows(tmp_path / "out.db", "SELECT name, type FROM pragma_table_info('items')"))
    assert columns.keys() == set(FIELDS) - {"translations"}
    assert {name: kind for name, kind in columns.items() if kind != "TEXT"} == {
        "revision": "INTEGER", "words": "INTEGER", "similarity": "REAL",
    }  # fmt: skip


@pytest.mark.parametrize("chosen", SELECTIONS)
def test_what_is_in_it_belongs_together(
    world: Database, tmp_path: Path, chosen: dict[str, Any]
) -> None:
    count = write_sqlite(world, Selection(**chosen), tmp_path / "out.db")
    assert _rows(tmp_path / "out.db", "PRAGMA foreign_key_check") == []
    assert _rows(tmp_path / "out.db", "PRAGMA integrity_check") == [("ok",)]
    assert _rows(tmp_path / "out.db", "SELECT count(*) FROM items") == [(count,)]
    other = "SELECT s.id FROM stories s JOIN items i ON i.id = s.item WHERE i.story != s.id"
    assert _rows(tmp_path / "out.db", other) == []


@pytest.mark.parametrize("chosen", [one for one in SELECTIONS if one.keys() <= {"source", "since"}])
def test_items_and_stories_are_those_of_the_other_formats(
    world: Database, tmp_path: Path, chosen: dict[str, Any]
) -> None:
    out = tmp_path / "out.db"
    write_sqlite(world, Selection(**chosen), out)
    items = [
        row | {name: json.loads(row[name]) for name in ("authors", "tags", "attribution")}
        for row in _dicts(out, "SELECT * FROM items ORDER BY rowid")
    ]
    told = list(records(world, Selection(**chosen, every_item=True)))
    assert items == [{name: row[name] for name in row if name != "translations"} for row in told]
    translations = _dicts(out, "SELECT item, language, id, url FROM translations ORDER BY rowid")
    assert translations == [
        {"item": row["id"], **one} for row in told for one in row["translations"]
    ]
    told = list(records(world, Selection(**chosen)))
    stories = _dicts(out, "SELECT * FROM stories ORDER BY rowid")
    for story, row in zip(stories, told, strict=True):
        facts = {name: row[name] for name in story if name not in ("id", "item", "copies")}
        assert story == facts | {
            "id": row["story"], "item": row["id"], "copies": len(row["copies"]),
        }  # fmt: skip
    copies = _dicts(out, "SELECT * FROM copies ORDER BY rowid")
    assert [{name: row[name] for name in (*COPY_FIELDS, "story")} for row in copies] == [
        one | {"story": row["story"]} for row in told for one in row["copies"]
    ]


def test_what_is_not_selected_is_named_and_not_linked(world: Database, tmp_path: Path) -> None:
    out = tmp_path / "out.db"
    write_sqlite(world, Selection(language=("ru",), until=date(2026, 3, 5)), out)
    assert _rows(out, "SELECT id, item FROM copies ORDER BY id") == [
        (REPRINT, REPRINT), (EXCERPT, None),
    ]  # fmt: skip
    assert _rows(out, "SELECT item, id, translation FROM translations") == [(RELEASE, KAZAKH, None)]
    write_sqlite(world, Selection(), out)
    assert _rows(out, "SELECT item, translation FROM translations ORDER BY rowid") == [
        (KAZAKH, RELEASE), (RELEASE, KAZAKH),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "chosen", [{}, {"source": ("senate",)}, {"source": ("kazpravda",)}, {"since": date(2026, 3, 6)}]
)
def test_who_printed_what_and_how_late(
    world: Database, tmp_path: Path, chosen: dict[str, Any]
) -> None:
    """Whether or not the selection has the canonical item, and the copies."""
    write_sqlite(world, Selection(**chosen), tmp_path / "out.db")
    rows = _rows(
        tmp_path / "out.db",
        "SELECT canonical, canonical_source, copy, copy_source, relation, similarity, days_late,"
        " hours_late FROM who_printed_what ORDER BY copy",
    )
    assert rows == [
        (RELEASE, "senate", REPRINT, "kazpravda", "reprint", 0.95, 1, 4.17),
        (RELEASE, "senate", EXCERPT, "kazpravda", "excerpt", 0.9, 2, None),
    ]


def test_items_by_day_count_stories_and_pieces_once(tmp_path: Path) -> None:
    days = {"published": "2026-03-04", "published_precision": "day"}
    rows = [
        item_row(1, **days), item_row(2, **days, story=RELEASE, relation="reprint"),
        item_row(3, **days, piece=RELEASE), item_row(4, **days, language="kk", piece=RELEASE),
        item_row(5, **days, source="senate"), item_row(6, published="2026-03-03"),
    ]  # fmt: skip
    with closing(database(tmp_path / "items.db", rows)) as db:
        write_sqlite(db, Selection(), tmp_path / "out.db")
    assert _rows(tmp_path / "out.db", "SELECT * FROM items_by_day") == [
        ("2026-03-03", "kazpravda", "ru", 1, 1, 1),
        ("2026-03-04", "kazpravda", "kk", 1, 1, 1),
        ("2026-03-04", "kazpravda", "ru", 3, 2, 1),
        ("2026-03-04", "senate", "ru", 1, 1, 1),
    ]


def test_the_same_data_gives_the_same_bytes_in_one_file(world: Database, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    written = set()
    for _ in range(2):
        write_sqlite(world, Selection(), folder / "items.db")
        written.add((folder / "items.db").read_bytes())
        assert [one.name for one in folder.iterdir()] == ["items.db"]
    (whole,) = written
    assert whole[16:18] == (4096).to_bytes(2), "the size of a page"
    assert whole[96:100] == bytes(4), "the version of SQLite"
    for setting in ("user_version", "application_id", "freelist_count"):
        assert _rows(folder / "items.db", f"PRAGMA {setting}") == [(0,)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
@example("\x00", "\r\n\u2028\ufffe", ["'", '"\\'])
def test_any_text_comes_back(
    world: Database, tmp_path: Path, title: str, body: str, tags: list[str]
) -> None:
    with world.conn:
        world.conn.execute(
            "UPDATE items SET title = ?, body = ?, tags = ?", (title, body, json.dumps(tags))
        )
    write_sqlite(world, Selection(), tmp_path / "out.db")
    rows = _rows(tmp_path / "out.db", "SELECT DISTINCT title, body, tags FROM items")
    assert [(*texts, json.loads(told)) for *texts, told in rows] == [(title, body, tags)]


def test_items_are_read_one_at_a_time(tmp_path: Path) -> None:
    rows = (item_row(n, body="слово " * 300) for n in range(3_000))
    with closing(database(tmp_path / "many.db", rows)) as db:
        tracemalloc.start()
        try:
            assert write_sqlite(db, Selection(), tmp_path / "out.db") == 3_000
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 2_000_000, "the bodies of all are 10 MB"


@pytest.mark.parametrize(
    ("damage", "error", "sentence"),
    [
        (
            "UPDATE items SET relation = NULL",
            StoreError,
            r"the database is damaged: what it holds is wrong \(NOT NULL",
        ),
        ("UPDATE items SET tags = '{'", StoreError, f"item {KAZAKH} can't be read"),
        (
            "DROP TABLE stories",
            StoreError,
            r"the database can't be read to its end \(no such table",
        ),
    ],
)
def test_what_cannot_be_read_or_written_leaves_the_old_file(
    world: Database, tmp_path: Path, damage: str, error: type[Exception], sentence: str
) -> None:
    out = tmp_path / "out.db"
    out.write_bytes(b"old")
    with world.conn:
        world.conn.execute(damage)
    with pytest.raises(error, match=sentence):
        write_sqlite(world, Selection(), out)
    assert out.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir() if "items" not in one.name] == ["out.db"]


FULL = """
import resource, sys
from pathlib import Path
from pipeline.formats.as_sqlite import write_sqlite
from pipeline.export.selection import Selection
from pipeline.store.database import reading
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
with reading(Path(sys.argv[1])) as db:
    write_sqlite(db, Selection(), Path(sys.argv[2]))
"""


def test_a_full_disk_is_told_by_the_name_of_the_file(world: Database, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "items.db"), str(tmp_path / "full.db")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "ExportError" in done.stderr
    assert "full.db: can't be written (" in done.stderr.splitlines()[-1]
    assert [one.name for one in tmp_path.iterdir() if "items" not in one.name] == []


def test_a_database_that_others_read_too_is_copied(world: Database, tmp_path: Path) -> None:
    with reading(tmp_path / "items.db") as db:
        assert write_sqlite(db, Selection(), tmp_path / "out.db") == 4


@pytest.mark.parametrize(
    "damage",
    [
        "piece = NULL",
        "relation = NULL",
        'translations = \'[{"language":"kk","id":"a","url":null},'
        '{"language":"kk","id":"a","url":null}]\'',
    ],
)
def test_what_the_tables_refuse_is_damage_of_what_is_read(
    world: Database, tmp_path: Path, damage: str
) -> None:
    with world.conn:
        world.conn.execute(f"UPDATE items SET {damage} WHERE id = ?", (RELEASE,))
    with pytest.raises(StoreError, match="the database is damaged: what it holds is wrong"):
        write_sqlite(world, Selection(), tmp_path / "out.db")
    assert not (tmp_path / "out.db").exists()
