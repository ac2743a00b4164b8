"""Records as Parquet: typed, compressed with zstd, the same bytes from the same data.

Pages end where the content says (content-defined chunking), so a store that keeps equal parts once
keeps once what two versions of a dataset share. Columns of few different values are
dictionary-coded in the file alone: in the schema they are strings, since pandas makes categories
of dictionaries, which differ from file to file.
"""

from collections.abc import Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, get_args, get_type_hints

from kazpress.errors import StoreError
from pipeline.clock import ALMATY
from pipeline.edits.edit import Edit
from pipeline.export.columns import LISTS, Column, Record, Table
from pipeline.formats.extras import check_extras
from pipeline.model.press_item import Copy, PressItem, Translation

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_IN_GROUP = 8_192
"""Fixed, so that the bytes repeat. As many are held in memory at a time, as Arrow has them."""
_ROWS_AT_ONCE = 1_024
"""How many are held as Python has them, which takes several times the memory."""
_ZONE = ALMATY.key
"""In which `published_at` is shown; the moment is the same in any."""
_PUBLISHED_AT = "published_at"
_REPEATING = [
    "source", "language", "section", "image_credit", "access", "day", "published_precision",
    "revision", "relation", "reading", "authors.list.element", "tags.list.element",
    "attribution.list.element", "translations.list.element.language", "copies.list.element.source",
    "copies.list.element.relation", "edits.list.element.kind", "edits.list.element.field",
]  # fmt: skip
"""Columns of few different values."""
_ZSTD_LEVEL = 3
_DAY_LETTERS = len("YYYY-MM-DD")


def write_parquet(table: Table, out: IO[bytes]) -> int:
    """Write the records; how many. Raises MissingExtra, StoreError for a value that is none of its
    column's kind.
    """
    check_extras("parquet")
    import pyarrow as pa
    from pyarrow import parquet

    schema = parquet_schema(table.columns)
    plain = {one.name for one in table.columns if one.kind in {*LISTS, "text", "url", "flag"}}
    count = 0
    with parquet.ParquetWriter(
        out,
        schema,
        compression="zstd",
        compression_level=_ZSTD_LEVEL,
        use_dictionary=_REPEATING,
        write_statistics=[name for name in schema.names if name not in plain],
        write_page_index=True,
        use_content_defined_chunking=True,
    ) as writer:
        while True:
            group = _batches(table.columns, schema, islice(table.records, ROWS_IN_GROUP))
            rows = pa.Table.from_batches(group, schema)
            if not rows:
                return count
            writer.write_table(rows, ROWS_IN_GROUP)
            count += len(rows)


def parquet_schema(columns: tuple[Column, ...]) -> "pa.Schema":
    """The columns as Parquet has them. None is null that the contract gives a value in each record,
    unless records may be marks of removed ones.
    """
    import pyarrow as pa

    always = set() if any(one.kind == "flag" for one in columns) else _never_null()
    fields = []
    for column in columns:
        fields.append(pa.field(column.name, _arrow_type(column), column.name not in always))
        if column.name == "published":
            fields.append(pa.field(_PUBLISHED_AT, pa.timestamp("us", _ZONE)))
    return pa.schema(fields)


def _never_null() -> set[str]:
    hints = get_type_hints(PressItem)
    known = {name for name, hint in hints.items() if type(None) not in get_args(hint)}
    return known | {"copies", "edits", "seen_from", "seen_until"}


def _arrow_type(column: Column) -> "pa.DataType":
    import pyarrow as pa

    match column.kind:
        case "day":
            return pa.date32()
        case "moment":
            return pa.timestamp("us", "UTC")
        case "integer":
            return pa.int64()
        case "number":
            return pa.float64()
        case "flag":
            return pa.bool_()
        case "texts":
            return pa.list_(pa.string())
        case "translations":
            return pa.list_(_struct(Translation))
        case "copies":
            return pa.list_(_struct(Copy))
        case "edits":
            return pa.list_(_struct(Edit))
        case _:
            return pa.string()


def _struct(of: type[Copy | Edit | Translation]) -> "pa.DataType":
    """The fields of a part of a record: numbers, and strings."""
    import pyarrow as pa

    hints = get_type_hints(of).items()
    return pa.struct(
        [(name, pa.float64() if float in (hint, *get_args(hint)) else pa.string())
         for name, hint in hints]
    )  # fmt: skip


def _batches(
    columns: tuple[Column, ...], schema: "pa.Schema", records: Iterator[Record]
) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa

    while some := list(islice(records, _ROWS_AT_ONCE)):
        arrays: list[pa.Array] = []
        for column, values in zip(columns, zip(*some, strict=True), strict=True):
            arrays += _arrays(column, schema.field(column.name), values)
        yield pa.record_batch(arrays, schema=schema)


def _arrays(column: Column, field: "pa.Field", values: tuple[Any, ...]) -> Iterator["pa.Array"]:
    """A column's values, parsed a column at a time; of `published` the time as well."""
    import pyarrow as pa

    try:
        if column.kind in {"day", "moment"}:
            array = pa.array(values, pa.string()).cast(field.type)
        else:
            array = pa.array(values, field.type)
        if array.null_count and not field.nullable:
            raise pa.ArrowInvalid("a value is missing")
        yield array
        if column.name == "published":
            yield _with_a_time(array)
    except pa.ArrowException as error:
        raise StoreError(f"the database is damaged: a {column.name} is wrong ({error})") from error


def _with_a_time(published: "pa.Array") -> "pa.Array":
    """The moments of those that are more than a day."""
    import pyarrow as pa
    from pyarrow import compute

    timed = compute.greater(compute.binary_length(published), _DAY_LETTERS)
    return compute.if_else(timed, published, None).cast(pa.timestamp("us", _ZONE))
