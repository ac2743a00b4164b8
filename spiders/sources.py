"""The sources that we know, by name: their facts, checked, and with what kazpress.toml says over
them.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from kazpress.config import Config, is_loopback, is_usable_contact
from kazpress.errors import ConfigError, FactsError, UsageError, did_you_mean
from pipeline.model.capture import Address
from pipeline.model.source import Site, Source
from pipeline.model.source_checks import check_sources
from pipeline.normalize.addresses import article_address, public_url
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE

_EXAMPLE = "mailto:you@example.org"


def registered(*sources: Source) -> dict[str, Source]:
    """Sources by name. Raises FactsError with the first fact that cannot be right."""
    check_sources(sources)
    return {source.name: source for source in sources}


SOURCES: dict[str, Source] = registered(SENATE, KAZPRAVDA)


def check_schedules(read_schedule: Callable[[str], object]) -> None:
    """Raises FactsError with the first schedule among the facts that `read_schedule` refuses by
    a ConfigError.
    """
    for source in SOURCES.values():
        try:
            read_schedule(source.schedule)
        except (ConfigError, OverflowError) as error:
            raise FactsError(f"spiders/{source.name}.py: {error}") from error


def known_source(name: str) -> str:
    """The name of a source that is written in any letter case. Raises UsageError."""
    if name.lower() not in SOURCES:
        raise _no_source(name)
    return name.lower()


def configured_source(config: Config, name: str) -> Source:
    """A source's facts, with the configured schedule, delay and state. Raises UsageError where
    there is no such source.
    """
    if name not in SOURCES:
        raise _no_source(name)
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


def crawlable_site(config: Config, name: str) -> Site:
    """A source that may be asked for news. Raises UsageError where there is no such source, or
    where it is disabled or gone.
    """
    site, file = configured_site(config, name), config.file
    if not config.source(name).enabled:
        raise UsageError(
            f"{name} is disabled, so it is not crawled: enabled = false in [sources.{name}] of "
            f"{file}"
        )
    if site.source.state == "gone":
        raise UsageError(
            f"{name} is gone, so it is not crawled; if the site is back, write "
            f'state = "active" in [sources.{name}] of {file}; what web archives have of it: '
            f"kazpress crawl {name} --from wayback,commoncrawl"
        )
    return site


def check_contact(config: Config, sites: Iterable[Site]) -> None:
    """Raises ConfigError, with the line to write, where a host other than this machine would be
    asked without a contact that its owner can write to.
    """
    check_contact_for(config, [one.base_url for one in sites])


def check_contact_for(config: Config, urls: Iterable[str]) -> None:
    """The same for the base addresses of requests."""
    asked = [urlsplit(url).netloc for url in urls if not is_loopback(url)]
    if asked and not is_usable_contact(config.contact or ""):
        hosts = " and ".join(dict.fromkeys(asked))
        raise ConfigError(_no_contact(config.file.absolute(), config.contact, hosts))


def _no_contact(file: Path, contact: str | None, hosts: str) -> str:
    """What is wrong with the contact, and the line that mends it."""
    not_asked = f"nothing is asked of {hosts} without one"
    if contact:
        mail = f"mailto:{contact}"
        line = f'contact = "{mail if is_usable_contact(mail) else _EXAMPLE}"'
        return (
            f'{file}: contact = "{contact}" is neither mailto: with an address nor the address of '
            f"a web page, and {not_asked}; write there: {line}"
        )
    if file.exists():
        why, todo = "names no contact", "add this line at its top"
    else:
        why, todo = "is not there, so there is no contact", "make it with this line"
    return f'{file}: {why}, and {not_asked}; {todo}, and your address: contact = "{_EXAMPLE}"'


def article_at(config: Config, text: str) -> tuple[Site, Address] | None:
    """The article whose address a text is, in any of its forms, and its source; None where it is
    that of no source.
    """
    href = text.strip() if "://" in text else f"https://{text.strip()}"
    for site in all_sites(config):
        public = public_url(href, site.source.base_url, site)
        address = article_address(public, site.source) if public else None
        if address is not None:
            return site, address
    return None


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


def _no_source(name: str) -> UsageError:
    known = ", ".join(SOURCES)
    return UsageError(f'there is no source "{name}"{did_you_mean(name, SOURCES)} (known: {known})')
