"""The indexes of an archive, one beside each of its WARC files, so that a file can be moved away
with its own. That of a file of articles that is away stays where it is left: it tells which file to
bring back.
"""

from collections.abc import Callable
from pathlib import Path

from kazpress.errors import ArchiveError
from pipeline.archive.files import all_files, archive_file
from pipeline.cdxj.warc_index import index_of, update_index


def update_indexes(archive: Path, is_over: Callable[[], bool] = lambda: False) -> list[str]:
    """Bring the index of every WARC file up to date as long as there is time, and drop those of
    listings that were dropped; the names of the WARC files whose index was written. One process at
    a time. Raises ArchiveError.
    """
    files = [archive / file.name for file in all_files(archive)]
    _drop(archive, needed={index_of(warc) for warc in files})
    return [warc.name for warc in files if not is_over() and _is_updated(warc, is_over)]


def _is_updated(warc: Path, is_over: Callable[[], bool]) -> bool:
    try:
        return update_index(warc, is_over)
    except ArchiveError:
        if warc.exists():
            raise
        return False  # it was moved away, or dropped, meanwhile


def _drop(archive: Path, needed: set[Path]) -> None:
    for index in archive.glob("*-listings-*.cdxj"):
        if index not in needed and archive_file(f"{index.stem}.warc.gz"):
            try:
                index.unlink(missing_ok=True)
            except OSError as error:
                raise ArchiveError(f"{index}: can't be removed ({error.strerror})") from error
