"""What a text quotes."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.particulars.quotations import quotations


def _quoted(text: str) -> list[tuple[str, bool]]:
    return [(text[one.start : one.end], one.is_name) for one in quotations(text)]


def test_marks_of_all_kinds() -> None:
    for text in (
        "Он: «да, мы тут».",
        'Он: "да, мы тут".',
        "Он: “да, мы тут”.",
        "Он: „да, мы тут“.",
    ):
        assert _quoted(text) == [(text[4:-1], False)]


def test_names() -> None:
    assert _quoted("Партия «Amanat» и газета «Наше дело»") == [
        ("«Amanat»", True), ("«Наше дело»", True),
    ]  # fmt: skip
    assert _quoted("Закон «О бюджете страны»") == [("«О бюджете страны»", False)]


def test_of_one_in_another_the_outer_one() -> None:
    text = '«В школе "Келешек" хорошо», – сказал он.'
    assert _quoted(text) == [('«В школе "Келешек" хорошо»', False)]


def test_direct_speech_behind_a_dash() -> None:
    text = "– Мы рады, – сказал он. – Школа нужна."
    assert [one for one, _ in _quoted(text)] == ["– Мы рады,", "Школа нужна."]
    assert _quoted("– развитие села;") == []


@given(st.text(st.sampled_from("А б«»“”„\"'–-.,!\n"), max_size=60) | st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    last = 0
    for one in quotations(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end
