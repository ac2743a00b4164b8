"""What all feeds are made of: elements of Atom (RFC 4287), and what a feed says of itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import IO, Any
from urllib.parse import quote

from lxml import etree
from sqlite_utils import Database

from pipeline.export.selection import Selection
from pipeline.normalize.characters import for_xml

NEWEST = 100
"""So many entries a feed has; many readers keep no more, and all ask for the whole file each time.
"""
EMPTY_SINCE = "2000-01-01T00:00:00Z"
"""When a feed without entries was updated: the element has to be there, and no clock is asked."""
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TITLE_CHARACTERS = 80
_NARROWED_BY = ("source", "language", "section", "like")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself."""

    id: str
    """The same for the same choice of sources, languages, sections and words, whatever the days."""
    title: str
    sources: Mapping[str, str]
    """The sources' titles by their names."""


def feed_of(db: Database, selection: Selection, *, what: str, kinds: Sequence[str] = ()) -> Feed:
    """What the feed of a selection says of itself: `what` its entries are, of which kinds."""
    titles = dict(db.conn.execute("SELECT name, title FROM sources ORDER BY rank, name").fetchall())
    shown = [title for name, title in titles.items() if name in (selection.source or titles)]
    narrowed = (*kinds, *selection.like, *selection.section, *selection.language)
    title = ", ".join(shown) + (f" ({', '.join(narrowed)})" if narrowed else "")
    return Feed(
        id=":".join(_id_parts(selection, what, kinds)),
        title=f"Edits: {title}" if what == "edits" else title,
        sources=titles,
    )


def _id_parts(selection: Selection, what: str, kinds: Sequence[str]) -> Iterator[str]:
    yield "urn:kazpress:feed"
    yield what
    chosen = {"kind": kinds} | {name: getattr(selection, name) for name in _NARROWED_BY}
    for name, wanted in chosen.items():
        values = sorted({quote(one.casefold(), safe="") for one in wanted})
        if values:
            yield f"{name}={','.join(values)}"


def new_feed(feed: Feed, updated: str) -> etree._Element:
    """A feed without entries."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    add(root, "id", feed.id)
    add(root, "title", feed.title).set(_LANGUAGE, "en")
    add(root, "updated", updated)
    add(root, "generator", "kazpress")
    return root


def new_entry(root: etree._Element, language: str) -> etree._Element:
    """A further entry of a feed, in the language of what it tells."""
    entry = add(root, "entry")
    entry.set(_LANGUAGE, language)
    return entry


def add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: Any
) -> etree._Element:
    """A further element of another one; what XML can't hold is U+FFFD in it."""
    cleaned = {key: for_xml(value) for key, value in attributes.items()}
    one = etree.SubElement(parent, f"{{{_ATOM}}}{name}", cleaned)
    one.text = None if text is None else for_xml(text)
    return one


def add_page(entry: etree._Element, url: str | None, language: str) -> None:
    """The link to the page that an entry is about, where it has one."""
    if url:
        add(entry, "link", rel="alternate", type="text/html", hreflang=language, href=url)


def entry_title(title: str | None, body: str) -> str:
    """A title, for what has none too."""
    return title or shorten(body, _TITLE_CHARACTERS, placeholder="…")


def write_feed(root: etree._Element, out: IO[bytes]) -> None:
    """Write a feed that is whole."""
    out.write(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
