"""What a crawl of a real site says of its source at its end."""

from __future__ import annotations

import re

import pytest

from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from tests.sites.replica import Replica
from tests.workspace import Workspace


@pytest.mark.parametrize("state", ["frozen", "gone"])
@pytest.mark.soak
def test_a_frozen_or_gone_site_may_have_nothing_new_but_not_become_a_shell(
    workspace: Workspace, senate: Replica, state: str
) -> None:
    workspace.point_at(senate, senate={"state": state})
    workspace.crawl("senate")
    _long_ago(workspace)
    assert workspace.crawl("senate")["senate"]["new"] == 0
    senate.answer(re.compile("^/(?!robots)"), status=200, body=_SHELL,
                  headers={"Content-Type": "text/html"})  # fmt: skip
    ran = workspace.run("crawl", "senate")
    assert ran.status == 3, ran.stderr
    assert "no listing links to any article; the site's addresses or pages have changed" in (
        ran.stderr
    )
    assert "links to no article any more" not in ran.stderr
    assert workspace.run("status", "--check").status == (1 if state == "frozen" else 0)


@pytest.mark.parametrize("state", ["active", "frozen", "gone"])
@pytest.mark.soak
def test_a_site_that_redirects_to_another_host_fails_whatever_its_state(
    workspace: Workspace, senate: Replica, state: str
) -> None:
    workspace.point_at(senate, senate={"state": state})
    workspace.crawl("senate", "--limit", 2)
    senate.redirect(re.compile("^/(?!robots)"), "https://parlam.example/")
    ran = workspace.run("crawl", "senate")
    assert ran.status == 1
    assert (
        "kazpress: senate: no listing could be read: https://senate.parlam.kz/: "
        "redirects to https://parlam.example/, which is not the source's"
    ) in ran.stderr


_SHELL = "<html><head><title>Сенат</title></head><body><div id='app'></div></body></html>"


def _long_ago(workspace: Workspace) -> None:
    """Let a month go by since all that the database knows."""
    db = open_for_writing(workspace.db, [])
    with writing(db):
        for column in ("started", "finished"):
            db.conn.execute(
                f"UPDATE crawls SET {column} = strftime('%Y-%m-%dT%H:%M:%S.000000Z', {column},"
                " '-30 days')"
            )
        db.conn.execute("UPDATE items SET first_seen = '2026-01-01T00:00:00.000000Z'")
    db.close()


@pytest.mark.soak
def test_pages_that_fail_again_are_no_news(workspace: Workspace) -> None:
    with Replica("kazpravda", count=6) as site:
        workspace.point_at(site)
        site.answer(re.compile("/n/"), body="<html><body><h1>О нас</h1><p>Текст.</p></body></html>")
        first = workspace.run("crawl")
        again = workspace.run("crawl", "--json")
    assert first.status == 3
    assert "articles asked for gave none" in first.stderr
    assert (again.status, again.summaries["kazpravda"]["failed"]) == (0, 6), again.stderr
