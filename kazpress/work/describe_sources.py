"""`kazpress sources`: the sources as they are configured, for people and as JSON."""

from collections.abc import Sequence
from typing import Any

from kazpress.config import Config
from kazpress.console import print_json, print_table
from spiders.sources import all_sites


def described_sources(config: Config) -> list[dict[str, Any]]:
    """The sources with their addresses, languages and schedules."""
    return [
        {
            "source": site.source.name,
            "title": site.source.title,
            "base_url": site.base_url,
            "languages": list(site.source.languages),
            "schedule": site.source.schedule,
            "delay": site.source.delay_seconds,
            "enabled": config.source(site.source.name).enabled,
            "state": site.source.state,
            "first_day": site.source.first_day.isoformat(),
        }
        for site in all_sites(config)
    ]


def show_sources(sources: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print the sources with their addresses and schedules."""
    if as_json:
        print_json(list(sources))
        return
    print_table(
        ("source", "address", "languages", "schedule", "delay", "state"),
        (
            (
                one["source"], one["base_url"], ", ".join(one["languages"]), one["schedule"],
                f"{one['delay']:g} s", one["state"] if one["enabled"] else "off",
            )
            for one in sources
        ),
    )  # fmt: skip
