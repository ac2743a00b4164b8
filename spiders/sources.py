"""The sources that we know, by name, and as they are configured: their facts with what
kazpress.toml says over them.
"""

from dataclasses import replace

from kazpress.config import Config
from kazpress.errors import UsageError, did_you_mean
from pipeline.model.source import Site, Source
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE

SOURCES: dict[str, Source] = {source.name: source for source in (SENATE, KAZPRAVDA)}


def configured_source(config: Config, name: str) -> Source:
    """A source's facts, with the configured schedule, delay and state. Raises UsageError where
    there is no such source.
    """
    if name not in SOURCES:
        known = ", ".join(SOURCES)
        raise UsageError(
            f'there is no source "{name}"{did_you_mean(name, SOURCES)} (known: {known})'
        )
    facts, said = SOURCES[name], config.source(name)
    return replace(
        facts,
        schedule=said.schedule or facts.schedule,
        delay_seconds=facts.delay_seconds if said.delay is None else said.delay,
        state=said.state or facts.state,
    )


def configured_site(config: Config, name: str) -> Site:
    """A source with the address where its requests go."""
    source = configured_source(config, name)
    return Site(source, config.source(name).base_url or source.base_url)


def all_sites(config: Config) -> tuple[Site, ...]:
    """All sources that we know."""
    return tuple(configured_site(config, name) for name in SOURCES)


def active_sites(config: Config) -> tuple[Site, ...]:
    """The sources that are crawled when none is named."""
    return tuple(
        site
        for site in all_sites(config)
        if config.source(site.source.name).enabled and site.source.state != "gone"
    )
