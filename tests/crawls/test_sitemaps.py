"""What a crawl makes of sitemaps that are damaged, untrue or not there."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.sites.replica import Replica
from tests.workspace import Workspace

_HTML = "<!DOCTYPE html><html><body><p>Нет такой страницы</p></body></html>"
_WARNING = "<br />\n<b>Warning</b>: x in <b>/a.php</b> on line <b>3</b><br />\n"
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XML = {"Content-Type": "application/xml"}


@pytest.fixture
def site(kazpravda: Replica, workspace: Workspace) -> Replica:
    """Kazpravda of whose articles nothing leads to any but its sitemap."""
    workspace.point_at(kazpravda)
    return _with_sitemap_alone(kazpravda)


def _with_sitemap_alone(site: Replica) -> Replica:
    site.without("listing", "front", "archive", "feed")
    site.answer("/", status=200, body='<html><a href="/r/sport/">Спорт</a></html>')
    return site


def _urls(site: Replica, lastmod: str = "") -> list[str]:
    told = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return [f"<url><loc>{one.url}</loc>{told}</url>\n" for one in site.articles]


def _urlset(*rows: str) -> str:
    return f"<?xml version='1.0'?>\n<urlset {_XMLNS}>\n{''.join(rows)}</urlset>\n"


def _index(*paths: str, lastmod: str) -> str:
    rows = "".join(
        f"<sitemap><loc>https://kazpravda.kz{path}</loc><lastmod>{lastmod}</lastmod></sitemap>"
        for path in paths
    )
    return f"<sitemapindex {_XMLNS}>{rows}</sitemapindex>"


def _answer(site: Replica, body: str | bytes, path: str = "/sitemap.xml") -> None:
    site.answer(path, status=200, body=body, headers=_XML)


def _failures(workspace: Workspace) -> dict[str, str]:
    sql = "SELECT url, reason FROM failures WHERE stage = 'listing' AND url LIKE '%sitemap%'"
    return {url.rpartition("/")[2]: reason for url, reason in workspace.rows(sql)}


def _stored(workspace: Workspace) -> int:
    return workspace.count("addresses WHERE item IS NOT NULL")


def test_what_is_not_quite_a_sitemap_is_read_and_said(workspace: Workspace, site: Replica) -> None:
    rows = _urls(site)
    rows[0] = rows[0].replace("</loc>", "?a=1&b=2</loc>")
    _answer(site, gzip.compress((_WARNING + _urlset(*rows)).encode()))
    ran = workspace.run("crawl")
    assert _stored(workspace) == 8
    assert "/sitemap.xml is not quite XML" in ran.stderr
    assert _failures(workspace) == {}


def test_a_damaged_entry_loses_no_other_and_is_counted(workspace: Workspace, site: Replica) -> None:
    rows = _urls(site)
    rows[3] = rows[3].replace("<loc>", "<!-- \x00")
    _answer(site, _urlset(*rows))
    day = site.articles[0].published[:10]
    ran = workspace.run("crawl", "--since", day)
    assert ran.status == 3, ran.stderr
    assert _stored(workspace) == 7
    assert "/sitemap.xml: the sitemap has damaged entries: 1, beside 7 that" in ran.stderr
    assert _failures(workspace) == {"sitemap.xml": "bad-sitemap"}
    assert workspace.count("proven_days") == 0


@pytest.mark.parametrize("body", ["", _HTML])
def test_what_is_answered_instead_of_a_sitemap_is_no_empty_one(
    workspace: Workspace, site: Replica, body: str
) -> None:
    _answer(site, _index("/sitemap-1.xml", "/sitemap-2.xml", lastmod="2022-01-01"))
    _answer(site, _urlset(*_urls(site)), "/sitemap-1.xml")
    site.answer("/sitemap-2.xml", status=200, body=body)
    day = site.articles[0].published[:10]
    ran = workspace.run("crawl", "--since", day)
    assert ran.status == 3, ran.stderr
    assert _stored(workspace) == 8
    assert list(_failures(workspace)) == ["sitemap-2.xml"]
    assert workspace.count("proven_days") == 0


@pytest.mark.parametrize(
    ("lastmod", "of_index"), [("1970-01-01", True), ("2016-05-01", False), ("day before", False)]
)
def test_an_untrue_change_leaves_no_article_of_a_day_out(
    workspace: Workspace, site: Replica, lastmod: str, of_index: bool
) -> None:
    article = site.articles[4]
    day, rows = article.published[:10], _urls(site)
    stale = f"{day[:8]}{int(day[8:]) - 1:02}" if lastmod == "day before" else lastmod
    if of_index:
        _answer(site, _index("/sitemap-1.xml", lastmod=stale))
        _answer(site, _urlset(*rows), "/sitemap-1.xml")
    else:
        _answer(site, _urlset(*_urls(site, stale)))
    workspace.run("crawl", "--since", day, "--until", day)
    assert article.url in workspace.items()
    assert workspace.rows("SELECT day FROM proven_days") == [(day,)]
    assert len(site.requests("/sitemap.xml")) == 1


@pytest.mark.parametrize("status", [404, 500])
def test_a_day_is_not_proven_where_a_sitemap_of_the_index_is_not_there(
    workspace: Workspace, site: Replica, status: int
) -> None:
    _answer(site, _index("/sitemap-1.xml", "/sitemap-2.xml", lastmod="2022-01-01"))
    _answer(site, _urlset(*_urls(site)), "/sitemap-1.xml")
    site.answer("/sitemap-2.xml", status=status)
    day = site.articles[4].published[:10]
    workspace.run("crawl", "--since", day, "--until", day)
    assert workspace.count("proven_days") == 0
    site.lift()
    _with_sitemap_alone(site)
    _answer(site, _index("/sitemap-1.xml", lastmod="2022-01-01"))
    _answer(site, _urlset(*_urls(site)), "/sitemap-1.xml")
    workspace.run("crawl", "--since", day, "--until", day)
    assert workspace.rows("SELECT day FROM proven_days") == [(day,)]


def test_an_archive_that_gives_the_newest_for_every_day_leaves_no_article_out(
    workspace: Workspace, site: Replica
) -> None:
    *older, newest = site.articles
    front = f"<html><a href='/archive/?date={older[0].published[:10]}'>1</a></html>"
    site.answer("/", status=200, body=front)
    page = f"<html><a href='{newest.path}'>x</a><a href='/r/sport/'>Спорт</a></html>"
    site.answer(re.compile("^/archive/"), status=200, body=page)
    _answer(site, _urlset(*_urls(site, "2026-01-01")))
    day = older[4].published[:10]
    workspace.run("crawl", "--since", day, "--until", day)
    assert site.requests(re.compile("^/archive/"))
    assert older[4].url in workspace.items()
