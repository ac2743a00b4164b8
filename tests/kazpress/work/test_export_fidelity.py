"""`kazpress export --fidelity`: how prints keep to their releases, in each record."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.kazpress.conftest import Run
from tests.kazpress.show.test_two_items import RELEASE, REPRINT


def _records(run: Run, *options: str) -> list[dict[str, Any]]:
    ran = run("export", *options)
    assert ran.status == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def test_the_record_of_a_story_has_the_fidelity_of_each_print(run: Run, recorded: Path) -> None:
    plain, told = _records(run), _records(run, "--fidelity")
    assert [{**one, "fidelity": None} for one in plain] == [
        {**one, "fidelity": None} for one in told
    ]
    assert all(list(one)[-1] == "fidelity" for one in told)
    assert all(len(one["fidelity"]) <= len(one["copies"]) for one in told)
    (release,) = [one for one in told if one["url"] == RELEASE]
    (found,) = release["fidelity"]
    shown = json.loads(run("show", REPRINT, "--against", RELEASE, "--json").out)
    assert found == shown["fidelity"]
    assert found["release"] == release["id"]
    assert (found["late_minutes"], found["late_days"], found["retold"]) == (None, 0, False)
    assert "sentence-removed" in {edit["kind"] for edit in found["edits"]}


def test_the_record_of_an_item_has_its_own(run: Run, recorded: Path) -> None:
    told = {one["url"]: one["fidelity"] for one in _records(run, "--all", "--fidelity")}
    assert told[RELEASE] == []
    (found,) = told[REPRINT]
    assert found["kept"] > 0.9


def test_formats_of_rows_have_it_too(run: Run, recorded: Path) -> None:
    lines = _records(run, "--fidelity", "--fields", "id,title")
    rows = run("export", "--fidelity", "--fields", "id,title", "--format", "csv").out
    for line, row in zip(lines, csv.DictReader(io.StringIO(rows.lstrip("\ufeff"))), strict=True):
        assert json.loads(row["fidelity"]) == line["fidelity"]
    run("export", "--fidelity", "--output", "x.parquet")
    parquet = pytest.importorskip("pyarrow.parquet")
    whole = [one["fidelity"] for one in _records(run, "--fidelity")]
    assert parquet.read_table("x.parquet")["fidelity"].to_pylist() == whole


@pytest.mark.parametrize("fields", ["id,fidelity", "fidelity,id", "id"])
def test_it_may_be_named_among_the_fields_and_is_last(
    run: Run, recorded: Path, fields: str
) -> None:
    for line in _records(run, "--fidelity", "--fields", fields):
        assert list(line) == ["id", "fidelity"]


def test_it_may_be_the_only_field(run: Run, recorded: Path) -> None:
    whole = [one["fidelity"] for one in _records(run, "--fidelity")]
    alone = _records(run, "--fidelity", "--fields", "fidelity")
    assert alone == [{"fidelity": one} for one in whole]


def test_named_without_the_option_it_says_what_to_give(run: Run, recorded: Path) -> None:
    refused = run("export", "--fields", "id,fidelity")
    assert refused.status == 2
    assert "fidelity stands in records with --fidelity alone" in refused.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "atom"], "--fidelity is for csv, jsonl, parquet, xlsx, not for atom"),
        (["--revisions"], "--fidelity is of items and stories; leave it out with --revisions"),
        (["--changed-since", "2026-03-01"], "leave out --fidelity"),
        (["--dataset", "folder"], "leave out --fidelity"),
    ],
)
def test_what_can_bear_none_is_refused(
    run: Run, recorded: Path, options: list[str], said: str
) -> None:
    ran = run("export", "--fidelity", *options)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
