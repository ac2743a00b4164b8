"""`--replay`: the spiders over WARC files, in whatever order and portions, to the same end."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.archive.exchange import Exchange
from pipeline.archive.warc_reader import records
from pipeline.archive.warc_writer import record_bytes
from tests.pipeline.reading.page_fields import article
from tests.seeds.recorded_site import RECORDED
from tests.sites.replica import Replica
from tests.workspace import Workspace


class Replayed:
    """The recorded site, replayed in one crawl of both sources."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.first = workspace.run("crawl", "--json", "--replay", RECORDED)
        self.export = workspace.export()


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    return Replayed(Workspace(tmp_path_factory.mktemp("replayed")))


def test_a_replay_takes_every_capture_once(replayed: Replayed) -> None:
    assert replayed.first.status == 0, replayed.first.stderr
    for one in replayed.first.summaries.values():
        assert (one["outcome"], one["requests"], one["absent"]) == ("done", 0, 0)
        assert one["new"] > 5
    again = replayed.workspace.run("crawl", "--json", "--replay", RECORDED)
    for one in again.summaries.values():
        assert (one["captured"], one["new"], one["updated"]) == (0, 0, 0)
    assert replayed.workspace.export() == replayed.export


def test_captures_keep_their_own_times(replayed: Replayed) -> None:
    recorded = {
        (one.exchange.target, one.exchange.time, one.exchange.payload) for one in records(RECORDED)
    }
    for file in replayed.workspace.archive_files():
        for one in records(file):
            assert (one.exchange.target, one.exchange.time, one.exchange.payload) in recorded


@pytest.mark.soak
def test_the_order_of_the_sources_does_not_matter(workspace: Workspace, replayed: Replayed) -> None:
    for name in ("kazpravda", "senate"):
        assert workspace.run("crawl", name, "--replay", RECORDED).status == 0
    assert workspace.export() == replayed.export


def test_portions_a_torn_file_and_a_kill_in_between_do_not_matter(
    workspace: Workspace, replayed: Replayed
) -> None:
    torn = workspace.path / "torn.warc.gz"
    torn.write_bytes(RECORDED.read_bytes()[:100_000])
    ran = workspace.run("crawl", "--json", "--replay", torn)
    assert ran.status == 3, ran.stderr
    assert "is torn; the " in ran.stderr
    assert "whole ones before it were taken" in ran.stderr
    whole = workspace.count("items")
    assert sum(one["absent"] for one in ran.summaries.values()) > 0
    workspace.run("crawl", "--replay", RECORDED, "--limit", 9)
    assert 0 < whole < workspace.count("items") < replayed.export.count("\n")
    process = workspace.start("crawl", "--replay", RECORDED)
    assert process.stderr
    process.stderr.readline()
    process.kill()
    process.communicate()
    assert workspace.run("crawl", "--replay", torn, "--replay", RECORDED).status == 3
    assert workspace.export() == replayed.export


def test_reparse_after_a_replay_equals_it(replayed: Replayed) -> None:
    ran = replayed.workspace.run("reparse", "--db", "again.db")
    assert ran.status == 0, ran.stderr
    assert replayed.workspace.export("--db", "again.db") == replayed.export


def test_a_single_address_can_be_replayed(workspace: Workspace, replayed: Replayed) -> None:
    url = replayed.workspace.rows("SELECT url FROM items WHERE source = 'senate'")[0][0]
    ran = workspace.run("crawl", url, "--replay", RECORDED)
    assert ran.status == 0, ran.stderr
    assert [one for (one,) in workspace.rows("SELECT url FROM items")] == [url]


def test_an_archive_whose_newest_listings_are_304_is_replayed_to_the_same_items(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    workspace.crawl()
    workspace.crawl()
    unchanged = workspace.rows("SELECT 1 FROM captures WHERE status = 304")
    assert unchanged
    again = workspace.beside("again")
    files = [part for file in workspace.archive_files() for part in ("--replay", file)]
    export = workspace.export()
    for _ in range(2):
        ran = again.run("crawl", "senate", *files)
        assert ran.status == 0, ran.stderr
        assert again.export() == export
    followed = "SELECT url, time FROM captures WHERE followed = 1 AND status = 200 ORDER BY url"
    assert again.rows(followed) == workspace.rows(followed)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such WARC file"),
        (b"", "is empty"),
        (b"<html>no WARC</html>\n" * 20, "WARC"),
        (gzip.compress(b"no WARC either\n" * 20, mtime=0), "WARC"),
    ],
    ids=["none", "empty", "text", "gzip"],
)
def test_what_is_no_warc_file_fails(workspace: Workspace, content: bytes | None, said: str) -> None:
    file = workspace.path / "some.warc.gz"
    if content is not None:
        file.write_bytes(content)
    ran = workspace.run("crawl", "--replay", file)
    assert ran.status == 1
    assert ran.stderr.startswith("kazpress: ")
    assert "some.warc.gz" in ran.stderr
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_body_that_every_page_gives_is_no_items_and_needs_a_look(workspace: Workspace) -> None:
    slugs = [f"s-{number}" for number in range(20)]
    links = "".join(f"<a href='/n/{slug}/'>x</a>" for slug in slugs)
    pages = {"/": links} | {f"/n/{slug}/": article() for slug in slugs}
    start = datetime(2026, 3, 4, tzinfo=UTC)
    file = workspace.path / "same.warc.gz"
    file.write_bytes(
        b"".join(
            record_bytes(
                Exchange(
                    target=f"https://kazpravda.kz{path}", time=start + timedelta(seconds=number),
                    status=200, headers=(("Content-Type", "text/html"),), payload=page.encode(),
                )
            )
            for number, (path, page) in enumerate(pages.items())
        )
    )  # fmt: skip
    ran = workspace.run("crawl", "kazpravda", "--json", "--replay", file)
    one = ran.summaries["kazpravda"]
    assert (ran.status, one["new"], one["unchanged"], one["failed"]) == (3, 0, 0, 20)
    assert "20 addresses give one and the same body" in ran.stderr
