"""What is asked for an address."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from scrapy import Request
from sqlite_utils import Database

from pipeline.model.source import Language, Site, Source
from spiders.crawl.session import Session
from spiders.kazpravda import KAZPRAVDA
from spiders.network.request import Handlers, request_for

_HERE = "https://kazpravda.kz/n/a/"


def _request(
    folder: Path, public: str, base_url: str = KAZPRAVDA.base_url, source: Source = KAZPRAVDA
) -> Request:
    session = Session(
        site=Site(source, base_url), db=Database(memory=True), archive=folder, crawl=1,
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


@pytest.mark.parametrize("language", get_args(Language))
def test_every_language_that_facts_may_name_is_asked_for(tmp_path: Path, language: str) -> None:
    source = replace(KAZPRAVDA, default_language=language)
    asked = _request(tmp_path, _HERE, source=source).headers["Accept-Language"]
    assert asked is not None
    assert asked.decode().startswith(language)
