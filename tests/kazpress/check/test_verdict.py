"""The verdict as a function of what was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kazpress.check.verdict import verdict
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.reading import Reading, Step
from spiders.check.report import (
    NO_PAST,
    CheckedPage,
    CheckStep,
    FieldCheck,
    Findings,
    PageCheck,
    Past,
)
from spiders.kazpravda import KAZPRAVDA

WAY = CheckStep(
    step="way", target="listing", status="ok", detail="", articles=5, newest=date(2026, 3, 4)
)


def page(number: int, *, body: str = "", read_by: Step = "layout", **fields: str) -> CheckedPage:
    url = f"https://kazpravda.kz/n/{number}/"
    named = {"title": "T", "published": "2026-03-05T10:00:00+05:00", "body": "B"} | fields
    check = PageCheck(
        url=url, language="ru", found_by="listing", ok=True, layout="2021",
        fields=tuple(
            FieldCheck(name=name, value=value, read_by=read_by if name == "body" else "layout")
            for name, value in named.items()
        ),
    )  # fmt: skip
    capture = Capture(
        source="kazpravda", url=url, target=url, time=datetime.now(UTC), status=200, digest=""
    )
    reading = Reading(
        language="ru", title="T", body=body or f"B{number}", published="2026-03-05",
        published_precision="day",
    )  # fmt: skip
    classified = ClassifiedCapture(capture=capture, outcome="reading", reading=reading)
    return CheckedPage(check=check, classified=classified)


def failed(number: int, reason: str, detail: str) -> CheckedPage:
    look = page(number)
    return replace(
        look, check=replace(look.check, ok=False, reason=reason, detail=detail, fields=())
    )


def said(*pages: CheckedPage, past: Past = NO_PAST, steps: tuple[CheckStep, ...] = (WAY,)) -> str:
    seen = Findings(steps=steps, pages=pages, today=date(2026, 3, 6))
    return verdict(KAZPRAVDA, seen, past, is_replay=False).sentence


def test_a_healthy_source_says_how_new_it_is() -> None:
    assert said(page(1), page(2)) == (
        "kazpravda: healthy: listing leads to articles, the newest of 2026-03-05; 2 of 2 pages read"
    )


def test_the_weaker_step_is_named_with_what_to_do() -> None:
    assert said(*(page(n, read_by="generic") for n in range(5))) == (
        "kazpravda: the body is read by the generic step on 5 of 5 pages: the layout has changed; "
        "save the pages (kazpress check kazpravda --save) and edit spiders/kazpravda.py"
    )


def test_a_field_that_most_items_had_and_no_page_has_is_missed() -> None:
    past = Past(shares={"lead": 0.97, "authors": 0.4})
    pages = [page(1), page(2), page(3)]
    assert "the lead is on none of 3 pages, and in 97% of the items before" in said(
        *pages, past=past
    )
    assert "healthy" in said(*pages, page(4, lead="L"), past=past)


def test_one_body_on_many_pages_is_no_articles() -> None:
    assert "3 of 4 pages give one and the same body" in said(
        page(1), *(page(n, body="Подписка") for n in (2, 3, 4))
    )


def test_pages_that_are_gone_or_have_no_text_are_no_fault() -> None:
    pages = [page(1), failed(2, "http-404", "is gone"), failed(3, "video", "a video without text")]
    assert "healthy" in said(*pages)
    assert "of 3 pages 1 has no date and body that any step finds" in said(
        page(1), page(2), failed(3, "no-date-body", "no date, no body")
    )


def test_what_failed_goes_before_what_needs_a_look() -> None:
    rest = CheckStep(step="rest", target="", status="failed", detail="is left alone", reason="rest")
    tls = CheckStep(step="tls", target="kazpravda.kz", status="look", detail="expired", reason="x")
    assert said(steps=(tls, rest)) == "kazpravda: is left alone; check again then"
    assert said(page(1), steps=(tls, WAY)).startswith("kazpravda: kazpravda.kz expired; crawls go")


def test_what_the_crawl_says_needs_a_look_is_said_where_nothing_else_is() -> None:
    seen = Findings(steps=(WAY,), pages=(page(1),), notes=("2 of 9 articles gave none",))
    told = verdict(KAZPRAVDA, seen, NO_PAST, is_replay=False)
    assert told.status == "look"
    assert told.sentence == "kazpravda: 2 of 9 articles gave none; look at it with a browser"


@pytest.mark.parametrize(
    ("step", "reason", "detail", "sentence"),
    [
        ("robots", "refused", "refuses us with status 403",
         "https://kazpravda.kz/x refuses us with status 403, so nothing may be asked; "),
        ("robots", "forbids-all", "forbids every start page",
         "https://kazpravda.kz/x forbids every start page; "),
        ("start page", "refused", "refuses us with status 403",
         "https://kazpravda.kz/x refuses us with status 403; "),
        ("start page", "challenge", "answers with a challenge page",
         "https://kazpravda.kz/x answers with a challenge page; "),
    ],
)  # fmt: skip
def test_what_keeps_us_out_is_named_with_its_address(
    step: str, reason: str, detail: str, sentence: str
) -> None:
    url = "https://kazpravda.kz/x"
    fault = CheckStep(step=step, target=url, status="failed", detail=detail, reason=reason)
    assert said(page(1), steps=(WAY, fault)).startswith(f"kazpravda: {sentence}")


def test_pages_that_are_refused_are_counted() -> None:
    refused = [failed(n, "refused", "refuses us with status 403") for n in (2, 3)]
    assert "of 3 pages 2 are refused (with status 403)" in said(page(1), *refused)


def test_a_site_without_any_article_has_failed() -> None:
    empty = CheckStep(step="way", target="listing", status="ok", detail="")
    told = said(steps=(empty,))
    assert "no listing, and no other way of finding, leads to any article" in told


def test_a_sitemap_that_robots_names_and_is_absent_needs_a_look() -> None:
    url = "https://kazpravda.kz/sitemap.xml"
    step = CheckStep(
        step="sitemap", target=url, status="look", detail="answers 404", reason="absent"
    )
    assert said(page(1), steps=(WAY, step)).startswith(f"kazpravda: {url} answers 404; ")
