"""Records as an Atom feed (RFC 4287): the newest of them, newest first, with their whole texts.

An entry is known by its story, whose id stays when another item becomes its canonical one; so a
reader of the feed shows a changed entry in the place of the old one, and not as news.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from textwrap import shorten
from typing import IO, Any
from urllib.parse import quote

from lxml import etree
from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.clock import ALMATY
from pipeline.export.columns import Table
from pipeline.export.selection import Selection
from pipeline.normalize.characters import for_xml
from pipeline.store.rows import Row

NEWEST = 100
"""So many entries a feed has; many readers keep no more, and all ask for the whole file each time.
"""
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_EMPTY_SINCE = "2000-01-01T00:00:00Z"
"""When a feed without entries was updated: the element has to be there, and no clock is asked."""
_TITLE_CHARACTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself."""

    id: str
    """The same for the same choice of sources, languages, sections and words, whatever the days."""
    title: str
    sources: Mapping[str, str]
    """The sources' titles by their names."""


def feed_of(db: Database, selection: Selection) -> Feed:
    """What the feed of a selection says of itself."""
    titles = dict(db.conn.execute("SELECT name, title FROM sources ORDER BY rank, name").fetchall())
    shown = [title for name, title in titles.items() if name in (selection.source or titles)]
    narrowed = (*selection.like, *selection.section, *selection.language)
    return Feed(
        id=":".join(_feed_id_parts(selection)),
        title=", ".join(shown) + (f" ({', '.join(narrowed)})" if narrowed else ""),
        sources=titles,
    )


def _feed_id_parts(selection: Selection) -> Iterator[str]:
    yield "urn:kazpress:feed"
    yield "items" if selection.every_item else "stories"
    for name in ("source", "language", "section", "like"):
        values = sorted({quote(one.casefold(), safe="") for one in getattr(selection, name)})
        if values:
            yield f"{name}={','.join(values)}"


def write_atom(table: Table, out: IO[bytes], feed: Feed) -> int:
    """Write records as a feed, the newest first; how many. They must have all fields, and are all
    held in memory. Raises StoreError for a time that is none.
    """
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, record, strict=True)) for record in table.records]
    rows.sort(key=_newness, reverse=True)
    updated = max(map(_updated, rows), key=datetime.fromisoformat, default=_EMPTY_SINCE)
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add_head(root, feed, updated)
    for row in rows:
        _add_entry(root, row, feed)
    out.write(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
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


def _add_head(root: etree._Element, feed: Feed, updated: str) -> None:
    _add(root, "id", feed.id)
    _add(root, "title", feed.title).set(_LANGUAGE, "en")
    _add(root, "updated", updated)
    _add(root, "generator", "kazpress")


def _add_entry(root: etree._Element, row: Row, feed: Feed) -> None:
    entry = _add(root, "entry")
    entry.set(_LANGUAGE, row["language"])
    kind = "story" if "copies" in row else "item"
    source = feed.sources.get(row["source"], row["source"])
    _add(entry, "id", f"urn:kazpress:{kind}:{row['story' if kind == 'story' else 'id']}")
    _add(entry, "title", row["title"] or _first_words(row["body"]))
    _add(entry, "published", _published(row))
    _add(entry, "updated", _updated(row))
    for name in row["authors"] or [source]:
        _add(_add(entry, "author"), "name", name)
    _add_links(entry, row)
    _add(entry, "category", scheme="urn:kazpress:source", term=row["source"], label=source)
    for name, values in (("section", [row["section"]]), ("tag", row["tags"])):
        for value in filter(None, values):
            _add(entry, "category", scheme=f"urn:kazpress:{name}", term=value)
    if row["lead"]:
        _add(entry, "summary", row["lead"])
    _add(entry, "content", _as_html(row["body"]), type="html")


def _add_links(entry: etree._Element, row: Row) -> None:
    """To the page; to the translations, to the copies, and to the text that this one is a copy of.
    A translation is no `alternate`, for some readers take the last of these for the page.
    """
    if row["url"]:
        _add(entry, "link", rel="alternate", type="text/html", hreflang=row["language"],
             href=row["url"])  # fmt: skip
    for one in row["translations"]:
        if one["url"]:
            _add(entry, "link", rel="related", hreflang=one["language"], href=one["url"])
    for one in row.get("copies", ()):  # of a story alone
        if one["url"]:
            rel = "via" if one["relation"] == "canonical" else "related"
            _add(entry, "link", rel=rel, hreflang=row["language"], href=one["url"],
                 title=one["title"] or one["source"])  # fmt: skip


def _add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: Any
) -> etree._Element:
    cleaned = {key: for_xml(value) for key, value in attributes.items()}
    one = etree.SubElement(parent, f"{{{_ATOM}}}{name}", cleaned)
    one.text = None if text is None else for_xml(text)
    return one


def _first_words(text: str) -> str:
    """A title for what has none."""
    return shorten(text, _TITLE_CHARACTERS, placeholder="…")


def _as_html(body: str) -> str:
    return "\n".join(f"<p>{escape(one, quote=False)}</p>" for one in body.split("\n\n"))
