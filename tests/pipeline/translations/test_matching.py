"""Which items numbers and names join, and which not."""

from datetime import date

from bench.translations import made, measured
from pipeline.translations.entities import entities_in
from pipeline.translations.entity_index import Group
from pipeline.translations.matching import BOUNDS, matches

_DAY = date(2026, 3, 4).toordinal()
_RU = "Вчера, как сообщил Болегенов, в Акколе и Жанатасе построили 1 286 домов на 14,7 млрд тенге."
_KK = "Бұл туралы Бөлегенов айтты: кеше Ақкөл мен Жаркентте 14,7 миллиард теңгеге 1 286 үй салынды."
_EN = "Yesterday, said Bolegenov, 1,286 houses for 14.7 billion tenge were built in Akkol."


def _group(name: str, body: str, language: str, day: int = 0, joined: str = "") -> Group:
    return Group(
        url=name, language=language, day=_DAY + day,
        languages=frozenset((language, *joined.split())), entities=entities_in(body, language),
    )  # fmt: skip


_CROWD = [_group(f"x{n}", f"Сегодня {n}00,5 тонн", "ru", n % 3 - 1) for n in range(10)]


def _joined(*accounts: Group) -> set[tuple[str, str]]:
    return {(one.url, one.target) for one in matches([*accounts, *_CROWD])}


def test_shared_numbers_and_names_join_three_languages() -> None:
    accounts = [_group("a", _RU, "ru"), _group("b", _KK, "kk", 1), _group("c", _EN, "en")]
    assert _joined(*accounts) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_what_is_shared_is_told_names_first() -> None:
    (found,) = matches([_group("a", _RU, "ru"), _group("b", _KK, "kk"), *_CROWD])
    assert found.shared == "Акколе, Болегенов; 1 286; 14,7 млрд"


def test_items_two_days_apart_are_not_joined() -> None:
    assert _joined(_group("a", _RU, "ru"), _group("b", _KK, "kk", 2)) == set()


def test_names_alone_and_numbers_alone_join_nothing() -> None:
    for body in (
        "Кеше Бөлегенов пен Дәленов, Сапаров пен Жапаров және Әлібеков Ақкөлде кездесті.",
        "Кеше 1 286 үй, 14,7 миллиард теңге, 37,9 пайыз, 845 мектеп, 12,25 миллион.",
    ):
        ru = body.replace("миллиард", "млрд").replace("миллион", "млн").replace("пайыз", "%")
        assert _joined(_group("a", ru, "ru"), _group("b", body, "kk")) == set()


def test_two_that_are_as_much_alike_join_nothing() -> None:
    accounts = [_group("a", _RU, "ru"), _group("b", _KK, "kk"), _group("c", _KK, "kk", 1)]
    assert _joined(*accounts) == set()


def test_what_many_items_of_the_week_hold_joins_nothing() -> None:
    many = [_group(f"m{n}", f"Кеше {n}77,5 тонн. {_RU}", "ru", n % 3) for n in range(5)]
    assert _joined(_group("b", _KK, "kk"), *many) == set()


def test_among_few_items_the_numbers_alone_have_to_weigh_enough() -> None:
    """There the names that every item has are as rare as any."""
    found = matches([_group("a", _RU, "ru"), _group("b", _KK, "kk")])
    assert [(one.url, one.target) for one in found] == [("a", "b")]
    names = "Кеше Бөлегенов пен Дәленов, Сапаров пен Жапаров Ақкөлде кездесті. Барлығы 845 мектеп"
    pair = [_group("a", names, "ru"), _group("b", names, "kk")]
    assert matches(pair) == []
    assert len(matches([*pair, *_CROWD])) == 1


def test_an_item_with_many_other_numbers_is_another_group() -> None:
    others = ", ".join(f"{number},5 тонн" for number in range(40, 47))
    assert _joined(_group("a", f"{_RU} Всего {others}.", "ru"), _group("b", _KK, "kk")) == set()


def test_a_language_that_strong_evidence_joins_to_an_item_is_passed_over() -> None:
    other = _group("b", _KK, "kk")
    assert _joined(_group("a", _RU, "ru", joined="en"), other) == {("a", "b")}
    assert _joined(_group("a", _RU, "ru", joined="kk"), other) == set()


def test_no_pair_brings_two_items_of_a_third_language_together() -> None:
    """Each of the two is one piece with another Kazakh item already."""
    accounts = [_group("a", _RU, "ru", joined="kk"), _group("c", _EN, "en", joined="kk")]
    assert _joined(*accounts) == set()
    free = [_group("a", _RU, "ru", joined="kk"), _group("c", _EN, "en")]
    assert _joined(*free) == {("a", "c")}


def test_a_group_counts_in_each_of_its_languages() -> None:
    pair = [_group("a", _RU, "ru"), _group("b", _KK, "kk")]
    assert _joined(*pair) == {("a", "b")}
    others = [_group(f"d{n}", _EN, "en", joined="ru kk") for n in range(5)]
    assert _joined(*pair, *others) == set()


def test_on_news_made_up_no_pair_is_wrong_and_some_are_found() -> None:
    found = measured([made(seed, 6, 3) for seed in range(4)])
    assert found.wrong.total() == 0
    assert found.recall > 0.3


def test_the_pairs_of_a_day_are_decided_by_the_days_around_it() -> None:
    groups = [group for _, group in made(2, 20, 6)]
    on = {group.url: group.day for group in groups}
    found = matches(groups)
    for day in set(on.values()):
        reach = BOUNDS.reach_days + BOUNDS.close_days
        near = [group for group in groups if abs(group.day - day) <= reach]
        of_day = [[one for one in pairs if day in (on[one.url], on[one.target])]
                  for pairs in (found, matches(near))]  # fmt: skip
        assert of_day[0] == of_day[1]
