"""The command with the Steppe Courier's facts as they are edited after a new design."""

import sys
from dataclasses import replace

from kazpress.cli import main
from pipeline.model.source import ClassLayout
from spiders.sources import SOURCES, registered
from tests.sources.steppe import STEPPE

_NEW = ClassLayout(
    name="2026", title=("h1.s-title",), body=("div.s-text",), published=("time.s-time",),
    lead=("p.s-lead",), authors=(".s-author",), image=(".s-picture img",), tags=(".s-tags",),
    cut=(".s-more",),
)  # fmt: skip

_MENDED = replace(STEPPE, layouts=(_NEW, *STEPPE.layouts))

SOURCES.update(registered(*SOURCES.values(), _MENDED))
sys.exit(main())
