"""Records as JSON Lines: one object a line, UTF-8, keys in the order of the columns."""

from typing import IO

import orjson

from pipeline.export.columns import Table


def write_jsonl(table: Table, out: IO[bytes]) -> int:
    """Write the records; how many."""
    names = [column.name for column in table.columns]
    dumps, option = orjson.dumps, orjson.OPT_APPEND_NEWLINE
    count = 0
    for record in table.records:
        out.write(dumps(dict(zip(names, record, strict=True)), option=option))
        count += 1
    return count
