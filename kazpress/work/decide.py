"""`kazpress stories`: a person's decision on two items, into the archive and the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import UsageError
from kazpress.show.item import item_id_of
from kazpress.work.source_writers import source_writers
from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import located
from pipeline.archive.to_capture import capture_of
from pipeline.clock import utc_now
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.decision import DECISION_URN, Decision, Verb, decision_payload
from pipeline.model.press_item import PressItem
from pipeline.model.source import Site
from pipeline.query import stored_items
from pipeline.query.stored_stories import newest_decision
from pipeline.reading.classify import classify
from pipeline.store.database import reading
from pipeline.stories.related_items import decided_on, related_group
from spiders.sources import configured_site


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionResult:
    """The outcome of a decision."""

    verb: Verb
    items: tuple[PressItem, PressItem]
    """The two items after the decision."""
    known: bool
    """Whether the decision was in force already, or nothing was to be taken back, so that nothing
    was written.
    """
    changed: tuple[PressItem, ...] = ()
    """Items whose exported record has changed."""

    @property
    def one_story(self) -> bool:
        """Whether the two items are in one story now."""
        return self.items[0].story == self.items[1].story


def decide(config: Config, verb: Verb, one: str, other: str) -> DecisionResult:
    """Join or part two items, by id or address, or take back what was decided on them. Raises
    UnknownItem, AmbiguousId, UsageError, SourceBusy.
    """
    with reading(config.db) as db:
        items = _two_items(config, db, one, other)
    names = sorted({item.source for item in items})
    sites = {name: configured_site(config, name) for name in names}
    with source_writers(config, tuple(sites.values()), f"stories {verb}") as (db, writers):
        items = _two_items(config, db, one, other)  # another process may have changed them
        if _is_known(db, verb, items):
            return DecisionResult(verb=verb, items=items, known=True)
        source = items[0].source
        changed = _record(db, sites[source], writers[source], _decision(verb, items))
        return DecisionResult(
            verb=verb, items=_two_items(config, db, one, other), known=False,
            changed=tuple(stored_items.item(db, item) for item in sorted(changed)),
        )  # fmt: skip


def _two_items(config: Config, db: Database, one: str, other: str) -> tuple[PressItem, PressItem]:
    first, second = (stored_items.item(db, item_id_of(config, db, name)) for name in (one, other))
    if first.id == second.id:
        raise UsageError(f"{one} and {other} are the same item; name two")
    if first.language != second.language:
        raise UsageError(
            f"{one} is in {first.language}, {other} in {second.language}; "
            "a story has one language, name two items in the same one"
        )
    return first, second


def _is_known(db: Database, verb: Verb, items: tuple[PressItem, PressItem]) -> bool:
    first, second = (item.id for item in items)
    if verb == "forget":
        return decided_on(db, first, second) is None
    pair = {first, second}
    decided = related_group(db, first).decided
    return any(one.verb == verb and set(one.items) == pair for one in decided.decisions)


def _decision(verb: Verb, items: tuple[PressItem, PressItem]) -> Decision:
    a, b = sorted(item.url or item.id for item in items)
    return Decision(verb=verb, a=a, b=b)


def _record(db: Database, site: Site, writer: ArchiveWriter, decision: Decision) -> frozenset[str]:
    """Write a decision into the archive and ingest it; the ids of the items that it changed."""
    exchange = Exchange(
        target=DECISION_URN, time=_time(db), status=0, payload=decision_payload(decision),
        source=site.source.name,
    )  # fmt: skip
    capture = capture_of(exchange, site)
    assert capture is not None
    file, offset, length = writer.append(exchange)
    writer.sync()
    examined = classify(located(capture, file, offset, length), exchange.payload, site)
    batch = Batch(examined=[examined], positions=[(file, offset + length)])
    return ingest(db, site.source, batch, now=utc_now()).changed


def _time(db: Database) -> datetime:
    """Now; later than the newest decision, also if the clock was set back."""
    newest = newest_decision(db)
    now = utc_now()
    return max(now, newest + timedelta(microseconds=1)) if newest else now
