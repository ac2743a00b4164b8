"""A newspaper over simulated weeks: articles are edited, vanish, come back and move, and its
history is exact; exact again by `reparse`, by its captures in random order, and where crawls are
killed.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pipeline.archive.files import archive_files, stored_captures
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.source import Site
from pipeline.normalize.addresses import address_id
from pipeline.reading.classify import classify
from pipeline.store.database import open_for_writing
from spiders.kazpravda import KAZPRAVDA
from spiders.sources import SOURCES
from tests.crawls.at import POINTS, run_at
from tests.sites.content import articles
from tests.sites.expected import Expected
from tests.sites.replica import Replica
from tests.workspace import Workspace

BEGAN = datetime(2026, 3, 10, 11, tzinfo=timezone(timedelta(hours=5)))
CRAWLS = (0, 3, 6, 31, 80, 170, 721)
"""At these hours every article that is there is due."""
LAST = CRAWLS[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """What befalls which articles."""

    edited: Sequence[Sequence[Expected]]
    """Before the second, the third and the fifth crawl."""
    vanishing: Sequence[Expected]
    """Before the third crawl."""
    returning: Sequence[Expected]
    """Those of them that come back before the fifth."""
    moving: Sequence[Expected]
    """To another address, before the third."""
    plain: Sequence[Expected]


def new_site(count: int) -> Replica:
    """So many articles, published ten minutes before the first crawl."""
    site = Replica("kazpravda", seed=3, count=0)
    for article in articles(3, count, site="kazpravda"):
        site.add(replace(article, published=BEGAN - timedelta(minutes=10)))
    return site


def drawn(site: Replica, each: int, vanishing: int, moving: int) -> Groups:
    ones = list(site.articles)
    Random(1).shuffle(ones)
    edited = [[ones.pop() for _ in range(each)] for _ in range(3)]
    gone = [ones.pop() for _ in range(vanishing)]
    return Groups(
        edited=edited, vanishing=gone, returning=gone[: vanishing // 2],
        moving=[ones.pop() for _ in range(moving)], plain=ones,
    )  # fmt: skip


def crawl(workspace: Workspace, hours: float, kill: str = "-") -> dict[str, Any]:
    moment = BEGAN + timedelta(hours=hours)
    ran = run_at(workspace, moment, "crawl", "--json", kill=kill)
    if kill != "-":
        assert ran.status == -9, (ran.status, ran.stderr)
        return {}
    assert ran.status in {0, 3}, ran.stderr
    assert "Traceback" not in ran.stderr
    return ran.summaries["kazpravda"]


def move(site: Replica, one: Expected) -> Expected:
    """Another address for an article; the old one redirects there."""
    article = site.article(one)
    site.remove(one)
    new = site.add(replace(article, number=article.number + 1000, slug=f"{article.slug}-new"))
    site.redirect(one.path, new.path)
    return new


def live(site: Replica, workspace: Workspace, groups: Groups) -> dict[str, Expected]:
    """Let it all happen; the new addresses of the articles that moved, by the old ones."""
    for one in groups.edited[0]:
        site.change(one)
    crawl(workspace, CRAWLS[1])
    for one in groups.edited[1]:
        site.change(one)
    for one in groups.vanishing:
        site.remove(one, status=410 if one.number % 2 else 404)
    moved = {one.url: move(site, one) for one in groups.moving}
    crawl(workspace, CRAWLS[2])
    assert crawl(workspace, CRAWLS[3])["gone"] == len(groups.vanishing)
    for one in groups.returning:
        site.restore(one)
    for one in groups.edited[2]:
        site.change(one)
    crawl(workspace, CRAWLS[4])
    for hours in CRAWLS[5:]:
        summary = crawl(workspace, hours)
        assert (summary["new"], summary["updated"], summary["gone"]) == (0, 0, 0)
    return moved


def check_history(workspace: Workspace, groups: Groups, moved: dict[str, Expected]) -> None:
    items = workspace.items()
    seen = {one.url: [(0, LAST)] for one in (*groups.plain, *groups.returning)}
    for edited, before, after in zip(groups.edited, (0, 3, 31), (3, 6, 80), strict=True):
        seen |= {one.url: [(0, before), (after, LAST)] for one in edited}
    seen |= {one.url: [(0, LAST)] for one in moved.values()}
    gone = {one.url for one in groups.vanishing} - {one.url for one in groups.returning}
    seen |= {url: [(0, 3)] for url in gone}
    assert set(items) == set(seen)
    assert {url: _revisions(workspace, items[url]["id"]) for url in seen} == seen
    assert {url for url, one in items.items() if one["gone"]} == gone
    assert {_hours(items[url]["gone"]) for url in gone} == {6}
    for old, new in moved.items():
        assert items[new.url]["id"] == address_id(old)


def _revisions(workspace: Workspace, item: str) -> list[tuple[int, int]]:
    rows = workspace.rows(
        "SELECT first_seen, last_seen FROM revisions WHERE item = ? ORDER BY revision", item
    )
    return [(_hours(first), _hours(last)) for first, last in rows]


def _hours(stamp: str) -> int:
    return int((datetime.fromisoformat(stamp) - BEGAN) / timedelta(hours=1))


def in_random_order(workspace: Workspace, path: Path, seed: int) -> None:
    """A new database, into which the captures of the archive come in another order."""
    site, random = Site(KAZPRAVDA, KAZPRAVDA.base_url), Random(seed)
    captures = [
        classify(capture, payload, site)
        for file in archive_files(workspace.archive, "kazpravda", "articles")
        for capture, payload, _ in stored_captures(workspace.archive, site, file)
    ]
    random.shuffle(captures)
    db = open_for_writing(path, SOURCES.values())
    while captures:
        size = random.randint(1, 40)
        ingest(db, KAZPRAVDA, Batch(examined=captures[:size]), now=BEGAN + timedelta(days=60))
        del captures[:size]
    db.close()


@pytest.mark.parametrize(
    ("count", "each", "vanishing", "moving"),
    [(24, 2, 4, 2), pytest.param(200, 10, 10, 5, marks=pytest.mark.soak)],
)
def test_the_history_of_a_site_is_exact_and_the_same_in_any_order(
    workspace: Workspace, count: int, each: int, vanishing: int, moving: int
) -> None:
    with new_site(count) as site:
        workspace.point_at(site)
        assert crawl(workspace, 0)["new"] == count
        groups = drawn(site, each, vanishing, moving)
        moved = live(site, workspace, groups)
    check_history(workspace, groups, moved)
    export = workspace.export()
    assert workspace.run("reparse").status == 0
    assert workspace.run("reparse", "--db", "empty.db").status == 0
    in_random_order(workspace, workspace.path / "shuffled.db", seed=count)
    for name in ("kazpress.db", "empty.db", "shuffled.db"):
        assert workspace.export("--db", name) == export


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(one, marks=() if one in {"after the archive", "items derived"} else soak)
        for soak in [pytest.mark.soak]
        for one in POINTS
    ],
)
def test_a_crawl_that_is_killed_while_it_looks_again_loses_nothing(
    workspace: Workspace, point: str
) -> None:
    with new_site(6) as site:
        workspace.point_at(site)
        crawl(workspace, 0)
        edited = site.articles[:3]
        for one in edited:
            site.change(one)
        times = 3 if "archive" in point else 1
        crawl(workspace, 1, kill=f"{point} {times}")
        crawl(workspace, 1.2)
    check_after_kill(workspace, edited)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_a_crawl_that_is_killed_at_any_moment_loses_nothing(
    workspace: Workspace, seed: int
) -> None:
    random = Random(seed)
    with new_site(6) as site:
        workspace.point_at(site)
        crawl(workspace, 0)
        edited = site.articles[:3]
        for one in edited:
            site.change(one)
        ran = run_at(
            workspace, BEGAN + timedelta(hours=1), "crawl",
            kill=f"{random.choice(list(POINTS))} {random.randint(1, 8)}",
        )  # fmt: skip
        assert ran.status in {-9, 0, 3}, ran.stderr
        crawl(workspace, 1.2)
    check_after_kill(workspace, edited)


def check_after_kill(workspace: Workspace, edited: Sequence[Expected]) -> None:
    items = workspace.items()
    assert len(items) == 6
    numbers = {url: one["revision"] for url, one in items.items()}
    assert numbers == dict.fromkeys(items, 1) | {one.url: 2 for one in edited}
    for file in workspace.archive_files():
        gzip.decompress(file.read_bytes())
    export = workspace.export()
    assert workspace.run("reparse", "--db", "empty.db").status == 0
    assert workspace.export("--db", "empty.db") == export
