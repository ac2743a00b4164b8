"""The replica does what its helpers say, seen by a plain HTTP client."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.sites.client import Got, get
from tests.sites.content import SiteName, articles, reprint
from tests.sites.expected import Expected
from tests.sites.replica import Replica


@pytest.fixture(scope="module")
def running() -> Iterator[Replica]:
    with Replica("kazpravda", seed=3, count=30) as site:
        yield site


@pytest.fixture
def kazpravda(running: Replica) -> Iterator[Replica]:
    yield running
    running.reset()


@pytest.fixture
def senate() -> Iterator[Replica]:
    with Replica("senate", seed=3, count=36) as site:
        yield site


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def russian(site: Replica) -> Expected:
    return next(one for one in site.articles if one.language == "ru" and len(one.title) < 90)


@pytest.mark.parametrize("site", ["kazpravda", "senate"])
def test_articles_are_the_same_again_and_share_no_four_words(site: SiteName) -> None:
    made = articles(5, 60, site=site)
    assert made[:20] == articles(5, 20, site=site)
    assert len({(one.language, one.slug) for one in made}) == 60
    assert [one.published for one in made] == sorted(one.published for one in made)
    assert {str(one.published.utcoffset()) for one in made} == {"5:00:00", "6:00:00"}
    runs: Counter[tuple[str, ...]] = Counter()
    for one in made:
        said = words(" ".join((one.title, one.lead or "", *one.paragraphs)))
        runs.update(set(zip(said, said[1:], said[2:], said[3:], strict=False)))
    assert sum(count > 1 for count in runs.values()) <= 3


def test_a_page_shows_its_article_in_order(kazpravda: Replica) -> None:
    for one in kazpravda.articles:
        page = get(kazpravda, one.path)
        shown = [one.title, one.section, *one.authors, *one.body.split("\n\n"), *one.tags]
        places = [-1]
        for part in shown:
            places.append(page.text.index(" ".join((part or "").split()), places[-1] + 1))
        assert all(here < there for here, there in pairwise(places))
        assert 'aiturec:datetime" content="' in page.body.decode()


@pytest.mark.parametrize("style", [0, 1, 2])
def test_each_senate_markup_has_the_same_order_of_text(style: int) -> None:
    with Replica("senate", seed=4, count=9, style=style) as site:
        for one in site.articles:
            page = get(site, one.path)
            year, month, day = one.published.split("-")
            start = page.text.index(f"{one.title} {day}.{month}.{year} ")
            assert one.caption
            body = " ".join((*one.body.split(), *one.caption.split()))
            assert body in page.text[start:]


def test_every_front_lists_its_language_by_links_of_many_forms(kazpravda: Replica) -> None:
    for front, language in zip(kazpravda.fronts, ("ru", "kk", "en"), strict=True):
        page = get(kazpravda, front).body.decode()
        assert all(
            (unescape(one.title) in unescape(page)) == (one.language == language)
            for one in kazpravda.articles
        )
    links = re.findall(r'href="([^"]*/n/[^"]*)"', get(kazpravda, "/").body.decode())
    for form in (
        r"/n/[^/]+/$",
        r"/n/[^/]+$",
        r"https://kazpravda.kz/n/",
        r"https://www\.",
        r"\?utm_",
    ):
        assert any(re.search(form, link) for link in links), form


def test_sitemaps_hold_the_russian_articles(kazpravda: Replica) -> None:
    def located(path: str) -> list[str]:
        return re.findall(r"<loc>([^<]+)</loc>", get(kazpravda, path).body.decode())

    files = located("/sitemap.xml")
    assert len(files) == 2
    urls = [url for file in files for url in located(urlsplit(file).path)]
    assert urls == [one.url for one in kazpravda.articles if one.language == "ru"]


def test_the_senate_answers_200_with_a_shell(senate: Replica) -> None:
    assert get(senate, "/").headers["Location"] == "/ru-RU"
    shell = get(senate, "/api/news")
    assert shell.status == 200
    assert shell.body == get(senate, "/ru-RU/news/details/1").body
    one = senate.articles[-1]
    senate.remove(one, status=200)
    assert get(senate, one.path).status == 200
    assert one.title not in get(senate, one.path).text


def test_the_senate_lists_all_over_its_pages(senate: Replica) -> None:
    pages = "".join(get(senate, f"/ru-RU/news?p={n}").body.decode() for n in (1, 2, 3))
    assert all(one.path in pages for one in senate.articles if one.language == "ru")
    assert "/news/details/" not in get(senate, "/ru-RU/news?p=9").body.decode()


def test_conditions_are_answered_although_the_counter_rises(kazpravda: Replica) -> None:
    one = russian(kazpravda)
    first, second = get(kazpravda, one.path), get(kazpravda, one.path)
    assert first.body != second.body
    assert first.headers["ETag"] == second.headers["ETag"]
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    assert get(kazpravda, one.path, If_None_Match=tag).status == 304
    assert get(kazpravda, one.path, If_None_Match='"x"', If_Modified_Since=date).status == 200
    assert get(kazpravda, one.path, If_Modified_Since=date).status == 304
    changed = kazpravda.change(one)
    assert changed.body.startswith(one.body + "\n\n")
    again = get(kazpravda, one.path, If_None_Match=tag)
    assert again.status == 200
    assert " ".join(changed.body.split()[-4:]) in again.text
    assert get(kazpravda, one.path, If_Modified_Since=date).status == 200
    kazpravda.switch(counters=False, validators=False)
    assert get(kazpravda, one.path).body == get(kazpravda, one.path).body
    assert "ETag" not in get(kazpravda, one.path, If_None_Match="*").headers


def test_gzip_comes_to_who_takes_it(kazpravda: Replica) -> None:
    kazpravda.switch(counters=False)
    plain, packed = get(kazpravda, "/"), get(kazpravda, "/", Accept_Encoding="gzip, deflate")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_articles_come_change_go_and_return(kazpravda: Replica) -> None:
    added = kazpravda.publish(5)
    assert kazpravda.articles[-5:] == added
    assert all(get(kazpravda, one.path).status == 200 for one in added)
    renamed = kazpravda.change(added[0], title="Совсем другой заголовок")
    assert renamed.url == added[0].url
    kazpravda.remove(renamed, status=410)
    assert get(kazpravda, renamed.path).status == 410
    assert renamed not in kazpravda.articles
    kazpravda.restore(renamed)
    assert renamed.title in get(kazpravda, renamed.path).text
    kazpravda.reset()
    assert get(kazpravda, renamed.path).status == 404


def test_a_release_can_be_reprinted(kazpravda: Replica) -> None:
    release = articles(3, 30, site="senate")[-3]
    copy = kazpravda.add(reprint(release, number=9001))
    assert copy.title in get(kazpravda, copy.path).text
    assert copy.body == "\n\n".join(release.paragraphs)


def test_answers_are_overridden_and_the_newest_rule_acts(kazpravda: Replica) -> None:
    kazpravda.answer("/", status=403, body="<p>no</p>")
    kazpravda.answer(re.compile("^/$"), status=503, headers={"Retry-After": "7"}, times=2)
    answers = [get(kazpravda, "/") for _ in range(3)]
    assert [one.status for one in answers] == [503, 503, 403]
    assert answers[0].headers["Retry-After"] == "7"
    assert answers[2].text == "no"
    kazpravda.lift()
    assert get(kazpravda, "/").status == 200
    kazpravda.answer("/", status=304)
    assert get(kazpravda, "/").status == 304
    kazpravda.redirect("/", "https://elsewhere.example/", status=302)
    assert get(kazpravda, "/").headers["Location"] == "https://elsewhere.example/"


def test_bodies_are_cut_chunked_and_closed(kazpravda: Replica) -> None:
    kazpravda.switch(counters=False)
    path = russian(kazpravda).path
    whole = get(kazpravda, path).body
    for chunked in (False, True):
        rule = kazpravda.cut(path, after=300, chunked=chunked)
        with pytest.raises(http.client.IncompleteRead) as caught:
            get(kazpravda, path)
        assert caught.value.partial == whole[:300]
        kazpravda.lift(rule)
    kazpravda.chunked(path)
    assert get(kazpravda, path).headers["Transfer-Encoding"] == "chunked"
    assert get(kazpravda, path).body == whole
    kazpravda.close_delimited(path)
    assert get(kazpravda, path).headers["Content-Length"] is None
    assert get(kazpravda, path).body == whole


def test_a_held_answer_comes_when_its_rule_is_lifted(kazpravda: Replica) -> None:
    path = russian(kazpravda).path
    rule = kazpravda.hold(path)
    got: list[Got] = []
    client = threading.Thread(target=lambda: got.append(get(kazpravda, path, User_Agent="held")))
    client.start()
    assert kazpravda.wait_for(path).header("user-agent") == "held"
    assert not got
    kazpravda.lift(rule)
    client.join(20)
    assert got[0].status == 200


def test_a_slow_answer_drips(kazpravda: Replica) -> None:
    kazpravda.slow("/robots.txt", 0.02, drip_bytes=30, drip_seconds=0.01)
    asked = get(kazpravda, "/robots.txt")
    assert len(asked.body) > 60
    first = kazpravda.requests("/robots.txt")[0]
    get(kazpravda, "/")
    assert kazpravda.requests("/")[0].monotonic - first.monotonic >= 0.04


def test_robots_vary(kazpravda: Replica) -> None:
    kazpravda.robots(forbid=("/n/", "/kk/"), crawl_delay=2.5)
    said = "User-agent: *\nDisallow: /n/\nDisallow: /kk/\nCrawl-delay: 2.5\n"
    assert get(kazpravda, "/robots.txt").body.decode() == said
    kazpravda.robots(status=503)
    assert get(kazpravda, "/robots.txt").status == 503
    kazpravda.reset_connection("/robots.txt")
    with pytest.raises(ConnectionResetError):
        get(kazpravda, "/robots.txt")
    assert [one.status for one in kazpravda.requests("/robots.txt")] == [200, 503, 0]


def test_charsets_classes_and_lists_can_be_wrong(kazpravda: Replica) -> None:
    one = russian(kazpravda)
    kazpravda.charset(one, declared="utf-8", encoding="windows-1251", times=1)
    page = get(kazpravda, one.path)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert one.title in unescape(page.body.decode("windows-1251"))
    assert b"article__body" in get(kazpravda, one.path).body
    kazpravda.rename_classes()
    assert b"article__" not in get(kazpravda, one.path).body
    kazpravda.empty("/")
    assert b"/n/" not in get(kazpravda, "/").body.replace(b"example/n/", b"")
    assert get(kazpravda, "/kk/").body.count(b"<article") > 3


def test_it_goes_down_and_comes_back_as_it_was(senate: Replica) -> None:
    senate.publish()
    changed = senate.change(senate.articles[-1], title="Another headline")
    senate.answer("/ru-RU", status=500)
    tag = get(senate, changed.path).headers["ETag"]
    for take_down in (senate.stop, senate.kill):
        take_down()
        with pytest.raises(ConnectionRefusedError):
            get(senate, changed.path)
        senate.start()
        assert get(senate, "/ru-RU").status == 500
        assert get(senate, changed.path, If_None_Match=tag).status == 304
    assert len(senate.requests(changed)) == 3


def test_the_command_serves_until_its_input_ends() -> None:
    command = [sys.executable, "-m", "tests.sites.server", "--site", "senate", "--count", "3"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout
        assert process.stdin
        url = json.loads(process.stdout.readline())["url"]
        assert url.startswith("http://127.0.0.1:")
        process.stdin.close()
        assert process.wait(20) == 0
