"""Captures of listings that are past their days. No item follows from them."""

from datetime import date
from pathlib import Path

from sqlite_utils import Database

from kazpress.errors import ArchiveError
from pipeline.archive.files import all_files
from pipeline.store.transactions import write, writing


def old_listing_files(archive: Path, source: str, before: date) -> list[Path]:
    """The files with a source's listings of earlier days."""
    return [
        archive / one.name
        for one in all_files(archive)
        if one.source == source and one.kind == "listings" and one.part < f"{before:%Y%m%d}"
    ]


def drop_listing_files(archive: Path, source: str, before: date) -> None:
    """Remove these files. Hold the source's lock. Raises ArchiveError."""
    for path in old_listing_files(archive, source, before):
        try:
            path.unlink()
        except OSError as error:
            raise ArchiveError(f"{path}: can't be removed ({error.strerror})") from error


def forget_listings(db: Database, source: str, before: date) -> int:
    """Forget the captures of a source's listings of earlier days; how many there were."""
    with writing(db):
        gone = write(
            db,
            "DELETE FROM captures WHERE source = ? AND day < ? AND article = 0",
            (source, before.isoformat()),
        ).rowcount
        write(
            db,
            "DELETE FROM archive_files WHERE source = ? AND name GLOB ? AND name < ?",
            (source, f"{source}-listings-*", f"{source}-listings-{before:%Y%m%d}"),
        )
    return gone
