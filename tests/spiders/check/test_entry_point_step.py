"""A place by what it answers and what was known of it before."""

from __future__ import annotations

import pytest

from spiders.check.entry_point_step import Read, entry_point_step
from spiders.listing.answer import Answer


def read(count: int = 0, *, sitemaps: int = 0) -> Read:
    return Read(answer=Answer(), count=count, sitemaps=sitemaps)


def lacks(reason: str) -> Read:
    return Read(reason=reason, detail="is so")


@pytest.mark.parametrize(
    ("seen", "sure", "usual", "status"),
    [
        (read(5), True, None, "ok"),
        (read(), True, None, "empty"),
        (read(), False, 12, "look"),
        (read(2), False, 12, "look"),
        (read(2), False, 7, "ok"),
        (read(sitemaps=3), True, 3, "ok"),
        (read(sitemaps=3), True, None, "ok"),
        (read(sitemaps=1), True, 12, "look"),
        (lacks("absent"), False, None, "absent"),
        (lacks("absent"), True, None, "look"),
        (lacks("absent"), False, 5, "look"),
        (lacks("http-418"), False, None, "absent"),
        (lacks("http-500"), False, None, "look"),
        (lacks("redirect-loop"), False, None, "look"),
        (lacks("redirect-elsewhere"), True, None, "failed"),
        (lacks("refused"), False, None, "failed"),
        (lacks("challenge"), False, None, "failed"),
        (lacks("forbidden"), True, 5, "skipped"),
        (lacks("not-held"), True, None, "skipped"),
    ],
)
def test_a_place_is_judged_by_its_answer_and_its_past(
    seen: Read, sure: bool, usual: int | None, status: str
) -> None:
    step = entry_point_step("listing", "https://kazpravda.kz/", seen, sure=sure, usual=usual)
    assert step.status == status


def test_an_index_tells_of_no_articles() -> None:
    url = "https://kazpravda.kz/sitemap.xml"
    step = entry_point_step("sitemap", url, read(sitemaps=3), sure=True, usual=3)
    assert step.articles is None
    assert entry_point_step("sitemap", url, read(2, sitemaps=3), sure=True).articles == 2
