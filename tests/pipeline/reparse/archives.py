"""Archives of both sources, and databases into which they were taken as crawls would have."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database

from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import located
from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import records
from pipeline.archive.warc_writer import warcinfo_bytes
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.decision import DECISION_URN, Decision, decision_payload
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.reading.imported_text import read_imported, text_exchange
from tests.pipeline.reading.page_fields import CAPTURED
from tests.pipeline.worlds.captures import SOURCES, at
from tests.seeds.recorded_site import RECORDED, SEED

SITES = tuple(Site(source, source.base_url) for source in SOURCES.values())
KAZ = next(site for site in SITES if site.source.name == "kazpravda")
_BATCH = 9
KAZ_FILE = "kazpravda-articles-000001.warc.gz"


def recorded() -> list[Exchange]:
    """The recorded site's answers."""
    return [record.exchange for record in records(RECORDED)]


def fill(archive: Path, *, max_file_bytes: int = 1_000_000_000) -> None:
    """An archive with the recorded site, an imported text and a decision."""
    for site in SITES:
        for _ in _written(archive, site, max_file_bytes):
            pass


def live(db: Database, archive: Path, *, max_file_bytes: int = 1_000_000_000) -> None:
    """The same, taken into a database as crawls take it."""
    for site in SITES:
        batch: list[ClassifiedCapture] = []
        for capture, payload, position in _written(archive, site, max_file_bytes):
            batch.append(classify(capture, payload, site))
            if len(batch) == _BATCH:
                ingest(db, site.source, Batch(examined=batch, positions=[position]), now=at(0))
                batch = []
        ingest(db, site.source, Batch(examined=batch, positions=[position]), now=at(0))


def _written(
    archive: Path, site: Site, max_file_bytes: int
) -> Iterator[tuple[Capture, bytes, tuple[str, int]]]:
    """The captures that were written, with their payloads and the archive's position then."""
    with ArchiveWriter(
        archive,
        site.source.name,
        "articles",
        "a test",
        known=tuple,
        max_file_bytes=max_file_bytes,
    ) as writer:
        for exchange in _exchanges(site):
            capture = capture_of(exchange, site)
            if capture is not None and capture.article:
                there = located(capture, *writer.append(exchange))
                yield there, exchange.payload, writer.position


def _exchanges(site: Site) -> list[Exchange]:
    found = recorded()
    if site is KAZ:
        content = SEED.read_bytes()
        found.insert(7, text_exchange(content, read_imported(content), site.source))
        found.append(_decision(site, found))
    return found


def _decision(site: Site, exchanges: Iterable[Exchange]) -> Exchange:
    captures = (capture_of(one, site) for one in exchanges)
    a, b = sorted({one.url for one in captures if one and one.article and one.status == 200})[:2]
    return Exchange(
        target=DECISION_URN, time=at(900), status=0, source=site.source.name,
        payload=decision_payload(Decision(verb="join", a=a, b=b)),
    )  # fmt: skip


def begin(name: str) -> bytes:
    """How a WARC file begins."""
    return warcinfo_bytes(name, CAPTURED, "a test", agent=None, part_of="a test")


def page(number: int, html: str) -> Exchange:
    """An answer with a page of the newspaper."""
    return Exchange(
        target=f"https://kazpravda.kz/n/page-{number}/", time=CAPTURED, status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),), payload=html.encode(),
    )  # fmt: skip
