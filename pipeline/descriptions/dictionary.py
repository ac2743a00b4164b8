"""What stands in each column of a dataset, and the page that says so."""

import re
from collections.abc import Iterable
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pipeline.descriptions.dataset import Dataset, DatasetColumn
from pipeline.descriptions.field_docs import FieldDoc, field_docs, type_in_words
from pipeline.descriptions.markdown import plain, table
from pipeline.export.columns import Column
from pipeline.model.press_item import PressItem

DICTIONARY = "data-dictionary.md"
_LINK_IN_BRACKETS = re.compile(r" \(\[[^]]+\]\((?!https?:)[^)]+\)\)")
_LINK = re.compile(r"\[([^]]+)\]\((?!https?:)[^)]+\)")
_DIGEST = FieldDoc(
    name="capture_digest",
    meaning="The digest of the page, or of the imported text, that the record was read from, as "
    "its record in the WARC archive has it (`WARC-Payload-Digest`): by it the capture is found",
    parts={"Normalised": "`sha1:` and base 32.", "Gaps": "never."},
)


def described_columns(columns: Iterable[Column]) -> tuple[DatasetColumn, ...]:
    """Columns with what is said of them under the fields of a record."""
    docs = {one.name: one for one in field_docs(PressItem)} | {_DIGEST.name: _DIGEST}
    hints = {**get_type_hints(PressItem), _DIGEST.name: str}
    return tuple(_described(one, docs[one.name], hints[one.name]) for one in columns)


def dictionary(dataset: Dataset) -> str:
    """The page `data-dictionary.md`."""
    rows = (
        (f"`{one.name}`", one.type, one.meaning, one.normalised, one.gaps)
        for one in dataset.columns
    )
    return (
        f"# Data dictionary\n\n{plain(dataset.title)}, version {dataset.version}.\n\n"
        "A record is an item: one article or release in one language. JSON Lines and Parquet\n"
        "hold the same records, in the order of `published` as a string, then `id`:\n"
        f"\n{table(('field', 'type', 'meaning', 'normalised', 'null or empty'), rows)}"
        f"\n{_PARQUET}"
    )


_PARQUET = """\
In Parquet `day` is a date, `first_seen`, `last_changed` and `gone` are timestamps in UTC, lists are
lists. `published` and `modified` are texts there too, since they may be days without a time; the
column `published_at` behind `published` has the moment as a timestamp in Asia/Almaty, and is null
where the page gives no time.
"""


def _described(column: Column, doc: FieldDoc, hint: Any) -> DatasetColumn:
    return DatasetColumn(
        name=column.name,
        kind=column.kind,
        type=type_in_words(hint),
        meaning=_without_links(doc.meaning),
        nullable=NoneType in get_args(hint),
        normalised=_without_links(doc.part("Normalised")),
        gaps=_without_links(doc.part("Gaps")),
        choices=_choices(hint),
    )


def _choices(hint: Any) -> tuple[str, ...]:
    """The values that a type names."""
    for one in (hint, *get_args(hint)):
        if get_origin(one) is Literal:
            return get_args(one)
    return ()


def _without_links(text: str) -> str:
    """A text without links to pages that are not in the folder."""
    return _LINK.sub(r"\1", _LINK_IN_BRACKETS.sub("", text))
