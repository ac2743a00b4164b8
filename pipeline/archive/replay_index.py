"""WARC files instead of the network: which exchanges they hold, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange
from pipeline.archive.warc_reader import TornRecord, record_at, records
from pipeline.model.source import Site
from pipeline.normalize.addresses import capture_url, public_url, without_slash


@dataclass(frozen=True, slots=True)
class _Record:
    time: str
    file: Path
    offset: int


@dataclass(slots=True)
class Replay:
    """An index over WARC files, by canonical public address."""

    _records: dict[str, list[_Record]] = field(default_factory=dict)
    torn: list[str] = field(default_factory=list)
    """What was torn, as sentences."""

    @classmethod
    def over(cls, files: Iterable[Path], sites: Iterable[Site]) -> "Replay":
        """The index of these files. Raises ArchiveError where one is none, or holds no record."""
        replay, own = cls(), tuple(sites)
        for file in files:
            if not file.is_file():
                raise ArchiveError(f"{file}: no such WARC file")
            if not replay._add(file, own):
                raise ArchiveError(f"{file}: holds no record; nothing to replay")
        return replay

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
        for one in sorted(found, key=lambda record: (record.time, record.offset)):
            yield record_at(one.file, one.offset).exchange

    def _add(self, file: Path, sites: tuple[Site, ...]) -> int:
        """Add a file's records; how many it holds, the source's or not."""
        count = 0
        try:
            for record in records(file):
                count += 1
                for site in sites:
                    public = public_url(record.exchange.target, site.source.base_url, site)
                    if public is not None:
                        found = _Record(record.exchange.time.isoformat(), file, record.offset)
                        key = without_slash(capture_url(public, site.source))
                        self._records.setdefault(key, []).append(found)
        except TornRecord as torn:
            self.torn.append(f"{torn}; the {count} whole ones before it were taken")
        return count
