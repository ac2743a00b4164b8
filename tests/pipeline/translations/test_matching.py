"""Which items numbers and names join, and which not."""

from datetime import date, timedelta

from bench.translations import made, measured
from pipeline.translations.entities import particulars
from pipeline.translations.matching import counterparts
from pipeline.translations.weights import Piece

_DAY = date(2026, 3, 4)
_RU = "Вчера, как сообщил Болегенов, в Акколе и Жанатасе построили 1 286 домов на 14,7 млрд тенге."
_KK = "Бұл туралы Бөлегенов айтты: кеше Ақкөл мен Жаркентте 14,7 миллиард теңгеге 1 286 үй салынды."
_EN = "Yesterday, said Bolegenov, 1,286 houses for 14.7 billion tenge were built in Akkol."


def _piece(name: str, body: str, language: str, day: int = 0, taken: str = "") -> Piece:
    return Piece(
        url=name, language=language, day=_DAY + timedelta(days=day),
        taken=frozenset(taken.split()), speaks=True, particulars=particulars(body, language),
    )  # fmt: skip


_CROWD = [_piece(f"x{n}", f"Сегодня {n}00,5 тонн", "ru", n % 3 - 1) for n in range(10)]


def _joined(*pieces: Piece) -> set[tuple[str, str]]:
    return {(one.url, one.target) for one in counterparts([*pieces, *_CROWD])}


def test_shared_numbers_and_names_join_three_languages() -> None:
    pieces = [_piece("a", _RU, "ru"), _piece("b", _KK, "kk", 1), _piece("c", _EN, "en")]
    assert _joined(*pieces) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_what_is_shared_is_told_names_first() -> None:
    (found,) = counterparts([_piece("a", _RU, "ru"), _piece("b", _KK, "kk"), *_CROWD])
    assert found.shared == "Акколе, Болегенов; 1 286; 14,7 млрд"


def test_items_two_days_apart_are_not_joined() -> None:
    assert _joined(_piece("a", _RU, "ru"), _piece("b", _KK, "kk", 2)) == set()


def test_names_alone_and_numbers_alone_join_nothing() -> None:
    for body in (
        "Кеше Бөлегенов пен Дәленов, Сапаров пен Жапаров және Әлібеков Ақкөлде кездесті.",
        "Кеше 1 286 үй, 14,7 миллиард теңге, 37,9 пайыз, 845 мектеп, 12,25 миллион.",
    ):
        ru = body.replace("миллиард", "млрд").replace("миллион", "млн").replace("пайыз", "%")
        assert _joined(_piece("a", ru, "ru"), _piece("b", body, "kk")) == set()


def test_two_that_are_as_much_alike_join_nothing() -> None:
    pieces = [_piece("a", _RU, "ru"), _piece("b", _KK, "kk"), _piece("c", _KK, "kk", 1)]
    assert _joined(*pieces) == set()


def test_what_many_items_of_the_week_hold_joins_nothing() -> None:
    many = [_piece(f"m{n}", f"Кеше {n}77,5 тонн. {_RU}", "ru", n % 3) for n in range(5)]
    assert _joined(_piece("b", _KK, "kk"), *many) == set()


def test_among_few_items_the_numbers_alone_have_to_weigh_enough() -> None:
    """There the names that every item has are as rare as any."""
    found = counterparts([_piece("a", _RU, "ru"), _piece("b", _KK, "kk")])
    assert [(one.url, one.target) for one in found] == [("a", "b")]
    names = "Кеше Бөлегенов пен Дәленов, Сапаров пен Жапаров Ақкөлде кездесті. Барлығы 845 мектеп"
    pair = [_piece("a", names, "ru"), _piece("b", names, "kk")]
    assert counterparts(pair) == []
    assert len(counterparts([*pair, *_CROWD])) == 1


def test_an_item_with_many_other_numbers_is_another_piece() -> None:
    others = ", ".join(f"{number},5 тонн" for number in range(40, 47))
    assert _joined(_piece("a", f"{_RU} Всего {others}.", "ru"), _piece("b", _KK, "kk")) == set()


def test_a_language_that_stronger_evidence_has_taken_is_passed_over() -> None:
    pieces = [_piece("a", _RU, "ru", taken="kk"), _piece("b", _KK, "kk"), _piece("c", _EN, "en")]
    assert _joined(*pieces) == {("b", "c")}


def test_on_news_made_up_no_pair_is_wrong_and_some_are_found() -> None:
    found = measured([made(seed, 6, 3) for seed in range(4)])
    assert found.wrong.total() == 0
    assert found.recall > 0.3
