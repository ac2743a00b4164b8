"""`kazpress sources`."""

from typing import TYPE_CHECKING

from kazpress.commands.options import command, common_options, json_option

if TYPE_CHECKING:
    from kazpress.config import Config


@command()
@json_option
@common_options
def sources(as_json: bool, config: "Config") -> None:
    """Show the sources: addresses, languages, schedules.

    \b
    Examples:
      kazpress sources
      kazpress sources --json
    """
    from kazpress.work.status import described_sources
    from kazpress.work.status_table import show_sources

    show_sources(described_sources(config), as_json=as_json)
