"""`kazpress list`."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kazpress.options import (
    Slice,
    command,
    common_options,
    json_option,
    limit_option,
    selection_options,
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
