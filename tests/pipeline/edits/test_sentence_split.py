"""The sentences of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits.sentence_split import sentences


def _texts(text: str) -> list[str]:
    return [one.text for one in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Об этом сообщил А. К. Ибраев. Он уехал.", 2),
        ("Он живёт в г. Алматы, т.е. в городе. Там тепло.", 2),
        ("Завод им. Кирова, ул. Абая, д. 5. Закрыт.", 2),
        ("Выделено 5 млн. тенге. Это мало.", 2),
        ("Рост на 12.5 процента 05.03.2026. Итоги позже.", 2),
        ("«Хорошо. Идём», – сказал он. Все ушли…", 3),
        ("Он ждал... и дождался. Ура!", 2),
        ("Кто? Мы! А вы?", 3),
        ("Mr. Smith met Dr. J. R. Brown of the U.S. Senate. They spoke, e.g. of grain.", 2),
        ("2026 ж. 5 наурызда отырыс өтті. Оған А. Ибраев қатысты.", 2),
        ("Шара өтті, т.б. мәселелер қаралды. Әрі қарай.", 2),
        ("Заголовок\n– первое;\n– второе;\nКонец.", 4),
        ("", 0),
    ],
)
def test_abbreviations_initials_and_lines(text: str, count: int) -> None:
    assert len(_texts(text)) == count, _texts(text)


@given(st.text(max_size=60) | st.text(st.sampled_from('Аб. !?…»«"\n1'), max_size=60))
def test_each_stands_where_it_says_and_nothing_is_lost(text: str) -> None:
    found = sentences(text)
    last = 0
    for one in found:
        assert text[one.start : one.end] == one.text != ""
        assert not text[last : one.start].strip()
        last = one.end
    assert not text[last:].strip()
