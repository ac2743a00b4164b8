"""Captures and what they turned out to be, made by hand: worlds for `ingest` without pages."""

import base64
import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlite_utils import Database

from pipeline.archive.exchange import Exchange
from pipeline.archive.to_capture import capture_of
from pipeline.export.selection import Selection
from pipeline.ingest.batch import Batch, Ingested
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Capture, ClassifiedCapture, Failure, Outcome
from pipeline.model.decision import DECISION_URN, Decision, Verb, decision_payload
from pipeline.model.reading import Reading
from pipeline.model.source import Site, Source
from pipeline.normalize.addresses import article_address
from pipeline.reading.classify import classify
from pipeline.reading.imported_text import read_imported, text_exchange
from pipeline.store.database import Store, dict_rows, open_for_writing
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.pipeline.worlds.exports import records

SOURCES = {source.name: source for source in (SENATE, KAZPRAVDA)}
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
"""A Monday, eleven o'clock in Almaty."""
NOW = datetime(2027, 1, 1, tzinfo=UTC)

_PATHS = {"ru": ("n", "ru-RU"), "kk": ("kk/n", "kk-KZ"), "en": ("en/n", "en-US")}


def kaz(name: str, language: str = "ru") -> str:
    """An address of the newspaper."""
    return f"https://kazpravda.kz/{_PATHS[language][0]}/{name}/"


def sen(number: int, language: str = "ru") -> str:
    """An address of the Senate."""
    return f"https://senate.parlam.kz/{_PATHS[language][1]}/news/details/{number}"


def at(hours: float) -> datetime:
    """A moment so many hours after the start."""
    return START + timedelta(hours=hours)


def prose(seed: str, count: int) -> str:
    """So many words that stand in no other seed's prose."""
    return " ".join(f"{seed}{_letters(number)}" for number in range(count))


def page(
    url: str,
    hours: float,
    body: str,
    *,
    title: str | None = "Заголовок",
    published: str = "2026-03-02T10:00:00+05:00",
    tags: tuple[str, ...] = (),
    alternates: tuple[str, ...] = (),
    image: str | None = None,
    section: str | None = None,
) -> ClassifiedCapture:
    """A capture that gave a reading."""
    reading = Reading(
        language=_language(url), title=title, body=body, published=published,
        published_precision="minute", tags=tags, alternates=alternates, image_url=image,
        section=section,
        read_by=(("title", "layout"), ("published", "layout"), ("body", "structured")),
    )  # fmt: skip
    return ClassifiedCapture(
        capture=_capture(url, hours, 200, repr(reading)), outcome="reading", reading=reading
    )


def missing(
    url: str, hours: float, outcome: Outcome = "gone", status: int = 404
) -> ClassifiedCapture:
    """A capture that says that the article is not there, or another failure."""
    reason = "soft-404" if outcome == "soft-404" else f"http-{status}"
    return ClassifiedCapture(
        capture=_capture(url, hours, status, outcome),
        outcome=outcome,
        failure=Failure(url=url, stage="read", reason=reason, detail="nothing there"),
    )


def moved(url: str, hours: float, to: str) -> ClassifiedCapture:
    """A redirect to another article of the source, or to itself."""
    return ClassifiedCapture(
        capture=_capture(url, hours, 301, to), outcome="redirect", redirect_to=to
    )


def unchanged(url: str, hours: float, of: float | None) -> ClassifiedCapture:
    """A 304 that refers to the capture of so many hours; None: it does not say to which."""
    capture = _capture(
        url, hours, 304, f"304 {of}", refers_to=None if of is None else at(of)
    )  # fmt: skip
    return ClassifiedCapture(
        capture=replace(capture, is_unchanged=True, digest="" if of is None else capture.digest),
        outcome="not-modified",
    )


def imported(
    body: str, day: date, source: Source = KAZPRAVDA, credit: str = ""
) -> ClassifiedCapture:
    """An imported text."""
    content = f" date {day} {credit}\n\n{body}\n".encode()
    site = Site(source, source.base_url)
    exchange = text_exchange(content, read_imported(content), source)
    capture = capture_of(exchange, site)
    assert capture is not None
    return classify(capture, content, site)


def decision(verb: Verb, one: str, other: str, hours: float) -> ClassifiedCapture:
    """A person's decision on two addresses or texts, in the archive of the source of the first."""
    a, b = sorted((one, other))
    source = _source(one)
    exchange = Exchange(
        target=DECISION_URN, time=at(hours), status=0, source=source.name,
        payload=decision_payload(Decision(verb=verb, a=a, b=b)),
    )  # fmt: skip
    site = Site(source, source.base_url)
    capture = capture_of(exchange, site)
    assert capture is not None
    return classify(capture, exchange.payload, site)


def new_database(path: Path = Path(":memory:")) -> Store:
    """A database with the two sources and nothing else."""
    if str(path) != ":memory:":
        return open_for_writing(path, SOURCES.values())
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    _TEMPLATE.conn.backup(connection)
    return Store(connection)


def take(db: Database, *examined: ClassifiedCapture) -> Ingested:
    """Ingest captures as one batch a source; what the last one changed."""
    result = Ingested()
    for name, source in SOURCES.items():
        own = [one for one in examined if one.capture.source == name]
        if own:
            result = ingest(db, source, Batch(examined=own), now=NOW)
    return result


def world(*examined: ClassifiedCapture) -> Database:
    """A database with these captures."""
    db = new_database()
    take(db, *examined)
    return db


def items(db: Database) -> dict[str, dict[str, Any]]:
    """Every item's exported record by its address, or its id where it has none."""
    return {row["url"] or row["id"]: row for row in records(db, Selection(every_item=True))}


def item(db: Database) -> dict[str, Any]:
    """The one item's exported record."""
    (only,) = items(db).values()
    return only


def exported(db: Database) -> tuple[list[Any], list[Any]]:
    """Both exports."""
    return (
        list(records(db, Selection(every_item=True))),
        list(records(db, Selection())),
    )


_OWN_HISTORY = {
    "sources", "crawls", "backfills", "places", "proven_days", "ways", "archive_files", "counters",
    "story_ids", "record_versions", "changes", "_sqlite_migrations", "sqlite_sequence",
}  # fmt: skip
"""Tables that do not follow from captures: what this database has lived through."""
_STORAGE = {
    "captures", "holders", "runs_new", "runs_recent", "runs_settled", "runs_shared", "run_levels",
}  # fmt: skip
"""The captures themselves, and tables whose rows may lie otherwise: the view `runs` shows them."""
_OWN_COLUMNS = {
    "addresses": {
        "found_by",
        "found_on",
        "found_at",
        "asked_in",
        "ways",
        "backfill",
        "failing_since",
    },
    "items": {"changed_seq"},
    "failures": {"first_seen", "times"},
}
"""Columns that do not follow from captures."""


def derived(db: Database) -> dict[str, list[dict[str, Any]]]:
    """All that follows from captures, less what is this database's own history; by table."""
    return {table: dict_rows(db.conn.execute(sql)) for table, sql in _derived_rows().items()}


@cache
def _derived_rows() -> dict[str, str]:
    """SQL for the derived columns of each table and view, in an order that they alone decide."""
    names = [*_TEMPLATE.table_names(), *_TEMPLATE.view_names()]
    return {name: _rows_of(name) for name in names if name not in _OWN_HISTORY | _STORAGE}


def _rows_of(table: str) -> str:
    info = _TEMPLATE.conn.execute("SELECT name FROM pragma_table_info(?)", (table,))
    columns = [name for (name,) in info if name not in _OWN_COLUMNS.get(table, ())]
    order = ", ".join(str(number) for number in range(1, len(columns) + 1))
    return f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"


def batches(
    examined: Iterable[ClassifiedCapture],
) -> list[tuple[Source, Sequence[ClassifiedCapture]]]:
    """Captures as `ingest_all` takes them."""
    return [(SOURCES[one.capture.source], [one]) for one in examined]


def _capture(
    url: str, hours: float, status: int, content: str, refers_to: datetime | None = None
) -> Capture:
    digest = base64.b32encode(hashlib.sha1(content.encode()).digest()).decode()
    return Capture(
        source=_source(url).name, url=url, target=url, time=at(hours), status=status,
        digest=f"sha1:{digest}", article=True, refers_to=refers_to,
    )  # fmt: skip


def _source(url: str) -> Source:
    return KAZPRAVDA if "kazpravda" in url else SENATE


def _language(url: str) -> str:
    address = article_address(url, _source(url))
    assert address is not None
    assert address.url == url
    return address.language


def _letters(number: int) -> str:
    return "".join("абвгдежзик"[int(digit)] for digit in str(number))


def _template() -> Store:
    """A new database in memory; the store itself opens files alone, whatever their names are."""
    connection = sqlite3.connect(":memory:")
    with TemporaryDirectory() as folder:
        made = open_for_writing(Path(folder) / "kazpress.db", SOURCES.values())
        made.conn.backup(connection)
        made.close()
    return Store(connection)


_TEMPLATE = _template()
