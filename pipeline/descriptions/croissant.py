"""The dataset in Croissant 1.1 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html)."""

import json
from collections.abc import Iterator
from dataclasses import fields
from hashlib import sha256
from typing import Any

from pipeline.descriptions.citation import KEYWORDS, bibtex, summary
from pipeline.descriptions.dataset import PARQUET_FILES, Dataset, DatasetColumn
from pipeline.descriptions.periods import COUNTS
from pipeline.descriptions.rights import COLLECTED, LICENSE, NO_LICENSE_TITLE, PERSONAL
from pipeline.export.columns import Kind
from pipeline.model.press_item import Translation
from pipeline.normalize.characters import one_line

CROISSANT = "croissant.json"
_TERMS = (
    "annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "excludes",
    "extract", "field", "fileObject", "fileProperty", "fileSet", "format", "includes", "isArray",
    "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "readLines", "recordSet",
    "references", "regex", "repeated", "replace", "samplingRate", "sdVersion", "separator",
    "source", "subField", "transform", "unArchive", "value",
)  # fmt: skip
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    "data": {"@id": "cr:data", "@type": "@json"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    **{term: f"cr:{term}" for term in _TERMS},
}
_TYPES: dict[Kind, str] = {
    "url": "sc:URL", "day": "sc:Date", "moment": "sc:DateTime", "integer": "sc:Integer",
    "number": "sc:Float", "flag": "sc:Boolean",
}  # fmt: skip
"""Types of the columns; all other kinds are texts."""
_COUNTED = (
    ("week", "sc:Text"), ("monday", "sc:Date"), ("source", "sc:Text"), ("language", "sc:Text"),
    ("items", "sc:Integer"),
)  # fmt: skip
"""The columns of the table of counts."""
_FILES = "parquet-files"
_PARQUET = "application/x-parquet"
"""The name that Croissant's readers know."""


def croissant(dataset: Dataset, counts: str) -> str:
    """The text of `croissant.json`. `counts` is the text of the table of counts."""
    described: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.1",
            "http://mlcommons.org/croissant/RAI/1.0",
        ],
        "name": dataset.name,
        "alternateName": dataset.title,
        "description": summary(dataset),
        "url": "README.md",
        "version": dataset.version,
        **({"datePublished": dataset.changed} if dataset.changed else {}),
        "isLiveDataset": False,  # a version does not change: what comes later is another one
        "license": {"@type": "sc:CreativeWork", "name": NO_LICENSE_TITLE, "url": LICENSE},
        "citeAs": bibtex(dataset),
        "creator": [
            {
                "@type": "sc:Organization",
                "name": one.title,
                **({"url": one.address} if one.address else {}),
            }
            for one in dataset.sources
        ],
        "inLanguage": dataset.languages,
        "keywords": list(KEYWORDS),
        "rai:dataCollection": one_line(COLLECTED),
        "rai:personalSensitiveInformation": one_line(PERSONAL),
        "distribution": list(_distribution(dataset, counts)),
        "recordSet": list(_record_sets(dataset)),
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _distribution(dataset: Dataset, counts: str) -> Iterator[dict[str, Any]]:
    files = [one for one in dataset.files if one.format == "parquet"]
    if files:
        yield {
            "@type": "cr:FileSet",
            "@id": _FILES,
            "name": _FILES,
            "description": "All items, a file a month of the day of publication",
            "encodingFormat": _PARQUET,
            "includes": PARQUET_FILES,
        }
    for one in files:
        yield _file(one.path, _PARQUET, one.bytes, one.sha256)
    data = counts.encode()
    yield _file(COUNTS, "text/csv", len(data), sha256(data).hexdigest())


def _file(path: str, form: str, size: int, digest: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{size} B",
        "encodingFormat": form,
        "sha256": digest,
    }


def _record_sets(dataset: Dataset) -> Iterator[dict[str, Any]]:
    if dataset.files:
        yield {
            "@type": "cr:RecordSet",
            "@id": "items",
            "name": "items",
            "description": "Articles and releases, each in one language",
            "key": {"@id": "items/id"},
            "field": list(_item_fields(dataset)),
        }
        yield {
            "@type": "cr:RecordSet",
            "@id": "items-by-week",
            "name": "items-by-week",
            "description": "How many items of a source and language were published in a week",
            "key": [{"@id": f"items-by-week/{name}"} for name in ("week", "source", "language")],
            "field": [
                _field(f"items-by-week/{name}", kind, {"fileObject": {"@id": COUNTS}}, name)
                for name, kind in _COUNTED
            ],
        }


def _item_fields(dataset: Dataset) -> Iterator[dict[str, Any]]:
    for one in dataset.columns:
        yield _item_field(one)
        if one.name == "published":
            of = {"fileSet": {"@id": _FILES}}
            yield {
                **_field("items/published_at", "sc:DateTime", of, "published_at"),
                "description": "The moment of `published`; null where the page gives no time",
            }


def _item_field(column: DatasetColumn) -> dict[str, Any]:
    of = {"fileSet": {"@id": _FILES}}
    name = f"items/{column.name}"
    field = _field(name, _TYPES.get(column.kind, "sc:Text"), of, column.name)
    field["description"] = column.meaning
    if column.kind == "texts":
        field |= {"isArray": True, "arrayShape": "-1"}
    if column.kind == "translations":
        del field["dataType"], field["source"]
        field |= {"isArray": True, "arrayShape": "-1", "subField": []}
        for part in fields(Translation):
            sub = _field(f"{name}/{part.name}", "sc:Text", of, column.name)
            sub["source"]["transform"] = {"jsonPath": part.name}
            field["subField"].append(sub)
    return field


def _field(name: str, kind: str, of: dict[str, Any], column: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": name,
        "name": name.rpartition("/")[2],
        "dataType": kind,
        "source": {**of, "extract": {"column": column}},
    }
