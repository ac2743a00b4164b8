"""Evidence against: series of one form, told from copies, corrections and updates."""

from datetime import date

import pytest

from pipeline.similarity.compared_text import as_compared
from pipeline.similarity.relatedness import Verdict, verdict

_RATES = (
    "Национальный банк установил официальные курсы валют на {} марта. Доллар стоит {} тенге, евро "
    "{} тенге, российский рубль {} тенге. Курсы действуют для целей бухгалтерского учёта, "
    "налогообложения и таможенных платежей, в обменных пунктах они могут быть другими"
)
_CONDOLENCES = (
    "Глава государства направил телеграмму соболезнования родным и близким {}. С глубокой скорбью "
    "узнал о кончине этого замечательного человека. Всю свою жизнь он отдал любимому делу, и "
    "светлая память о нём навсегда останется в сердцах тех, кто его знал, говорится в телеграмме"
)
_SIRENS = (
    "Сегодня, {} {}, в городе проверят сирены. Услышав сигнал, не поддавайтесь панике: проверка "
    "учебная. Включите телевизор или радио и выслушайте сообщение департамента по чрезвычайным "
    "ситуациям, которое повторят несколько раз на двух языках"
)
_POLLING = (
    "На {} проголосовали {} процента избирателей. Участки открылись в 7:00 и закроются в 20:00, в "
    "больницах голосование завершится в 16:00. Всего в области 694 участка, в списках 512318 "
    "человек, за выборами следят 38 наблюдателей от 9 стран и 3 организаций. Телефон 150, звонки "
    "принимают до 22:00"
)
_FLOOD = (
    "Паводок в области не отступает. По данным спасателей на {}, подтоплено {} домов, эвакуированы "
    "{} человек. Вода пришла 24 апреля, когда река поднялась на 3 метра за 5 часов. Закрыты 12 "
    "школ и 4 больницы, на трассе работают 48 машин. Для жителей открыты 6 пунктов, в них 1500 "
    "мест, горячее питание и 2 врача в каждом. По телефону 112 принимают до 700 обращений в день. "
    "Аким области поручил создать комиссию, которая оценит ущерб и составит списки тех, кому нужна "
    "помощь. Строители начнут работать, как только вода уйдёт из дворов и просохнут фундаменты. "
    "Соседние области прислали насосы, лодки и тёплые вещи, волонтёры развозят питьевую воду"
)


def _verdict(one: str, other: str, days: tuple[int, int] = (2, 2)) -> Verdict:
    a, b = (
        as_compared(name, name, date(2026, 3, day), "", body)
        for name, body, day in (("a", one, days[0]), ("b", other, days[1]))
    )
    found = verdict(a, b, frozenset())
    assert verdict(b, a, frozenset()) == found
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_RATES.format(3, "512,3", "590,1", "5,9"), _RATES.format(4, "498,7", "584,0", "6,1")),
        (_CONDOLENCES.format("Тимура Ахметова"), _CONDOLENCES.format("академика Розы Бейсеновой")),
        (_POLLING.format("10:00", "23,7"), _POLLING.format("18:00", "42,7")),
        (_FLOOD.format("9:00", 40, 120),
         _FLOOD.format("9:00", 41, 120).replace("24 апреля", "2 мая").replace("1500", "800")
         .replace("48 машин", "51 машина").replace("3 метра", "7 метров")),
    ],
)  # fmt: skip
def test_pieces_of_one_form_are_not_related(one: str, other: str) -> None:
    found = _verdict(one, other)
    assert (found.related, found.because) == (False, "particulars")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_RATES.format(3, "512,3", "590,1", "5,9"),
         _RATES.format(3, "512.3", "590.1", "5.9").replace("официальные ", "")),
        (_RATES.format(3, "512,3", "590,1", "5,9"), _RATES.format(3, "512,8", "590,1", "5,9")),
        (_CONDOLENCES.format("Тимура Ахметова"), _CONDOLENCES.format("художника Т. Ахметова")),
        (_FLOOD.format("9:00", 40, 120), _FLOOD.format("14:00", 55, 310)),
    ],
)  # fmt: skip
def test_copies_corrections_and_updates_are(one: str, other: str) -> None:
    assert _verdict(one, other).because == "reaches R"


def test_of_two_pieces_each_names_its_own_day() -> None:
    found = _verdict(_SIRENS.format(3, "марта"), _SIRENS.format(5, "марта"), days=(3, 5))
    assert found.because == "particulars"
    found = _verdict(_SIRENS.format(3, "марта"), _SIRENS.format(5, "марта"), days=(3, 3))
    assert found.because == "reaches R"


def test_sentences_in_another_order_do_not_contradict_each_other() -> None:
    sentences = _FLOOD.format("9:00", 40, 120).split(". ")
    turned = ". ".join([*sentences[3:], *sentences[:3]])
    assert _verdict(". ".join(sentences), turned).because == "reaches R"


def test_thousands_of_places_are_compared_in_little_time() -> None:
    """What a text has is looked up, not gone through, at each of its places."""
    form = "из района {1} прибыл сам Аха{0}{1:05} и {0}{1} его людей"
    one, other = (" ".join(form.format(sign, n) for n in range(5_000)) for sign in "57")
    assert _verdict(one, other).because == "particulars"
