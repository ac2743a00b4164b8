"""Parts read by child processes, which may die of a page, or hang at it, without ending the work.

What each is reading is written where its parent sees it, so the page that it died of is known. The
part is read again by another one; of a page of which two have died, the failure `reader-died` is
made (`pipeline.ingest.reader`).
"""

import gc
import logging
import multiprocessing
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import RawArray, RawValue
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kazpress.errors import ArchiveError, KazpressError
from pipeline.ingest.reader import READER_DIED, page_of, passed_over
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.reparse.deaths import Deaths, is_deadly
from pipeline.reparse.parts import Part, PartRead
from pipeline.reparse.read_part import Read, read_part, with_cuts
from pipeline.reparse.readers import in_order

MOST_SECONDS_A_PAGE = 300.0
"""So long that no page takes it that ends: a machine's haste must not decide what is read."""
_MOST_NAMELESS_DEATHS = 3
_LOOKS_EVERY_SECONDS = 1.0
_DIGEST_BYTES = 64
_SPAWNED = multiprocessing.get_context("spawn")  # nothing is shared with threads of the parent
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Died:
    """How a reader ended: at which page, where that is known."""

    digest: str
    why: str


class Processes:
    """Readers in so many child processes, for as long as the block runs."""

    def __init__(
        self, count: int, *, read: Read = classify, seconds_a_page: float = MOST_SECONDS_A_PAGE
    ) -> None:
        self._count = count
        self._read = read
        self._seconds_a_page = seconds_a_page
        self._idle: queue.SimpleQueue[_Child] = queue.SimpleQueue()
        self._children: list[_Child] = []
        self._deaths: dict[tuple[Path, str], Deaths] = {}
        self._threads = ThreadPoolExecutor(max_workers=count)
        """One waits for each child, so that all go on whatever the caller does."""
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        for _ in range(self._count):
            self._idle.put(self._start())
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        for child in self._children:
            child.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for child in self._children:
            child.kill()  # those that were started meanwhile

    def read(self, parts: Iterable[Part]) -> Iterator[PartRead]:
        """All of these, in their order."""
        known = self._knowing(parts)
        return in_order(
            known, lambda part: self._threads.submit(self.read_one, part), 2 * self._count + 1
        )

    def read_one(self, part: Part) -> PartRead:
        """One part, by as many children as it takes."""
        deaths = self._deaths_of(part)
        nameless = 0
        while True:
            answer = self._ask(part, deaths.by_page)
            if isinstance(answer, PartRead):
                deaths.forget(_survived(answer))
                return answer
            if isinstance(answer, str):
                raise ArchiveError(answer)
            if self._ended.is_set():
                raise CancelledError  # it was we who ended it
            if answer.digest:
                count = deaths.note(answer.digest)
                _log.warning(
                    "%s: reader %d of the page %s between bytes %d and %d ended (%s)",
                    part.path.name, count, answer.digest, part.start, part.end, answer.why,
                )  # fmt: skip
                continue
            nameless += 1
            if nameless == _MOST_NAMELESS_DEATHS:
                raise ArchiveError(
                    f"{part.path}: {nameless} readers ended between bytes {part.start} and "
                    f"{part.end}, at no page ({answer.why}); is there enough memory? Start again "
                    "with fewer --workers: what was read is kept"
                )

    def _knowing(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The same; what was noted of their sources is read before threads need it."""
        for part in parts:
            self._deaths_of(part)
            yield part

    def _deaths_of(self, part: Part) -> Deaths:
        key = (part.path.parent, part.site.source.name)
        if key not in self._deaths:
            self._deaths[key] = Deaths(*key)
        return self._deaths[key]

    def _ask(self, part: Part, deaths: Mapping[str, int]) -> "PartRead | str | _Died":
        child = self._idle.get()
        answer: PartRead | str | _Died | None = None
        try:
            answer = child.ask(part, deaths, self._seconds_a_page)
        finally:
            if isinstance(answer, PartRead | str):
                self._idle.put(child)
            else:
                child.kill()
                self._idle.put(child if self._ended.is_set() else self._start())
        return answer

    def _start(self) -> "_Child":
        child = _Child(self._read)
        self._children.append(child)
        return child


def _survived(read: PartRead) -> set[str]:
    """The pages of a part that did not end their reader."""
    return {
        page_of(one.capture.digest)
        for one in read.captures
        if one.failure is None or one.failure.reason != READER_DIED
    }


class _Child:
    """One process, asked by one thread at a time."""

    def __init__(self, read: Read) -> None:
        self._page: Any = RawArray("c", _DIGEST_BYTES)
        self._since: Any = RawValue("d", 0.0)
        self._connection, theirs = _SPAWNED.Pipe()
        self._process = _SPAWNED.Process(
            target=_work, args=(theirs, self._page, self._since, read), daemon=True
        )
        self._process.start()
        theirs.close()  # so that the end of the process is the end of what it says

    def ask(self, part: Part, deaths: Mapping[str, int], seconds: float) -> PartRead | str | _Died:
        """A part read, a sentence on why it can't be, or how the process ended."""
        why = "it was killed"
        try:
            self._connection.send((part, deaths))
            while not self._connection.poll(_LOOKS_EVERY_SECONDS):
                if self._hangs(seconds):
                    why = f"it took more than {seconds:.0f} s"
                    self._process.kill()
            answer: PartRead | str | _Died = self._connection.recv()
        except (EOFError, OSError):
            return _Died(self._page.value.decode("ascii"), why)
        return answer

    def kill(self) -> None:
        """End it now."""
        self._process.kill()
        self._process.join()

    def _hangs(self, seconds: float) -> bool:
        since = float(self._since.value)
        return since > 0 and time.monotonic() - since > seconds


def _work(connection: Connection, page: Any, since: Any, read: Read) -> None:
    """A child's life: parts in, what they gave out, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends this one
    logging.getLogger("pipeline").addHandler(logging.NullHandler())  # told with what was read
    gc.freeze()
    while True:
        try:
            part, deaths = connection.recv()
            connection.send(_answer(part, _watched(read, deaths, page, since), page))
        except (EOFError, OSError):
            return


def _answer(part: Part, read: Read, page: Any) -> PartRead | str | _Died:
    try:
        return with_cuts(read_part(part, read))
    except KazpressError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, it ends the reader of this page
        return _Died(page.value.decode("ascii"), repr(error))


def _watched(
    read: Read, deaths: Mapping[str, int], page: Any, since: Any
) -> Callable[[Capture, bytes, Site], ClassifiedCapture]:
    """The same reader; the page that it reads can be seen from outside."""

    def watched(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
        if not payload:
            return read(capture, payload, site)
        if is_deadly(deaths, capture.digest):
            return passed_over(capture)
        page.value = capture.digest.encode("ascii")
        since.value = time.monotonic()
        classified = read(capture, payload, site)
        since.value = 0.0
        page.value = b""
        return classified

    return watched
