"""WARC files instead of the network: which exchanges they hold, and where."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange, Reference
from pipeline.archive.warc_reader import Record, entries, originals, record_at, record_in
from pipeline.archive.warc_writer import record_bytes
from pipeline.model.source import Site
from pipeline.normalize.addresses import capture_url, public_url, without_slash
from pipeline.warc.passed_over import FileAccount


@dataclass(frozen=True, slots=True)
class _Indexed:
    time: str
    file: Path | None
    """None where it is in the copy."""
    offset: int


@dataclass(slots=True)
class Replay:
    """An index over WARC files, by canonical public address."""

    _records: dict[str, list[_Indexed]] = field(default_factory=dict)
    _originals: dict[str, Reference] = field(default_factory=dict)
    _copy: BinaryIO | None = None
    """The records that have no place of their own in a file, as inside a WACZ."""
    _opened: ExitStack = field(default_factory=ExitStack)
    notes: list[str] = field(default_factory=list)
    """What was passed over and needs a look, as sentences."""

    @classmethod
    def over(cls, files: Iterable[Path], sites: Iterable[Site]) -> "Replay":
        """The index of these files, to be closed. Raises ArchiveError where one is none, or holds
        no record.
        """
        replay, own = cls(), tuple(sites)
        try:
            for file in files:
                if not file.is_file():
                    raise ArchiveError(f"{file}: no such WARC file")
                replay._add(file, own)
        except BaseException:
            replay.close()
            raise
        return replay

    def close(self) -> None:
        """Drop what was copied."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def newest(self) -> dict[str, str]:
        """The addresses, without their final slash, each with the time of its newest exchange."""
        return {url: max(one.time for one in found) for url, found in self._records.items()}

    def holds(self, public: str) -> bool:
        """Whether there is an exchange of an address."""
        return without_slash(public) in self._records

    def exchanges(self, public: str) -> Iterator[Exchange]:
        """All exchanges of an address, oldest first."""
        found = self._records.get(without_slash(public), ())
        for one in sorted(found, key=lambda one: (one.time, one.offset)):
            yield self._at(one).exchange.referring_to(self._originals)

    def _at(self, indexed: _Indexed) -> Record:
        if indexed.file is not None:
            return record_at(indexed.file, indexed.offset)
        assert self._copy is not None
        return record_in(self._copy, indexed.offset)

    def _add(self, file: Path, sites: tuple[Site, ...]) -> None:
        """Add a file's records. Raises ArchiveError where there is none."""
        account = FileAccount(str(file))
        named: set[str] = set()
        for one in entries(file):
            if isinstance(one, Record):
                account.taken += 1
                keys = _keys(one.exchange.target, sites)
                named |= one.exchange.unresolved if keys else set()
                self._index(file, one, keys)
            else:
                is_ours = one.cause == "part" and bool(one.target and _keys(one.target, sites))
                account.add(one, needs_look=one.cause == "damage" or is_ours)
        if not account.taken:
            raise ArchiveError(f"{account.nothing}; nothing to replay")
        self._originals |= originals(file, named)
        self.notes += account.notes

    def _index(self, file: Path, record: Record, keys: list[str]) -> None:
        if not keys:
            return
        time = record.exchange.time.isoformat()
        indexed = (
            _Indexed(time, file, record.offset)
            if record.is_direct
            else _Indexed(time, None, self._copied(record.exchange))
        )
        for key in keys:
            self._records.setdefault(key, []).append(indexed)

    def _copied(self, exchange: Exchange) -> int:
        """Where in the copy an exchange was appended."""
        if self._copy is None:
            self._copy = tempfile.TemporaryFile()  # noqa: SIM115 (closed with this)
            self._opened.callback(self._copy.close)
        offset = self._copy.seek(0, 2)
        self._copy.write(record_bytes(exchange))
        return offset


def _keys(target: str, sites: tuple[Site, ...]) -> list[str]:
    """An address as the index has it, of each source whose address it is."""
    found = ((public_url(target, site.source.base_url, site), site) for site in sites)
    return [without_slash(capture_url(url, site.source)) for url, site in found if url is not None]
