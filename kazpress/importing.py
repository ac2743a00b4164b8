"""`kazpress import`: texts such as the seed, and WARC files of other tools."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import ArchiveError, KazpressError, UsageError
from pipeline.addresses import Site
from pipeline.archive import ArchiveWriter, capture_of, placed
from pipeline.clock import stamp, utc_now
from pipeline.examine import examine
from pipeline.imported import UnreadableText, named_sources, read_imported, text_exchange
from pipeline.ingest import Batch, ingest
from pipeline.lock import source_lock
from pipeline.records import Capture, Examined
from pipeline.recover import recover
from pipeline.store import open_for_writing
from pipeline.warc import Exchange, TornRecord, records
from spiders.agent import user_agent
from spiders.sites import all_sites, configured_site

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
    passed_over: int = 0
    """Records that are no article's of our sources."""
    notes: list[str] = field(default_factory=list)
    """What needs a look."""
    failed: list[str] = field(default_factory=list)
    """Files that could not be taken, as sentences."""


def import_files(config: Config, files: Sequence[Path], source: str | None) -> Imported:
    """Take files in, each whole or, where it is torn, up to there; one bad file stops no other.

    Raises UsageError where a text names no source, before anything is written.
    """
    texts = {file: _text_site(config, file, source) for file in files if not is_warc(file)}
    imported = Imported()
    for file in files:
        imported.files += 1
        try:
            if is_warc(file):
                _import_warc(config, file, imported)
            else:
                _import_text(config, file, texts[file], imported)
        except UnreadableText as error:
            imported.failed.append(f"{file}: {error}")
        except ArchiveError as error:
            imported.failed.append(str(error))
    return imported


def is_warc(file: Path) -> bool:
    """Whether a file is to be taken as a WARC, by its name."""
    return file.name.endswith((".warc", ".warc.gz"))


def _text_site(config: Config, file: Path, source: str | None) -> Site | None:
    """Whose a text is, by what it says or by the option; None where it can't be read."""
    site = configured_site(config, source) if source else None
    try:
        text = read_imported(_content(file))
    except KazpressError:
        return site
    named = named_sources(text, tuple(one.source for one in all_sites(config)))
    if site is not None and named and site.source not in named:
        raise UsageError(f"{file}: names {named[0].name} as its source, not {site.source.name}")
    if site is not None:
        return site
    if len(named) != 1:
        raise UsageError(f"{file}: names no source that we know; say whose it is with --source")
    return configured_site(config, named[0].name)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ArchiveError(f"{file}: can't be read ({error.strerror})") from error


def _import_text(config: Config, file: Path, site: Site | None, imported: Imported) -> None:
    content = _content(file)
    text = read_imported(content)
    assert site is not None
    with _writers(config, (site,)) as (db, writers):
        _take(
            db,
            site,
            [text_exchange(content, text, site.source)],
            writers[site.source.name],
            imported,
        )


def _import_warc(config: Config, file: Path, imported: Imported) -> None:
    if not file.is_file():
        raise ArchiveError(f"{file}: no such WARC file")
    sites = _sites_in(config, file, imported)
    with _writers(config, sites) as (db, writers):
        for site in sites:
            for exchanges in _batches(file):
                _take(db, site, exchanges, writers[site.source.name], imported)


def _sites_in(config: Config, file: Path, imported: Imported) -> tuple[Site, ...]:
    """The sources that a WARC file holds captures of; raises ArchiveError where it holds none
    at all.
    """
    found: dict[str, Site] = {}
    count = 0
    try:
        for record in records(file):
            count += 1
            for site in all_sites(config):
                if capture_of(record.exchange, site) is not None:
                    found[site.source.name] = site
    except TornRecord as torn:
        imported.notes.append(f"{torn}; the {count} whole ones before it were taken")
    if not count:
        raise ArchiveError(f"{file}: holds no record; nothing to import")
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


@contextmanager
def _writers(
    config: Config, sites: tuple[Site, ...]
) -> Iterator[tuple[Database, dict[str, ArchiveWriter]]]:
    now = utc_now()
    with ExitStack() as opened:
        for site in sites:
            opened.enter_context(source_lock(config.archive, site.source.name, "import", now))
        db = open_for_writing(config.db, [one.source for one in all_sites(config)])
        opened.callback(db.close)
        for site in sites:
            recover(db, config.archive, site, now=now)
        writers = {
            site.source.name: opened.enter_context(
                ArchiveWriter(config.archive, site.source.name, "articles", user_agent(None))
            )
            for site in sites
        }
        yield db, writers


def _take(
    db: Database, site: Site, exchanges: list[Exchange], writer: ArchiveWriter, imported: Imported
) -> None:
    examined: list[Examined] = []
    ends: dict[str, int] = {}
    seen: set[object] = set()
    for exchange in exchanges:
        capture = capture_of(exchange, site)
        if capture is None or not capture.article:
            imported.passed_over += capture is not None
            continue
        if capture.key in seen or _is_known(db, capture):
            imported.known += 1
            continue
        seen.add(capture.key)
        file, offset, length = writer.append(exchange)
        ends[file] = offset + length
        examined.append(examine(placed(capture, file, offset, length), exchange.payload, site))
    writer.sync()
    batch = Batch(examined=examined, positions=tuple(ends.items()))
    result = ingest(db, site.source, batch, now=utc_now())
    imported.captures += result.captures
    imported.new += len(result.new)
    imported.updated += len(result.updated)


def _is_known(db: Database, capture: Capture) -> bool:
    row = db.execute(
        "SELECT 1 FROM captures WHERE url = ? AND time = ? AND digest = ?",
        (capture.url, stamp(capture.time), capture.digest),
    ).fetchone()
    return row is not None
