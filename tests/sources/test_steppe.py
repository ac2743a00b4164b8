"""A source is one file of facts: an invented third one goes the whole way by the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders.sources import SOURCES
from tests.pages.recorded import RecordedPage, recorded_pages
from tests.sources.site import ARTICLES, FOLDER, RECORDED, Outlet, outlet
from tests.sources.steppe import STEPPE
from tests.sources.workspace import MendedWorkspace, SteppeWorkspace

PUBLIC = {f"{STEPPE.base_url}{path}" for path in ARTICLES}


@pytest.fixture
def site() -> Iterator[Outlet]:
    with outlet() as running:
        yield running


@pytest.fixture
def steppe(tmp_path: Path, site: Outlet) -> SteppeWorkspace:
    """A workspace that crawls the outlet."""
    workspace = SteppeWorkspace(tmp_path)
    workspace.point_at_outlet(site.url)
    return workspace


@pytest.mark.parametrize("page", RECORDED, ids=lambda page: page.name)
def test_each_recorded_page_of_it_is_read_as_expected(page: RecordedPage) -> None:
    got, want = page.read(), page.expected()
    for name in sorted({*got, *want}):
        assert got.get(name) == want.get(name), name
    assert (got["layout"], got["language"]) == (page.layout, page.language)


def test_its_facts_are_some_thirty_lines() -> None:
    text = Path(__file__).with_name("steppe.py").read_text(encoding="utf-8")
    facts = text.partition("STEPPE = Source(\n")[2].partition("\n)")[0]
    assert 15 <= len(facts.splitlines()) <= 30


def test_it_is_no_source_of_ours() -> None:
    assert STEPPE.name not in SOURCES
    assert STEPPE.host.endswith(".example")


def test_it_is_crawled_exported_and_read_again_with_the_same_bytes(
    steppe: SteppeWorkspace,
) -> None:
    assert steppe.crawl("steppe", "--limit", 2)["steppe"]["new"] == 2
    again = steppe.crawl("steppe", "--since", "2026-01-01")["steppe"]
    assert (again["outcome"], again["new"]) == ("done", len(ARTICLES) - 2)
    unchanged = steppe.crawl("steppe")["steppe"]
    assert (unchanged["new"], unchanged["failed"]) == (0, 0)

    items = steppe.items("--source", "steppe")
    assert items.keys() == PUBLIC
    assert {one["reading"] for one in items.values()} == {"layout"}
    twin = f"{STEPPE.base_url}/en/story/2026/beekeepers-school-opens-in-bayanaul/"
    assert [one["language"] for one in items[twin]["translations"]] == ["ru"]

    read_again = steppe.run("reparse", "--db", "again.db", "--archive", "archive")
    assert read_again.status == 0, read_again.stderr
    for options in ((), ("--all",)):
        exports = [
            steppe.run("export", *options, "--db", db).stdout for db in ("kazpress.db", "again.db")
        ]
        assert exports[0] == exports[1] != ""


def test_each_way_of_finding_that_its_facts_list_finds_what_no_other_does(
    steppe: SteppeWorkspace,
) -> None:
    steppe.crawl("steppe", "--since", "2026-01-01")
    ways = dict(steppe.rows("SELECT url, found_by FROM addresses"))
    assert ways.keys() == PUBLIC
    assert ways[f"{STEPPE.base_url}{ARTICLES[-1]}"] == "sitemap"
    assert set(ways.values()) == {"listing", "sitemap"}
    pages = steppe.rows("SELECT target FROM captures WHERE target LIKE '%?page=2'")
    assert pages == [(f"{STEPPE.base_url}/topic/village/?page=2",)]


def test_its_pages_are_saved_as_the_recorded_pages_that_the_tests_read(
    steppe: SteppeWorkspace,
) -> None:
    ran = steppe.run("check", "steppe", "--save", "saved")
    assert ran.status == 0, ran.stdout + ran.stderr
    assert "steppe: healthy" in ran.stdout
    saved = {one.url: one for one in recorded_pages(steppe.path / "saved", STEPPE)}
    for page in RECORDED:
        assert saved[page.url].expected() == page.expected()
        assert saved[page.url].folder.name.startswith(f"{page.layout}-{page.language}-")
    assert all(one.read() == one.expected() for one in saved.values())


def test_a_selector_that_is_no_longer_right_loses_no_article_and_is_said(
    steppe: SteppeWorkspace, site: Outlet
) -> None:
    site.change_design()
    crawled = steppe.crawl("steppe", status=3)["steppe"]
    assert (crawled["outcome"], crawled["failed"]) == ("done", 0)
    items = steppe.items()
    assert {one["reading"] for one in items.values()} == {"generic"}
    for page in RECORDED:
        for name in ("title", "published"):
            assert items[page.url][name] == page.expected()[name]
    assert any("read by the source's own layout" in line for line in needs_look(steppe))


@pytest.mark.soak
def test_with_the_fact_mended_what_was_captured_is_read_again_without_the_site(
    steppe: SteppeWorkspace, site: Outlet
) -> None:
    site.change_design()
    steppe.crawl("steppe", status=3)
    assert any("read by the source's own layout" in line for line in needs_look(steppe))
    site.pages.clear()
    mended = MendedWorkspace(steppe.path)
    assert mended.run("reparse").status == 0
    assert needs_look(mended) == [], "the old warning is gone without another crawl"
    items = mended.items()
    assert {one["reading"] for one in items.values()} == {"layout"}
    for page in RECORDED:
        expected = page.expected()
        assert items[page.url]["body"].split("\n\n") == expected["body"]
        assert items[page.url]["authors"] == expected.get("authors", [])


@pytest.mark.soak
def test_a_grammar_of_addresses_that_is_no_longer_right_is_said(
    steppe: SteppeWorkspace, site: Outlet
) -> None:
    for path, page in site.pages.items():
        site.pages[path] = page.replace("/story/", "/piece/")
    steppe.crawl("steppe", status=3)
    assert any("no listing links to any article" in line for line in needs_look(steppe))
    checked = steppe.run("check", "steppe")
    assert checked.status == 1
    assert "edit the addresses in spiders/steppe.py" in checked.stdout


@pytest.mark.soak
def test_a_sure_listing_that_is_missing_is_said(steppe: SteppeWorkspace, site: Outlet) -> None:
    del site.pages["/en/"]
    steppe.crawl("steppe", status=3)
    assert any("https://steppe.example/en/" in line for line in needs_look(steppe))


def needs_look(workspace: SteppeWorkspace) -> list[str]:
    """What `kazpress status` says of the source."""
    said = json.loads(workspace.run("status", "--json").stdout)
    return next(list(one["needs_look"]) for one in said if one["source"] == STEPPE.name)


def test_its_folder_holds_pages_of_this_source_alone() -> None:
    assert [folder.name for folder in FOLDER.iterdir()] == [STEPPE.name]
    assert {page.layout for page in RECORDED} == {layout.name for layout in STEPPE.layouts}
