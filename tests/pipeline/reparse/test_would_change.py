"""A dry run says field by field what would change, and changes nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reparse.parts import Part, PartRead
from pipeline.reparse.readers import InThisProcess
from pipeline.reparse.reparse import How, reparse
from pipeline.reparse.would_change import WouldChange, excerpts
from pipeline.store.database import Store
from tests.pipeline.reparse.archives import SITES, live
from tests.pipeline.worlds.captures import NOW, items, new_database


class _OtherRules(InThisProcess):
    """Reads pages otherwise: titles in capitals, no author; of some pages nothing."""

    def read_one(self, part: Part) -> PartRead:
        found = super().read_one(part)
        return replace(found, captures=tuple(map(self._otherwise, found.captures)))

    @staticmethod
    def _otherwise(one):  # type: ignore[no-untyped-def]
        if one.reading is None or one.reading.title is None:
            return one
        if one.capture.url.endswith("13203"):
            return replace(one, reading=None, outcome="failed")
        title = one.reading.title.upper()
        return replace(one, reading=replace(one.reading, title=title, authors=()))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Store]:
    db = new_database(tmp_path / "live.db")
    live(db, tmp_path / "archive")
    yield db
    db.close()


def _dry_run(db: Store, archive: Path) -> WouldChange:
    how = How(readers=_OtherRules(), every=True, dry_run=True)
    found = reparse(db, archive, SITES, now=NOW, how=how).would_change
    assert found is not None
    return found


def test_each_field_of_each_item_is_told_before_and_after(db: Store, tmp_path: Path) -> None:
    before = items(db)
    dump = list(db.conn.iterdump())
    found = _dry_run(db, tmp_path / "archive")
    assert list(db.conn.iterdump()) == dump
    titles = {one.url: (one.before, one.after) for one in found.fields["title"]}
    url, item = next((url, one) for url, one in before.items() if one["title"] and url in titles)
    was, now = titles[url]
    assert now is not None
    assert (was, now) == excerpts(item["title"], item["title"].upper())
    with_authors = {url for url, one in before.items() if one["authors"] and url in titles}
    assert {one.url for one in found.fields["authors"]} == with_authors
    assert {one.after for one in found.fields["authors"]} == {"[]"}
    assert "published" not in found.fields
    assert [one.url for one in found.removed] == [url for url in before if url.endswith("13203")]
    assert found.new == []


def test_into_an_empty_database_all_items_would_be_new(db: Store, tmp_path: Path) -> None:
    empty = new_database(tmp_path / "empty.db")
    found = _dry_run(empty, tmp_path / "archive")
    assert (found.fields, found.removed) == ({}, [])
    read = [url for url in items(db) if not url.endswith("13203")]
    assert len(found.new) == len(read) > 40
    empty.close()


@given(st.text(max_size=200), st.text(max_size=200))
def test_excerpts_are_short_and_differ_where_the_values_do(before: str, after: str) -> None:
    was, now = excerpts(before, after)
    assert was is not None
    assert now is not None
    assert max(len(was), len(now)) <= 62
    assert (was == now) == (before == after)


def test_excerpts_of_nothing() -> None:
    assert excerpts(None, "б" * 70) == (None, "б" * 60 + "…")
    assert excerpts("а", None) == ("а", None)
