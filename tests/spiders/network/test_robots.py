"""What the answer to a request for robots.txt means (RFC 9309), and which rules it holds."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.archive.content_encoding import decoded_as_far_as_it_goes
from spiders.network.http_answer import CHALLENGE, Pause, Redirect, Refused
from spiders.network.robots import EVERYTHING, NothingAllowed, Robots, robots_verdict

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_CLOSED = b"User-agent: *\nDisallow: /n/"
_ARTICLE = "https://kazpravda.kz/n/a/"
_packed = partial(gzip.compress, mtime=0)


def _found(status: int, body: bytes = _CLOSED, **headers: str) -> object:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return robots_verdict(status, pairs, body, now=_NOW)


@pytest.mark.parametrize("status", [400, 402, 404, 405, 410, 418, 451])
def test_where_there_is_none_everything_may_be_asked(status: int) -> None:
    assert _found(status) is EVERYTHING


@pytest.mark.parametrize("status", [201, 204, 206, 304, 500, 502, 503, 504, 999])
def test_where_it_cannot_be_had_nothing_may_be_asked(status: int) -> None:
    assert _found(status) == NothingAllowed(f"http-{status}", f"answers {status}")


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_refusal_is_one_though_it_is_4xx(status: int) -> None:
    assert _found(status) == Refused(f"refuses us with status {status}")


def test_a_challenge_is_a_refusal_by_its_text_and_by_its_headers() -> None:
    assert _found(200, b"<title>Just a moment...</title>") == CHALLENGE
    assert _found(200, cf_mitigated="challenge") == CHALLENGE
    assert _found(202, b"", x_amzn_waf_action="challenge") == CHALLENGE


def test_a_redirect_and_a_long_pause_are_left_to_who_asks() -> None:
    assert _found(301, location="/rules.txt") == Redirect("/rules.txt")
    assert _found(503, retry_after="3600") == Pause(3600.0)
    assert _found(503, retry_after="60") == NothingAllowed("http-503", "answers 503")


@pytest.mark.parametrize(
    ("body", "coding", "allowed"),
    [
        (_CLOSED, "", False),
        (_packed(_CLOSED), "gzip", False),
        (_CLOSED, "gzip", False),
        (_CLOSED, "br", False),
        (_CLOSED, "utf-8", False),
        (_packed(_CLOSED), "", False),
        (_packed(_CLOSED + b"\nAllow: /n/a/")[:-1], "gzip", False),
        (_packed(_CLOSED + b"\n\nUser-agent: kazakhstan")[:-1], "gzip", False),
        (_packed(_packed(_CLOSED)), "gzip", False),
        (b"User-agent: *\nDisallow:\n", "gzip", True),
        (b"<html><p>no rules</p></html>", "", True),
        (b"\xff\xfe\x00", "", True),
        (b"", "", True),
    ],
)
def test_the_rules_of_a_200_hold(body: bytes, coding: str, allowed: bool) -> None:
    robots = _found(200, body, content_encoding=coding)
    assert isinstance(robots, Robots)
    assert robots.allows(_ARTICLE) is allowed


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (b"", "gzip"),
        (b"no gzip", "gzip"),
        (b"<html><style>p {display: none}</style><p>404</p></html>", "gzip"),
        (_packed(_CLOSED)[:12], "gzip"),
        (_packed(b"User-agent: *\nAllow: /\n")[:-1], "gzip"),
        (_packed(b"User-agent: x\nDisallow: /n/\n" * 9)[:-9], "gzip"),
        (_packed(_CLOSED + b"\nUser-agent: kazpress\n")[:-1], "gzip"),
        (b"\x28\xb5\x2f\xfd\x04\x00", "br"),
        (b"\x89PNG\r\n\x1a\n\0\0", ""),
        (b"\0" * 99, ""),
        ("<html><h1>Сайт временно недоступен</h1><p>Ведутся технические работы".encode(), ""),
        (b"<b>Fatal error</b>: Uncaught Error in /a.php on line 3", ""),
    ],
)
def test_where_no_rules_can_be_read_nothing_may_be_asked(body: bytes, coding: str) -> None:
    found = _found(200, body, content_encoding=coding)
    assert isinstance(found, NothingAllowed), found
    assert found.reason == "undecodable"
    assert found.detail.startswith("can't be read: ")


@pytest.mark.parametrize(
    "body",
    [
        _CLOSED.decode().encode("utf-16"),
        _CLOSED.decode().encode("utf-16-le"),
        "# Правила для роботов\n".encode("utf-16-be") + _CLOSED.decode().encode("utf-16-be"),
        "# Правила\n".encode("cp1251") + _CLOSED,
        _CLOSED.replace(b"\n", b"\r"),
        _CLOSED.replace(b"/n/", b"/n/\0"),
        _CLOSED + b"\n" + b"\0" * 600,
        b"\xef\xbb\xbf\r\n\xef\xbb\xbf" + _CLOSED,
        b"<br />\n<b>Warning</b>: x in <b>/a.php</b><br />" + _CLOSED,
        b"<html><body><pre>" + _CLOSED + b"</pre></body></html>",
        b"# " + b"x" * 600_000 + b"\n" + _CLOSED,
        b"User-agent: x\nDisallow: /\n\n" * 30_000 + _CLOSED,
    ],
    ids=lambda body: str(body[:30]),
)
def test_rules_are_read_in_whatever_wrapping(body: bytes) -> None:
    robots = _found(200, body)
    assert isinstance(robots, Robots)
    assert not robots.allows(_ARTICLE)
    assert robots.allows("https://kazpravda.kz/r/a/")


def test_a_path_in_another_encoding_is_forbidden() -> None:
    robots = Robots.parsed("User-agent: *\nDisallow: /тег/".encode("cp1251"))
    assert not robots.allows("https://kazpravda.kz/%D1%82%D0%B5%D0%B3/a")


def test_what_is_odd_about_the_file_is_told() -> None:
    pages = {
        b"<html><p>no rules</p></html>": ("holds no rules", False),
        _CLOSED: ("", False),
        b"": ("", False),
    }
    for body, told in pages.items():
        robots = _found(200, body)
        assert isinstance(robots, Robots)
        assert (robots.remark, robots.is_cut) == told
    for body, is_cut in ((_CLOSED, False), (_packed(_CLOSED)[:-1], True)):
        robots = _found(200, body, content_encoding="gzip")
        assert isinstance(robots, Robots)
        assert robots.remark.startswith("is read as far as it goes: the body is not gzip: ")
        assert robots.is_cut is is_cut


_PATHS = st.lists(
    st.text("abc/*%-", min_size=1, max_size=9).map(lambda text: f"/{text}")
    | st.sampled_from(["/", "/тег/", "/%D1%82%D0%B5%D0%B3/", "/a$", "/*.php$", "/n/ "]),
    min_size=1, max_size=4,
)  # fmt: skip
_GROUPS = st.lists(
    st.tuples(st.sampled_from(["*", "kazpress", "kaz", "other"]), _PATHS, _PATHS | st.just([])),
    min_size=1, max_size=3,
)  # fmt: skip


def _file(groups: list[tuple[str, list[str], list[str]]]) -> str:
    return "\n".join(
        "\n".join(
            [f"User-agent: {agent}", *(f"Disallow: {one}" for one in closed),
             *(f"Allow: {one}" for one in opened), "Crawl-delay: 10"]
        )
        for agent, closed, opened in groups
    )  # fmt: skip


@given(_GROUPS, st.sampled_from(["gzip", "stored", "deflate"]), st.integers(0, 400))
@example([("*", ["/n/"], []), ("kazpress", ["/x"], [])], "stored", 44)
@example([("*", ["/%D1%82%D0%B5%D0%B3/"], [])], "stored", 47)
def test_a_file_that_is_cut_anywhere_never_allows_what_its_whole_rules_forbid(
    groups: list[tuple[str, list[str], list[str]]], coding: str, cut: int
) -> None:
    text = _file(groups)
    packed = (
        zlib.compress(text.encode())
        if coding == "deflate"
        else _packed(text.encode(), compresslevel=0 if coding == "stored" else 9)
    )
    payload, coding = packed[: cut % len(packed)], "deflate" if coding == "deflate" else "gzip"
    found = _found(200, payload, content_encoding=coding)
    if isinstance(found, NothingAllowed):
        return
    assert isinstance(found, Robots)
    rest = decoded_as_far_as_it_goes(payload, coding).decode(errors="ignore")
    whole = Robots.parsed(rest[: rest.rfind("\n") + 1].encode())
    closed = [one for _, paths, _ in groups for one in paths]
    urls = [f"https://kazpravda.kz{one.strip().rstrip('$')}" for one in closed]
    assert not any(found.allows(url) for url in urls if not whole.allows(url))
    shorter = {
        url[:end] for url in urls for end in range(len("https://kazpravda.kz/"), len(url) + 1)
    }
    longer = {f"{url}aa" for url in shorter}
    assert not all(map(found.allows, shorter | longer)), "not everything is allowed"


@given(st.binary(max_size=200), st.sampled_from(["", "gzip", "deflate", "br", "zstd", "x"]))
def test_any_bytes_are_rules_or_not(body: bytes, coding: str) -> None:
    found = _found(200, body, content_encoding=coding)
    assert isinstance(found, Robots | NothingAllowed)


def test_a_delay_longer_than_an_hour_means_that_nothing_may_be_asked() -> None:
    robots = _found(200, b"User-agent: *\nCrawl-delay: 3600")
    assert isinstance(robots, Robots)
    assert robots.delay_seconds == 3600
    said = "asks for 3601 s between requests, which is longer than a crawl waits"
    found = _found(200, b"User-agent: *\nCrawl-delay: 3601")
    assert found == NothingAllowed("crawl-delay", said)


@pytest.mark.parametrize(
    ("text", "allowed", "delay"),
    [
        ("", True, 0),
        ("User-agent: *\nDisallow: /n/\nCrawl-delay: 2.5", False, 2.5),
        ("User-agent: other\nDisallow: /", True, 0),
        ("User-agent: *\nDisallow: /\n\nUser-agent: KazPress\nAllow: /\nCrawl-delay: 7", True, 7),
        ("User-agent: *\nCrawl-delay: soon", True, 0),
        ("\ufeffUser-agent: *\nDisallow: /*/b", True, 0),
        ("<html><p>no rules</p></html>", True, 0),
    ],
)
def test_rules(text: str, allowed: bool, delay: float) -> None:
    robots = Robots.parsed(text.encode())
    assert robots.allows(_ARTICLE) is allowed
    assert robots.delay_seconds == delay
    assert EVERYTHING.allows(_ARTICLE)
