"""How many items of each source have each field, and which step gave it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.query.field_coverage import FieldCoverage, covered_fields, field_coverage
from pipeline.store.transactions import writing
from tests.pipeline.worlds.rows import database, item_row

_LISTS = ("authors", "tags", "attribution", "translations")
_TEXTS = ("lead", "section", "image_url", "modified", "gone")
_ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(("senate", "kazpravda")),
            "read_by": st.dictionaries(
                st.sampled_from(("lead", "authors", "section")),
                st.sampled_from(("layout", "structured", "generic")),
            ),
        },
        optional={
            **{name: st.none() | st.just("x") for name in _TEXTS},
            **{name: st.lists(st.just("x"), max_size=2) for name in _LISTS},
        },
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = database(tmp_path_factory.mktemp("coverage") / "k.db")
    yield made
    made.close()


def row(number: int, read_by: dict[str, str], **fields: Any) -> dict[str, Any]:
    return item_row(number, read_by=json.dumps(read_by), **fields)


def test_a_field_is_counted_with_the_step_that_gave_it(tmp_path: Path) -> None:
    rows = [
        row(1, {"lead": "layout", "tags": "layout"}, lead="Первый абзац", tags=["закон"]),
        row(2, {"lead": "structured"}, lead="Первый абзац"),
        row(3, {"title": "generic"}),
        row(4, {}, source="senate", title=None, url=None, reading=None),
    ]
    db = database(tmp_path / "k.db", rows)
    found = field_coverage(db)
    db.close()
    assert list(found) == ["kazpravda", "senate"]
    assert found["kazpravda"]["lead"] == FieldCoverage(
        items=2, share=0.6667, read_by={"layout": 1, "structured": 1}
    )
    assert found["kazpravda"]["tags"] == FieldCoverage(items=1, share=0.3333, read_by={"layout": 1})
    assert found["kazpravda"]["title"] == FieldCoverage(items=3, share=1.0, read_by={"generic": 1})
    assert found["kazpravda"]["gone"] == FieldCoverage(items=0, share=0.0, read_by={})
    assert found["senate"]["title"].items == found["senate"]["url"].items == 0
    assert found["senate"]["body"] == FieldCoverage(items=1, share=1.0, read_by={})


def test_a_lead_that_was_read_and_not_stored_counts_for_no_step(tmp_path: Path) -> None:
    db = database(tmp_path / "k.db", [row(1, {"lead": "layout"}, lead=None)])
    assert field_coverage(db)["kazpravda"]["lead"] == FieldCoverage(items=0, share=0.0, read_by={})
    db.close()


def test_a_database_without_items_has_no_coverage(tmp_path: Path) -> None:
    db = database(tmp_path / "k.db")
    assert field_coverage(db) == {}
    db.close()


def test_what_an_item_always_has_is_covered_only_where_a_step_gives_it() -> None:
    assert covered_fields() == [
        "url", "title", "lead", "body", "authors", "tags", "section", "image_url", "image_credit",
        "attribution", "published", "modified", "gone", "similarity", "translations",
        "reading",
    ]  # fmt: skip


@given(_ITEMS)
def test_the_counts_are_those_of_the_items_one_by_one(
    db: Database, items: list[dict[str, Any]]
) -> None:
    with writing(db):
        db.conn.execute("DELETE FROM items")
        db.table("items").insert_all(
            item_row(n, **(one | {"read_by": json.dumps(one["read_by"])}))
            for n, one in enumerate(items)
        )
    found = field_coverage(db)
    for source in ("senate", "kazpravda"):
        own = [one for one in items if one["source"] == source]
        assert (source in found) == bool(own)
        for name in (*_TEXTS, *_LISTS) if own else ():
            having = [one for one in own if one.get(name)]
            steps = [one["read_by"].get(name) for one in having]
            assert found[source][name] == FieldCoverage(
                items=len(having),
                share=round(len(having) / len(own), 4),
                read_by={step: steps.count(step) for step in steps if step},
            )
