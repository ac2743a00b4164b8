"""Items as they are compared with those of other languages, written down and read."""

from datetime import date

from pipeline.model.capture import ClassifiedCapture
from pipeline.translations.account_rows import accounts_between
from tests.pipeline.worlds.captures import kaz, page, world

_RU, _KK, _EN = kaz("a"), kaz("b", "kk"), kaz("c", "en")
_DAY = date(2026, 3, 2).toordinal()


def _page(url: str, body: str, *alternates: str, day: int = 2) -> ClassifiedCapture:
    return page(url, 0, body, alternates=alternates, published=f"2026-03-{day:02}")


def test_the_longest_of_linked_items_stands_for_the_languages_of_all() -> None:
    db = world(_page(_RU, "Один два три", _KK), _page(_KK, "Бір екі"), _page(_EN, "One", day=3))
    found = {one.url: one for one in accounts_between(db, "kazpravda", _DAY, _DAY + 1)}
    assert {url: one.languages for url, one in found.items()} == {
        _RU: {"ru", "kk"},
        _KK: frozenset(),
        _EN: {"en"},
    }
    assert [one.url for one in accounts_between(db, "kazpravda", _DAY + 1, _DAY + 1)] == []


def test_items_of_one_language_have_nothing_to_be_compared_with() -> None:
    db = world(_page(_RU, "Один два три"), _page(kaz("d"), "Четыре пять"))
    assert accounts_between(db, "kazpravda", _DAY, _DAY) == []
    assert accounts_between(db, "senate", _DAY, _DAY) == []


def test_a_day_with_too_many_items_is_passed_over() -> None:
    db = world(_page(_RU, "Один два"), _page(_KK, "Бір екі"), _page(_EN, "One", day=3))
    found = accounts_between(db, "kazpravda", _DAY, _DAY + 1, most_a_day=1)
    assert [one.url for one in found] == [_EN]
