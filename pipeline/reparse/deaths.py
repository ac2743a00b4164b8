"""Which pages readers have died of, and how often: noted beside the archive, as a `Reader` does."""

import threading
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from pipeline.ingest.reader import MOST_DEATHS, deaths_file, note_deaths, noted_deaths, page_of


class Deaths:
    """The deaths of one source's readers, noted by the one process that lets others read."""

    def __init__(self, archive: Path, source: str) -> None:
        self._file = deaths_file(archive, source)
        self._counts: Counter[str] = noted_deaths(self._file)
        self._lock = threading.Lock()

    @property
    def by_page(self) -> Mapping[str, int]:
        """How often, by page (`page_of`)."""
        with self._lock:
            return dict(self._counts)

    def note(self, digest: str) -> int:
        """Note that a reader died of a page; how often that was."""
        with self._lock:
            self._counts[page_of(digest)] += 1
            note_deaths(self._file, self._counts)
            return self._counts[page_of(digest)]

    def forget(self, pages: Collection[str]) -> None:
        """Forget deaths of pages that were read to their end since: the next is the first again."""
        with self._lock:
            if survived := pages & self._counts.keys():
                for page in survived:
                    del self._counts[page]
                note_deaths(self._file, self._counts)


def is_deadly(deaths: Mapping[str, int], digest: str) -> bool:
    """Whether a page is passed over."""
    return deaths.get(page_of(digest), 0) >= MOST_DEATHS
