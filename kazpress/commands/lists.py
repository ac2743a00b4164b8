"""`kazpress list` and `kazpress edits`."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from kazpress.options import (
    Day,
    Slice,
    command,
    common_options,
    edit_kinds,
    json_option,
    kind_option,
    language_option,
    limit_option,
    selection_options,
    slice_of,
    source_option,
    verbosity,
)

if TYPE_CHECKING:
    from kazpress.config import Config


@command("list", short_help="List items or stories, the newest first.")
@click.option("--stories", is_flag=True, help="One line per story instead of one per item.")
@selection_options
@click.option(
    "--like", metavar="WORDS",
    help="Only with all these words, or parts of words, in the title or the text.",
)  # fmt: skip
@limit_option
@json_option
@common_options
def list_(
    stories: bool,
    chosen: Slice,
    like: str | None,
    limit: int | None,
    as_json: bool,
    config: "Config",
) -> None:
    """List items, or with --stories stories, the newest first: id, day of publication in Almaty,
    source, language, title, and how many other items their story has.

    A table at a terminal, elsewhere lines whose cells are parted by tabs.

    \b
    Examples:
      kazpress list --source senate --since 2026-03-01
      kazpress list --stories --like "сенат бюджет" --limit 10
      kazpress list --language ru,kk | cut -f 1,5
    """
    from kazpress.show.item_list import list_items, words_of
    from kazpress.show.listing import list_form
    from pipeline.export.selection import Selection

    selection = Selection(**asdict(chosen), like=words_of(like), every_item=not stories)
    list_items(config, selection, list_form(limit, as_json=as_json, quiet=verbosity() < 0))


@command(short_help="List what was edited after publication, the newest first.")
@kind_option
@source_option
@language_option
@click.option(
    "--since", type=Day(), metavar="DATE", help="First seen on this day in Almaty or later."
)
@click.option(
    "--until", type=Day(), metavar="DATE", help="First seen on this day in Almaty or earlier."
)
@limit_option
@json_option
@common_options
def edits(
    kinds: Sequence[tuple[str, ...]],
    source: Sequence[tuple[str, ...]],
    language: Sequence[tuple[str, ...]],
    since: date | None,
    until: date | None,
    limit: int | None,
    as_json: bool,
    config: "Config",
) -> None:
    """List what was edited in items that are stored, the newest first: the item's id, when the
    edit was seen first, in Almaty's time, its kind, and what became what: "146 → 147"; a plus
    stands before what was added, a minus before what was taken out.

    A table at a terminal, elsewhere lines whose cells are parted by tabs. kazpress show ID --diff
    shows an item's last edits in its text.

    \b
    Examples:
      kazpress edits --kind number,quotation --source senate
      kazpress edits --since 2026-03-01 --limit 20
      kazpress edits --kind sentence --json
    """
    from kazpress.history.edit_list import list_edits
    from kazpress.show.listing import list_form
    from pipeline.history.listed_edits import EditSelection

    chosen = slice_of(source, language, (), since, until)
    selection = EditSelection(
        kinds=edit_kinds(kinds), source=chosen.source, language=chosen.language, since=since,
        until=until,
    )  # fmt: skip
    list_edits(config, selection, list_form(limit, as_json=as_json, quiet=verbosity() < 0))
