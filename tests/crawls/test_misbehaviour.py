"""Answers that are not what they should be: each is read, or is on the list of failures."""

from __future__ import annotations

from dataclasses import replace

from pipeline.archive.warc_reader import Record, records
from tests.sites.replica import Replica
from tests.workspace import Workspace

_NO_DATE = "<html><body><article><h1>Заголовок</h1><p>Текст без даты.</p></article></body></html>"


def _failures(workspace: Workspace) -> dict[str, str]:
    return dict(workspace.rows("SELECT url, reason FROM failures WHERE stage != 'listing'"))


def test_bodies_in_any_framing_are_read(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    chunked, closing, dripping, plain, undeclared, *_ = kazpravda.articles
    kazpravda.chunked(chunked)
    kazpravda.close_delimited(closing)
    kazpravda.slow(dripping, 0.05, drip_bytes=2000, drip_seconds=0.01)
    kazpravda.answer(plain, headers={"Content-Encoding": "identity"})
    kazpravda.charset(undeclared, declared=None)
    assert workspace.crawl()["kazpravda"]["new"] == 8
    items = workspace.items()
    assert {url: one["body"] for url, one in items.items()} == {
        one.url: one.body for one in kazpravda.articles
    }
    for record in _articles(workspace):
        assert record.exchange.header("Transfer-Encoding") is None
        assert record.exchange.header("Content-Length") == str(len(record.exchange.payload))


def test_bad_answers_are_failures_and_the_crawl_goes_on(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)
    broken, cut, unasked, garbage, dateless, reset, half, good = kazpravda.articles
    kazpravda.answer(broken, status=500)
    kazpravda.cut(cut)
    kazpravda.answer(unasked, status=304)
    kazpravda.answer(garbage, headers={"Content-Encoding": "gzip"}, body=b"no gzip")
    kazpravda.answer(dateless, body=_NO_DATE)
    kazpravda.reset_connection(reset)
    kazpravda.cut(half, chunked=True)
    ran = workspace.run("crawl", "--json")
    assert ran.status == 3, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "needs a look: 7 of 8 articles asked for gave none" in ran.stderr
    assert ran.summaries["kazpravda"]["failed"] == 7
    failures = _failures(workspace)
    assert failures.pop(dateless.url) in ("no-date", "no-date-body")
    assert failures == {
        broken.url: "http-500", cut.url: "cut-off", half.url: "cut-off", reset.url: "no-answer",
        unasked.url: "http-304", garbage.url: "undecodable",
    }  # fmt: skip
    assert list(workspace.items()) == [good.url]
    for one, times in ((broken, 3), (cut, 3), (reset, 3), (unasked, 1), (dateless, 1)):
        assert len(kazpravda.requests(one)) == times, one.path
    kept = [record.exchange.status for record in _articles(workspace)]
    assert sorted(kept) == [200, 200, 200, 304, 500, 500, 500]
    kazpravda.lift()
    again = workspace.crawl("--full")["kazpravda"]
    assert (again["new"], again["failed"]) == (7, 0)
    assert _failures(workspace) == {}


def test_articles_that_redirect(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    bare, www, itself, away, front, here, there, moved = kazpravda.articles
    kazpravda.redirect(bare, bare.path.rstrip("/") + "?page=1", times=1)
    kazpravda.redirect(www, f"https://www.kazpravda.kz{www.path}")
    kazpravda.redirect(itself, itself.path)
    kazpravda.redirect(away, "https://elsewhere.example/n/x/")
    kazpravda.redirect(front, "/")
    kazpravda.redirect(here, there.path)
    kazpravda.redirect(there, here.path)
    new = kazpravda.add(replace(kazpravda.article(moved), number=99, slug="moved"))
    kazpravda.redirect(moved, new.path)
    ran = workspace.run("crawl", "--json")
    assert ran.status == 3, ran.stderr
    assert _failures(workspace) == {
        www.url: "redirect-loop", itself.url: "redirect-loop", away.url: "redirect-elsewhere",
        front.url: "soft-404", here.url: "redirect-loop", there.url: "redirect-loop",
    }  # fmt: skip
    assert set(workspace.items()) == {bare.url, new.url}
    assert workspace.rows("SELECT item FROM addresses WHERE url = ?", moved.url) == [
        workspace.rows("SELECT item FROM addresses WHERE url = ?", new.url)[0]
    ]


def _articles(workspace: Workspace) -> list[Record]:
    (file,) = workspace.archive.glob("kazpravda-articles-*")
    return list(records(file))
