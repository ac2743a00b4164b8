"""Log lines on standard error."""

import logging
import sys
from typing import Literal

LogFormat = Literal["text", "json"]
_OURS = ("kazpress", "scheduler", "spiders", "pipeline")
_LEVELS = {-1: logging.WARNING, 0: logging.INFO, 1: logging.DEBUG}


def log_to_stderr(verbosity: int = 0, form: LogFormat = "text") -> None:
    """Log our own lines, and the libraries' errors. `verbosity` is -1 for warnings alone, 1 for
    details, 2 for the libraries' lines too.
    """
    assert form == "text"
    level = _LEVELS[max(-1, min(verbosity, 1))]
    lines = logging.Formatter("%(asctime)s %(message)s", datefmt="%H:%M:%S")
    libraries = logging.DEBUG if verbosity > 1 else logging.ERROR
    for names, least in ((_OURS, level), (("",), libraries)):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(lines)
        for name in names:
            logger = logging.getLogger(name)
            logger.handlers = [handler]
            logger.propagate = False
            logger.setLevel(least)
