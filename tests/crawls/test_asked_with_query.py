"""The Senate's pages are asked for with the query that they are linked with."""

from __future__ import annotations

from datetime import date

from tests.sites.replica import Replica
from tests.sites.thin import Thin
from tests.workspace import Workspace


def test_a_page_is_asked_with_its_query_and_kept_without(workspace: Workspace) -> None:
    thin = Thin(since=date(2026, 3, 1), until=date(2026, 3, 5), pages=2)
    with Replica("senate", seed=2, count=12, thin=thin) as site:
        workspace.point_at(site)
        workspace.crawl()
        asked = [one.path for one in site.requests() if "/pages/details/" in one.path]
        wanted = {one.url for one in site.paths() if "/pages/" in one.url}
    assert asked
    assert all("?type=" in path for path in asked)
    stored = {row[0] for row in workspace.rows("SELECT url FROM items WHERE url LIKE '%/pages/%'")}
    assert stored == wanted
    assert all("?" in row[0] for row in workspace.rows(
        "SELECT target FROM captures WHERE url LIKE '%/pages/%'"
    ))  # fmt: skip
