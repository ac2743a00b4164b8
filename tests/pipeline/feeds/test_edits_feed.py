"""A feed of edits: an entry a revision, valid by RFC 4287."""

from __future__ import annotations

import io
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.edits.edit import EditKind
from pipeline.export.selection import Selection
from pipeline.feeds.atom import NEWEST
from pipeline.formats.known_formats import FileKind
from pipeline.formats.write import write
from pipeline.model.capture import ClassifiedCapture
from pipeline.store.transactions import writing
from tests.pipeline.feeds.feed_rules import feed_faults
from tests.pipeline.worlds.captures import items, kaz, page, prose, sen, world

EDITED, RELEASE = kaz("odin"), sen(1)
FIRST = f"Приняли 146 законов.\n\n{prose('и', 12)}.\n\n{prose('й', 12)}.\n\n{prose('к', 12)}."


def _captures() -> list[ClassifiedCapture]:
    second = FIRST.replace("146", "147")
    return [
        page(EDITED, 0, FIRST, title="Итоги"),
        page(EDITED, 5, second, title="Итоги"),
        page(EDITED, 9, second, title="Итоги дня"),
        page(EDITED, 10, second, title="Итоги  дня"),
        page(RELEASE, 1, FIRST, title="<b>Релиз</b> &", section="Сенат"),
        page(RELEASE, 20, FIRST.replace("146", "148"), title="<b>Релиз</b> &",
             section="Сенат"),
    ]  # fmt: skip


@pytest.fixture
def db() -> Database:
    return world(*_captures())


def _written(
    db: Database, selection: Selection | None = None, kinds: tuple[EditKind, ...] = ()
) -> bytes:
    out = io.BytesIO()
    write(db, selection or Selection(), FileKind("atom"), out, of="edits", kinds=kinds)
    assert feed_faults(out.getvalue()) == []
    return out.getvalue()


def _entries(db: Database, *arguments: Any) -> list[Any]:
    read = feedparser.parse(_written(db, *arguments))
    assert not read.bozo
    entries: list[Any] = read.entries
    return entries


def test_each_revision_with_edits_is_an_entry_the_newest_first(db: Database) -> None:
    newest, title, number = _entries(db)
    item = items(db)[EDITED]["id"]
    assert number.id == f"urn:kazpress:item:{item}:revision:2"
    assert (number.title, title.title) == ("Итоги: number", "Итоги дня: title")
    assert newest.title == "<b>Релиз</b> &: number"
    assert (number.published, number.updated) == ("2026-03-02T11:00:00Z",) * 2
    assert number.link == EDITED
    assert [one.name for one in number.authors] == ["Kazakhstanskaya Pravda"]
    assert [(one.scheme, one.term) for one in number.tags] == [
        ("urn:kazpress:source", "kazpravda"), ("urn:kazpress:edit", "number"),
    ]  # fmt: skip


def test_its_content_is_what_was_edited(db: Database) -> None:
    content = _entries(db)[2].content[0]
    assert (content.type, content.language) == ("text/html", "ru")
    assert content.value.splitlines() == [
        '<p lang="en">Edited between 2026-03-02 11:00 and 2026-03-02 16:00 (Almaty).</p>',
        "<ul>", '<li><b lang="en">number</b>: 146 → 147</li>', "</ul>",
        "<p>Приняли <del>146</del><ins>147</ins> законов.</p>",
        f"<p>{prose('и', 12)}.</p>", "<p>…</p>",
    ]  # fmt: skip
    assert "<p><strong>Итоги<ins> дня</ins></strong></p>" in _entries(db)[1].content[0].value


def test_kinds_and_items_are_selected(db: Database) -> None:
    assert [one.title for one in _entries(db, Selection(), ("title", "date"))] == [
        "Итоги дня: title"
    ]
    assert len(_entries(db, Selection(source=("kazpravda",)))) == 2
    assert len(_entries(db, Selection(section=("Сенат",)), ("number",))) == 1
    assert _entries(db, Selection(language=("kk",))) == []


def test_a_feed_is_known_by_what_is_chosen(db: Database) -> None:
    feed = feedparser.parse(_written(db, Selection(source=("senate",)), ("number", "name"))).feed
    assert feed.id == "urn:kazpress:feed:edits:kind=name,number:source=senate"
    assert feed.title == "Edits: Senate of the Parliament of Kazakhstan (number, name)"
    assert feed.updated == "2026-03-03T02:00:00Z"
    assert feedparser.parse(_written(db, Selection(language=("en",)))).feed.updated == (
        "2000-01-01T00:00:00Z"
    )


def test_the_same_data_gives_the_same_bytes(db: Database) -> None:
    assert _written(db) == _written(world(*reversed(_captures())))


def test_it_has_the_newest_alone_and_finds_them_without_sorting_all() -> None:
    db = world(
        *(page(EDITED, hours, f"Приняли {hours} законов. {prose('и', 12)}.")
          for hours in range(NEWEST + 20))
    )  # fmt: skip
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    entries = _entries(db)
    db.conn.set_trace_callback(None)
    numbers = [int(one.id.rpartition(":")[2]) for one in entries]
    assert numbers == list(range(NEWEST + 20, 20, -1))
    (newest,) = (sql for sql in asked if "GROUP BY" in sql)
    plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {newest}")]
    assert any("INDEX edits_by_time" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_makes_a_valid_feed(text: str) -> None:
    db = world(*_captures())
    with writing(db):
        db.conn.execute("UPDATE edits SET was = ?, before = ?", (text, text))
        db.conn.execute(
            "UPDATE readings SET fields = json_set(fields, '$.title', ?1, '$.body', ?1)", (text,)
        )
    assert _entries(db)
