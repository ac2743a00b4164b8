"""Tells the configured receivers what has changed: failure, drift, silence, recovery, once each.

They are told at the end of a crawl, and by the daemon of what only time shows. What has been told
is kept in the database, so it does not matter who crawls. Nothing that goes wrong here ends a crawl
or changes its status: it is logged, and tried again at the next crawl.
"""

import json
import logging
import os
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import KazpressError, SourceBusy, UsageError, is_for_the_operator
from kazpress.operations.receivers import Receiver, configured_receivers
from kazpress.operations.told import Event, events, up_to_date
from kazpress.operations.troubles import troubles
from kazpress.status.source_status import source_statuses
from pipeline.archive.lock import Lock
from pipeline.clock import moment as moment_of
from pipeline.clock import seconds_stamp, stamp, utc_now
from pipeline.monitoring.notifications import (
    Notification,
    Trouble,
    notifications,
    store_notifications,
)
from pipeline.monitoring.observations import DoneCrawl, last_done_crawl
from pipeline.store.database import open_for_writing, reading
from spiders.sources import active_sites

_VERSION = 1
"""Of an event's form. It rises when a field changes its meaning or goes."""
_THREAD = "notifications"
_WAIT_SECONDS = 30.0
"""So long one process waits for another that tells."""
_log = logging.getLogger(__name__)


@contextmanager
def telling(
    config: Config, targets: Sequence[str], *, is_replay: bool, ends_with_stdin: bool = False
) -> Iterator[None]:
    """A crawl of these targets (all active sources where there are none), of which the receivers
    are told: what came of it, or that it broke off; and before it what came of the last one, which
    may have been killed. Nobody is told of a replay.
    """
    if is_replay:
        yield
        return
    if ends_with_stdin and configured_receivers(config.notify):
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    with _ends_at_sigterm():
        tell_changes(config, utc_now(), again=False)
    try:
        yield
    except UsageError:
        raise
    except Exception as error:
        active = [site.source.name for site in active_sites(config)]
        sources = [one for one in active if one in targets] or active
        is_said = is_for_the_operator(error)
        reason = str(error) if is_said else f"the crawl broke off: {error!r}"
        with _ends_at_sigterm():
            tell_failure(config, sources, reason, utc_now())
        raise
    with _ends_at_sigterm():
        tell_changes(config, utc_now())


def tell_changes(config: Config, now: datetime, *, again: bool = True) -> None:
    """Tell what has changed for the better or the worse. With `again`, also those who could not be
    told before.
    """
    _tell(config, now, [], again=again)


def tell_in_background(config: Config, now: datetime) -> None:
    """Tell what has changed, in a thread that does not keep the process from ending; not while an
    earlier one is still at it. Who could not be told before is not told by this.
    """
    if any(thread.name == _THREAD for thread in threading.enumerate()):
        return
    telling_thread = threading.Thread(
        target=tell_changes, args=(config, now), kwargs={"again": False}, name=_THREAD, daemon=True
    )
    telling_thread.start()


def tell_failure(config: Config, sources: Sequence[str], reason: str, now: datetime) -> None:
    """Tell that crawls of these sources broke off, so that no row says how they ended."""
    broken = [Trouble(source=one, kind="failure", sentence=reason) for one in sources]
    _tell(config, now, broken, again=True)


def event_json(event: Event, database: Path) -> str:
    """An event as its receivers get it (docs/operations/monitoring.md, "Notifications")."""
    parts = {
        "version": _VERSION, "source": event.source or None, "kind": event.kind, "of": event.of,
        "since": seconds_stamp(moment_of(event.since)), "sentence": event.sentence,
        "database": str(database.absolute()), "crawl": event.crawl,
    }  # fmt: skip
    return json.dumps(parts, ensure_ascii=False)


def _tell(config: Config, now: datetime, broken: list[Trouble], *, again: bool) -> None:
    receivers = configured_receivers(config.notify)
    if not receivers:
        return
    try:
        with _turn(config.db, now):
            _tell_in_turn(config, receivers, broken, now, again=again)
    except Exception as error:  # noqa: BLE001  # a crawl does not depend on who hears of it
        is_foreseen = isinstance(error, KazpressError | sqlite3.Error | OSError)
        _log.error("nobody was told: %s", error, exc_info=None if is_foreseen else error)


def _tell_in_turn(
    config: Config, receivers: list[Receiver], broken: list[Trouble], now: datetime, *, again: bool
) -> None:
    known, present, good = _state(config, broken, now)
    kept: list[Notification] = []
    forgotten: list[Notification] = []
    for receiver in receivers:
        mine = up_to_date(known, present, receiver.name, now)
        news, silently = events(mine, present, good, now)
        told, over = _told(receiver, news, config.db, now, again=again)
        changed = {one.key: one for one in (*mine, *told)}
        forgotten += (*silently, *over)
        gone = {one.key for one in (*silently, *over)}
        kept += [one for key, one in changed.items() if key not in gone and one not in known]
    if kept or forgotten:
        _note(config, kept, forgotten)


def _state(
    config: Config, broken: list[Trouble], now: datetime
) -> tuple[list[Notification], list[Trouble], dict[str, DoneCrawl | None]]:
    """What has been told so far, what is wrong now, and the last good crawl of each source. Where
    the database can't be read, only what is known without it.
    """
    try:
        there = {(one.source, one.subject) for one in broken}
        found = troubles(source_statuses(config, now))
        present = [*broken, *(one for one in found if (one.source, one.subject) not in there)]
        with reading(config.db) as db:
            return notifications(db), present, _good_crawls(db, config)
    except (KazpressError, sqlite3.Error) as error:
        if broken:
            return [], broken, dict.fromkeys((one.source for one in broken), None)
        _log.debug("nothing is known that could be told: %s", error)
        return [], [], {}


def _good_crawls(db: Database, config: Config) -> dict[str, DoneCrawl | None]:
    """The last good crawl of each active source; under no name the newest of all."""
    sources = [site.source.name for site in active_sites(config)]
    good = {source: last_done_crawl(db, source) for source in sources}
    newest = max(filter(None, good.values()), key=lambda one: one.finished, default=None)
    return good | {"": newest}


def _told(
    receiver: Receiver, news: list[Event], database: Path, now: datetime, *, again: bool
) -> tuple[list[Notification], list[Notification]]:
    """Tell a receiver one event after another, up to the first that fails. Gives what was told or
    tried, and what is over and told.
    """
    told: list[Notification] = []
    over: list[Notification] = []
    for event in news:
        if not again and any(one.tried for one in event.about):
            break
        why = receiver.tell(event_json(event, database).encode())
        if why is not None:
            _log.warning(
                "%s%s was not told of this %s: %s; it is tried again at the next crawl",
                event.source and f"{event.source}: ", receiver, event.kind, why,
            )  # fmt: skip
            told += [replace(one, tried=stamp(now)) for one in event.about]
            break
        if event.kind == "recovery":
            over += event.about
        else:
            told += [replace(one, tried=None, told=stamp(now)) for one in event.about]
    return told, over


def _note(config: Config, kept: list[Notification], forgotten: list[Notification]) -> None:
    try:
        with closing(open_for_writing(config.db, ())) as db:
            store_notifications(db, kept, forgotten)
    except (KazpressError, sqlite3.Error) as error:
        _log.warning("what was told can't be noted, and is told again: %s", error)


def _end_with_stdin() -> None:
    """Stop once standard input ends, for the daemon has ended: a crawl, or what is told of it."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _ends_at_sigterm() -> Iterator[None]:
    """SIGTERM ends what is told, with the command that is told."""

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _turn(database: Path, now: datetime) -> Iterator[None]:
    """One process at a time tells, so that nothing is told twice."""
    path = database.with_name(f"{database.name}.notify.lock")
    given_up = time.monotonic() + _WAIT_SECONDS
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(Lock(path, "who is to be told", "notify", now))
                break
            except SourceBusy:
                if time.monotonic() > given_up:
                    raise
            time.sleep(0.05)
        yield
