"""`kazpress stories`: stories of several items, and a person's decisions on them."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kazpress.help import CommandGroup
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
    from collections.abc import Callable

    from kazpress.config import Config
    from pipeline.model.decision import Verb

    _Function = TypeVar("_Function", bound=Callable[..., Any])


@click.group(cls=CommandGroup, short_help="List stories; join items in one, or part them.")
def stories() -> None:
    """List the stories of several items, and correct which items are one story.

    A decision is stored in the archive, so it survives the loss of the database. Of several on the
    same two items the latest counts; where two contradict each other through other items, the later
    one holds.

    \b
    Examples:
      kazpress stories list --since 2026-03-01
      kazpress stories join 8f14e45fceea167a https://kazpravda.kz/n/odin/
      kazpress help stories join
    """


def _two_items(function: "_Function") -> "_Function":
    return click.argument("one", metavar="A")(click.argument("other", metavar="B")(function))


@command(short_help="Two items are one story.")
@_two_items
@json_option
@common_options
def join(one: str, other: str, as_json: bool, config: "Config") -> None:
    """Decide that two items, by id or address, tell one piece of news: they count as one.

    \b
    Examples:
      kazpress stories join 8f14e45fceea167a https://kazpravda.kz/n/odin/
      kazpress stories join 8f14e4 text:c9f0f8 --json
    """
    _decide(config, "join", one, other, as_json=as_json)


@command(short_help="Two items are not one story.")
@_two_items
@json_option
@common_options
def part(one: str, other: str, as_json: bool, config: "Config") -> None:
    """Decide that two items, by id or address, do not tell one piece of news: they are never
    related.

    \b
    Examples:
      kazpress stories part 8f14e45fceea167a https://kazpravda.kz/n/odin/
      kazpress stories part 8f14e4 text:c9f0f8 --json
    """
    _decide(config, "part", one, other, as_json=as_json)


@command(short_help="Take back what was decided on two items.")
@_two_items
@json_option
@common_options
def forget(one: str, other: str, as_json: bool, config: "Config") -> None:
    """Take back what was decided on just these two items, by id or address: what their texts say
    counts again.

    \b
    Examples:
      kazpress stories forget 8f14e45fceea167a https://kazpravda.kz/n/odin/
      kazpress stories forget 8f14e4 text:c9f0f8 --json
    """
    _decide(config, "forget", one, other, as_json=as_json)


@command("list", short_help="List stories of more than one item, or decisions.")
@click.option("--decisions", is_flag=True, help="The decisions in force instead of stories.")
@selection_options
@limit_option
@json_option
@common_options
def list_(
    decisions: bool, chosen: Slice, limit: int | None, as_json: bool, config: "Config"
) -> None:
    """List the stories of more than one item, the newest first: id and day of the canonical item,
    how many items, their sources, title. A story is listed if one of its items is selected.

    With --decisions list a person's decisions in force, the latest first: when, which, the ids of
    both items, the title of the first.

    A table at a terminal, elsewhere lines whose cells are parted by tabs.

    \b
    Examples:
      kazpress stories list --source kazpravda --since 2026-03-01
      kazpress stories list --decisions --json
    """
    from kazpress.show.listing import list_form
    from kazpress.show.story_list import list_decisions, list_stories
    from pipeline.export.selection import Selection

    form = list_form(limit, as_json=as_json, quiet=verbosity() < 0)
    show = list_decisions if decisions else list_stories
    show(config, Selection(**asdict(chosen)), form)


def _decide(config: "Config", verb: "Verb", one: str, other: str, *, as_json: bool) -> None:
    from kazpress.work.decide import decide
    from kazpress.work.summaries import show_decision

    show_decision(decide(config, verb, one, other), as_json=as_json)


stories.add_section("List", list_)
stories.add_section("Decide", join, part, forget)
