"""The further pages of a listing, by whatever links a site has."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spiders.listing.pagination import next_page, page_number
from tests.spiders.listing.pages import NEWS, RUBRIC, page

_HERE = RUBRIC.removesuffix("/")


def _links(*hrefs: str) -> str:
    return "".join(f'<a href="{href}">{at}</a>' for at, href in enumerate(hrefs, start=2))


@pytest.mark.parametrize(
    ("second", "third"),
    [
        ("?page=2", "?page=3"),
        ("?p=2", "?p=3"),
        ("/r/sport/page-2/", "/r/sport/page-3/"),
        ("/r/sport/page/2/", "/r/sport/page/3/"),
        ("/r/sport/p2", "/r/sport/p3"),
        ("?PAGEN_1=2", "?PAGEN_1=3"),
        ("?start=24", "?start=48"),
        ("?seite=2", "?seite=3"),
    ],
)
def test_the_lowest_number_above_the_pages_own_goes_on(second: str, third: str) -> None:
    last = third.replace("3", "9").replace("48", "96")
    first = next_page(page(_links(last, second, third)))
    assert first is not None
    assert first.endswith(second)
    following = next_page(page(_links("/r/sport/", second, third, last), first))
    assert following is not None
    assert following.endswith(third)
    assert next_page(page(_links("/r/sport/", second), following)) is None


def test_counting_may_begin_with_nought() -> None:
    links = '<a href="?page=0">1</a><a href="?page=1">2</a><a href="?page=2">3</a>'
    assert next_page(page(links)) == f"{RUBRIC}?page=1"
    back = '<a href="?page=1">1</a><a href="?page=2">2</a>'
    assert next_page(page(back)) == f"{RUBRIC}?page=2"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ('<a rel="next" href="?page=2">x</a>', ""),
        ("", '<link rel="next" href="?page=2">'),
        ('<a rel="nofollow NEXT" href="https://www.kazpravda.kz/r/sport/?page=2#a">3</a>', ""),
    ],
)
def test_what_the_site_calls_next_goes_first(body: str, head: str) -> None:
    assert next_page(page(f"{_links('?page=7')}{body}", head=head)) == f"{RUBRIC}?page=2"


@pytest.mark.parametrize(
    "label",
    ["Далее", "Показать ещё", "Загрузить еще", "Следующая страница", "»", "→", "Келесі", "Next",
     "Older posts", "<span>Далее</span> ›"],
)  # fmt: skip
def test_an_opaque_query_is_followed_by_its_label(label: str) -> None:
    assert next_page(page(f'<a href="?before=1ef0">{label}</a>')) == f"{RUBRIC}?before=1ef0"


def test_the_label_may_stand_in_an_attribute() -> None:
    body = '<a href="?before=1ef0" title="Далее"><svg></svg></a>'
    assert next_page(page(body)) == f"{RUBRIC}?before=1ef0"


def test_a_number_that_says_it_is_a_pages_goes_before_any_other() -> None:
    assert next_page(page(_links("?type=2", "?region=3", "?page=2"))) == f"{RUBRIC}?page=2"
    typed = f"{NEWS}?type=1"
    assert next_page(page(_links("?type=2", "?type=1&p=2"), typed)) == f"{typed}&p=2"
    assert next_page(page(_links("?type=1&p=2", "?type=1&p=3"), f"{typed}&p=2")) == f"{typed}&p=3"


@pytest.mark.parametrize(
    "href",
    [
        "?date=20260304", "?day=5", "?month=2", "?year=2025", "?id=7", "?limit=50", "?v=3",
        "/r/kultura/?page=2", "/kk/r/sport/page-2/", "/r/sport/?rubric=1&page=x",
        "https://elsewhere.example/r/sport/?page=2", "/n/page-2/", "?page=1", "?page=999999", "#2",
        "javascript:more(2)", "/r/sport",
    ],
)  # fmt: skip
def test_days_other_listings_and_articles_are_no_further_pages(href: str) -> None:
    assert next_page(page(f'<a href="{href}">5</a>')) is None


def test_an_article_is_no_next_page_whatever_it_is_called() -> None:
    body = '<a rel="next" href="/n/x/">Далее</a><a href="/r/kultura/?after=1">Далее</a>'
    assert next_page(page(body)) is None


def test_the_number_of_an_archives_page_is_not_its_day() -> None:
    day = "https://kazpravda.kz/archive/?date=2026-03-04"
    assert next_page(page(_links("?date=2026-03-04&page=2"), day)) == f"{day}&page=2"
    assert next_page(page(_links("?date=2026-03-05&page=2"), day)) is None


def test_a_listing_with_and_without_its_slash_is_one() -> None:
    assert page_number(f"{RUBRIC}?page=2") == page_number(f"{_HERE}?page=2") == (_HERE, "page", 2)
    assert page_number(f"{RUBRIC}page-2/") == (_HERE, "/", 2)
    assert page_number(RUBRIC) is None


@given(st.text(max_size=300))
@example('<a href="http://[">2</a><a href="?page=²">2</a><a href="?page=&#xD800;">x</a>')
@example('<base href="//[">')
def test_any_page_has_a_next_one_on_the_source_or_none(text: str) -> None:
    for body in (text, f'<a href="{text}">Далее</a>', f'<a href="?page={text}">2</a>'):
        found = next_page(page(body))
        assert found is None or found.startswith("https://kazpravda.kz/")
