"""The dataset in Croissant."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from pipeline.descriptions.croissant import croissant
from pipeline.descriptions.dataset import Dataset
from tests.pipeline.descriptions.samples import COLUMNS, DATASET, EMPTY

COUNTS = "week,monday,source,language,items\r\n"


def _described(dataset: Dataset = DATASET) -> dict[str, Any]:
    described: dict[str, Any] = json.loads(croissant(dataset, COUNTS))
    return described


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in a value, from outside to inside, the context left out."""
    if isinstance(value, list):
        for one in value:
            yield from _objects(one)
    elif isinstance(value, dict):
        yield value
        for name, one in value.items():
            if name != "@context":
                yield from _objects(one)


def test_it_says_to_what_it_conforms_and_that_it_is_a_fixed_version() -> None:
    described = _described()
    assert "http://mlcommons.org/croissant/1.1" in described["conformsTo"]
    assert described["isLiveDataset"] is False
    assert (described["version"], described["datePublished"]) == (DATASET.version, "2026-03-20")
    assert described["license"]["url"] == "LICENSE.md"
    assert described["citeAs"].startswith("@misc{kazpress,")


def test_every_name_is_in_the_context_or_of_schema_org() -> None:
    described = _described()
    known = {*described["@context"], "@context", "@type", "@id"}
    known |= {
        "alternateName", "contentSize", "contentUrl", "creator", "datePublished", "distribution",
        "encodingFormat", "inLanguage", "keywords", "license", "sha256", "url", "version",
    }  # fmt: skip
    used = {name for one in _objects(described) for name in one}
    assert {one for one in used - known if not one.startswith("rai:")} == set()


def test_what_is_named_by_an_id_is_there_once() -> None:
    objects = list(_objects(_described()))
    ids = [one["@id"] for one in objects if "@id" in one and len(one) > 1]
    named = {one["@id"] for one in objects if "@id" in one and len(one) == 1}
    assert len(set(ids)) == len(ids)
    assert named - set(ids) == set()


def test_each_file_has_its_size_and_hash() -> None:
    found, *files = _described()["distribution"]
    assert (found["@type"], found["includes"]) == ("cr:FileSet", "data/parquet/*.parquet")
    assert [one["contentUrl"] for one in files] == [
        "data/parquet/2026-02.parquet", "data/parquet/2026-03.parquet", "items-by-week.csv",
    ]  # fmt: skip
    assert files[0]["sha256"] == DATASET.files[2].sha256
    assert files[2]["sha256"] == sha256(COUNTS.encode()).hexdigest()


def test_each_column_is_a_field_of_its_type() -> None:
    items = _described()["recordSet"][0]
    names = [one["@id"].removeprefix("items/") for one in items["field"]]
    assert [one for one in names if one != "published_at"] == [one.name for one in COLUMNS]
    assert names[names.index("published") + 1] == "published_at", "as in Parquet"
    fields = {one["name"]: one for one in items["field"]}
    assert items["key"] == {"@id": "items/id"}
    assert fields["words"]["dataType"] == "sc:Integer"
    assert fields["words"]["source"]["extract"] == {"column": "words"}
    assert (fields["tags"]["dataType"], fields["tags"]["isArray"]) == ("sc:Text", True)
    assert [one["name"] for one in fields["translations"]["subField"]] == ["language", "id", "url"]


def test_without_items_there_is_the_table_of_counts_alone() -> None:
    described = _described(EMPTY)
    assert [one["@id"] for one in described["distribution"]] == ["items-by-week.csv"]
    assert described["recordSet"] == []
    assert "datePublished" not in described
