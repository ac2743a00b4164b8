"""`kazpress sources`."""

from typing import TYPE_CHECKING

from kazpress.options import command, common_options, json_option

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
    from kazpress.work.describe_sources import described_sources, show_sources

    show_sources(described_sources(config), as_json=as_json)
