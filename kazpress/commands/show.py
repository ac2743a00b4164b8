"""`kazpress show`."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from kazpress.errors import UsageError
from kazpress.options import AlmatyTime, command, common_options, json_option

if TYPE_CHECKING:
    from kazpress.config import Config


class _Diff(click.Option):
    """`--diff`, whose numbers stand among the arguments, as the item does."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its line of the help, with the numbers that may follow."""
        record = super().get_help_record(ctx)
        return record and (f"{record[0]} [A B]", record[1])


@command(short_help="Show one item and its story, or how it changed.")
@click.argument("names", metavar="ID_OR_URL", nargs=-1, required=True)
@click.option(
    "--revisions", is_flag=True,
    help="All states of the item, oldest first: when each was seen, and what was edited.",
)  # fmt: skip
@click.option(
    "--diff", cls=_Diff, is_flag=True,
    help="Two states word by word: the last two, number A and the one before, or A and B.",
)  # fmt: skip
@click.option("--html", is_flag=True, help="With --diff: a page for a browser.")
@click.option(
    "--at", type=AlmatyTime(), metavar="DATE",
    help="The item as it stood at the end of this day in Almaty, or at a time.",
)  # fmt: skip
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
    names: tuple[str, ...],
    revisions: bool,
    diff: bool,
    html: bool,
    at: datetime | None,
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
      kazpress show 8f14e4 --diff
      kazpress show 8f14e4 --diff 1 3 --html > changed.html
      kazpress show 8f14e4 --at "2026-03-04 18:00"
      kazpress show 8f14e45fceea167a --against 3c59dc048e885024
    """
    _refuse_together(
        revisions=revisions, diff=diff, at=at is not None, raw=raw, against=against is not None
    )
    _refuse_together(raw=raw, json=as_json)
    _refuse_together(html=html, json=as_json)
    if html and not diff:
        raise UsageError("--html goes with --diff")
    if diff:
        _show_diff(config, names, as_page=html, as_json=as_json)
        return
    if len(names) > 1:
        raise UsageError(
            f"show takes one item; {names[1]} is one more (--against compares two, and numbers of "
            "revisions go with --diff)"
        )
    (item,) = names
    if revisions:
        from kazpress.history.item_revisions import item_revisions
        from kazpress.history.item_revisions_text import show_revisions

        show_revisions(item_revisions(config, item), as_json=as_json)
    elif at is not None:
        from kazpress.history.item_at import item_at
        from kazpress.history.item_at_text import show_item_at

        show_item_at(item_at(config, item, at), as_json=as_json)
    else:
        _show_item(config, item, raw=raw, against=against, as_json=as_json)


def _show_diff(config: "Config", names: tuple[str, ...], *, as_page: bool, as_json: bool) -> None:
    from kazpress.history.item_diff import item_and_numbers, item_diff
    from kazpress.history.item_diff_page import print_page
    from kazpress.history.item_diff_text import show_diff

    view = item_diff(config, *item_and_numbers(names))
    if as_page:
        print_page(view)
    else:
        show_diff(view, as_json=as_json)


def _show_item(
    config: "Config", item: str, *, raw: bool, against: str | None, as_json: bool
) -> None:
    """The item of now, its captured page, or the item beside another one."""
    from kazpress.show.item import item_view, raw_page
    from kazpress.show.item_text import print_raw, show_item
    from kazpress.show.two_items import item_comparison
    from kazpress.show.two_items_text import show_two_items

    if against is not None:
        show_two_items(item_comparison(config, item, against), as_json=as_json)
    elif raw:
        print_raw(*raw_page(config, item))
    else:
        show_item(item_view(config, item), as_json=as_json)


def _refuse_together(**asked: bool) -> None:
    """Raises UsageError where more than one of some options is given."""
    given = [f"--{name}" for name, one in asked.items() if one]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} don't go together; ask for one of them at a time")
