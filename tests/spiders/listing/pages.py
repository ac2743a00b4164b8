"""Listings of the two sites as short pages, for the tests of what is found on them."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.model.capture import Capture
from pipeline.model.source import Site
from pipeline.page.page import Page
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE

PAPER = Site(KAZPRAVDA, KAZPRAVDA.base_url)
HOUSE = Site(SENATE, SENATE.base_url)
RUBRIC = "https://kazpravda.kz/r/sport/"
NEWS = "https://senate.parlam.kz/ru-RU/news/index"


def page(body: str, url: str = RUBRIC, head: str = "") -> Page:
    """A page of either site with this in its body."""
    site = HOUSE if "senate" in url else PAPER
    return Page(url, site, f"<html><head>{head}</head><body>{body}</body></html>")


def capture(url: str = RUBRIC, *, encoding: str = "") -> Capture:
    """An answer with status 200 to a request for an address."""
    return Capture(
        source="kazpravda", url=url, target=url, time=datetime(2026, 3, 4, tzinfo=UTC), status=200,
        digest="sha1:A", content_type="text/html", content_encoding=encoding, article=False,
    )  # fmt: skip
