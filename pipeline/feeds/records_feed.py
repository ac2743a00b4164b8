"""Records as an Atom feed (RFC 4287): the newest of them, newest first, with their whole texts.

An entry is known by its story, whose id stays when another item becomes its canonical one; so a
reader of the feed shows a changed entry in the place of the old one, and not as news.
"""

from datetime import UTC, date, datetime, time
from html import escape
from typing import IO

from lxml import etree

from kazpress.errors import StoreError
from pipeline.clock import ALMATY
from pipeline.export.columns import Table
from pipeline.feeds.atom import (
    EMPTY_SINCE,
    Feed,
    add,
    add_page,
    entry_title,
    new_entry,
    new_feed,
    write_feed,
)
from pipeline.store.rows import Row


def write_atom(table: Table, out: IO[bytes], feed: Feed) -> int:
    """Write records as a feed, the newest first; how many. They must have all fields, and are all
    held in memory. Raises StoreError for a time that is none.
    """
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, record, strict=True)) for record in table.records]
    rows.sort(key=_newness, reverse=True)
    updated = max(map(_updated, rows), key=datetime.fromisoformat, default=EMPTY_SINCE)
    root = new_feed(feed, updated)
    for row in rows:
        _add_entry(root, row, feed)
    write_feed(root, out)
    return len(rows)


def _newness(row: Row) -> tuple[datetime, str]:
    return _moment(row, _published(row)), row["id"]


def _published(row: Row) -> str:
    """With a time, which RFC 4287 wants: where a day alone is known, its begin in Almaty."""
    known: str = row["published"]
    if "T" in known:
        return known
    try:
        begin = datetime.combine(date.fromisoformat(known), time(), ALMATY)
        offset = begin.utcoffset()
        assert offset is not None
        has_seconds = offset.total_seconds() % 60 != 0  # before 1924, which RFC 3339 can't write
        return (begin.astimezone(UTC) if has_seconds else begin).isoformat()
    except (ValueError, OverflowError) as error:
        raise _no_time(row, known) from error


def _updated(row: Row) -> str:
    """When the present revision came; of an item with a time to come, no earlier than that."""
    told = (str(row["last_changed"]), _published(row))
    return max(told, key=lambda text: _moment(row, text))


def _moment(row: Row, text: str) -> datetime:
    """Raises StoreError for what is no time with an offset."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise _no_time(row, text) from error
    if at.tzinfo is None:
        raise _no_time(row, text)
    return at


def _no_time(row: Row, text: str) -> StoreError:
    return StoreError(f'the database is damaged: item {row["id"]} has "{text}" for a time')


def _add_entry(root: etree._Element, row: Row, feed: Feed) -> None:
    entry = new_entry(root, row["language"])
    kind = "story" if "copies" in row else "item"
    source = feed.sources.get(row["source"], row["source"])
    add(entry, "id", f"urn:kazpress:{kind}:{row['story' if kind == 'story' else 'id']}")
    add(entry, "title", entry_title(row["title"], row["body"]))
    add(entry, "published", _published(row))
    add(entry, "updated", _updated(row))
    for name in row["authors"] or [source]:
        add(add(entry, "author"), "name", name)
    _add_links(entry, row)
    add(entry, "category", scheme="urn:kazpress:source", term=row["source"], label=source)
    for name, values in (("section", [row["section"]]), ("tag", row["tags"])):
        for value in filter(None, values):
            add(entry, "category", scheme=f"urn:kazpress:{name}", term=value)
    if row["lead"]:
        add(entry, "summary", row["lead"])
    add(entry, "content", _as_html(row["body"]), type="html")


def _add_links(entry: etree._Element, row: Row) -> None:
    """To the page; to the translations, to the copies, and to the text that this one is a copy of.
    A translation is no `alternate`, for some readers take the last of these for the page.
    """
    add_page(entry, row["url"], row["language"])
    for one in row["translations"]:
        if one["url"]:
            add(entry, "link", rel="related", hreflang=one["language"], href=one["url"])
    for one in row.get("copies", ()):  # of a story alone
        if one["url"]:
            rel = "via" if one["relation"] == "canonical" else "related"
            add(entry, "link", rel=rel, hreflang=row["language"], href=one["url"],
                 title=one["title"] or one["source"])  # fmt: skip


def _as_html(body: str) -> str:
    return "\n".join(f"<p>{escape(one, quote=False)}</p>" for one in body.split("\n\n"))
