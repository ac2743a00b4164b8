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
from pipeline.archive.files import located
from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import TornRecord, records
from pipeline.clock import utc_now
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.reading.imported_text import ImportedText, named_sources, read_imported, text_exchange
from pipeline.store.database import is_kept
from spiders.sources import all_sites, configured_site

_BATCH_RECORDS = 100


@dataclass(slots=True)
class ImportResult:
    """What an import brought. The fields are those of `import --json`."""

    files: int = 0
    captures: int = 0
    """Records and texts that were new."""
    known: int = 0
    """Records and texts that were stored already."""
    new: int = 0
    updated: int = 0
    without_item: int = 0
    """Captures that gave a failure instead of an item; redirects are not counted."""
    passed_over: int = 0
    """Records that are not of an article of our sources."""
    notes: list[str] = field(default_factory=list)
    """What needs a look."""
    failed: list[str] = field(default_factory=list)
    """Files that could not be imported, each a sentence with the reason."""
    held: list[str] = field(default_factory=list)
    """Files whose source another process holds, each a sentence with the holder."""

    @property
    def status(self) -> ExitStatus:
        """The exit status of this import (docs/operations.md, "Exit statuses")."""
        if self.held and len(self.held) == self.files:
            return ExitStatus.HELD
        if self.failed or self.held:
            return ExitStatus.FAILED
        return ExitStatus.NEEDS_LOOK if self.notes else ExitStatus.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text file as a record of the archive, and its source."""

    site: Site
    exchange: Exchange


def import_files(config: Config, files: Sequence[Path], source: str | None) -> ImportResult:
    """Import files, a torn WARC file up to the tear. A bad file does not stop the others.

    Raises UsageError, before anything is written, where a text's source is not clear.
    """
    chosen = configured_site(config, source) if source else None
    texts = {file: _read_text(config, file, chosen) for file in files if not is_warc(file)}
    imported = ImportResult()
    with progress(lambda: {"import": f"{imported.captures} captures"}):
        for file in files:
            _import_file(config, file, texts, imported)
    if imported.without_item * 5 >= imported.captures and imported.without_item:
        imported.notes.append(
            f"{imported.without_item} of {imported.captures} captures gave no item; "
            "see the list of failures"
        )
    return imported


def _import_file(
    config: Config, file: Path, texts: Mapping[Path, _Text | KazpressError], imported: ImportResult
) -> None:
    imported.files += 1
    try:
        if file in texts:
            _import_text(config, texts[file], imported)
        else:
            _import_warc(config, file, imported)
    except SourceBusy as busy:
        imported.held.append(f"{file}: {busy}")
    except UnreadableText as error:
        imported.failed.append(f"{file}: {error}")
    except ArchiveError as error:
        imported.failed.append(str(error))


def is_warc(file: Path) -> bool:
    """Whether a file is read as a WARC file: by its name or its first bytes."""
    if file.name.lower().endswith((".warc", ".warc.gz")):
        return True
    try:
        with file.open("rb") as opened:
            return opened.read(5).startswith((b"WARC/", b"\x1f\x8b"))
    except OSError:
        return False


def _read_text(config: Config, file: Path, chosen: Site | None) -> _Text | KazpressError:
    """A text of the source that it names, or of `chosen`; where it can't be read, why."""
    try:
        content = file.read_bytes()
        text = read_imported(content)
    except OSError as error:
        return ArchiveError(f"{file}: can't be read ({error.strerror})")
    except UnreadableText as error:
        return error
    site = _text_site(config, file, text, chosen)
    return _Text(site=site, exchange=text_exchange(content, text, site.source))


def _text_site(config: Config, file: Path, text: ImportedText, chosen: Site | None) -> Site:
    """The source that a text names, or `chosen`. Raises UsageError where that is not one."""
    named = named_sources(text, tuple(one.source for one in all_sites(config)))
    if chosen is not None and named and chosen.source not in named:
        raise UsageError(f"{file}: names {named[0].name} as its source, not {chosen.source.name}")
    if chosen is not None:
        return chosen
    if len(named) != 1:
        names = " and ".join(one.name for one in named) or "no source that kazpress knows"
        raise UsageError(f"{file}: names {names}; say whose it is with --source")
    return configured_site(config, named[0].name)


def _import_text(config: Config, text: _Text | KazpressError, imported: ImportResult) -> None:
    if isinstance(text, KazpressError):
        raise text
    with source_writers(config, (text.site,), "import") as (db, writers):
        _take(db, text.site, [text.exchange], writers[text.site.source.name], imported)


def _import_warc(config: Config, file: Path, imported: ImportResult) -> None:
    sites = _sites_in(config, file, imported)
    if not sites:
        return
    with source_writers(config, sites, "import") as (db, writers):
        for site in sites:
            for exchanges in _batches(file):
                _take(db, site, exchanges, writers[site.source.name], imported)


def _sites_in(config: Config, file: Path, imported: ImportResult) -> tuple[Site, ...]:
    """The sources of the articles in a WARC file. Raises ArchiveError where it holds no record."""
    found: dict[str, Site] = {}
    count = passed_over = 0
    try:
        for record in records(file):
            count += 1
            sites = [one for one in all_sites(config) if _article(record.exchange, one)]
            found |= {site.source.name: site for site in sites}
            passed_over += not sites
    except TornRecord as torn:
        if count:
            imported.notes.append(f"{torn}; the {count} whole ones before it were taken")
    if not count:
        raise ArchiveError(f"{file}: holds no whole record of a page; nothing to import")
    imported.passed_over += passed_over
    return tuple(found.values())


def _batches(file: Path) -> Iterator[list[Exchange]]:
    batch: list[Exchange] = []
    try:
        for record in records(file):
            batch.append(record.exchange)
            if len(batch) == _BATCH_RECORDS:
                yield batch
                batch = []
    except TornRecord:  # noted by _sites_in
        pass
    yield batch


def _article(exchange: Exchange, site: Site) -> Capture | None:
    capture = capture_of(exchange, site)
    return capture if capture and capture.article else None


def _take(
    db: Database,
    site: Site,
    exchanges: list[Exchange],
    writer: ArchiveWriter,
    imported: ImportResult,
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
        examined.append(classify(located(capture, file, offset, length), exchange.payload, site))
    writer.sync()
    batch = Batch(examined=examined, positions=tuple(ends.items()))
    result = ingest(db, site.source, batch, now=utc_now())
    imported.captures += result.captures
    imported.without_item += sum(one.failure is not None for one in examined)
    imported.new += len(result.new)
    imported.updated += len(result.updated)
