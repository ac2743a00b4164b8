"""How a print keeps to its release."""

from dataclasses import replace

import pytest

from pipeline.edits.fidelity import Told, fidelity

RELEASE = Told(
    id="a",
    language="ru",
    title="Сенат принял закон",
    body=(
        "Сенат 5 марта принял закон о пастбищах. Документ поддержали 40 депутатов. Спикер Маулен "
        "Ашимбаев назвал его важным.\n\n«Закон ждали в каждом селе», – сказал спикер. Теперь его "
        "направят на подпись главе государства. До этого нормы обсудили с фермерами."
    ),
    published="2026-03-05T10:00:00+05:00",
)


def _print(*changes: tuple[str, str], published: str = "2026-03-05T12:05:00+05:00") -> Told:
    body = RELEASE.body
    for was, now in changes:
        assert was in body
        body = body.replace(was, now)
    return replace(RELEASE, id="b", body=body, published=published)


def _kinds(printed: Told) -> list[str]:
    found = fidelity(RELEASE, printed)
    assert found
    return [edit.kind for edit in found.edits]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Сенат 5 марта принял", "Об этом сообщает Kazpravda.kz. Сенат 5 марта принял"),
        ("Документ поддержали", "Об этом сообщает Kazpravda.kz.\n\nДокумент поддержали"),
        ("важным.\n\n«Закон", "важным. Об этом сообщает Kazpravda.kz.\n\n«Закон"),
        ("с фермерами.", "с фермерами, сообщает Kazpravda.kz."),
        ("с фермерами.", "с фермерами. Об этом сообщает Kazpravda.kz."),
    ],
)
def test_an_attribution_leaves_nothing_behind(was: str, now: str) -> None:
    assert _kinds(_print((was, now))) == []


def test_what_differs_and_what_was_dropped_and_added() -> None:
    printed = _print(
        ("40 депутатов", "45 депутатов"), ("Маулен Ашимбаев", "Маулен Ахметов"),
        ("ждали в каждом селе", "очень нужен аулам"), ("5 марта", "6 марта"),
        (" До этого нормы обсудили с фермерами.", " Напомним, осенью закон вернули на доработку."),
    )  # fmt: skip
    found = fidelity(RELEASE, printed)
    assert found
    assert _kinds(printed) == [
        "date", "number", "name", "quotation", "sentence-removed", "sentence-added",
    ]  # fmt: skip
    assert (found.release, found.print, found.late_minutes, found.late_days) == ("a", "b", 125, 0)
    assert 0.8 < found.kept < 1
    assert not found.is_retold


def test_an_attribution_and_a_press_line_are_no_part_of_either() -> None:
    printed = _print(("о пастбищах.", "о пастбищах, сообщает Kazpravda.kz."))
    assert _kinds(printed) == []
    signed = replace(printed, body=f"{RELEASE.body}\n\n[Пресс-служба Сената, фото: Ермек Манабаев]")
    assert _kinds(signed) == []


@pytest.mark.parametrize(
    ("published", "late"),
    [
        ("2026-03-05T10:00:00+05:00", (0, 0)), ("2026-03-05T05:10:00Z", (10, 0)),
        ("2026-03-04T23:00:00+05:00", (-660, -1)), ("2026-03-07", (None, 2)),
        ("2026-03-05", (None, 0)),
    ],
)  # fmt: skip
def test_how_late_it_was_printed(published: str, late: tuple[int | None, int]) -> None:
    found = fidelity(RELEASE, _print(published=published))
    assert found
    assert (found.late_minutes, found.late_days) == late


def test_a_retelling_says_only_what_can_be_matched() -> None:
    printed = replace(
        RELEASE, id="b",
        body="Верхняя палата одобрила правила выпаса. Документ поддержали 39 депутатов. По мнению "
        "экспертов, новшества помогут аулам. Скот смогут пасти по очереди. Споры о границах решит "
        "комиссия. Штрафы вырастут вдвое.",
    )  # fmt: skip
    found = fidelity(RELEASE, printed)
    assert found
    assert found.is_retold
    assert [edit.kind for edit in found.edits] == ["number"]


def test_two_texts_without_a_sentence_in_common_have_none() -> None:
    other = "Завтра в горах ожидается снег. Температура опустится до пяти градусов мороза."
    assert fidelity(RELEASE, replace(RELEASE, id="b", body=other)) is None
    assert fidelity(RELEASE, replace(RELEASE, id="b", language="kk")) is None
    assert fidelity(RELEASE, RELEASE) is None
    assert fidelity(replace(RELEASE, body=""), _print()) is None
