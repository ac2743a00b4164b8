"""The sources that we know, by name."""

from pipeline.model.source import Source
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE

SOURCES: dict[str, Source] = {source.name: source for source in (SENATE, KAZPRAVDA)}
