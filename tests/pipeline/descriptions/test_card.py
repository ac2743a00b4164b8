"""The dataset's card."""

import json
from dataclasses import replace
from typing import Any

import pytest

from pipeline.descriptions.card import card
from pipeline.descriptions.dataset import Chosen, Dataset, FieldCount
from tests.pipeline.descriptions.samples import COLUMNS, DATASET, EMPTY


def _block(dataset: Dataset = DATASET) -> dict[str, Any]:
    """The YAML at the top: a name and a value as JSON in each line."""
    start, block, _ = card(dataset).split("---\n", 2)
    assert start == ""
    lines = (line.split(": ", 1) for line in block.splitlines())
    return {name: json.loads(value) for name, value in lines}


def test_hugging_face_finds_the_files_the_languages_and_the_terms() -> None:
    block = _block()
    (config,) = block["configs"]
    assert config["data_files"] == [{"split": "train", "path": "data/parquet/*.parquet"}]
    assert (block["license"], block["license_link"]) == ("other", "LICENSE.md")
    assert block["language"] == ["kk", "ru"]
    assert block["multilinguality"] == ["multilingual"]


def test_a_new_version_is_read_anew_by_hugging_face_whose_cache_goes_by_the_configuration() -> None:
    (config,) = _block()["configs"]
    (newer,) = _block(replace(DATASET, version="2026.3.9+0"))["configs"]
    assert newer.keys() == config.keys()
    assert newer != config


@pytest.mark.parametrize(
    ("items", "size"),
    [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (99_999, "10K<n<100K"),
     (1_000_000, "1M<n<10M"), (10**9, "100M<n<1B")],
)  # fmt: skip
def test_the_size_is_told_in_the_words_of_hugging_face(items: int, size: str) -> None:
    assert _block(replace(DATASET, items=items))["size_categories"] == [size]


def test_without_items_it_says_so_and_names_no_files() -> None:
    text = card(EMPTY)
    assert "no items in this version" in text
    assert "configs" not in _block(EMPTY)
    assert "data/" not in text


def test_sources_are_counted_by_language() -> None:
    assert (
        "| `senate` | [Senate of the Parliament of Kazakhstan](https://senate.parlam.kz) | `ru` "
        "| 2 | 2026-02-25 | 2026-02-25 |" in card(DATASET)
    )


def test_each_column_is_among_the_fields() -> None:
    fields = card(DATASET).partition("## Fields")[2].partition("## ")[0]
    assert [one.name for one in COLUMNS if f"| `{one.name}` |" not in fields] == []


@pytest.mark.parametrize(
    ("items", "of", "told"),
    [(0, 4, "none"), (4, 4, "all 4"), (3, 4, "75.0 % (3)"), (99_999, 100_000, "99.9 % (99,999)"),
     (1, 100_000, "0.1 % (1)")],
)  # fmt: skip
def test_coverage_says_all_or_none_only_where_it_is_so(items: int, of: int, told: str) -> None:
    counted = (FieldCount(source="senate", field="lead", items=items, of=of),)
    assert f"| `lead` | – | {told} |" in card(replace(DATASET, coverage=counted))


def test_what_was_left_out_is_said() -> None:
    chosen = Chosen(source=("senate",), language=("ru", "kk"), since="2026-03-01")
    assert (
        "It is a part of a collection: source senate; language ru, kk; since 2026-03-01."
        in card(replace(DATASET, chosen=chosen))
    )
    assert "part of a collection" not in card(DATASET)


def test_whom_to_write_to_is_said_and_also_that_nobody_is_named() -> None:
    assert "For corrections and removals write to <mailto:me@example.org>." in card(DATASET)
    assert "names no contact" in card(replace(DATASET, contact=None))


@pytest.mark.parametrize("word", ["`day`", "`piece`", "`joined`", "`null`", "`gone`", "Almaty"])
def test_what_is_easily_misread_is_explained(word: str) -> None:
    assert word in card(DATASET).partition("## What to know")[2]
