"""Scrapy's own commands in a checkout: list, crawl, shell, fetch and parse."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from spiders.sources import SOURCES
from tests.sites.replica import Replica
from tests.workspace import ROOT, Workspace

_SCRAPY = Path(sys.executable).with_name("scrapy")
_TITLE = "response.css('h1::text').get()"


def _scrapy(
    *arguments: object, workspace: Workspace, in_checkout: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run `scrapy ARGUMENTS` to its end, with the workspace's configuration or in the checkout."""
    where = {} if in_checkout else {"SCRAPY_SETTINGS_MODULE": "spiders.settings"}
    return subprocess.run(
        [_SCRAPY, *map(str, arguments)], cwd=ROOT if in_checkout else workspace.path,
        env=workspace.environment(where), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


def _files(workspace: Workspace) -> set[str]:
    return {one.name for one in workspace.path.iterdir()}


def test_scrapy_knows_the_sources(workspace: Workspace) -> None:
    listed = _scrapy("list", workspace=workspace, in_checkout=True)
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout.splitlines() == sorted(SOURCES)


def test_scrapy_crawls_a_source_and_says_what_came(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    crawled = _scrapy("crawl", "senate", workspace=workspace)
    assert crawled.returncode == 0, crawled.stderr
    assert "Traceback" not in crawled.stderr
    assert "senate: crawl=1 outcome=done requests=" in crawled.stderr
    assert " new=8 " in crawled.stderr
    assert workspace.rows("SELECT outcome, new FROM crawls") == [("done", 8)]
    agents = {one.header("User-Agent") for one in senate.requests()}
    assert agents == {"kazpress/0.1.0 (+mailto:test@example.org)"}


def test_a_crawl_of_a_site_that_is_down_ends_with_another_status(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate)
    senate.robots(status=503)
    crawled = _scrapy("crawl", "senate", workspace=workspace)
    assert crawled.returncode == 1
    assert "Traceback" not in crawled.stderr
    assert "ERROR: senate: " in crawled.stderr
    assert "answers 503, so nothing may be asked (RFC 9309)" in crawled.stderr
    assert workspace.rows("SELECT outcome FROM crawls") == [("failed",)]


def test_a_crawl_that_cannot_begin_says_why(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    workspace.archive.write_text("no folder", encoding="utf-8")
    crawled = _scrapy("crawl", "senate", workspace=workspace)
    assert crawled.returncode == 1
    assert "Traceback" not in crawled.stderr
    (said,) = [line for line in crawled.stderr.splitlines() if "ERROR: senate: " in line]
    assert "senate.lock: can't be made" in said
    assert senate.requests() == ()


def test_a_public_host_is_not_crawled_without_a_contact(workspace: Workspace) -> None:
    crawled = _scrapy("crawl", "senate", workspace=workspace)
    assert crawled.returncode == 2
    assert "nothing is asked of senate.parlam.kz without one; make it with" in crawled.stderr
    assert "Traceback" not in crawled.stderr
    assert _files(workspace) == set()


def test_a_source_that_is_gone_is_not_crawled(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate, senate={"state": "gone"})
    crawled = _scrapy("crawl", "senate", workspace=workspace)
    assert crawled.returncode == 1
    assert "ERROR: senate: senate is gone, so it is not crawled" in crawled.stderr
    assert senate.requests() == ()


@pytest.mark.parametrize("in_checkout", [True, False])
def test_a_shell_opens_without_an_address(workspace: Workspace, in_checkout: bool) -> None:
    shell = _scrapy("shell", "-c", "6 * 7", workspace=workspace, in_checkout=in_checkout)
    assert (shell.returncode, shell.stdout.strip()) == (0, "42"), shell.stderr
    assert _files(workspace) == set()


def test_a_shell_shows_a_page_decompressed_and_keeps_nothing(
    workspace: Workspace, senate: Replica
) -> None:
    article = senate.articles[0]
    packed = gzip.compress(b"<html><h1>Title</h1></html>")
    senate.answer(article, headers={"Content-Encoding": "gzip"}, body=packed)
    shell = _scrapy("shell", senate.url + article.path, "-c", _TITLE, workspace=workspace)
    assert (shell.returncode, shell.stdout.strip()) == (0, "Title"), shell.stderr
    assert "Traceback" not in shell.stderr
    assert len(senate.requests()) == 1
    assert _files(workspace) == set()


def test_a_shell_with_a_spider_waits_and_locks_for_nothing(
    workspace: Workspace, senate: Replica
) -> None:
    workspace.point_at(senate, delay=60)
    shell = _scrapy(
        "shell", "--spider", "senate", senate.url + senate.articles[0].path,
        "-c", "response.status", workspace=workspace,
    )  # fmt: skip
    assert (shell.returncode, shell.stdout.strip()) == (0, "200"), shell.stderr
    assert _files(workspace) == {"kazpress.toml"}


def test_a_shell_reads_a_file(workspace: Workspace) -> None:
    (workspace.path / "page.html").write_text("<html><h1>Заголовок</h1></html>", encoding="utf-8")
    shell = _scrapy("shell", "./page.html", "-c", _TITLE, workspace=workspace)
    assert (shell.returncode, shell.stdout.strip()) == (0, "Заголовок"), shell.stderr


def test_fetch_prints_a_page(workspace: Workspace, senate: Replica) -> None:
    article = senate.articles[0]
    senate.answer(article, body="<html><h1>Title</h1></html>")
    fetched = _scrapy("fetch", senate.url + article.path, workspace=workspace)
    assert (fetched.returncode, fetched.stdout.strip()) == (0, "<html><h1>Title</h1></html>")
    (request,) = senate.requests()
    assert str(request.header("User-Agent")).startswith("kazpress/")


def test_parse_shows_what_a_crawl_would_read(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    article, gone, *_ = kazpravda.articles
    kazpravda.answer(gone, status=404)
    parsed = _scrapy(
        "parse", "--spider", "kazpravda", kazpravda.url + article.path, "--nocolour",
        workspace=workspace,
    )  # fmt: skip
    assert parsed.returncode == 0, parsed.stderr
    assert article.title in parsed.stdout
    assert "'read_by'" in parsed.stdout
    parsed = _scrapy(
        "parse", "--spider", "kazpravda", kazpravda.url + gone.path, "--nocolour",
        workspace=workspace,
    )  # fmt: skip
    assert "'reason': 'http-404'" in parsed.stdout, parsed.stderr
    assert _files(workspace) == {"kazpress.toml"}


def test_parse_shows_the_articles_of_a_listing(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    parsed = _scrapy(
        "parse", "--spider", "kazpravda", f"{kazpravda.url}/", "--nocolour", workspace=workspace
    )
    assert parsed.returncode == 0, parsed.stderr
    listed = [one for one in kazpravda.articles if f"'{one.url}'" in parsed.stdout]
    assert listed
    assert len(kazpravda.requests()) == 1
