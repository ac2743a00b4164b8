"""`kazpress crawl` against both replicas, from their pages to the export."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline.archive.warc_reader import records
from spiders.network.user_agent import VERSION
from tests.sites.replica import Replica
from tests.sites.requests import Request
from tests.workspace import Ran, Workspace

_FIELDS = ("title", "lead", "body", "published", "published_precision", "language", "url", "tags")
_KEYS = (
    "source", "crawl", "outcome", "requests", "captured", "unchanged", "new", "updated", "gone",
    "failed", "absent", "seconds",
)  # fmt: skip
_LISTING = re.compile(r"^/(|kk/|en/|((kk|en)/)?r/.*|[a-z]{2}-[A-Z]{2}(/news(/index)?)?)$")


class Crawled:
    """Both sites, crawled once; the tests only look."""

    def __init__(self, workspace: Workspace, kazpravda: Replica, senate: Replica) -> None:
        self.workspace = workspace
        self.sites = (senate, kazpravda)
        workspace.point_at(*self.sites)
        self.first: Ran = workspace.run("crawl", "--json")
        self.requests: dict[str, tuple[Request, ...]] = {
            site.site: site.requests() for site in self.sites
        }


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    workspace = Workspace(tmp_path_factory.mktemp("crawled"))
    with (
        Replica("kazpravda", seed=5, count=8) as kazpravda,
        Replica("senate", seed=5, count=8) as senate,
    ):
        yield Crawled(workspace, kazpravda, senate)


def test_every_article_on_the_listings_comes_in_as_it_is(crawled: Crawled) -> None:
    assert crawled.first.status == 0, crawled.first.stderr
    items = crawled.workspace.items()
    expected = [one for site in crawled.sites for one in site.articles]
    assert set(items) == {one.url for one in expected}
    for one in expected:
        for name in _FIELDS:
            value = getattr(one, name)
            wanted = list(value) if isinstance(value, tuple) else value
            assert items[one.url][name] == wanted, (one.url, name)


def test_the_summary_tells_each_source(crawled: Crawled) -> None:
    assert [list(one) for one in crawled.first.json] == [list(_KEYS)] * 2
    for name, one in crawled.first.summaries.items():
        asked = len(crawled.requests[name])
        figures = {key: one[key] for key in ("outcome", "requests", "captured", "new", "failed")}
        assert figures == {
            "outcome": "done", "requests": asked, "captured": asked, "new": 8, "failed": 0,
        }  # fmt: skip


def test_every_answer_is_in_the_archive_exactly_once(crawled: Crawled) -> None:
    for site in crawled.sites:
        files = [one for one in crawled.workspace.archive_files() if one.name.startswith(site.site)]
        kept = Counter(
            (one.exchange.mirror, one.exchange.status) for file in files for one in records(file)
        )
        asked = Counter((site.url + one.path, one.status) for one in crawled.requests[site.site])
        assert kept == asked


def test_addresses_are_the_public_ones(crawled: Crawled) -> None:
    for file in crawled.workspace.archive_files():
        host = "kazpravda.kz" if "kazpravda" in file.name else "senate.parlam.kz"
        for record in records(file):
            assert record.exchange.target.startswith(f"https://{host}/")
    for table, column in (("addresses", "url"), ("captures", "url"), ("captures", "target")):
        rows = crawled.workspace.rows(f"SELECT {column} FROM {table}")
        assert rows
        assert not [url for (url,) in rows if "127.0.0.1" in url]


def test_other_tools_accept_the_archive(crawled: Crawled) -> None:
    files = crawled.workspace.archive_files()
    assert {tuple(one.name.split("-")[:2]) for one in files} == {
        (site.site, content) for site in crawled.sites for content in ("articles", "listings")
    }
    for file in files:
        gzip.decompress(file.read_bytes())
    checked = subprocess.run(
        [Path(sys.executable).with_name("warcio"), "check", *files],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout


def test_requests_say_who_asks_and_in_which_language(crawled: Crawled) -> None:
    languages = {"kk": "kk,ru;q=0.5", "en": "en,ru;q=0.5"}
    for site in crawled.sites:
        for one in crawled.requests[site.site]:
            agent = f"kazpress/{VERSION} (+mailto:test@example.org)"
            assert one.header("User-Agent") == agent
            first = one.path.split("/")[1][:2] if one.path != "/robots.txt" else ""
            assert one.header("Accept-Language") == languages.get(first, "ru")
            assert one.header("Accept-Encoding") == "gzip, deflate"
            assert one.header("Cookie") is None


def test_the_newest_articles_of_a_listing_are_asked_first(crawled: Crawled) -> None:
    for site in crawled.sites:
        paths = [one.path for one in crawled.requests[site.site]]
        listed = max(at for at, path in enumerate(paths) if _LISTING.match(path))
        assert listed < min(paths.index(one.path) for one in site.articles)
        russian = [one for one in site.articles if one.language == "ru"]
        asked = [paths.index(one.path) for one in reversed(russian)]
        assert asked == sorted(asked)


def test_reparse_into_an_empty_database_equals_live(crawled: Crawled) -> None:
    workspace = crawled.workspace
    ran = workspace.run("reparse", "--db", "again.db")
    assert ran.status == 0, ran.stderr
    assert workspace.export("--db", "again.db") == workspace.export()


def test_crawling_again_costs_the_listings_and_changes_nothing(
    crawled: Crawled, tmp_path: Path
) -> None:
    workspace = Workspace(shutil.copytree(crawled.workspace.path, tmp_path / "again"))
    before = workspace.export()
    for site in crawled.sites:
        site.forget_requests()
    workspace.stay_on_this_day()
    rows = workspace.rows("SELECT url FROM places WHERE articles = 0 AND found_on IS NOT NULL")
    empty = {urlsplit(url).path for (url,) in rows}
    again = workspace.crawl()
    assert workspace.export() == before
    assert [(one["new"], one["updated"], one["failed"]) for one in again.values()] == [
        (0, 0, 0)
    ] * 2
    for site in crawled.sites:
        first, second = crawled.requests[site.site], site.requests()
        listings = [one.path for one in first if _LISTING.match(one.path)]
        asked = [one.path for one in second]
        assert asked[0] == "/robots.txt"
        assert sorted(asked[1:]) == sorted(path for path in listings if path not in empty)
        answered = {one.path for one in first if one.status == 200}
        for one in second[1:]:
            asked_before = one.path in answered
            assert (one.header("If-None-Match") is not None) == asked_before
            assert one.status == 304 or not asked_before


def test_a_new_article_and_a_changed_one_come_in(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    workspace.crawl()
    (fresh,) = kazpravda.publish()
    changed = kazpravda.change(kazpravda.articles[0], title="Другой заголовок статьи")
    summary = workspace.crawl("--full")["kazpravda"]
    assert (summary["new"], summary["updated"], summary["unchanged"]) == (1, 1, 7)
    items = workspace.items()
    assert items[fresh.url]["revision"] == 1
    assert (items[changed.url]["title"], items[changed.url]["revision"]) == (changed.title, 2)
    assert items[changed.url]["first_seen"] < items[changed.url]["last_changed"]


def test_addresses_as_targets_fetch_these_articles_alone_and_one_without_needs_a_look(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    one = next(one for one in senate.articles if one.language == "kk")
    spelt = one.url.replace("https://", "http://www.").replace("kk-KZ", "KK-kz") + "?utm_source=x#a"
    none = "https://senate.parlam.kz/ru-RU/news/details/1"
    ran = workspace.run("crawl", "--json", spelt, none)
    assert ran.status == 3
    assert ran.summaries["senate"]["requests"] == 3
    assert sorted(asked.path for asked in senate.requests()[1:]) == sorted(
        [one.path, "/ru-RU/news/details/1"]
    )
    assert list(workspace.items()) == [one.url]
    (look,) = [line for line in ran.stderr.splitlines() if "needs a look" in line]
    assert f"needs a look: {none}: " in look


def test_a_wrong_target_is_refused_before_anything_ran(workspace: Workspace) -> None:
    ran = workspace.run("crawl", "senat")
    assert ran.status == 2
    said = 'there is no source "senat"; did you mean "senate"? (known: senate, kazpravda)'
    assert said in ran.stderr
    assert list(workspace.path.iterdir()) == []
