"""What people ask of the database: under which id or address an item is found, how a source is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from kazpress.errors import UnknownItem
from pipeline.normalize.addresses import address_id
from pipeline.query import stored_items
from pipeline.query.source_state import failure, failures, source_overview
from pipeline.query.stored_stories import related_elsewhere, story_members
from pipeline.query.stored_translations import translation_evidence
from pipeline.store.transactions import writing
from tests.pipeline.worlds.rows import database, item_row

URL = "https://kazpravda.kz/n/odin/"
OLD = "https://kazpravda.kz/n/ran-she/"
A, B, C = "a" * 16, "b" * 16, "c" * 16


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = database(tmp_path / "k.db", [
        item_row(1, id=A, url=URL, story=B),
        item_row(2, id=C, story=B, source="senate", published="2026-03-05", words=9),
    ])  # fmt: skip
    yield opened
    opened.close()


def _insert(db: Database, table: str, *rows: dict[str, Any]) -> None:
    with writing(db):
        db.table(table).insert_all(rows)


def test_an_item_is_found_by_its_id_and_by_each_of_its_addresses(db: Database) -> None:
    _insert(db, "addresses", *({
        "id": address_id(url), "url": url, "source": "kazpravda", "language": "ru", "kind": "news",
        "item": A, "state": "stored", "found_by": "listing", "found_at": "2026-03-04",
    } for url in (URL, OLD)))  # fmt: skip
    for name in (A, f" {A}\n", URL, OLD, address_id(OLD)):
        assert stored_items.resolve(db, name) == A


def test_a_text_is_found_by_its_own_id_once_it_has_an_item(db: Database) -> None:
    text = {"id": "text:1", "urn": "urn:sha256:1", "source": "kazpravda", "language": "ru"}
    _insert(db, "texts", text | {"item": A}, text | {"id": "text:2", "urn": "u:2", "item": None})
    assert stored_items.resolve(db, "text:1") == A
    with pytest.raises(UnknownItem):
        stored_items.resolve(db, "text:2")


def test_an_old_storys_id_leads_to_the_story_it_became_over_all_moves(db: Database) -> None:
    with writing(db):
        db.conn.execute("UPDATE stories SET canonical = ? WHERE id = ?", (C, B))
    moves = [("1", "2"), ("2", "gone"), ("2", "3"), ("3", B), ("9", "8")]
    _insert(db, "story_ids", *({"old": o, "new": n, "at": "2026"} for o, n in moves))
    for old in (B, "1", "2", "3"):
        assert stored_items.resolve(db, old) == C
    for old in ("gone", "9"):
        with pytest.raises(UnknownItem):
            stored_items.resolve(db, old)


def test_moves_in_a_circle_end(db: Database) -> None:
    _insert(db, "story_ids", {"old": "1", "new": "2", "at": ""}, {"old": "2", "new": "1", "at": ""})
    with pytest.raises(UnknownItem, match="1: nothing is stored under this id or address"):
        stored_items.resolve(db, "1")


@pytest.mark.parametrize("name", ["", "x", "https://", "https://kazpravda.kz/n/drugoe/", "'; --"])
def test_what_is_unknown_is_named(db: Database, name: str) -> None:
    with pytest.raises(UnknownItem, match=f"^{name}: nothing is stored"):
        stored_items.resolve(db, name)


def test_a_storys_canonical_item_stands_first_then_the_rank_decides(db: Database) -> None:
    _insert(db, "items", item_row(4, id="d" * 16, story=B, relation="reprint", words=2))
    with writing(db):
        db.conn.execute("UPDATE items SET relation = 'reprint' WHERE id = ?", (C,))
    assert [one.id[0] for one in story_members(db, B)] == ["a", "c", "d"]


def test_what_shares_text_in_other_stories_is_told_from_both_sides(db: Database) -> None:
    _insert(db, "items", item_row(4, id="d" * 16), item_row(5, id="e" * 16))
    shares = {"plain_a": 0, "plain_b": 0, "related": 0}
    _insert(db, "pairs", {"a": A, "b": "d" * 16, "share_a": 0.4, "share_b": 0.2} | shares,
            {"a": A, "b": C, "share_a": 0.9, "share_b": 0.9} | shares,
            {"a": A, "b": "e" * 16, "share_a": 0.01, "share_b": 0.02} | shares)  # fmt: skip
    (there,) = related_elsewhere(db, A)
    assert (there.id[0], there.share_here, there.share_there) == ("d", 0.4, 0.2)
    (back,) = related_elsewhere(db, "d" * 16)
    assert (back.id, back.share_here, back.share_there) == (A, 0.2, 0.4)


def test_the_state_of_a_source_counts_its_rows(db: Database) -> None:
    crawl = {"source": "kazpravda", "replay": 0, "outcome": "done"}
    _insert(
        db, "crawls",
        crawl | {"id": 1, "started": "2026-03-04T01", "finished": "2026-03-04T02"},
        crawl | {"id": 2, "started": "2026-03-05T01", "finished": "x", "replay": 1},
        crawl | {"id": 3, "started": "2026-03-04T09", "finished": None, "outcome": None},
    )  # fmt: skip
    at, url = datetime(2026, 3, 5, tzinfo=UTC), "https://kazpravda.kz"
    state = source_overview(db, "kazpravda", at, base_url=url)
    assert (state.items, state.stories, state.failures, state.addresses) == (1, 1, 0, {})
    assert state.last_crawl is not None
    assert state.last_crawl.id == 2
    assert [one.started for one in state.recent] == ["2026-03-04T09", "2026-03-04T01"]
    assert state.judged is not None
    assert (state.judged.id, state.crawls) == (1, {"done": 2})
    empty = source_overview(db, "senate", at, base_url=url)
    assert (empty.last_crawl, empty.recent, empty.rest_until) == (None, (), None)


def test_the_newest_failures_come_first_and_not_all(db: Database) -> None:
    _insert(db, "failures", *({
        "url": f"https://kazpravda.kz/{n}", "source": "kazpravda", "stage": "read", "reason": "r",
        "detail": "d", "first_seen": "", "last_seen": f"{n:02}", "times": 1,
    } for n in range(12)))  # fmt: skip
    found = failures(db, "kazpravda")
    assert [one.last_seen for one in found] == [f"{n:02}" for n in range(11, 1, -1)]
    failed = failure(db, "https://kazpravda.kz/3")
    assert failed is not None
    assert (failed.detail, failure(db, "x")) == ("d", None)


def test_direct_evidence_for_a_translation_is_told_by_its_kind_either_way(db: Database) -> None:
    kazakh = URL.replace("/n/", "/kk/n/")
    _insert(db, "addresses", *({
        "id": address_id(url), "url": url, "source": "kazpravda", "language": "ru", "kind": "news",
        "item": item, "state": "stored", "found_by": "listing", "found_at": "2026-03-04",
    } for url, item in ((URL, A), (OLD, A), (kazakh, C))))  # fmt: skip
    _insert(db, "translation_evidence", *(
        {"url": url, "target": target, "kind": kind, "detail": detail}
        for url, target, kind, detail in (
            (URL, kazakh, "link", ""), (kazakh, OLD, "link", ""),
            (OLD, kazakh, "entities", "Ашимбаев; 47,5 %"), (URL, "https://elsewhere/", "link", ""),
        )
    ))  # fmt: skip
    told = {C: [("entities", "Ашимбаев; 47,5 %"), ("link", "")]}
    assert translation_evidence(db, A) == told
    assert list(translation_evidence(db, C)) == [A]
