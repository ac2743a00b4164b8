"""A crawl's session from its lock to its row in `crawls`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from kazpress.config import Config
from pipeline.addresses import Site
from pipeline.clock import moment, stamp, utc_now
from pipeline.lock import source_lock
from pipeline.recover import recover
from pipeline.store import open_for_writing
from spiders.replay import Replay
from spiders.session import Limit, Session
from spiders.sites import all_sites

Outcome = Literal["done", "failed", "stopped", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What `crawl --json` tells of one source (design, section 7)."""

    source: str
    crawl: int | None
    outcome: Outcome
    requests: int = 0
    captured: int = 0
    unchanged: int = 0
    new: int = 0
    updated: int = 0
    gone: int = 0
    failed: int = 0
    absent: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A crawl's summary, with what a person should know of it."""

    summary: Summary
    reason: str | None = None
    notes: tuple[str, ...] = ()
    """What needs a look."""


@contextmanager
def open_session(
    config: Config,
    site: Site,
    *,
    limit: Limit | None = None,
    full: bool = False,
    only: tuple[str, ...] = (),
    replay: Replay | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Iterator[Session]:
    """A session with the source's lock held and what an earlier crawl left ingested.

    Raises SourceBusy, StoreError, ArchiveError.
    """
    source, now = site.source, clock()
    with source_lock(config.archive, source.name, "crawl", now):
        db = open_for_writing(config.db, [one.source for one in all_sites(config)])
        try:
            recover(db, config.archive, site, now=now)
            crawl = db.execute(
                "INSERT INTO crawls (source, started, replay) VALUES (?, ?, ?)",
                (source.name, stamp(now), int(replay is not None)),
            ).lastrowid
            assert crawl is not None
            session = Session(
                site=site, db=db, archive=config.archive, crawl=crawl, clock=clock,
                delay_seconds=source.delay_seconds, contact=config.contact, limit=limit,
                full=full, only=only, replay=replay,
            )  # fmt: skip
            _fail_while_resting(session, now)
            yield session
        finally:
            db.conn.commit()
            db.close()


def end_session(session: Session) -> Ended:
    """Close a session, judge the crawl and write its row."""
    try:
        session.close()
    except OSError as error:
        session.fail(f"the archive can't be written: {error}")
    started = moment(
        session.db.execute("SELECT started FROM crawls WHERE id = ?", (session.crawl,)).fetchone()[
            0
        ]
    )
    finished = session.clock()
    judge(session)
    counts = session.counts
    summary = Summary(
        source=session.source.name,
        crawl=session.crawl,
        outcome="failed" if session.failure else "stopped" if session.stopped else "done",
        requests=counts.requests,
        captured=counts.captured,
        unchanged=counts.unchanged,
        new=len(counts.new),
        updated=len(counts.updated),
        gone=len(counts.gone),
        failed=counts.failed,
        absent=session.frontier.absent(),
        seconds=round((finished - started).total_seconds(), 3),
    )
    row = {
        name: value for name, value in asdict(summary).items() if name not in ("source", "crawl")
    }
    session.db.table("crawls").update(
        session.crawl,
        {
            **row, "finished": stamp(finished), "reason": session.failure,
            "needs_look": "\n".join(session.notes) or None,
        },
    )  # fmt: skip
    return Ended(summary=summary, reason=session.failure, notes=tuple(session.notes))


def judge(session: Session) -> None:
    """Say what needs a look, and whether the source failed as a whole."""
    listings, counts = session.listings, session.counts
    if session.stopped or session.only:
        return
    if session.failure is None and session.replay is None and not listings.answered:
        first = listings.failed[0] if listings.failed else "none was asked"
        session.fail(f"no listing could be read: {first}")
    if session.failure:
        return
    for empty in listings.empty:
        session.note(f"{empty} links to no article any more")
    if listings.answered and not listings.with_articles and not listings.unchanged:
        session.note("no listing links to any article; the site's addresses or pages have changed")
    for failed in listings.failed:
        session.note(failed)
    for forbidden in listings.forbidden:
        session.note(f"robots.txt forbids {forbidden}")
    if counts.unreadable and counts.unreadable * 5 >= counts.looked_at:
        session.note(
            f"{counts.unreadable} of {counts.looked_at} pages lack a title, date or body; "
            "see the list of failures"
        )
    read = counts.looked_at - counts.unreadable
    by_layout = read - counts.not_by_layout
    if read >= 5 and by_layout < session.source.expect.read_by_layout * read:
        session.note(f"only {by_layout} of {read} pages were read by the source's own layout")


def _fail_while_resting(session: Session, now: datetime) -> None:
    if session.replay is not None:
        return
    row = session.db.execute(
        "SELECT rest_until, rest_reason FROM sources WHERE name = ?", (session.source.name,)
    ).fetchone()
    if row[0] and moment(row[0]) > now:
        session.fail(f"{row[1]}; it is left alone until {row[0][:16].replace('T', ' ')} UTC")
