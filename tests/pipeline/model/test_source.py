"""Facts that contradict each other are refused where they are written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.source import DayArchive, Feeds, Finding, Numbers
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (DayArchive(paths=("/days/{date}/",), forms=("%Y-%m-%d",)), "DayArchive"),
        (Numbers(paths=("/story/{number}",), known=()), "Numbers"),
    ],
)
def test_a_second_archive_or_second_numbers_are_refused(one: Finding, name: str) -> None:
    source = replace(SENATE, finding=(one,))
    with pytest.raises(ValueError, match=f"senate: `finding` has two {name}; put all paths"):
        replace(source, finding=(one, *KAZPRAVDA.finding, one))


def test_feeds_in_two_places_are_all_right() -> None:
    feeds = (Feeds(paths=("/rss",)), Feeds(paths=("/atom",)))
    assert replace(SENATE, finding=feeds).finding == feeds
