"""`crawl --since`: all of its days is found, once, and nothing else is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from tests.sites.content import SiteName
from tests.sites.replica import Replica
from tests.sites.thin import Thin
from tests.sites.ways import Way, Ways
from tests.workspace import Workspace

_WEEK = Thin(
    since=date(2021, 1, 4), until=date(2021, 1, 10), shared_numbers=True, first_number=4060
)
_SPAN = ("--since", "2021-01-04", "--until", "2021-01-10")
_EVERYTHING = re.compile("")
_ARCHIVE = re.compile("^/archive/")
_WAYS: dict[SiteName, Ways] = {
    "kazpravda": Ways(
        pagination="query", archive_date="dotted", archive_languages="mixed", feed="atom",
        sitemap_languages="all", dirty_links=True,
    ),
    "senate": Ways(unlinked=5),
}  # fmt: skip


@pytest.fixture(scope="module")
def paper_running() -> Iterator[Replica]:
    with Replica("kazpravda", seed=5, count=42, thin=_WEEK, ways=_WAYS["kazpravda"]) as site:
        yield site


@pytest.fixture(scope="module")
def house_running() -> Iterator[Replica]:
    with Replica("senate", seed=5, count=45, thin=_WEEK, ways=_WAYS["senate"]) as site:
        yield site


@pytest.fixture
def paper(paper_running: Replica, workspace: Workspace) -> Replica:
    """Kazpravda with six articles a day, and a workspace that points at it."""
    return _fresh(paper_running, workspace)


@pytest.fixture
def house(house_running: Replica, workspace: Workspace) -> Replica:
    """The Senate with some releases in no list, and a workspace that points at it."""
    return _fresh(house_running, workspace)


def _fresh(site: Replica, workspace: Workspace) -> Replica:
    site.reset()
    workspace.point_at(site)
    return site


def _stored(workspace: Workspace) -> set[str]:
    return {row[0] for row in workspace.rows("SELECT url FROM addresses WHERE item IS NOT NULL")}


def _all(site: Replica) -> set[str]:
    return {one.url for one in site.paths()}


def _asked_again(site: Replica) -> list[str]:
    asked = Counter(one.path for one in site.requests() if one.path != "/robots.txt")
    return [path for path, count in asked.items() if count > 1]


def _kill(workspace: Workspace, site: Replica, *, count: int) -> None:
    """Backfill, and kill -9 while the `count`-th page is asked."""
    process = workspace.start("crawl", *_SPAN)
    try:
        site.wait_for(_EVERYTHING, count=count)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.soak
@pytest.mark.parametrize("closed", ["listing", "front", "archive", "sitemap", "feed"])
def test_what_one_way_misses_another_finds(
    workspace: Workspace, paper: Replica, closed: Way
) -> None:
    paper.without(closed)
    workspace.run("crawl", *_SPAN)
    assert _stored(workspace) == _all(paper)
    assert _asked_again(paper) == []
    captured = workspace.rows("SELECT url FROM captures WHERE outcome = 'reading'")
    assert len(captured) == len(set(captured)) == len(paper.paths())
    ways = {row[0] for row in workspace.rows("SELECT way FROM ways WHERE found_at IS NOT NULL")}
    assert ways == {"listing", "archive", "sitemap"} - {closed} | {"listing"}


@pytest.mark.soak
def test_numbers_find_what_no_list_names(workspace: Workspace, house: Replica) -> None:
    house.without("listing", "front")
    house.answer("/", status=200, body="<html><body>Сенат</body></html>")
    ran = workspace.run("crawl", "--json", *_SPAN)
    assert ran.status == 3, ran.stderr
    assert _stored(workspace) == _all(house)
    assert _asked_again(house) == []
    absent = {row[0] for row in workspace.rows("SELECT url FROM addresses WHERE state = 'absent'")}
    summary = ran.summaries["senate"]
    assert (summary["failed"], summary["absent"]) == (0, len(absent))
    assert len(absent) > 100
    assert absent.isdisjoint(row[0] for row in workspace.rows("SELECT url FROM failures"))
    assert workspace.rows("SELECT DISTINCT ways FROM addresses") == [("number",)]


@pytest.mark.soak
def test_a_plain_crawl_counts_no_numbers(workspace: Workspace, house: Replica) -> None:
    workspace.crawl()
    hidden = {one.url for one in house.paths() if house.unlinked(one)}
    assert _stored(workspace) == _all(house) - hidden
    assert workspace.rows("SELECT 1 FROM addresses WHERE found_by = 'number'") == []


def test_a_killed_backfill_goes_on_where_it_was_past_a_plain_crawl(
    workspace: Workspace, paper: Replica
) -> None:
    _kill(workspace, paper, count=30)
    asked = {one.path for one in paper.requests()}
    (left,) = workspace.rows("SELECT count(*) FROM addresses WHERE state = 'found'")
    assert left[0] > 5
    paper.forget_requests()
    paper.without("listing", "front", "sitemap", "feed")
    ran = workspace.run("crawl")
    assert "Traceback" not in ran.stderr
    assert not paper.requests(re.compile("/n/"))
    paper.without()
    paper.forget_requests()
    _kill(workspace, paper, count=15)
    workspace.crawl(*_SPAN)
    assert _stored(workspace) == _all(paper)
    again = asked & {one.path for one in paper.requests()} - {"/robots.txt"}
    assert len(again) + len(_asked_again(paper)) <= 2, (again, _asked_again(paper))
    assert workspace.rows("SELECT finished IS NOT NULL FROM backfills") == [(1,)]
    assert workspace.count("proven_days") > 0


@pytest.mark.soak
def test_killed_while_it_counts_it_asks_no_number_twice(
    workspace: Workspace, house: Replica
) -> None:
    for count in (40, 90):
        _kill(workspace, house, count=count)
    workspace.crawl(*_SPAN)
    assert _stored(workspace) == _all(house)
    assert len(_asked_again(house)) <= 2


def test_it_asks_for_articles_of_its_days_alone(workspace: Workspace, paper: Replica) -> None:
    workspace.crawl("--since", "2021-01-06", "--until", "2021-01-07")
    days = {one["published"][:10] for one in workspace.items().values()}
    assert days == {"2021-01-06", "2021-01-07"}
    assert len(paper.requests(re.compile("/n/"))) == workspace.count("items")
    dates = {one.path.partition("date=")[2] for one in paper.requests(_ARCHIVE)}
    assert dates - {""} <= {"2021-01-06", "2021-01-07", "06.01.2021", "07.01.2021"}
    workspace.crawl()
    assert _stored(workspace) == _all(paper)


@pytest.mark.soak
def test_without_an_archive_it_asks_for_what_was_changed_before_and_later_too(
    workspace: Workspace, paper: Replica
) -> None:
    paper.without("archive", "listing", "front", "feed")
    paper.answer("/", status=200, body="<html><body>x</body></html>")
    workspace.run("crawl", "--since", "2021-01-06", "--until", "2021-01-07")
    assert _stored(workspace) == _all(paper)
    asked = [one.path for one in paper.requests(re.compile("/n/"))]
    first = next(place for place, path in enumerate(asked) if path in _before(paper, "2021-01-06"))
    assert set(asked[first:]) == _before(paper, "2021-01-06"), "they come last"


def _before(site: Replica, day: str) -> set[str]:
    return {one.path for one in site.articles if one.published[:10] < day}


@pytest.mark.soak
def test_days_that_are_proven_are_not_asked_again(workspace: Workspace, paper: Replica) -> None:
    broken = paper.paths()[20]
    rule = paper.answer(broken.path, status=500)
    workspace.run("crawl", *_SPAN)
    proven = {row[0] for row in workspace.rows("SELECT day FROM proven_days")}
    day = workspace.rows("SELECT latest_day FROM addresses WHERE url = ?", broken.url)[0][0]
    assert proven == {f"2021-01-{number:02}" for number in range(4, 11)} - {day}
    paper.lift(rule)
    paper.forget_requests()
    workspace.crawl(*_SPAN)
    assert [one.path for one in paper.requests(_ARCHIVE)] == [
        f"/archive/?date={day[8:]}.{day[5:7]}.{day[:4]}"
    ]
    assert _stored(workspace) == _all(paper)
    paper.forget_requests()
    workspace.crawl(*_SPAN)
    assert not paper.requests(_ARCHIVE)
    assert not paper.requests(re.compile("/n/"))


@pytest.mark.soak
@pytest.mark.parametrize("name", ["paper", "house"])
def test_what_was_captured_can_be_replayed_as_a_backfill(
    workspace: Workspace, name: str, request: pytest.FixtureRequest
) -> None:
    site: Replica = request.getfixturevalue(name)
    workspace.crawl(*_SPAN)
    again = workspace.beside("again")
    again.point_at(site)
    site.forget_requests()
    files = [part for file in workspace.archive_files() for part in ("--replay", file)]
    ran = again.run("crawl", site.site, *_SPAN, *files)
    assert ran.status == 0, ran.stderr
    assert not site.requests()
    assert _stored(again) == _all(site)
    assert again.export() == workspace.export()
    absent = "SELECT url, state FROM addresses WHERE item IS NULL ORDER BY url"
    assert again.rows(absent) == workspace.rows(absent)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--since", "2021-01-10", "--until", "2021-01-04"], "is later than --until 2021-01-04"),
        (["--since", "2021-02-30"], "is no day"),
    ],
)
def test_days_that_are_none_are_wrong_usage(
    workspace: Workspace, options: list[str], said: str
) -> None:
    ran = workspace.run("crawl", *options)
    assert ran.status == 2
    assert said in ran.stderr
    assert not workspace.db.exists()
