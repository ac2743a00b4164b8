"""The dataset as a Data Package."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from typing import Any

from pipeline.descriptions.datapackage import datapackage
from pipeline.descriptions.dataset import Dataset
from pipeline.model.press_item import FIELDS
from tests.pipeline.descriptions.samples import DATASET, EMPTY

COUNTS = "week,monday,source,language,items\r\n"


def _package(dataset: Dataset = DATASET) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(datapackage(dataset, COUNTS))
    return package


def _fields() -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in _package()["resources"][0]["schema"]["fields"]}


def test_it_is_of_version_two_and_marked_as_ours() -> None:
    package = _package()
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["profile"] == "data-package", "another one is looked for in the network"
    assert package["kazpress_dataset"] == 1
    assert "created" not in package, "no clock"


def test_json_lines_are_one_table_of_all_months() -> None:
    items = _package()["resources"][0]
    assert (items["name"], items["type"], items["format"]) == ("items", "table", "jsonl")
    assert items["path"] == ["data/jsonl/2026-02.jsonl", "data/jsonl/2026-03.jsonl"]
    assert (items["bytes"], items["hash"]) == (7000, f"sha256:{'ab' * 32}")
    assert items["schema"]["primaryKey"] == ["id"]


def test_one_month_is_one_path() -> None:
    one = replace(DATASET, files=DATASET.files[:1])
    assert _package(one)["resources"][0]["path"] == "data/jsonl/2026-02.jsonl"


def test_parquet_files_are_plain_files_with_size_and_hash() -> None:
    files = _package()["resources"][1:3]
    assert [one["name"] for one in files] == ["items-parquet-2026-02", "items-parquet-2026-03"]
    assert files[1]["hash"] == f"sha256:{DATASET.files[3].sha256}"
    assert {one["mediatype"] for one in files} == {"application/vnd.apache.parquet"}
    assert not any("type" in one or "schema" in one for one in files)


def test_names_of_resources_are_unique_and_plain() -> None:
    names = [one["name"] for one in _package()["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9.-]+", one) for one in (*names, _package()["name"]))


def test_the_table_of_counts_is_always_there() -> None:
    (counts,) = _package(EMPTY)["resources"]
    assert (counts["path"], counts["bytes"]) == ("items-by-week.csv", len(COUNTS))
    assert counts["hash"] == f"sha256:{sha256(COUNTS.encode()).hexdigest()}"
    assert [one["name"] for one in counts["schema"]["fields"]] == COUNTS.strip().split(",")


def test_the_schema_has_the_fields_of_a_record_in_their_order() -> None:
    assert list(_fields()) == [*FIELDS, "capture_digest"]
    assert all(one["description"] for one in _fields().values())


def test_a_field_that_is_never_null_is_required() -> None:
    required = {
        name for name, one in _fields().items() if one.get("constraints", {}).get("required")
    }
    assert {"id", "body", "published", "tags", "translations", "words"} <= required
    assert required & {"url", "title", "lead", "modified", "gone", "reading"} == set()


def test_types_and_bounds_are_those_of_the_columns() -> None:
    fields = _fields()
    types = {name: one["type"] for name, one in fields.items()}
    assert (types["id"], types["first_seen"], types["words"]) == ("string", "datetime", "integer")
    assert (types["tags"], fields["tags"]["arrayItem"]) == ("array", {"type": "string"})
    assert fields["translations"]["arrayItem"] == {"type": "object"}
    assert fields["relation"]["constraints"]["enum"][:2] == ["canonical", "reprint"]
    assert fields["reading"]["constraints"]["enum"] == ["layout", "structured", "generic"]
    assert fields["access"]["constraints"]["enum"] == ["full", "partial"]
    assert fields["source"]["constraints"]["enum"] == ["kazpravda", "senate"]
    assert fields["id"]["constraints"]["unique"] is True


def test_times_are_days_or_have_an_offset() -> None:
    pattern = _fields()["published"]["constraints"]["pattern"]
    assert re.fullmatch(pattern, "2026-03-04")
    assert re.fullmatch(pattern, "2026-03-04T07:31:00+05:00")
    assert not re.fullmatch(pattern, "2026-03-04T07:31:00")


def test_the_contact_is_told_as_what_it_is() -> None:
    def contact(address: str | None) -> Any:
        return _package(replace(DATASET, contact=address)).get("contributors")

    assert contact("mailto:a@b.kz") == [
        {"title": "Contact", "email": "a@b.kz", "roles": ["contact"]}
    ]
    assert contact("https://b.kz/bot") == [
        {"title": "Contact", "path": "https://b.kz/bot", "roles": ["contact"]}
    ]
    assert contact(None) is None
