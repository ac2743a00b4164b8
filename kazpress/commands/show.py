"""`kazpress show`."""

from typing import TYPE_CHECKING

import click

from kazpress.errors import UsageError
from kazpress.options import command, common_options, json_option

if TYPE_CHECKING:
    from kazpress.config import Config


@command(short_help="Show one item and its story.")
@click.argument("item", metavar="ID_OR_URL")
@click.option("--revisions", is_flag=True, help="All states of the item, oldest first.")
@click.option(
    "--raw",
    is_flag=True,
    help="The captured page as it came, decompressed; its repaired words on standard error.",
)
@click.option(
    "--against", metavar="ID_OR_URL", help="Compare with this item, and mark what both texts share."
)
@json_option
@common_options
def show(
    item: str,
    revisions: bool,
    raw: bool,
    against: str | None,
    as_json: bool,
    config: "Config",
) -> None:
    """Show one item: its text, its story, who else printed it. Times are Almaty's.

    Of an id the beginning is enough, of four digits or more, if no other item's begins so.

    \b
    Examples:
      kazpress show https://senate.parlam.kz/ru-RU/news/details/13203
      kazpress show 8f14e4 --revisions
      kazpress show 8f14e45fceea167a --against 3c59dc048e885024
    """
    from kazpress.show import item as items
    from kazpress.show.item_text import print_raw, show_item, show_revisions
    from kazpress.show.two_items import item_comparison
    from kazpress.show.two_items_text import show_two_items

    if raw + revisions + (raw and as_json) > 1:
        raise UsageError("--raw goes with neither --revisions nor --json")
    if against is not None and (raw or revisions):
        raise UsageError("--against goes with neither --raw nor --revisions")
    if against is not None:
        show_two_items(item_comparison(config, item, against), as_json=as_json)
    elif raw:
        print_raw(*items.raw_page(config, item))
    elif revisions:
        show_revisions(items.revisions(config, item), as_json=as_json)
    else:
        show_item(items.item_view(config, item), as_json=as_json)
