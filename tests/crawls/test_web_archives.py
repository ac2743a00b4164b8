"""A source's past, asked of stand-ins for two web archives from the command line."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.sites.replica import Replica
from tests.sites.web_archives.common_crawl import CommonCrawlStandIn
from tests.sites.web_archives.held import (
    START,
    Held,
    digest_of,
    gzipped,
    release,
    release_page,
    release_url,
)
from tests.sites.web_archives.stand_in import Reply, StandIn
from tests.sites.web_archives.wayback import WaybackStandIn
from tests.workspace import Workspace, finish

_EDITED = release_page(
    1,
    "Палата рассмотрела вопрос номер 1 о развитии районов и сёл.",
    "Депутаты задали министрам 99 вопросов о дорогах, школах и больницах.",
    "Следующее заседание по вопросу 1 пройдёт через неделю.",
)


def _point_at(
    workspace: Workspace,
    wayback: StandIn | None = None,
    common_crawl: StandIn | None = None,
    *,
    state: str = "gone",
    delay: float = 0,
) -> None:
    lines = ["[sources.senate]", f'state = "{state}"']
    if wayback is not None:
        lines += ["[archives.wayback]", f'base_url = "{wayback.url}"', f"delay = {delay}"]
    if common_crawl is not None:
        url = common_crawl.url
        lines += ["[archives.commoncrawl]", f'base_url = "{url}"', f'data_url = "{url}"']
        lines += [f"delay = {delay}"]
    (workspace.path / "kazpress.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _search(workspace: Workspace, *arguments: object, status: int = 0) -> dict[str, object]:
    return workspace.crawl("senate", "--from", *arguments, status=status)["senate"]


def _captures(stand_in: StandIn) -> list[str]:
    return [path for path in stand_in.paths() if path.startswith(("/web/", "/crawl-data/"))]


@pytest.fixture
def both() -> Iterator[tuple[WaybackStandIn, CommonCrawlStandIn]]:
    """Seven releases, one of them edited, one gone later; three crawls that hold some of them and
    another.
    """
    gone: dict[str, object] = {"status": 404, "body": b"<html><body>404</body></html>"}
    wayback = WaybackStandIn(
        *(release(number) for number in range(1, 8)),
        release(1, days=3, target="http://www.senate.parlam.kz:80/ru-RU/news/details/1"),
        release(1, days=9, body=_EDITED),
        release(2, days=400, **gone),
        release(2, days=402, **gone),
    )
    common_crawl = CommonCrawlStandIn(
        c2022_21=[release(1, days=4), release(20, days=4), release(3)],
        c2022_27=[release(1, days=40, body=_EDITED)],
        c2023_05=[],
    )
    with wayback, common_crawl:
        yield wayback, common_crawl


def test_a_source_that_is_gone_is_asked_of_the_archives_alone(
    workspace: Workspace, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    wayback, common_crawl = both
    _point_at(workspace, wayback, common_crawl)
    refused = workspace.run("crawl", "senate")
    assert refused.status == 2
    assert "kazpress crawl senate --from wayback,commoncrawl" in refused.stderr
    summary = _search(workspace, "wayback,commoncrawl")
    assert summary["new"] == 8
    assert summary["gone"] == 1
    assert summary["outcome"] == "done"
    items = workspace.items()
    assert len(items) == 8
    first = items[release_url(1)]
    assert first["first_seen"] == "2022-05-16T09:30:05Z"
    assert first["last_changed"] == "2022-05-25T09:30:05Z"
    assert first["revision"] == 2
    assert items[release_url(2)]["gone"] == "2023-06-20T09:30:05Z"
    seen = workspace.rows("SELECT last_seen FROM items WHERE url = ?", release_url(1))
    assert seen == [("2022-06-25T09:30:05Z",)]


def test_a_capture_says_where_it_came_from(
    workspace: Workspace, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    wayback, common_crawl = both
    _point_at(workspace, wayback, common_crawl)
    _search(workspace, "wayback,commoncrawl")
    mirrors = dict(workspace.rows("SELECT time, mirror FROM captures WHERE url LIKE '%/1'"))
    of_wayback = f"{wayback.url}/web/20220516093005id_/{release_url(1)}"
    assert mirrors["2022-05-16T09:30:05.000000Z"] == of_wayback
    of_common_crawl = mirrors["2022-05-20T09:30:05.000000Z"]
    file = common_crawl.file("CC-MAIN-2022-21")
    assert of_common_crawl.startswith(f"{common_crawl.url}/{file}#bytes=0-")
    targets = {target for (target,) in workspace.rows("SELECT target FROM captures")}
    assert "https://senate.parlam.kz/ru-RU/news/details/1" in targets
    shown = workspace.run("show", release_url(1), "--raw")
    assert shown.status == 0
    assert "99 вопросов" in shown.stdout


def test_what_is_known_costs_no_request(
    workspace: Workspace, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    wayback, common_crawl = both
    _point_at(workspace, wayback, common_crawl)
    summary = _search(workspace, "wayback,commoncrawl")
    assert len(_captures(wayback)) == 10
    assert len(_captures(common_crawl)) == 1
    assert summary["unchanged"] == 3
    for stand_in in both:
        stand_in.lift()
    again = _search(workspace, "wayback,commoncrawl")
    assert [again[name] for name in ("requests", "captured", "new", "updated")] == [0, 0, 0, 0]
    full = _search(workspace, "wayback,commoncrawl", "--full")
    assert _captures(wayback) == _captures(common_crawl) == []
    assert full["captured"] == 0


def test_the_order_of_the_archives_and_a_reparse_change_nothing(
    workspace: Workspace, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    other = workspace.beside("other")
    for place, order in ((workspace, "wayback,commoncrawl"), (other, "commoncrawl,wayback")):
        _point_at(place, *both)
        _search(place, order)
    exported = workspace.export()
    assert other.export() == exported
    assert workspace.run("reparse").status == 0
    assert workspace.export() == exported
    workspace.db.unlink()
    assert workspace.run("reparse").status == 0
    assert workspace.export() == exported


def test_an_interrupted_search_goes_on_where_it_was(
    workspace: Workspace, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    wayback, _ = both
    _point_at(workspace, wayback)
    for _ in range(3):
        _search(workspace, "wayback", "--limit", 3)
    assert len(_captures(wayback)) == 9
    status = workspace.run("status")
    assert "to go on: kazpress crawl senate --from wayback" in status.stdout
    _search(workspace, "wayback")
    assert "--from" not in workspace.run("status").stdout
    asked = wayback.paths()
    assert len(asked) == len(set(asked))
    assert len(workspace.items()) == 7


def test_a_list_that_goes_in_a_circle_is_not_taken_for_whole(workspace: Workspace) -> None:
    lines = [["timestamp", "original", "statuscode", "digest"], [], ["same"]]
    with WaybackStandIn(release(1)) as wayback:
        _point_at(workspace, wayback)
        wayback.answer("/cdx/.*ru-RU%2Fnews", Reply(body=json.dumps(lines).encode()))
        ran = workspace.run("crawl", "senate", "--from", "wayback")
        assert ran.status == 3
        assert "goes in a circle" in ran.stderr
        assert len(wayback.paths("ru-RU%2Fnews")) == 2


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_search_that_is_ended_loses_nothing(workspace: Workspace, how: signal.Signals) -> None:
    with WaybackStandIn(*(release(number) for number in range(1, 9))) as wayback:
        _point_at(workspace, wayback, delay=0.2)
        process = workspace.start("crawl", "senate", "--from", "wayback", "--json")
        while len(_captures(wayback)) < 2:
            time.sleep(0.05)
        process.send_signal(how)
        ended = finish(process)
        if how == signal.SIGTERM:
            assert json.loads(ended.stdout)[0]["outcome"] == "stopped"
            assert "Traceback" not in ended.stderr
        _point_at(workspace, wayback)
        _search(workspace, "wayback")
        assert len(workspace.items()) == 8
        assert len(_captures(wayback)) <= 9


def test_a_429_ends_it_at_once_and_is_kept_for_the_next_start(
    workspace: Workspace, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    wayback, common_crawl = both
    _point_at(workspace, wayback, common_crawl)
    wayback.answer("details/1$", Reply(status=429, body=b"Too Many Requests"))
    ran = workspace.run("crawl", "senate", "--from", "wayback,commoncrawl")
    assert ran.status == 1
    assert "the Wayback Machine: answers 429; it is left alone until" in ran.stderr
    assert "429" not in ran.stdout
    assert "Common Crawl lists 1 capture, 1 of articles, 1 not known yet" in ran.stderr
    assert wayback.paths()[-1].startswith("/web/")
    assert len(_captures(common_crawl)) == 4
    wayback.lift()
    ran = workspace.run("crawl", "senate", "--from", "wayback")
    assert ran.status == 1
    assert "it is left alone until" in ran.stderr
    assert wayback.paths() == []
    [senate] = [one for one in workspace.run("status", "--json").json if one["source"] == "senate"]
    assert [one["archive"] for one in senate["archives"]] == ["wayback"]
    assert senate["archives"][0]["rests_until"] is not None


@pytest.mark.parametrize(
    ("pattern", "reply"),
    [
        ("/cdx/", Reply(status=503, headers={"Retry-After": "600"})),
        ("/web/", Reply(status=403, body=b"Forbidden")),
    ],
)
def test_a_refusal_puts_the_archive_to_rest(
    workspace: Workspace, pattern: str, reply: Reply
) -> None:
    with WaybackStandIn(release(1), release(2)) as wayback:
        _point_at(workspace, wayback)
        wayback.answer(pattern, reply)
        assert _search(workspace, "wayback", status=1)["outcome"] == "failed"
        assert len(wayback.paths(pattern)) == 1
        assert workspace.rows("SELECT rest_seconds FROM web_archives") == [(3600.0,)]


def test_an_archive_that_refuses_connections_is_left_alone(workspace: Workspace) -> None:
    with WaybackStandIn() as wayback:
        _point_at(workspace, wayback)
    ran = workspace.run("crawl", "senate", "--from", "wayback")
    assert ran.status == 1
    assert "refuses the connection" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert workspace.rows("SELECT count(*) FROM web_archives WHERE rest_until NOTNULL") == [(1,)]


def test_an_archive_that_fails_is_not_one_without_captures(workspace: Workspace) -> None:
    with WaybackStandIn(release(1)) as wayback:
        _point_at(workspace, wayback)
        wayback.answer("/cdx/", Reply(body=b"<html>We are having technical difficulties</html>"))
        ran = workspace.run("crawl", "senate", "--from", "wayback")
        assert ran.status == 1
        assert "no list could be read" in ran.stderr
        wayback.lift()
        wayback.answer("/cdx/", Reply(status=504))
        assert _search(workspace, "wayback", status=1)["requests"] == 5
        wayback.lift()
        assert _search(workspace, "wayback")["new"] == 1


def test_a_part_of_a_list_that_fails_is_asked_again(
    workspace: Workspace, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    _, common_crawl = both
    _point_at(workspace, common_crawl=common_crawl)
    common_crawl.answer("2022-21-index.*page=0", Reply(status=502), times=3)
    ran = workspace.run("crawl", "senate", "--from", "commoncrawl")
    assert ran.status == 3
    assert "answers 502, so what it has is not known whole; the next crawl asks again" in ran.stderr
    assert len(workspace.items()) == 1
    _search(workspace, "commoncrawl")
    assert len(workspace.items()) == 3


def test_captures_that_cannot_be_had_are_told(workspace: Workspace) -> None:
    held = [
        release(1, truncated="length"),
        release(2),
        release(3),
        Held(target="https://other.example/ru-RU/news/details/4", time=START),
    ]
    with CommonCrawlStandIn(c2022_21=held) as common_crawl:
        _point_at(workspace, common_crawl=common_crawl)
        common_crawl.damaged.add(release_url(2))
        ran = workspace.run("crawl", "senate", "--from", "commoncrawl")
        assert ran.status == 3
        assert (
            "could not give 2 of the captures that it lists: 1 damaged, 1 truncated" in ran.stderr
        )
        assert list(workspace.items()) == [release_url(3)]
        common_crawl.damaged.clear()
        _search(workspace, "commoncrawl")
        assert sorted(workspace.items()) == [release_url(2), release_url(3)]


def test_what_the_wayback_machine_cannot_show_is_told(workspace: Workspace) -> None:
    other = Reply(
        headers={
            "Memento-Datetime": "Mon, 16 May 2022 09:30:05 GMT",
            "Content-Type": "text/html",
            "Link": '<https://other.example/ru-RU/news/details/4>; rel="original"',
        },
        body=release_page(4),
    )
    with WaybackStandIn(*(release(number) for number in range(1, 6))) as wayback:
        _point_at(workspace, wayback)
        wayback.answer("details/2$", Reply(body=b"<html>Sorry. This page is a mistake</html>"))
        wayback.answer("details/3$", Reply(status=404, body=b"<html>not archived</html>"))
        wayback.answer("/web/.*details/4$", other)
        ran = workspace.run("crawl", "senate", "--from", "wayback", "--json")
        assert ran.status == 3
        assert "1 no-capture, 1 not-there, 1 other-address" in ran.stderr
        assert ran.summaries["senate"]["absent"] == 3
        assert sorted(workspace.items()) == [release_url(1), release_url(5)]


def test_a_redirect_to_another_capture_is_a_capture_of_its_own(workspace: Workspace) -> None:
    with WaybackStandIn(release(1), release(1, days=9, body=_EDITED)) as wayback:
        _point_at(workspace, wayback)
        there = f"{wayback.url}/web/20220517093005id_/{release_url(1)}"
        wayback.held.append(release(1, days=1, body=_EDITED, listed_digest="-"))
        wayback.answer("/web/20220516", Reply(status=302, headers={"Location": there}))
        ran = workspace.run("crawl", "senate", "--from", "wayback")
        assert "1 elsewhere" in ran.stderr
        assert len(_captures(wayback)) == 2
        [item] = workspace.items().values()
        assert item["first_seen"] == "2022-05-17T09:30:05Z"


def test_captures_of_errors_and_redirects_are_captures(workspace: Workspace) -> None:
    moved = {"Content-Type": "text/html", "Location": release_url(2)}
    with WaybackStandIn(
        release(1),
        release(1, days=2, status=429, body=b"busy"),
        release(1, days=3, status=301, body=b"", headers=moved),
        release(2, days=4, body=release_page(1)),
    ) as wayback:
        _point_at(workspace, wayback)
        assert _search(workspace, "wayback")["captured"] == 4
        rows = workspace.rows("SELECT status, outcome, location FROM captures ORDER BY time")
        assert rows == [
            (200, "reading", None),
            (429, "refused", None),
            (301, "redirect", release_url(2)),
            (200, "reading", None),
        ]
        [item] = workspace.items().values()
        assert item["url"] == release_url(2)
        assert item["revision"] == 1


@pytest.mark.parametrize("order", [1, -1])
def test_a_redirect_to_another_spelling_hides_none_of_its_second_to_another_article(
    workspace: Workspace, order: int
) -> None:
    bare = release_url(1).replace("https", "http")
    held = [
        release(1, days=1, status=301, body=b"moved", target=target, headers={"Location": location})
        for target, location in ((bare, release_url(1)), (release_url(1), release_url(2)))
    ]
    with CommonCrawlStandIn(
        c2022_21=[release(1), *held[::order], release(2, days=2)]
    ) as common_crawl:
        _point_at(workspace, common_crawl=common_crawl)
        _search(workspace, "commoncrawl")
        [item] = workspace.items().values()
        assert item["url"] == release_url(2)


def test_bodies_are_kept_as_their_headers_say(workspace: Workspace) -> None:
    coded = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    as_came = release(1, body=gzipped(release_page(1)), headers=coded)
    decoded = release(2, headers=coded, listed_digest=digest_of(b"as it came"))
    for wraps in (False, True):
        place = workspace.beside(f"wraps-{wraps}")
        with WaybackStandIn(as_came, decoded, release(3), wraps=wraps) as wayback:
            _point_at(place, wayback)
            _search(place, "wayback")
            assert len(place.items()) == 3
            coding = dict(place.rows("SELECT url, content_encoding FROM captures"))
            assert coding == {release_url(1): "gzip", release_url(2): "", release_url(3): ""}


def test_another_view_of_a_page_is_no_edit_of_it(workspace: Workspace) -> None:
    def view(number: int, days: float) -> Held:
        target = f"{release_url(number)}?print=1"
        text = f"Версия для печати: палата рассмотрела вопрос {number} о развитии сёл."
        return release(number, target=target, days=days, body=release_page(number, text))

    with (
        WaybackStandIn(release(1), view(1, 2), view(2, 1), view(3, 1), view(3, 2)) as wayback,
        CommonCrawlStandIn(c2022_21=[release(1, days=4), release(2, days=4)]) as common_crawl,
    ):
        _point_at(workspace, wayback, common_crawl)
        _search(workspace, "wayback,commoncrawl")
        revisions = {url: item["revision"] for url, item in workspace.items().items()}
        assert revisions == {release_url(1): 1, release_url(2): 1, release_url(3): 1}
        assert len(_captures(wayback)) == 2
        assert _search(workspace, "wayback,commoncrawl")["requests"] == 0


def test_a_digest_that_is_wrong_hides_no_edit(workspace: Workspace) -> None:
    wrong = "A" * 32
    with WaybackStandIn(
        release(1, listed_digest=wrong), release(1, days=2, body=_EDITED, listed_digest=wrong)
    ) as wayback:
        _point_at(workspace, wayback)
        assert _search(workspace, "wayback")["captured"] == 2
        [item] = workspace.items().values()
        assert item["revision"] == 2


def test_two_captures_of_one_second_are_both_kept(workspace: Workspace) -> None:
    with CommonCrawlStandIn(
        c2022_21=[release(1), release(1, target="http://senate.parlam.kz/ru-RU/news/details/1",
                                      body=_EDITED)],
    ) as common_crawl:  # fmt: skip
        _point_at(workspace, common_crawl=common_crawl)
        assert _search(workspace, "commoncrawl")["captured"] == 2
        assert workspace.count("captures") == 2


def test_the_record_says_when_it_was_made(workspace: Workspace) -> None:
    listed = START.replace(second=9)
    with CommonCrawlStandIn(c2022_21=[release(1, listed_time=listed)]) as common_crawl:
        _point_at(workspace, common_crawl=common_crawl)
        _search(workspace, "commoncrawl")
        assert workspace.rows("SELECT time FROM captures") == [("2022-05-16T09:30:05.000000Z",)]
        assert _search(workspace, "commoncrawl", "--full")["captured"] == 0


def test_days_bound_the_time_of_capture(
    workspace: Workspace, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    wayback, common_crawl = both
    common_crawl.spans = {
        "CC-MAIN-2022-21": ("2022-05-10T00:00:00", "2022-05-25T00:00:00"),
        "CC-MAIN-2022-27": ("2022-06-20T00:00:00", "2022-07-01T00:00:00"),
    }
    _point_at(workspace, wayback, common_crawl)
    days = ("--since", "2022-05-19", "--until", "2022-05-20")
    assert _search(workspace, "wayback,commoncrawl", *days)["captured"] == 3
    times = [time[:10] for (time,) in workspace.rows("SELECT time FROM captures ORDER BY time")]
    assert times == ["2022-05-19", "2022-05-20", "2022-05-20"]
    assert not common_crawl.paths("2022-27")
    assert all("from=20220518180000" in path for path in wayback.paths("/cdx/"))
    assert _search(workspace, "wayback,commoncrawl")["new"] == 6


def test_one_article_is_asked_by_its_address(
    workspace: Workspace, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    wayback, common_crawl = both
    wayback.held.append(release(11))
    _point_at(workspace, wayback, common_crawl)
    summary = workspace.crawl(release_url(1), "--from", "wayback,commoncrawl")["senate"]
    assert summary["new"] == 1
    assert list(workspace.items()) == [release_url(1)]
    assert _search(workspace, "wayback,commoncrawl")["new"] == 8


def test_lists_and_captures_wait_for_their_turns(workspace: Workspace) -> None:
    with WaybackStandIn(*(release(number) for number in range(1, 5)), per_page=9) as wayback:
        _point_at(workspace, wayback, delay=0.2)
        process = workspace.start("crawl", "senate", "--from", "wayback")
        while len(wayback.paths("/cdx/")) < 2:
            time.sleep(0.05)
        process.terminate()
        finish(process)
        lists = [one.at for one in wayback.asked if one.path.startswith("/cdx/")]
        captures = [one.at for one in wayback.asked if one.path.startswith("/web/")]
        assert min(b - a for a, b in pairwise(lists)) >= 2.5
        assert min(b - a for a, b in pairwise(captures)) >= 0.2


def test_an_active_source_is_searched_and_its_site_not_asked(
    workspace: Workspace, senate: Replica, both: tuple[WaybackStandIn, CommonCrawlStandIn]
) -> None:
    wayback, _ = both
    _point_at(workspace, wayback, state="active")
    file = workspace.path / "kazpress.toml"
    text = file.read_text(encoding="utf-8")
    base = f'base_url = "{senate.url}"\ndelay = 0\nstate'
    file.write_text(text.replace("state", base, 1), encoding="utf-8")
    assert _search(workspace, "wayback")["new"] == 7
    assert senate.requests() == ()
    assert workspace.rows("SELECT count(*) FROM addresses WHERE state = 'found'") == [(0,)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "wayback"), "--from goes with a source"),
        (("senate", "--from", "waybak"), 'did you mean "wayback"?'),
        (("senate", "--from", ""), "name at least one"),
        (("senate", "--from", "wayback", "--replay", "x.warc"), "give one of them"),
        (("senate", "--from", "wayback", "--since", "2030-01-01"), "is later than today"),
        (("senate", "--from", "wayback"), "names no contact"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_asked(
    workspace: Workspace, arguments: tuple[str, ...], said: str
) -> None:
    (workspace.path / "kazpress.toml").write_text("", encoding="utf-8")
    ran = workspace.run("crawl", *arguments)
    assert ran.status == 2
    assert said in " ".join(ran.stderr.split())
    assert not workspace.db.exists()
