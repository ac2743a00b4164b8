"""feedparser reads the feed."""

from pathlib import Path

import feedparser

from tests.interop.records import records


def test_the_feed_is_read_without_a_complaint_and_has_every_story(exports: Path) -> None:
    feed = feedparser.parse(str(exports / "stories.atom"))
    assert (feed.bozo, feed.version) == (False, "atom10")
    told = {one["url"]: one["title"] for one in records(exports)}
    assert {entry.link: entry.title for entry in feed.entries} == told
    assert len({entry.id for entry in feed.entries}) == len(told)
