"""The sources that we know, by name. Their facts are checked here."""

from collections.abc import Callable

from kazpress.errors import ConfigError, FactsError
from pipeline.model.source import Source
from pipeline.model.source_checks import check_sources
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE


def registered(*sources: Source) -> dict[str, Source]:
    """Sources by name. Raises FactsError with the first fact that cannot be right."""
    check_sources(sources)
    return {source.name: source for source in sources}


def check_schedules(read_schedule: Callable[[str], object]) -> None:
    """Raises FactsError with the first schedule among the facts that `read_schedule` refuses by
    a ConfigError.
    """
    for source in SOURCES.values():
        try:
            read_schedule(source.schedule)
        except (ConfigError, OverflowError) as error:
            raise FactsError(f"spiders/{source.name}.py: {error}") from error


SOURCES: dict[str, Source] = registered(SENATE, KAZPRAVDA)
