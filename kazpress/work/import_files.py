"""`kazpress import`: texts such as the seed, and WARC files of other tools."""

from collections import Counter
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
from pipeline.archive.exchange import Exchange, Reference
from pipeline.archive.files import located
from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import entries, originals, records
from pipeline.clock import utc_now
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.ingest.reader import Reader
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.imported_text import ImportedText, named_sources, read_imported, text_exchange
from pipeline.store.same_capture import is_kept, says_more
from pipeline.warc.file_kinds import HEAD_BYTES, foreign_kind, warc_form
from pipeline.warc.passed_over import FileAccount, PassedOver
from spiders.sources import all_sites, configured_site

_BATCH_RECORDS = 100
_BATCH_BYTES = 64 << 20
"""Of payloads in a batch, which is held in memory."""


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
    """Records of answers that are not of an article of our sources."""
    not_taken: dict[str, int] = field(default_factory=dict)
    """How many records were not taken, by reason: what is wrong with them, or their type."""
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
class _Contents:
    """What a WARC file holds for us."""

    sites: tuple[Site, ...]
    """The sources of the articles in it."""
    originals: Mapping[str, Reference]
    """What revisits in it refer to by a record's id alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text file as a record of the archive, and its source."""

    site: Site
    exchange: Exchange


def import_files(config: Config, files: Sequence[Path], source: str | None) -> ImportResult:
    """Import files. A bad file does not stop the others, nor a bad record those of its file.

    Raises UsageError, before anything is written, where a text's source is not clear.
    """
    chosen = configured_site(config, source) if source else None
    texts = {file: _read_text(config, file, chosen) for file in files if not is_warc(file)}
    imported = ImportResult()
    with progress(lambda: {"import": (f"{imported.captures} captures",)}):
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
    """Whether a file is read as one that holds WARC records: by its first bytes or its name."""
    return warc_form(_head(file), file.name) is not None


def _head(file: Path) -> bytes:
    """A file's first bytes; none where it can't be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD_BYTES)
    except OSError:
        return b""


def _read_text(config: Config, file: Path, chosen: Site | None) -> _Text | KazpressError:
    """A text of the source that it names, or of `chosen`; where it can't be read, why."""
    other = foreign_kind(_head(file))
    if other is not None:
        return UnreadableText(f"is {other}")
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
        name = text.site.source.name
        read = Reader(config.archive, name)
        _take(db, text.site, [text.exchange], writers[name], read, imported)


def _import_warc(config: Config, file: Path, imported: ImportResult) -> None:
    contents = _contents(config, file, imported)
    if not contents.sites:
        return
    with source_writers(config, contents.sites, "import") as (db, writers):
        for site in contents.sites:
            name = site.source.name
            read = Reader(config.archive, name)
            for exchanges in _batches(file, site, contents.originals):
                _take(db, site, exchanges, writers[name], read, imported)


def _contents(config: Config, file: Path, imported: ImportResult) -> _Contents:
    """What a file holds; what of it is not taken is counted, and told where it needs a look.

    Raises ArchiveError where it holds no record of an answer.
    """
    found: dict[str, Site] = {}
    named: set[str] = set()
    account = FileAccount(str(file))
    for one in entries(file):
        if isinstance(one, PassedOver):
            account.add(one, needs_look=_needs_look(config, one))
            continue
        account.taken += 1
        sites = [site for site in all_sites(config) if _article(one.exchange, site)]
        found |= {site.source.name: site for site in sites}
        named |= one.exchange.unresolved if sites else set()
        imported.passed_over += not sites
    if not account.taken:
        raise ArchiveError(f"{account.nothing}; nothing to import")
    imported.notes += account.notes
    imported.not_taken = dict(Counter(imported.not_taken) + Counter(account.not_taken))
    return _Contents(sites=tuple(found.values()), originals=originals(file, named))


def _needs_look(config: Config, one: PassedOver) -> bool:
    """Whether a person is told of a record that was passed over: where it is damaged, and where it
    is not all that was captured of an article of ours.
    """
    if one.cause != "part" or one.target is None:
        return one.cause == "damage"
    page = Exchange(target=one.target, time=utc_now(), status=200)
    return any(_article(page, site) for site in all_sites(config))


def _batches(
    file: Path, site: Site, originals: Mapping[str, Reference]
) -> Iterator[list[Exchange]]:
    """The exchanges of a source's articles in a file, few enough to be held in memory."""
    batch: list[Exchange] = []
    size = 0
    for record in records(file):
        if _article(record.exchange, site) is None:
            continue
        batch.append(record.exchange.referring_to(originals))
        size += len(record.exchange.payload)
        if len(batch) == _BATCH_RECORDS or size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    yield batch


def _article(exchange: Exchange, site: Site) -> Capture | None:
    capture = capture_of(exchange, site)
    return capture if capture and capture.article else None


def _take(
    db: Database,
    site: Site,
    exchanges: list[Exchange],
    writer: ArchiveWriter,
    read: Reader,
    imported: ImportResult,
) -> None:
    examined: list[ClassifiedCapture] = []
    ends: dict[str, int] = {}
    seen: dict[object, Capture] = {}
    for exchange in exchanges:
        capture = _article(exchange, site)
        if capture is None:
            continue
        before = seen.get(capture.key)
        is_known = before is not None and not says_more(capture, before, site.source)
        if is_known or is_kept(db, capture, site.source):
            imported.known += 1
            continue
        seen[capture.key] = capture
        file, offset, length = writer.append(exchange)
        ends[file] = offset + length
        examined.append(read(located(capture, file, offset, length), exchange.payload, site))
    writer.sync()
    batch = Batch(examined=examined, positions=tuple(ends.items()))
    result = ingest(db, site.source, batch, now=utc_now())
    imported.captures += result.captures
    imported.without_item += sum(one.failure is not None for one in examined)
    imported.new += len(result.new)
    imported.updated += len(result.updated)
