"""`kazpress list`: the items or stories of a selection, a line each."""

import re
import sys
from collections.abc import Iterable
from dataclasses import asdict, replace

from kazpress.config import Config
from kazpress.console import complain, print_json_list, print_list, said_if_none
from kazpress.errors import UsageError
from pipeline.export.selection import Selection
from pipeline.query.listed_items import ListedItem, count_listed, listed_items
from pipeline.query.sections import named_sections
from pipeline.store.database import reading

_COLUMNS = ("id", "day", "source", "lang", "title", "copies")
_LIMIT_AT_TERMINAL = 50
_WORD = re.compile(r"\w(?:\S*\w)?")


def usual_limit(limit: int | None, *, as_json: bool) -> int | None:
    """The limit that was named; without one, what a terminal shows is limited."""
    at_terminal = sys.stdout.isatty() and not as_json
    return _LIMIT_AT_TERMINAL if limit is None and at_terminal else limit


def words_of(like: str | None) -> tuple[str, ...]:
    """The words of `--like`, without marks around them. Raises UsageError where there are none."""
    words = tuple(_WORD.findall(like or ""))
    if like is not None and not words:
        raise UsageError(f'--like "{like}" has no words')
    return words


def list_items(
    config: Config, selection: Selection, limit: int | None, *, as_json: bool, quiet: bool
) -> None:
    """Print the records of a selection, the newest first, at most so many. Unless `quiet`, how many
    more there are is said on standard error. Sections are as a person writes them. Raises
    UsageError.
    """
    more = 0
    with reading(config.db) as db:
        selection = replace(selection, section=named_sections(db, selection.section))
        found: Iterable[ListedItem] = listed_items(db, selection, limit)
        if limit is not None:
            found = list(found)
            more = count_listed(db, selection) - limit if len(found) == limit else 0
        if not quiet:
            found = said_if_none(found, "nothing that is stored fits")
        if as_json:
            print_json_list(map(asdict, found))
        else:
            print_list(_COLUMNS, map(_row, found), title=_COLUMNS.index("title"))
    if more and limit and not quiet:
        complain(f"{more} more; --limit {limit + more} shows all")


def _row(one: ListedItem) -> tuple[str | int | None, ...]:
    return one.id, one.day, one.source, one.language, one.title, one.copies
