"""Reads captures one by one, and passes over a page that its readers die of.

The page that is being read stands in a file beside the archive, `<source>.reading`, for as long as
that takes. One that still stands there has hung its reader or filled the memory: the process was
killed. That happens to a sound page too, but hardly twice.
"""

import logging
import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from weakref import finalize

from pipeline.model.capture import Capture, ClassifiedCapture, Failure
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.store.database import RULES_VERSION

READER_DIED = "reader-died"
"""The reason of the failure that such a page is."""
MOST_DEATHS = 2

_log = logging.getLogger(__name__)


class Reader:
    """Reads the captures of one source, whose lock is held. Older rules' deaths count for none."""

    def __init__(
        self,
        archive: Path,
        source: str,
        read: Callable[[Capture, bytes, Site], ClassifiedCapture] = classify,
    ) -> None:
        self._file = deaths_file(archive, source)
        self._read = read
        self._deaths = noted_deaths(self._file)
        self._descriptor: int | None = None
        """Kept open: to close a file that was just emptied waits for the disk on ext4, some
        milliseconds a page.
        """

    def __call__(self, capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
        """What a capture gave. A page is known again by its bytes, wherever its record stands."""
        if not payload:
            return self._read(capture, payload, site)
        page = page_of(capture.digest)
        if self._deaths[page] >= MOST_DEATHS:
            return passed_over(capture)
        before = self._note(page)
        classified = self._read(capture, payload, site)
        if self._deaths.pop(page, 0):
            self._rewrite()
        else:
            self._forget(before)
        return classified

    def _note(self, page: str) -> int | None:
        """Write down that a page is being read; the file's size before. On a full disk, and in an
        archive that may not be written, pages are read without.

        Nothing waits for the disk: what a process has written outlives the process.
        """
        with suppress(OSError):
            file = self._opened()
            before = os.fstat(file).st_size
            os.write(file, f"{page}\n".encode())
            return before
        return None

    def _forget(self, size: int | None) -> None:
        """Take the page that was noted last off the file."""
        if size is not None:
            with suppress(OSError):
                os.ftruncate(self._opened(), size)

    def _opened(self) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(
                self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644
            )
            finalize(self, os.close, self._descriptor)
        return self._descriptor

    def _rewrite(self) -> None:
        note_deaths(self._file, self._deaths)


def deaths_file(archive: Path, source: str) -> Path:
    """Where the pages of a source are noted that its readers died of."""
    return archive / f"{source}.reading"


def page_of(digest: str) -> str:
    """A page as it is noted: by its digest, for today's rules."""
    return f"{RULES_VERSION} {digest}"


def noted_deaths(file: Path) -> Counter[str]:
    """The pages whose readers did not come to an end, by today's rules, and how often."""
    with suppress(OSError, UnicodeError):
        lines = file.read_text(encoding="ascii").splitlines()
        return Counter(line for line in lines if line.split()[:1] == [str(RULES_VERSION)])
    return Counter()


def note_deaths(file: Path, deaths: Counter[str]) -> None:
    """Write down how often readers died of which pages; where that can't be written, nothing."""
    with suppress(OSError):
        file.write_text("".join(f"{page}\n" for page in deaths.elements()), encoding="ascii")


def passed_over(capture: Capture) -> ClassifiedCapture:
    """What a page is that twice its reader died of: a failure, with where its record is."""
    place = f"byte {capture.offset} of {capture.file}"
    _log.warning(
        "%s: passed over, for twice the program was ended while it read this page (%s)",
        capture.url, place,
    )  # fmt: skip
    detail = f"twice the program was ended while it read the page; its record is at {place}"
    failure = Failure(url=capture.url, stage="read", reason=READER_DIED, detail=detail)
    return ClassifiedCapture(capture=capture, outcome="failed", failure=failure)
