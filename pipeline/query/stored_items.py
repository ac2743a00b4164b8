"""What people and scripts ask of the database; nothing here writes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from kazpress.errors import UnknownItem
from pipeline.clock import moment
from pipeline.model.capture import Capture
from pipeline.model.press_item import PressItem
from pipeline.model.reading import Reading
from pipeline.normalize.addresses import address_id
from pipeline.similarity.comparison import Comparison, compare, text_of
from pipeline.similarity.shingle_index import formulae_among
from pipeline.store.database import dict_rows
from pipeline.store.ids import item_of
from pipeline.store.rows import Row, capture_from_row, item_from_row, reading_from_json
from pipeline.stories.reasons import StoryReason, story_reason
from pipeline.stories.related_items import decisions_about, related_group


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the operator sees of one source."""

    source: str
    items: int
    stories: int
    addresses: dict[str, int]
    """Number of addresses by state."""
    failures: int
    last_crawl: Row | None
    """The newest crawl that has ended, with its summary."""
    last_live_crawl: str | None
    """When the newest crawl of the site itself was started; replays are none."""
    last_new_item: str | None
    """When an item was last seen for the first time, UTC."""
    rest_until: str | None


def source_state(db: Database, source: str) -> SourceState:
    """A source's state, from its rows."""
    crawls = dict_rows(
        db.conn.execute(
            "SELECT * FROM crawls WHERE source = ? AND finished IS NOT NULL"
            " ORDER BY id DESC LIMIT 1",
            (source,),
        )
    )
    return SourceState(
        source=source,
        items=_one(db, "SELECT count(*) FROM items WHERE source = ?", source),
        stories=_one(db, "SELECT count(DISTINCT story) FROM items WHERE source = ?", source),
        addresses=dict(
            db.conn.execute(
                "SELECT state, count(*) FROM addresses WHERE source = ? GROUP BY state", (source,)
            ).fetchall()
        ),
        failures=_one(db, "SELECT count(*) FROM failures WHERE source = ?", source),
        last_crawl=crawls[0] if crawls else None,
        last_live_crawl=_one(
            db, "SELECT max(started) FROM crawls WHERE source = ? AND replay = 0", source
        ),
        last_new_item=_one(db, "SELECT max(first_seen) FROM items WHERE source = ?", source),
        rest_until=_one(db, "SELECT rest_until FROM sources WHERE name = ?", source),
    )


def last_crawls(db: Database) -> dict[str, datetime]:
    """When each source's last crawl was started, replays included."""
    rows = db.conn.execute("SELECT source, max(started) FROM crawls GROUP BY source")
    return {source: moment(started) for source, started in rows}


def failures(db: Database, source: str, limit: int = 10) -> list[Row]:
    """The newest failures of a source."""
    return dict_rows(
        db.conn.execute(
            "SELECT url, stage, reason, detail, first_seen, last_seen, times FROM failures"
            " WHERE source = ? ORDER BY last_seen DESC, url LIMIT ?",
            (source, limit),
        )
    )


def failure(db: Database, url: str) -> Row | None:
    """The failure of an address, if it is on the list."""
    rows = dict_rows(db.conn.execute("SELECT * FROM failures WHERE url = ?", (url,)))
    return rows[0] if rows else None


def resolve(db: Database, name: str) -> str:
    """The id of the item that an id, an old id, a story's id (an old one too) or a canonical
    address stands for. Raises UnknownItem.
    """
    wanted = name.strip()
    if "://" in wanted:
        wanted = address_id(wanted)
    for sql in (
        f"SELECT id FROM items WHERE id = {item_of('?1')}",
        "SELECT s.canonical FROM stories s WHERE s.id = ?1",
        "WITH RECURSIVE moves (id, at) AS (SELECT new, rowid FROM story_ids WHERE old = ?1"
        " UNION SELECT o.new, o.rowid FROM moves m JOIN story_ids o ON o.old = m.id"
        " AND o.rowid > m.at)"
        " SELECT s.canonical FROM moves m JOIN stories s ON s.id = m.id ORDER BY m.at DESC",
    ):
        row = db.conn.execute(sql, (wanted,)).fetchone()
        if row:
            return str(row[0])
    raise UnknownItem(f"{name}: nothing is stored under this id or address")


def item(db: Database, item_id: str) -> PressItem:
    """An item. Raises UnknownItem."""
    rows = dict_rows(db.conn.execute("SELECT * FROM items WHERE id = ?", (item_id,)))
    if not rows:
        raise UnknownItem(f"{item_id}: nothing is stored under this id")
    return item_from_row(rows[0])


def read_by(db: Database, item_id: str) -> dict[str, str]:
    """Which step gave each field of an item."""
    row = db.conn.execute("SELECT read_by FROM items WHERE id = ?", (item_id,)).fetchone()
    steps: dict[str, str] = json.loads(row[0]) if row else {}
    return steps


def revisions(db: Database, item_id: str) -> Iterator[tuple[Row, Reading]]:
    """An item's revisions, oldest first, each with its reading."""
    for row in dict_rows(
        db.conn.execute(
            "SELECT v.*, r.fields FROM revisions v JOIN readings r ON r.id = v.reading"
            " WHERE v.item = ? ORDER BY v.revision",
            (item_id,),
        )
    ):
        yield row, reading_from_json(row.pop("fields"))


def newest_capture(db: Database, item_id: str) -> Capture | None:
    """The newest capture that gave an item a reading."""
    rows = dict_rows(
        db.conn.execute(
            "SELECT c.* FROM captures c WHERE c.reading IS NOT NULL AND (c.url IN"
            " (SELECT url FROM addresses WHERE item = ?1)"
            " OR c.url IN (SELECT urn FROM texts WHERE id = ?1))"
            " ORDER BY c.time DESC, c.url DESC, c.digest DESC LIMIT 1",
            (item_id,),
        )
    )
    return capture_from_row(rows[0]) if rows else None


def story_members(db: Database, story: str) -> list[PressItem]:
    """A story's items, the canonical one first."""
    rows = dict_rows(
        db.conn.execute(
            "SELECT i.* FROM items i JOIN sources s ON s.name = i.source WHERE i.story = ?"
            " ORDER BY i.relation != 'canonical', s.rank, i.day, i.words DESC, i.id",
            (story,),
        )
    )
    return [item_from_row(row) for row in rows]


def related_elsewhere(db: Database, item_id: str) -> list[Row]:
    """Items of other stories that share text with an item, with how much."""
    return dict_rows(
        db.conn.execute(
            "SELECT o.id, o.source, o.url, o.title,"
            " CASE WHEN p.a = ?1 THEN p.share_a ELSE p.share_b END AS share_here,"
            " CASE WHEN p.a = ?1 THEN p.share_b ELSE p.share_a END AS share_there"
            " FROM pairs p JOIN items o ON o.id = CASE WHEN p.a = ?1 THEN p.b ELSE p.a END"
            " JOIN items i ON i.id = ?1 WHERE (p.a = ?1 OR p.b = ?1) AND o.story != i.story"
            " AND max(p.share_a, p.share_b) >= 0.1 ORDER BY 5 DESC, o.id",
            (item_id,),
        )
    )


def translation_evidence(db: Database, item_id: str) -> dict[str, list[str]]:
    """What joins an item to its translations directly, by their ids: `link`, and the evidence that
    is kept. One that it is joined to through another language alone is not among them.
    """
    found: dict[str, list[str]] = {}
    for other, evidence in db.conn.execute(
        "WITH own (url) AS (SELECT url FROM addresses WHERE item = ?1), joined (url, evidence) AS"
        " (SELECT target, evidence FROM translation_links WHERE url IN own"
        " UNION SELECT url, evidence FROM translation_links WHERE target IN own"
        " UNION SELECT target, evidence FROM translation_evidence WHERE url IN own"
        " UNION SELECT url, evidence FROM translation_evidence WHERE target IN own)"
        " SELECT DISTINCT a.item, j.evidence FROM joined j JOIN addresses a ON a.url = j.url"
        " WHERE a.item IS NOT NULL ORDER BY a.item, j.evidence",
        (item_id,),
    ):
        found.setdefault(other, []).append(evidence)
    return found


def decisions_on(db: Database, item_id: str) -> list[Row]:
    """A person's decisions on an item that hold, the latest first, each with the other item."""
    return [
        {"decision": one.verb, "time": one.order[0], "id": other, "url": item(db, other).url}
        for one in decisions_about(db, item_id).decisions
        if item_id in one.items
        for other in one.items
        if other != item_id
    ]


def newest_decision(db: Database) -> datetime | None:
    """When a person last decided, on whatever items; None where none ever did."""
    (time,) = db.conn.execute("SELECT max(time) FROM decisions").fetchone()
    return moment(time) if time else None


def comparison(db: Database, one: PressItem, other: PressItem) -> Comparison:
    """How two items' texts compare, with the formulae that the database knows."""
    runs = {run for item in (one, other) for run in text_of(item).long_runs}
    return compare(one, other, formulae_among(db, runs))


def decision_between(db: Database, one: str, other: str) -> Row | None:
    """A person's decision on just these two that holds, as `decisions_on` the first tells it."""
    return next((row for row in decisions_on(db, one) if row["id"] == other), None)


def story_reason_between(db: Database, one: str, other: str) -> StoryReason | None:
    """Why two items are in one story, or in two though related; None where nothing connects
    them.
    """
    group = related_group(db, one)
    if other not in group.items:
        return None
    return story_reason(group.members, group.pairs, group.decided, one, other)


def stories_of_many(db: Database) -> list[list[PressItem]]:
    """The stories with more than one item, oldest first."""
    rows = db.conn.execute(
        "SELECT s.id FROM stories s JOIN items i ON i.id = s.canonical WHERE s.items > 1"
        " ORDER BY i.published, s.id"
    ).fetchall()
    return [story_members(db, row[0]) for row in rows]


def _one(db: Database, sql: str, *values: Any) -> Any:
    row = db.conn.execute(sql, values).fetchone()
    return row[0] if row else None
