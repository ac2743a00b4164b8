"""Records as JSON Lines: one object a line, UTF-8, keys in the order of the columns.

In an increment only records that are no more have the key `removed`, and what is told of them.
"""

from typing import IO, Any

import orjson

from pipeline.export.columns import Table

_TOLD_OF_REMOVED = ("id", "url", "removed")


def write_jsonl(table: Table, out: IO[bytes]) -> int:
    """Write the records; how many."""
    names = [column.name for column in table.columns]
    is_increment = "removed" in names
    dumps, option = orjson.dumps, orjson.OPT_APPEND_NEWLINE
    count = 0
    for record in table.records:
        line = dict(zip(names, record, strict=True))
        out.write(dumps(_of_increment(line) if is_increment else line, option=option))
        count += 1
    return count


def _of_increment(line: dict[str, Any]) -> dict[str, Any]:
    if line["removed"]:
        return {name: line[name] for name in _TOLD_OF_REMOVED if name in line}
    return {name: one for name, one in line.items() if name != "removed"}
