"""Two processes that write into one database file, each the captures of its own source."""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import ClassifiedCapture
from tests.pipeline.worlds.captures import NOW, SOURCES, new_database

_SECONDS = 60
_Batches = Sequence[Sequence[ClassifiedCapture]]


@dataclass(frozen=True, slots=True)
class Writer:
    """A child process that takes one source's captures in."""

    source: str
    _pipe: Connection

    def open(self, path: Path) -> None:
        """Open a database file, made where there is none."""
        self._pipe.send(path)
        self.wait()

    def start(self, batches: _Batches) -> None:
        """Begin to take batches in, each a transaction; go on meanwhile."""
        self._pipe.send([list(batch) for batch in batches])

    def wait(self) -> None:
        """Until it has done what it was told last."""
        if not self._pipe.poll(_SECONDS):
            raise TimeoutError(f"the writer of {self.source} does not answer")
        error = self._pipe.recv()
        if error:
            raise AssertionError(error)

    def stop(self) -> None:
        """End the process."""
        self._pipe.send(None)


@contextmanager
def two_writers() -> Iterator[tuple[Writer, Writer]]:
    """A process for each source, of the same age and with nothing in common but files."""
    spawn = multiprocessing.get_context("spawn")
    started = []
    for source in SOURCES:
        ours, theirs = spawn.Pipe()
        child = spawn.Process(target=_write, args=(source, theirs), daemon=True)
        child.start()
        theirs.close()
        started.append((child, ours, Writer(source, ours)))
    try:
        first, second = (writer for *_, writer in started)
        yield first, second
    finally:
        for child, ours, writer in started:
            if child.is_alive():
                writer.stop()
            child.join(_SECONDS)
            ours.close()
            child.close()


def _write(source: str, pipe: Connection) -> None:
    db = new_database()
    while (told := pipe.recv()) is not None:
        error = None
        try:
            if isinstance(told, Path):
                db.close()
                db = new_database(told)
            else:
                for batch in told:
                    ingest(db, SOURCES[source], Batch(examined=batch), now=NOW)
        except Exception as failed:  # noqa: BLE001 - told to the parent, which raises it
            error = f"{type(failed).__name__}: {failed}"
        pipe.send(error)
    db.close()
