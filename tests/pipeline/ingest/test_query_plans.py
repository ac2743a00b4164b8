"""No question of a transaction walks through a table that grows with the site."""

from __future__ import annotations

import re
import sqlite3

import pytest

from pipeline.export.increments import change_of, changed_since, cursor
from pipeline.export.selection import Selection
from tests.pipeline.worlds.captures import kaz, missing, new_database, take
from tests.pipeline.worlds.random_worlds import told_world

_VALUE = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
_WALK = re.compile(r"SCAN (\w+)\b(?! VIRTUAL)")
_BOUNDED = {"CONSTANT", "near", "crowded", "staged_rows", "staged_runs", "decisions", "d"}
"""Rows that a statement makes itself; those that the transaction adds to the index; a person's
decisions.
"""
_OF_INCREMENTS = {"c", "p", "earlier", "present"}
"""What changed, and the records of then and now that have a part in it."""
_ONE_ROW = re.compile(r"^SELECT 1 FROM texts LIMIT 1$")


def test_no_question_of_a_transaction_walks_through_what_grows() -> None:
    db = new_database()
    asked: dict[str, str] = {}
    db.conn.set_trace_callback(lambda sql: asked.setdefault(_VALUE.sub("?", sql), sql))
    for seed in range(4):
        for capture in told_world(seed):
            take(db, capture)
    for number in range(45):
        take(db, missing(kaz(f"missing-{number}"), 1))
    db.conn.set_trace_callback(None)
    assert len(asked) > 60
    assert {sql: walked for sql in asked.values() if (walked := _walked(db.conn, sql))} == {}


@pytest.mark.parametrize(
    "selection",
    [Selection(), Selection(every_item=True), Selection(source=("senate",), section=("a",))],
    ids=["stories", "items", "a part"],
)
def test_an_increment_looks_at_what_changed_alone(selection: Selection) -> None:
    db = new_database()
    change = change_of(db, cursor(db))
    for capture in told_world(1):
        take(db, capture)
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    assert change_of(db, cursor(db)) > change_of(db, "2026-03-04") == change
    list(changed_since(db, selection, change).records)
    db.conn.set_trace_callback(None)
    assert len(asked) > 5
    assert {
        sql: walked for sql in asked if (walked := _walked(db.conn, sql) - _OF_INCREMENTS)
    } == {}


def _walked(db: sqlite3.Connection, sql: str) -> set[str]:
    """The tables that a statement goes through from one end to the other."""
    if not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", sql) or _ONE_ROW.match(sql):
        return set()
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    return {found[1] for step in plan if (found := _WALK.match(step))} - _BOUNDED
