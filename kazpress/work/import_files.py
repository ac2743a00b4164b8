"""`kazpress import`: texts such as the seed, and WARC files of other tools."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import (
    ArchiveError,
    ExitStatus,
    KazpressError,
    SourceBusy,
    UnreadableText,
    UsageError,
)
from kazpress.progress import progress
from kazpress.work.source_writers import source_writers
from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import placed
from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import TornRecord, records
from pipeline.clock import utc_now
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.reading.imported_text import named_sources, read_imported, text_exchange
from pipeline.store.database import is_kept
from spiders.sources import all_sites, configured_site

_AT_ONCE = 100


@dataclass(slots=True)
class Imported:
    """What an import took in."""

    files: int = 0
    captures: int = 0
    """Records and texts that were not known before."""
    known: int = 0
    new: int = 0
    updated: int = 0
    without_item: int = 0
    """Captures that gave no item: redirects aside, what is on the list of failures."""
    passed_over: int = 0
    """Records that are no article's of our sources."""
    notes: list[str] = field(default_factory=list)
    """What needs a look."""
    failed: list[str] = field(default_factory=list)
    """Files that could not be taken, as sentences."""
    held: list[str] = field(default_factory=list)
    """Files whose source another process holds, as sentences."""

    @property
    def status(self) -> ExitStatus:
        """What the import says to a script (design, section 7)."""
        if self.held and len(self.held) == self.files:
            return ExitStatus.HELD
        if self.failed or self.held:
            return ExitStatus.FAILED
        return ExitStatus.NEEDS_LOOK if self.notes else ExitStatus.OK


def import_files(config: Config, files: Sequence[Path], source: str | None) -> Imported:
    """Take files in, each whole or, where it is torn, up to there; one bad file stops no other.

    Raises UsageError where a text names no source, before anything is written.
    """
    asked = configured_site(config, source) if source else None
    texts = {file: _text_site(config, file, asked) for file in files if not is_warc(file)}
    imported = Imported()
    with progress(lambda: {"import": f"{imported.captures} captures taken"}):
        for file in files:
            _import_file(config, file, texts, imported)
    if imported.without_item * 5 >= imported.captures and imported.without_item:
        imported.notes.append(
            f"{imported.without_item} of {imported.captures} captures gave no item; "
            "see the list of failures"
        )
    return imported


def _import_file(
    config: Config, file: Path, texts: Mapping[Path, Site | None], imported: Imported
) -> None:
    imported.files += 1
    try:
        if file in texts:
            _import_text(config, file, texts[file], imported)
        else:
            _import_warc(config, file, imported)
    except SourceBusy as busy:
        imported.held.append(f"{file}: {busy}")
    except UnreadableText as error:
        imported.failed.append(f"{file}: {error}")
    except ArchiveError as error:
        imported.failed.append(str(error))


def is_warc(file: Path) -> bool:
    """Whether a file is to be taken as a WARC, by its name or by how it begins."""
    if file.name.lower().endswith((".warc", ".warc.gz")):
        return True
    try:
        with file.open("rb") as opened:
            return opened.read(5).startswith((b"WARC/", b"\x1f\x8b"))
    except OSError:
        return False


def _text_site(config: Config, file: Path, asked: Site | None) -> Site | None:
    """Whose a text is, by what it says or by the option; None where it can't be read."""
    try:
        text = read_imported(_content(file))
    except KazpressError:
        return None
    named = named_sources(text, tuple(one.source for one in all_sites(config)))
    if asked is not None and named and asked.source not in named:
        raise UsageError(f"{file}: names {named[0].name} as its source, not {asked.source.name}")
    if asked is not None:
        return asked
    if len(named) != 1:
        names = " and ".join(one.name for one in named) or "no source that we know"
        raise UsageError(f"{file}: names {names}; say whose it is with --source")
    return configured_site(config, named[0].name)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ArchiveError(f"{file}: can't be read ({error.strerror})") from error


def _import_text(config: Config, file: Path, site: Site | None, imported: Imported) -> None:
    content = _content(file)
    text = read_imported(content)
    if site is None:  # it could not be read when it was first looked at
        raise UnreadableText("has changed meanwhile; import it again")
    with source_writers(config, (site,), "import") as (db, writers):
        exchanges = [text_exchange(content, text, site.source)]
        _take(db, site, exchanges, writers[site.source.name], imported)


def _import_warc(config: Config, file: Path, imported: Imported) -> None:
    sites = _sites_in(config, file, imported)
    if not sites:
        return
    with source_writers(config, sites, "import") as (db, writers):
        for site in sites:
            for exchanges in _batches(file):
                _take(db, site, exchanges, writers[site.source.name], imported)


def _sites_in(config: Config, file: Path, imported: Imported) -> tuple[Site, ...]:
    """The sources whose articles a WARC file holds. Raises ArchiveError where it holds no record
    at all.
    """
    found: dict[str, Site] = {}
    count = passed_over = 0
    note: list[str] = []
    try:
        for record in records(file):
            count += 1
            sites = [one for one in all_sites(config) if _article(record.exchange, one)]
            found |= {site.source.name: site for site in sites}
            passed_over += not sites
    except TornRecord as torn:
        note.append(f"{torn}; the {count} whole ones before it were taken")
    if not count:
        raise ArchiveError(f"{file}: holds no whole record of a page; nothing to import")
    imported.notes += note
    imported.passed_over += passed_over
    return tuple(found.values())


def _batches(file: Path) -> Iterator[list[Exchange]]:
    batch: list[Exchange] = []
    try:
        for record in records(file):
            batch.append(record.exchange)
            if len(batch) == _AT_ONCE:
                yield batch
                batch = []
    except TornRecord:  # noted when the file was first looked through
        pass
    yield batch


def _article(exchange: Exchange, site: Site) -> Capture | None:
    capture = capture_of(exchange, site)
    return capture if capture and capture.article else None


def _take(
    db: Database, site: Site, exchanges: list[Exchange], writer: ArchiveWriter, imported: Imported
) -> None:
    examined: list[ClassifiedCapture] = []
    ends: dict[str, int] = {}
    seen: set[object] = set()
    for exchange in exchanges:
        capture = _article(exchange, site)
        if capture is None:
            continue
        if capture.key in seen or is_kept(db, capture):
            imported.known += 1
            continue
        seen.add(capture.key)
        file, offset, length = writer.append(exchange)
        ends[file] = offset + length
        examined.append(classify(placed(capture, file, offset, length), exchange.payload, site))
    writer.sync()
    batch = Batch(examined=examined, positions=tuple(ends.items()))
    result = ingest(db, site.source, batch, now=utc_now())
    imported.captures += result.captures
    imported.without_item += sum(one.failure is not None for one in examined)
    imported.new += len(result.new)
    imported.updated += len(result.updated)
