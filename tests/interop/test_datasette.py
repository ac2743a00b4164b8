"""Datasette serves the SQLite file: its tables, its views, rows by their keys."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.interop.records import records

pytestmark = pytest.mark.interop


def _get(exports: Path, path: str) -> Any:
    command = [sys.executable, "-m", "datasette", "items.sqlite", "--get", path]
    done = subprocess.run(command, cwd=exports, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_tables_and_views_that_an_analyst_wants_are_there(exports: Path) -> None:
    told = _get(exports, "/items.json")
    assert {one["name"]: one["count"] for one in told["tables"] if not one["hidden"]} == {
        "sources": 2,
        "items": len(records(exports, "items")),
        "stories": len(records(exports)),
        "copies": sum(len(one["copies"]) for one in records(exports)),
        "translations": sum(len(one["translations"]) for one in records(exports, "items")),
    }
    assert {one["name"] for one in told["views"]} == {"items_by_day", "who_printed_what"}


def test_a_row_leads_to_those_that_it_names(exports: Path) -> None:
    story = next(one for one in records(exports) if one["copies"])
    asked = f"/items/stories.json?id={story['story']}&_shape=objects&_labels=on"
    (row,) = _get(exports, asked)["rows"]
    assert row["item"]["value"] == story["id"]
    keys = _get(exports, "/items/items.json?_size=0&_extra=foreign_key_tables")
    assert keys["primary_keys"] == ["id"]
    printed = _get(exports, f"/items/who_printed_what.json?story={story['story']}&_shape=array")
    assert [one["copy"] for one in printed] == [one["id"] for one in story["copies"]]


def test_items_are_counted_by_facets(exports: Path) -> None:
    told = _get(exports, "/items/items.json?_facet=source&_size=0")
    counts = {one["value"]: one["count"] for one in told["facet_results"]["source"]["results"]}
    items = [one["source"] for one in records(exports, "items")]
    assert counts == {name: items.count(name) for name in set(items)}
