"""What is asked for an address, and where a redirect leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from scrapy.http import HtmlResponse
from sqlite_utils import Database

from pipeline.model.source import Language, Site
from spiders.crawl.session import Session
from spiders.kazpravda import KAZPRAVDA
from spiders.network.request import DeadEnd, Handlers, next_hop, request_for
from spiders.network.robots import EVERYTHING, Robots

_HERE = "https://kazpravda.kz/n/a/"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(
        site=Site(KAZPRAVDA, "http://127.0.0.1:8080/mirror"), db=Database(memory=True),
        archive=tmp_path, crawl=1, clock=lambda: datetime(2026, 3, 4, tzinfo=UTC),
    )  # fmt: skip


def _redirect(session: Session, location: str | None, *chain: str) -> HtmlResponse:
    handlers = Handlers(answered=lambda _: None, unanswered=lambda _: None)
    request = request_for(_HERE, session, handlers, chain=chain)
    headers = {} if location is None else {"Location": location}
    return HtmlResponse(request.url, status=301, headers=headers, request=request)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/n/b/", "https://kazpravda.kz/n/b/"),
        ("../b", "https://kazpravda.kz/n/b"),
        ("http://www.kazpravda.kz/kk/n/b/", "https://kazpravda.kz/kk/n/b/"),
        ("http://127.0.0.1:8080/mirror/n/b/", "https://kazpravda.kz/n/b/"),
        ("?page=2", "https://kazpravda.kz/n/a/?page=2"),
    ],
)
def test_a_redirect_on_the_source_leads_on(session: Session, location: str, target: str) -> None:
    assert next_hop(_redirect(session, location), session, EVERYTHING) == target


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        (None, "redirect-elsewhere"),
        ("https://example.org/n/b/", "redirect-elsewhere"),
        ("http://127.0.0.1/n/b/", "redirect-elsewhere"),
        ("http://169.254.169.254/latest/", "redirect-elsewhere"),
        ("ftp://kazpravda.kz/n/b/", "redirect-elsewhere"),
        ("file:///etc/passwd", "redirect-elsewhere"),
        ("https://kazpravda.kz:8443/n/b/", "redirect-elsewhere"),
        ("https://kazpravda.kz@example.org/n/b/", "redirect-elsewhere"),
        ("/n/a/", "redirect-loop"),
        ("https://www.kazpravda.kz/n/a/", "redirect-loop"),
        ("/n/0/", "redirect-loop"),
        ("/closed/", "forbidden"),
    ],
)
def test_other_redirects_lead_nowhere(session: Session, location: str | None, reason: str) -> None:
    robots = Robots.parsed(b"User-agent: *\nDisallow: /closed/")
    answer = _redirect(session, location, "https://kazpravda.kz/n/0/")
    hop = next_hop(answer, session, robots)
    assert isinstance(hop, DeadEnd)
    assert hop.reason == reason


def test_five_hops_are_enough(session: Session) -> None:
    chain = tuple(f"https://kazpravda.kz/n/{number}/" for number in range(5))
    hop = next_hop(_redirect(session, "/n/b/", *chain), session, EVERYTHING)
    assert isinstance(hop, DeadEnd)


def test_a_request_goes_to_the_mirror_and_bears_the_public_address(session: Session) -> None:
    request = _redirect(session, None).request
    assert request
    assert request.url == "http://127.0.0.1:8080/mirror/n/a/"
    assert request.meta["public"] == request.meta["canonical"] == _HERE


@pytest.mark.parametrize("origin", ["https://www.kazpravda.kz", "http://kazpravda.kz"])
def test_all_requests_go_to_the_host_as_the_site_itself_spells_it(
    tmp_path: Path, origin: str
) -> None:
    session = Session(
        site=Site(KAZPRAVDA, KAZPRAVDA.base_url), db=Database(memory=True), archive=tmp_path,
        crawl=1, clock=lambda: datetime(2026, 3, 4, tzinfo=UTC),
    )  # fmt: skip
    answer = _redirect(session, f"{origin}/n/a/")
    assert next_hop(answer, session, EVERYTHING) == _HERE
    again = _redirect(session, "https://kazpravda.kz/n/a/")
    assert again.url == f"{origin}/n/a/"
    assert again.request
    assert again.request.meta["public"] == _HERE
    hop = next_hop(again, session, EVERYTHING)
    assert isinstance(hop, DeadEnd), "a circle of two spellings ends"
    assert hop.reason == "redirect-loop"


@pytest.mark.parametrize("language", get_args(Language))
def test_every_language_that_facts_may_name_is_asked_for(session: Session, language: str) -> None:
    session.source = replace(KAZPRAVDA, default_language=language)
    handlers = Handlers(answered=lambda _: None, unanswered=lambda _: None)
    asked = request_for(_HERE, session, handlers).headers["Accept-Language"]
    assert asked is not None
    assert asked.decode().startswith(language)
