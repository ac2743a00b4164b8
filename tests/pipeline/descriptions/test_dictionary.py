"""What is said of each column of a dataset."""

import re

import pytest

from pipeline.descriptions.dictionary import described_columns, dictionary
from pipeline.export.columns import column
from pipeline.model.press_item import FIELDS
from tests.pipeline.descriptions.samples import COLUMNS, DATASET


@pytest.mark.parametrize("column", COLUMNS, ids=lambda one: one.name)
def test_each_column_has_type_meaning_and_gaps(column: object) -> None:
    (described,) = (one for one in COLUMNS if one == column)
    assert described.type
    assert described.meaning
    assert described.gaps
    assert described.nullable == described.type.endswith(" or null")
    assert described.nullable == described.gaps.startswith("null")
    assert f"| `{described.name}` | {described.type} |" in dictionary(DATASET)


def test_columns_are_described_in_the_order_in_which_they_are_given() -> None:
    names = ("words", "id", "tags")
    assert [one.name for one in described_columns(map(column, names))] == list(names)
    assert [one.name for one in COLUMNS] == [*FIELDS, "capture_digest"]


def test_few_words_that_we_chose_are_all_told() -> None:
    choices = {one.name: one.choices for one in COLUMNS if one.choices}
    assert choices["access"] == ("full", "partial")
    assert choices["language"] == ("ru", "kk", "en")
    assert choices["published_precision"] == ("day", "minute")
    assert choices["reading"] == ("layout", "structured", "generic")
    assert "canonical" in choices["relation"]


def test_links_to_pages_that_are_not_in_the_folder_are_left_out() -> None:
    assert re.findall(r"\]\(", dictionary(DATASET)) == []
    (translations,) = (one for one in COLUMNS if one.name == "translations")
    assert "names and numbers in both texts, or through" in translations.meaning
