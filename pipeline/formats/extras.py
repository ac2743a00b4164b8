"""Libraries that a plain installation lacks, and the sentence about them."""

from importlib.util import find_spec

from kazpress.errors import MissingExtra


def needs(purpose: str, *libraries: str) -> None:
    """Raises MissingExtra where a library that this purpose needs is not installed."""
    missing = [name for name in libraries if find_spec(name) is None]
    if missing:
        raise MissingExtra(
            f"{purpose} needs {' and '.join(missing)}, not installed here; install it with: "
            "pip install 'kazpress[data]'"
        )
