"""The edits between two states of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.inputs.edits.articles import articles, sentence_pairs
from bench.inputs.edits.injected import injected, with_edited_sentence
from pipeline.edits.between import Text, edits_between
from pipeline.edits.edit import EDIT_KINDS, Edit

_TEXTS = (
    st.text(max_size=80)
    | st.text(st.sampled_from("Да нет.,!?:;—–-«»“”\"'\n 12№%₸"), max_size=80)
    | st.lists(
        st.sampled_from([
            "«Мы", "согласны»,", "–", "сказал", "Ибраев.", "5", "марта", "2026", "года", "не",
            "12,5", "%", "Сенат", "қабылдады", "қабылдамады", "A.", "К.", "twenty", "жиырма",
            "10:30", "(", "\n", "...", "IV", "бір",
        ]),
        max_size=25,
    ).map(" ".join)
)  # fmt: skip


def _edits(before: str, after: str, language: str = "ru") -> tuple[Edit, ...]:
    one, two = (Text(title="Заголовок", body=body, language=language) for body in (before, after))
    return edits_between(one, two)


def _kinds(before: str, after: str, language: str = "ru") -> list[str]:
    return [edit.kind for edit in _edits(before, after, language)]


@pytest.mark.parametrize("is_held_out", [False, True])
def test_edits_that_were_put_in_are_told(*, is_held_out: bool) -> None:
    cases = [
        *injected(articles(is_held_out=is_held_out), seed=7),
        *with_edited_sentence(sentence_pairs(is_held_out=is_held_out)),
    ]
    wrong = [
        case.told for case in cases
        if sorted(edit.kind for edit in edits_between(case.before, case.after))
        != sorted(case.kinds)
    ]  # fmt: skip
    assert len(wrong) <= 0.02 * len(cases), wrong
    without = [case for case in cases if not case.kinds]
    assert not any(edits_between(case.before, case.after) for case in without)


@given(_TEXTS, _TEXTS, st.sampled_from(["ru", "kk", "en"]))
def test_any_two_texts_are_compared(before: str, after: str, language: str) -> None:
    for edit in _edits(before, after, language):
        assert edit.kind in EDIT_KINDS
        assert edit.before is not None or edit.after is not None
    assert not _edits(before, before, language)


@given(st.lists(st.sampled_from("абвгдежзиклмн"), unique=True, min_size=1), st.data())
def test_what_one_text_lacks_is_removed_or_added(letters: list[str], data: st.DataObject) -> None:
    whole = [f"{letter.upper() * 4} пришёл к {letter * 5} и {letter * 7}." for letter in letters]
    kept = [one for one in whole if data.draw(st.booleans())]
    removed, added = (
        _kinds(" ".join(whole), " ".join(kept)),
        _kinds(" ".join(kept), " ".join(whole)),
    )
    assert removed == ["sentence-removed"] * (len(whole) - len(kept))
    assert added == ["sentence-added"] * (len(whole) - len(kept))


@pytest.mark.parametrize(
    "words", ["да ", "а б ", "Да нет. ", "«а ", "5 марта ", "1 000 ", ". ", "А. "]
)
def test_a_text_that_repeats_itself_is_compared_soon(words: str) -> None:
    before, after = words * 20_000, f"Нет. {words * 19_000} Нет."
    assert _edits(before, after)


def test_a_long_text_is_looked_into_as_far_as_an_article_goes() -> None:
    before = " ".join(f"Всего за {n} дней сделано {n}." for n in range(9_000))
    after = " ".join(f"Всего за {n} дней сделано {n + 1}." for n in range(9_000))
    kinds = set(_kinds(before, after))
    assert kinds == {"number", "sentence-reworded"}


def test_edits_stand_in_the_order_of_the_text() -> None:
    before = "Было 5 машин. Приехал Ибраев. Всё прошло хорошо и тихо. Затем они уехали домой."
    after = "Было 6 машин. Приехал Серов. Затем они не уехали домой. Добавлено позже редакцией."
    found = _edits(before, after)
    assert [(edit.kind, edit.was, edit.now) for edit in found] == [
        ("number", "5", "6"),
        ("name", "Ибраев", "Серов"),
        ("sentence-removed", None, None),
        ("negation", None, "не"),
        ("sentence-added", None, None),
    ]
    assert (found[2].before, found[2].after) == ("Всё прошло хорошо и тихо.", None)
    assert (found[0].before, found[0].after) == ("Было 5 машин.", "Было 6 машин.")


def test_one_change_in_a_quotation_has_the_kind_of_the_change() -> None:
    before = "«Мы построим 5 школ», – сказал он."
    assert _kinds(before, "«Мы построим 6 школ», – сказал он.") == ["number"]
    assert _kinds(before, "«Мы не построим 5 школ», – сказал он.") == ["negation"]
    assert _kinds(before, "«Мы купим 5 школ», – сказал он.") == ["quotation"]
    assert _kinds(before, "«Мы построим 5 школ», – уверял он.") == ["sentence-reworded"]


def test_a_part_of_a_quotation_and_a_whole_sentence() -> None:
    before = "Он пришёл. «Хорошо. Мы согласны. Работаем», – сказал спикер. «Да», – ответил он."
    part = before.replace("Мы согласны. ", "")
    (edit,) = _edits(before, part)
    assert (edit.kind, edit.was, edit.now, edit.after) == ("quotation", "Мы согласны.", None, None)
    assert _kinds(before, before.replace(" «Да», – ответил он.", "")) == ["sentence-removed"]


def test_endings_that_follow_from_an_edit_are_none() -> None:
    before = "В области построена одна школа, она рассчитана на тысячу мест."
    after = "В области построены две школы, они рассчитаны на тысячу мест."
    assert "number" in _kinds(before, after)
    assert _kinds("Он имеет право на отпуск.", "Он не имеет права на отпуск.") == ["negation"]


def test_titles() -> None:
    def kinds(before: str | None, after: str | None) -> list[str]:
        texts = (Text(title=title, body="Текст.", language="ru") for title in (before, after))
        return [edit.kind for edit in edits_between(*texts)]

    assert kinds("Принято 5 законов", "Принято 6 законов") == ["title"]
    assert kinds("Принят закон", "Принят закон.") == ["typography"]
    assert not kinds("«Да» - закон", '"Да" — закон')
    assert not kinds(None, "")
    assert kinds(None, "Закон") == ["title"]


def test_lines_of_the_page_are_none() -> None:
    for was, now in (
        ("Просмотров: 154", "Просмотров: 1 983"), ("Қаралды: 12", "Қаралды: 19"),
        ("Читайте также: Сенат отверг закон", "Читайте также: Мажилис собрался"),
        ("Теги: сенат, закон", "Теги: закон, сенат"), ("#сенат #закон", "#закон #сенат"),
    ):  # fmt: skip
        assert not _edits(f"Сенат принял закон.\n\n{was}", f"Сенат принял закон.\n\n{now}")
        assert not _edits(f"Сенат принял закон.\n\n{was}", "Сенат принял закон.")


def test_where_the_lines_end_is_none() -> None:
    assert not _edits(
        "Итог. Сенат принял закон.\nОн готов.", "Итог.\n\nСенат принял закон. Он готов."
    )
    assert not _edits("Итоги сессии\nСенат собрался.", "Итоги сессии Сенат собрался.")


def test_words_in_quotation_marks_that_were_none() -> None:
    plain = "Министр сказал, что мы обязательно построим эту дорогу."
    quoted = "Министр сказал, что «мы обязательно построим эту дорогу»."
    (edit,) = _edits(plain, quoted)
    assert (edit.kind, edit.was, edit.now) == (
        "quotation",
        "мы обязательно построим эту дорогу.",
        "«мы обязательно построим эту дорогу».",
    )
    stray = "Министр сказал, что «мы обязательно построим эту дорогу."
    assert _kinds(plain, stray) == _kinds(stray, quoted) == ["typography"]
    assert _kinds("Рынок Алтын дала закрыт.", "Рынок «Алтын дала» закрыт.") == ["typography"]


def test_words_in_another_order() -> None:
    (edit,) = _edits("Вчера в городе прошёл дождь.", "Вчера прошёл дождь в городе.")
    assert edit.kind == "sentence-reworded"
    assert (edit.was, edit.now) == ("в городе прошёл дождь.", "прошёл дождь в городе.")


def test_a_line_of_figures_is_another_number() -> None:
    assert _kinds("Курсы валют.\n512,4\nИтог.", "Курсы валют.\n513,1\nИтог.") == ["number"]
    assert _kinds("Алматы – 5\nТараз – 3", "Алматы – 5\nТараз – 4") == ["number"]
