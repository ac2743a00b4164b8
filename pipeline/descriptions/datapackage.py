"""The dataset as a Data Package, version 2 (https://datapackage.org/standard/data-package/)."""

import json
from hashlib import sha256
from typing import Any

from pipeline.descriptions.citation import KEYWORDS, summary
from pipeline.descriptions.dataset import LAYOUT, LAYOUT_KEY, DataFile, Dataset, DatasetColumn
from pipeline.descriptions.periods import COUNTS
from pipeline.descriptions.picture import PICTURE
from pipeline.descriptions.rights import LICENSE, NO_LICENSE_TITLE
from pipeline.export.columns import Kind

PACKAGE = "datapackage.json"
_TYPES: dict[Kind, str] = {
    "day": "date", "moment": "datetime", "integer": "integer", "number": "number",
    "texts": "array", "translations": "array", "copies": "array", "flag": "boolean",
}  # fmt: skip
"""Types of Table Schema; all other kinds are strings."""
_CONSTRAINTS: dict[Kind, dict[str, Any]] = {
    "time": {"pattern": r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2})?"},
    "integer": {"minimum": 0},
    "number": {"minimum": 0, "maximum": 1},
}
_IN_LISTS: dict[Kind, str] = {"texts": "string", "translations": "object", "copies": "object"}
"""What lists are of; frictionless checks it. It does not know the standard's own `jsonSchema`."""


def datapackage(dataset: Dataset, counts: str) -> str:
    """The text of `datapackage.json`. `counts` is the text of the table of counts."""
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "data-package",
        LAYOUT_KEY: LAYOUT,
        "name": dataset.name,
        "title": dataset.title,
        "description": f"{summary(dataset)}\n\nMore is in README.md and data-dictionary.md.",
        "version": dataset.version,
        "keywords": list(KEYWORDS),
        "image": PICTURE,
        "licenses": [{"path": LICENSE, "title": NO_LICENSE_TITLE}],
        "sources": [
            {"title": one.title, **({"path": one.address} if one.address else {})}
            for one in dataset.sources
        ],
        **_contact(dataset),
        "resources": [
            *_json_lines(dataset),
            *(_parquet(one) for one in dataset.files if one.format == "parquet"),
            _counts(counts),
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _contact(dataset: Dataset) -> dict[str, Any]:
    if dataset.contact is None:
        return {}
    kind, address = "path", dataset.contact
    if address.startswith("mailto:"):
        kind, address = "email", address.removeprefix("mailto:")
    return {"contributors": [{"title": "Contact", kind: address, "roles": ["contact"]}]}


def _json_lines(dataset: Dataset) -> list[dict[str, Any]]:
    """All months as one table: their lines are read one file after the other."""
    files = [one for one in dataset.files if one.format == "jsonl"]
    if not files:
        return []
    return [
        {
            "name": "items",
            "type": "table",
            "title": "All items, one a line",
            "path": [one.path for one in files] if len(files) > 1 else files[0].path,
            "format": "jsonl",
            "mediatype": "application/jsonl",
            "encoding": "utf-8",
            "bytes": sum(one.bytes for one in files),
            "hash": f"sha256:{dataset.jsonl_sha256}",
            "schema": _schema(dataset),
        }
    ]


def _parquet(file: DataFile) -> dict[str, Any]:
    """A file as it is, whose schema stands in it.

    The capital keeps frictionless from reading it as a table, at which it breaks: its reader takes
    no lists. So it checks size and hash.
    """
    return {
        "name": f"items-parquet-{file.month}",
        "title": f"Items of {file.month}",
        "path": file.path,
        "format": "Parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }


def _counts(text: str) -> dict[str, Any]:
    return {
        "name": "items-by-week",
        "type": "table",
        "title": "Items by week, source and language",
        "path": COUNTS,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(text.encode()),
        "hash": f"sha256:{sha256(text.encode()).hexdigest()}",
        "schema": {
            "fields": [
                {"name": "week", "type": "string", "description": "ISO 8601: 2026-W10"},
                {"name": "monday", "type": "date", "description": "The day it begins on"},
                {"name": "source", "type": "string"},
                {"name": "language", "type": "string"},
                {"name": "items", "type": "integer", "constraints": {"minimum": 0}},
            ],
            "primaryKey": ["week", "source", "language"],
        },
    }


def _schema(dataset: Dataset) -> dict[str, Any]:
    return {
        "fields": [_field(one, dataset) for one in dataset.columns],
        "primaryKey": ["id"],
        "missingValues": [],
    }


def _field(column: DatasetColumn, dataset: Dataset) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    constraints |= _CONSTRAINTS.get(column.kind, {})
    if column.name == "id":
        constraints["unique"] = True
    choices = column.choices
    if column.name == "source":
        choices = tuple(one.name for one in dataset.sources)
    if choices:
        constraints["enum"] = list(choices)
    return {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.meaning,
        **({"arrayItem": {"type": _IN_LISTS[column.kind]}} if column.kind in _IN_LISTS else {}),
        **({"constraints": constraints} if constraints else {}),
    }
