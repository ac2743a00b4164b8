"""`kazpress stories`."""

from typing import TYPE_CHECKING

import click

from kazpress.help import NearestChoice
from kazpress.options import command, common_options, json_option

if TYPE_CHECKING:
    from kazpress.config import Config
    from pipeline.model.decision import Verb


@command(short_help="Join two items in one story, or part them.")
@click.argument("decision", type=NearestChoice(["join", "part"]), metavar="join|part")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@json_option
@common_options
def stories(decision: "Verb", one: str, other: str, as_json: bool, config: "Config") -> None:
    """Decide that two items, by id or address, tell one piece of news (join), or do not (part).

    Parted items are never related; joined ones count as one. The decision is stored in the archive,
    so it survives the loss of the database. Of two contradictory decisions the later one holds.

    \b
    Examples:
      kazpress stories join 8f14e45fceea167a https://kazpravda.kz/n/odin/
      kazpress stories part 8f14e45fceea167a text:c9f0f895fb98ab91 --json
    """
    from kazpress.work.decide import decide
    from kazpress.work.summaries import show_decision

    show_decision(decide(config, decision, one, other), as_json=as_json)
