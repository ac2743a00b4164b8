"""`kazpress list`: the items or stories of a selection, a line each."""

import re
from dataclasses import asdict

from kazpress.config import Config
from kazpress.errors import UsageError
from kazpress.show.listing import Cells, ListForm, print_found
from pipeline.export.selection import Selection
from pipeline.query.listed_items import ListedItem, count_listed, listed_items
from pipeline.query.sections import with_stored_sections
from pipeline.store.database import reading

_COLUMNS = ("id", "day", "source", "lang", "title", "copies")
_WORD = re.compile(r"\w(?:\S*\w)?")


def words_of(like: str | None) -> tuple[str, ...]:
    """The words of `--like`, without marks around them. Raises UsageError where there are none."""
    words = tuple(_WORD.findall(like or ""))
    if like is not None and not words:
        raise UsageError(f'--like "{like}" has no words')
    return words


def list_items(config: Config, selection: Selection, form: ListForm) -> None:
    """Print the records of a selection, the newest first. Sections are as a person writes them.
    Raises UsageError.
    """
    with reading(config.db) as db:
        chosen = with_stored_sections(db, selection)
        print_found(
            listed_items(db, chosen, form.limit), form, _COLUMNS, cells=_cells, record=asdict,
            count=lambda: count_listed(db, chosen),
        )  # fmt: skip


def _cells(one: ListedItem) -> Cells:
    return one.id, one.day, one.source, one.language, one.title, one.copies
