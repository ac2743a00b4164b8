"""The newest edits as an Atom feed: an entry a revision, with what was edited in its text."""

from collections.abc import Iterable, Iterator
from typing import IO

from lxml import etree

from pipeline.clock import almaty_minute, moment
from pipeline.edits.word_diff import word_diff
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
from pipeline.history.diff_html import html_edits, html_paragraphs, html_pieces
from pipeline.history.diff_paragraphs import changed_part, diff_paragraphs
from pipeline.history.edit_words import kinds_of
from pipeline.history.edited_revisions import EditedRevision
from pipeline.history.readable_diff import readable_diff


def write_edits_feed(revisions: Iterable[EditedRevision], out: IO[bytes], feed: Feed) -> int:
    """Write revisions as a feed, in their order, the newest first; how many. All are held in
    memory.
    """
    kept = list(revisions)
    root = new_feed(feed, kept[0].after.first_seen if kept else EMPTY_SINCE)
    for one in kept:
        _add_entry(root, one, feed)
    write_feed(root, out)
    return len(kept)


def _add_entry(root: etree._Element, one: EditedRevision, feed: Feed) -> None:
    after, reading = one.after, one.after.reading
    entry = new_entry(root, reading.language)
    source = feed.sources.get(one.source, one.source)
    add(entry, "id", f"urn:kazpress:item:{one.item}:revision:{after.revision}")
    add(entry, "title", f"{entry_title(reading.title, reading.body)}: {kinds_of(after.edits)}")
    add(entry, "published", after.first_seen)
    add(entry, "updated", after.first_seen)
    add(add(entry, "author"), "name", source)
    add_page(entry, one.url, reading.language)
    add(entry, "category", scheme="urn:kazpress:source", term=one.source, label=source)
    for kind in dict.fromkeys(edit.kind for edit in after.edits):
        add(entry, "category", scheme="urn:kazpress:edit", term=kind)
    add(entry, "content", "\n".join(_content(one)), type="html")


def _content(one: EditedRevision) -> Iterator[str]:
    """The edits by kind, then the changed parts of the text."""
    before, after = one.before.reading, one.after.reading
    times = (almaty_minute(moment(at)) for at in (one.before.last_seen, one.after.first_seen))
    yield f'<p lang="en">Edited between {" and ".join(times)} (Almaty).</p>'
    yield html_edits(one.after.edits)
    if before.title != after.title:
        title = readable_diff(word_diff(before.title or "", after.title or ""))
        yield f"<p><strong>{html_pieces(title)}</strong></p>"
    body = diff_paragraphs(readable_diff(word_diff(before.body, after.body)))
    if any(paragraph.is_changed for paragraph in body):
        yield html_paragraphs(changed_part(body))
