"""Libraries that a plain installation lacks, and the sentence about them."""

from importlib import import_module

from kazpress.errors import MissingExtra
from pipeline.formats.known_formats import Format

_OF_FORMATS: dict[Format, tuple[str, str]] = {
    "xlsx": ("XLSX", "xlsxwriter"),
    "parquet": ("Parquet", "pyarrow"),
}


def check_extras(kind: Format) -> None:
    """Raises MissingExtra where a library that a format needs is not installed."""
    if kind in _OF_FORMATS:
        needs(*_OF_FORMATS[kind])


def needs(purpose: str, *libraries: str) -> None:
    """Raises MissingExtra where a library that this purpose needs is not installed."""
    missing = [name for name in libraries if not _is_there(name)]
    if missing:
        raise MissingExtra(
            f"{purpose} needs {' and '.join(missing)}, not installed here; install it with: "
            "pip install 'kazpress[data]'"
        )


def _is_there(library: str) -> bool:
    """It is imported, for it may be there and not work."""
    try:
        import_module(library)
    except ImportError:
        return False
    return True
