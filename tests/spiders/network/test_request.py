"""What is asked for an address."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy import Request
from sqlite_utils import Database

from pipeline.model.source import Site
from spiders.crawl.session import Session
from spiders.kazpravda import KAZPRAVDA
from spiders.network.request import Handlers, request_for

_HERE = "https://kazpravda.kz/n/a/"


def _request(folder: Path, public: str, base_url: str = KAZPRAVDA.base_url) -> Request:
    session = Session(
        site=Site(KAZPRAVDA, base_url), db=Database(memory=True), archive=folder, crawl=1,
        clock=lambda: datetime(2026, 3, 4, tzinfo=UTC),
    )  # fmt: skip
    handlers = Handlers(answered=lambda _: None, unanswered=lambda _: None)
    return request_for(public, session, handlers)


def test_a_request_goes_to_the_mirror_and_bears_the_public_address(tmp_path: Path) -> None:
    request = _request(tmp_path, _HERE, "http://127.0.0.1:8080/mirror")
    assert request.url == "http://127.0.0.1:8080/mirror/n/a/"
    assert request.meta["public"] == request.meta["canonical"] == _HERE


@pytest.mark.parametrize(
    ("public", "languages"),
    [
        ("https://kazpravda.kz/n/a/", "ru"),
        ("https://kazpravda.kz/kk/n/a/", "kk,ru;q=0.5"),
        ("https://kazpravda.kz/en/n/a/", "en,ru;q=0.5"),
    ],
)
def test_the_languages_asked_for_follow_from_the_address_alone(
    tmp_path: Path, public: str, languages: str
) -> None:
    assert _request(tmp_path, public).headers["Accept-Language"] == languages.encode()
