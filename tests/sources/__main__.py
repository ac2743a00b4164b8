"""The command with one source more, registered as any other: `python -m tests.sources crawl …`."""

import sys

from kazpress.cli import main
from spiders.sources import SOURCES, registered
from tests.sources.steppe import STEPPE

SOURCES.update(registered(*SOURCES.values(), STEPPE))
sys.exit(main())
