"""An archive by day: which form of the day it answers to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.source import DayArchive
from spiders.listing.day_urls import DateFormats, day_address, day_of

_BASE = "https://kazpravda.kz"
_RU, _KK = "/archive/?date={date}", "/kk/archive/?date={date}"
_ISO, _DOTTED = "%Y-%m-%d", "%d.%m.%Y"
_ARCHIVE = DayArchive(paths=(_RU, _KK), forms=(_ISO, _DOTTED))
_DAYS = [date(2026, 3, 4) - timedelta(days=back) for back in range(200)]


def _forms(proven: str | None = None) -> DateFormats:
    return DateFormats(_ARCHIVE, proven)


def _ids(*numbers: int) -> frozenset[str]:
    return frozenset(map(str, numbers))


def test_each_path_is_asked_in_each_form_until_one_is_proven() -> None:
    asked = _forms().addresses(_BASE, _DAYS[0])
    assert asked == {
        f"{_BASE}/archive/?date=2026-03-04": (_RU, _ISO),
        f"{_BASE}/archive/?date=04.03.2026": (_RU, _DOTTED),
        f"{_BASE}/kk/archive/?date=2026-03-04": (_KK, _ISO),
        f"{_BASE}/kk/archive/?date=04.03.2026": (_KK, _DOTTED),
    }
    known = _forms(_DOTTED).addresses(_BASE, _DAYS[0])
    assert {form for _, form in known.values()} == {_DOTTED}


def test_a_form_is_proven_by_two_days_with_other_articles() -> None:
    forms = _forms()
    forms.learn(_RU, _DOTTED, _DAYS[0], _ids(1, 2, 3))
    assert forms.proven is None
    forms.learn(_RU, _ISO, _DAYS[0], _ids())
    forms.learn(_RU, _DOTTED, _DAYS[1], _ids(3, 4, 5))
    assert forms.proven == _DOTTED


def test_the_same_list_in_another_language_proves_nothing() -> None:
    forms = _forms()
    for day in _DAYS[:3]:
        forms.learn(_RU, _ISO, day, _ids(1, 2, 3))
        forms.learn(_KK, _ISO, day, _ids(4, 5, 6))
    assert forms.proven is None
    assert {form for _, form in forms.addresses(_BASE, _DAYS[3]).values()} == {_DOTTED}
    forms.learn_from_link(f"{_BASE}/archive/?date=2026-03-04", _BASE)
    assert len(forms.addresses(_BASE, _DAYS[3])) == 2


def test_what_is_proven_is_not_refuted_by_days_without_an_article_beside_a_column_of_news() -> None:
    forms = _forms()
    forms.learn(_RU, _DOTTED, _DAYS[0], _ids(1, 2, 3, 90))
    forms.learn(_RU, _DOTTED, _DAYS[1], _ids(4, 5, 6, 90))
    for day in _DAYS[2:5]:
        forms.learn(_RU, _DOTTED, day, _ids(90))
    assert f"{_BASE}/archive/?date=23.02.2026" in forms.addresses(_BASE, date(2026, 2, 23))


def test_a_list_that_takes_no_notice_of_the_day_proves_nothing_and_is_given_up() -> None:
    forms = _forms()
    for day in _DAYS[:2]:
        forms.learn(_RU, _ISO, day, _ids(1, 2, 3))
    assert forms.proven is None
    assert {form for _, form in forms.addresses(_BASE, _DAYS[2]).values()} == {_DOTTED}


def test_a_list_that_has_grown_a_little_proves_nothing() -> None:
    forms = _forms()
    forms.learn(_RU, _ISO, _DAYS[0], _ids(1, 2, 3, 4))
    forms.learn(_RU, _ISO, _DAYS[1], _ids(0, 1, 2, 3))
    assert forms.proven is None


@pytest.mark.parametrize("given", ["2026-03-04", "04.03.2026", "04-03-2026", "20260304"])
def test_a_link_of_the_sites_own_proves_its_form(given: str) -> None:
    forms = _forms()
    forms.learn_from_link(f"{_BASE}/archive/?date={given}", _BASE)
    assert forms.proven is not None
    assert f"{_BASE}/kk/archive/?date={given}" in forms.addresses(_BASE, _DAYS[0])


@pytest.mark.parametrize(
    "link",
    ["/archive/", "/archive/?date=today", "/archive/?date=2026-03-04&page=2", "/n/2026-03-04/",
     "/archive/?date=2026-3-4", "/archive/?date=31.02.2026"],
)  # fmt: skip
def test_other_links_prove_nothing(link: str) -> None:
    forms = _forms()
    forms.learn_from_link(_BASE + link, _BASE)
    assert forms.proven is None


def test_a_path_without_an_article_on_ten_days_is_given_up() -> None:
    forms = _forms(_ISO)
    for day in _DAYS[:10]:
        assert f"{_BASE}/kk/archive/?date={day}" in forms.addresses(_BASE, day)
        forms.learn(_KK, _ISO, day, _ids())
        forms.learn(_RU, _ISO, day, _ids(day.day, day.day + 1))
    assert [*forms.addresses(_BASE, _DAYS[10])] == [f"{_BASE}/archive/?date={_DAYS[10]}"]


def test_a_path_that_gave_some_is_not_given_up_for_a_month_without_any() -> None:
    forms = _forms(_ISO)
    forms.learn(_KK, _ISO, _DAYS[0], _ids(1))
    for day in _DAYS[1:40]:
        forms.learn(_KK, _ISO, day, _ids())
    assert f"{_BASE}/kk/archive/?date={_DAYS[40]}" in forms.addresses(_BASE, _DAYS[40])
    for day in _DAYS[40:]:
        forms.learn(_KK, _ISO, day, _ids())
    assert f"{_BASE}/kk/archive/?date={_DAYS[0]}" not in forms.addresses(_BASE, _DAYS[0])


def test_an_archive_that_had_articles_before_is_given_up_like_one_that_has_some_now() -> None:
    for had, most in ((set(), 10), ({_RU}, 100)):
        forms = DateFormats(_ARCHIVE, _ISO, had_articles=had)
        for day in _DAYS[:most]:
            assert _RU not in forms.given_up
            forms.learn(_RU, _ISO, day, _ids())
        assert forms.given_up == {_RU: frozenset(_DAYS[:most])}
        assert forms.broken_off == had


def test_a_list_that_another_day_gave_too_is_none_of_the_day() -> None:
    forms = DateFormats(_ARCHIVE, _ISO, had_articles={_RU})
    for day in _DAYS:
        forms.learn(_RU, _ISO, day, _ids(1, 2, 3))
    assert forms.broken_off == {_RU}
    assert not forms.heeds_day


def test_further_pages_of_a_day_prove_nothing() -> None:
    forms = _forms()
    forms.learn(_RU, _ISO, _DAYS[0], _ids(1, 2, 3))
    forms.learn(_RU, _ISO, _DAYS[0], _ids(4, 5, 6))
    assert forms.proven is None
    assert not forms.heeds_day
    forms.learn(_RU, _ISO, _DAYS[1], _ids(7, 8))
    assert forms.heeds_day


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from((_ISO, _DOTTED)))
def test_a_days_address_says_its_day(day: date, form: str) -> None:
    address = day_address(_BASE, _RU, form, day)
    assert day_of(address, _BASE, _RU) == (day, form)
    assert day_of(address, _BASE, _KK) is None


@given(st.text(max_size=40))
@example("%ff")
@example("%00")
def test_any_address_has_a_day_or_none(text: str) -> None:
    found = day_of(f"{_BASE}/archive/?date={text}", _BASE, _RU)
    assert found is None or isinstance(found[0], date)
