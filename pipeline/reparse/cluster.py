"""Parts read by the workers of a Dask cluster, which see the archive under the same path.

A part whose worker died, or that none brings back for long, is read by a child process here, which
finds the page that is to blame (`pipeline.reparse.processes`).
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kazpress.errors import ArchiveError, ClusterError, KazpressError, MissingExtra
from pipeline.ingest.reader import passed_over
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.reparse.deaths import Deaths, is_deadly
from pipeline.reparse.parts import Part, PartRead
from pipeline.reparse.processes import Processes
from pipeline.reparse.read_part import Read, read_part, with_cuts
from pipeline.reparse.readers import in_order
from pipeline.store.database import RULES_VERSION

_CONNECT_SECONDS = 5
_MOST_SECONDS_A_PART = 900.0
"""After so long without a part that is waited for, it is read here."""
_log = logging.getLogger(__name__)


class Cluster:
    """The workers of the cluster whose scheduler is at an address, for as long as the block runs.

    On entry, raises MissingExtra where Dask is not installed, and ClusterError where nobody answers
    or where a worker can't read the archive.
    """

    def __init__(self, address: str, archive: Path, *, read: Read = classify) -> None:
        self._address = address
        self._archive = archive.absolute()
        self._read = read
        self._deaths: dict[str, Deaths] = {}
        self._opened = ExitStack()
        self._client: Any = None
        self._here: Processes | None = None

    def __enter__(self) -> Self:
        self._client = _connected(self._address)
        self._opened.callback(self._client.close)
        try:
            self._check()
        except BaseException:
            self._opened.close()
            raise
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._opened.close()

    def read(self, parts: Iterable[Part]) -> Iterator[PartRead]:
        """All of these, in their order."""
        threads = sum(self._client.ncores().values())
        return in_order(parts, self._submit, 2 * threads + 1)

    def read_one(self, part: Part) -> PartRead:
        """One part."""
        return self._submit(part).result()

    def read_here(self, part: Part) -> PartRead:
        """One part that the cluster did not read, by a child process of this one."""
        if self._here is None:
            self._here = self._opened.enter_context(Processes(1, read=self._read))
        return self._here.read_one(part)

    def _submit(self, part: Part) -> "_Awaited":
        source = part.site.source.name
        if source not in self._deaths:
            self._deaths[source] = Deaths(self._archive, source)
        task = (part, self._deaths[source].by_page, self._read)
        try:
            return _Awaited(self, part, self._client.submit(_at_worker, *task, pure=False))
        except Exception as error:
            raise ClusterError(
                f"the cluster at {self._address} is gone ({error!r}); start again: what was read "
                "is kept"
            ) from error

    def _check(self) -> None:
        """Raises ClusterError where a worker is none that can read the archive."""
        try:
            seen = self._client.run(_seen_by_worker, str(self._archive))
        except Exception as error:
            raise ClusterError(
                f"the workers of the cluster at {self._address} can't run kazpress ({error!r}); "
                "install the same version of it there"
            ) from error
        if not seen:
            raise ClusterError(f"the cluster at {self._address} has no workers; start some")
        for worker, (rules, is_there) in sorted(seen.items()):
            if rules != RULES_VERSION:
                raise ClusterError(
                    f"the worker {worker} has another version of kazpress; install this one there"
                )
            if not is_there:
                raise ClusterError(
                    f"the worker {worker} does not see {self._archive}; mount the archive there "
                    "under this path"
                )


class _Awaited:
    """A part that a worker reads, or one here where none does."""

    def __init__(self, cluster: Cluster, part: Part, future: Any) -> None:
        self._cluster, self._part, self._future = cluster, part, future

    def result(self) -> PartRead:
        """The part, once it is read."""
        part = self._part
        try:
            answer = self._future.result(timeout=_MOST_SECONDS_A_PART)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - read here, it tells
            _log.warning(
                "%s: bytes %d to %d are read here, for the cluster did not bring them (%s)",
                part.path.name, part.start, part.end, type(error).__name__,
            )  # fmt: skip
            self._future.cancel()
            return self._cluster.read_here(part)
        if isinstance(answer, PartRead):
            return answer
        raise ArchiveError(f"a worker of the cluster: {answer}")

    def cancel(self) -> None:
        """Let it be."""
        self._future.cancel()


def _connected(address: str) -> Any:
    try:
        from distributed import Client
        from distributed.comm import connect
    except ImportError as error:
        raise MissingExtra(
            "--cluster needs Dask, which is not installed: pip install 'kazpress[cluster]'"
        ) from error

    async def look() -> None:
        found = connect(address, timeout=_CONNECT_SECONDS)
        comm = await asyncio.wait_for(found, 2 * _CONNECT_SECONDS)  # for one that never speaks
        await comm.close()

    try:
        asyncio.run(look())  # a client whose constructor fails leaves tracebacks behind
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"nobody answers at {address}; name the address that `dask scheduler` prints, such as "
            "tcp://10.0.0.1:8786"
        ) from error


def _seen_by_worker(archive: str) -> tuple[int, bool]:
    return RULES_VERSION, Path(archive).is_dir()


def _at_worker(part: Part, deaths: Mapping[str, int], read: Read) -> PartRead | str:
    """A part read, or a sentence on why it can't be."""

    def careful(capture: Capture, payload: bytes, site: Site) -> ClassifiedCapture:
        if payload and is_deadly(deaths, capture.digest):
            return passed_over(capture)
        return read(capture, payload, site)

    try:
        return with_cuts(read_part(part, careful))
    except KazpressError as error:
        return str(error)
