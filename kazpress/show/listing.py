"""How every list is printed: a table at a terminal, elsewhere lines, or JSON; and how many more
there are.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kazpress.console import complain, print_json_list, print_list, said_if_none

_LIMIT_AT_TERMINAL = 50
_Listed = TypeVar("_Listed")
Cells = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListForm:
    """How a list is printed."""

    limit: int | None
    """At most so many."""
    as_json: bool
    quiet: bool
    """Whether nothing is said of how many there are."""


def list_form(limit: int | None, *, as_json: bool, quiet: bool) -> ListForm:
    """The form for this standard output: at a terminal, fifty unless another limit is named."""
    if limit is None and sys.stdout.isatty() and not as_json:
        limit = _LIMIT_AT_TERMINAL
    return ListForm(limit=limit, as_json=as_json, quiet=quiet)


def print_found(
    found: Iterable[_Listed],
    form: ListForm,
    columns: Sequence[str],
    *,
    cells: Callable[[_Listed], Cells],
    record: Callable[[_Listed], dict[str, Any]],
    count: Callable[[], int],
    none: str = "nothing that is stored is selected",
    wide: str = "title",
) -> None:
    """Print what was found, as it comes and at most as much as the limit allows; `count` says how
    much there is, and `none` is said where there is nothing. At a terminal the column `wide` is cut
    so that each row is one line.
    """
    more = 0
    if form.limit is not None:
        found = list(found)
        more = count() - form.limit if len(found) == form.limit else 0
    if not form.quiet:
        found = said_if_none(found, none)
    if form.as_json:
        print_json_list(map(record, found))
    else:
        print_list(columns, map(cells, found), title=columns.index(wide))
    if form.limit and more and not form.quiet:
        complain(f"{more} more; --limit {form.limit + more} shows all")
