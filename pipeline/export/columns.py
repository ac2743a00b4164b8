"""The columns of an export: which a record has, and what stands in each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kazpress.errors import UsageError, did_you_mean
from pipeline.model.press_item import FIELDS

Kind = Literal[
    "code", "url", "text", "day", "time", "moment", "integer", "number", "flag", "texts",
    "translations", "copies", "edits", "fidelity",
]  # fmt: skip
"""What a column's values are, None where unknown:

- `code`: a string of letters that we chose (an id, a language, a relation, a digest),
- `url`: an address; `text`: whatever a page says, with line breaks where it is a body,
- `day`: YYYY-MM-DD; `time`: RFC 3339 with an offset, or a day alone; `moment`: RFC 3339, UTC, `Z`,
- `integer`, `number`: int, float; `flag`: True or None,
- `texts`: list of strings; `translations`, `copies`, `edits`, `fidelity`: list of dictionaries.
"""
LISTS: frozenset[Kind] = frozenset({"texts", "translations", "copies", "edits", "fidelity"})

_KINDS: dict[str, Kind] = {
    "url": "url", "image_url": "url",
    "title": "text", "lead": "text", "body": "text", "section": "text", "image_credit": "text",
    "authors": "texts", "tags": "texts", "attribution": "texts",
    "day": "day", "published": "time", "modified": "time",
    "first_seen": "moment", "last_changed": "moment", "gone": "moment",
    "revision": "integer", "words": "integer", "similarity": "number",
    "translations": "translations", "copies": "copies", "removed": "flag",
    "seen_from": "moment", "seen_until": "moment", "edits": "edits",
    "fidelity": "fidelity",
}  # fmt: skip
"""The kinds of columns that are no codes."""

Record = Sequence[Any]
"""The values of a record, in the order of its columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name, which is the key in JSON too."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Table:
    """Records as they are written, one at a time, in their order."""

    columns: tuple[Column, ...]
    records: Iterator[Record]


def column(name: str) -> Column:
    """The column of this name."""
    return Column(name, _KINDS.get(name, "code"))


def chosen_columns(
    fields: Iterable[str] = (), *, with_body: bool = True, with_copies: bool, removed: bool = False
) -> tuple[Column, ...]:
    """The columns that `fields` names, in that order; all of a record where it names none, `copies`
    last. `removed` adds the mark of records that are no longer there. Raises UsageError for an
    unknown name, and where none is left.
    """
    known = (*FIELDS, "copies") if with_copies else FIELDS
    chosen = columns_among(known, fields, with_body=with_body)
    return (*chosen, column("removed")) if removed else chosen


def columns_among(
    known: Sequence[str], fields: Iterable[str], *, with_body: bool
) -> tuple[Column, ...]:
    """The columns that `fields` names, in that order, or all that are known; without the text where
    that is not wanted. Raises UsageError for an unknown name, and where none is left.
    """
    chosen = tuple(dict.fromkeys(fields)) or known
    for name in chosen:
        if name not in known:
            raise UsageError(_no_field(name, known))
    names = [name for name in chosen if with_body or name != "body"]
    if not names:
        raise UsageError("the text alone is asked for, and left out; name other fields too")
    return tuple(map(column, names))


def _no_field(name: str, known: Iterable[str]) -> str:
    if name == "copies":
        return "copies stand in records of stories alone; leave out --all, or the field"
    if name == "fidelity":
        return "fidelity stands in records with --fidelity alone; give it, or leave out the field"
    return f'there is no field "{name}"{did_you_mean(name, known)} (known: {", ".join(known)})'
