"""The language of an item: by letters where they are clear, else by `lang`, else by the address."""

from __future__ import annotations

import pytest

from tests.pipeline.reading.page_fields import ARTICLE, TIME, reading

_RU = "Депутаты обсудили закон о бюджете и приняли его в первом чтении. " * 4
_KK = "Депутаттар бюджет туралы заңды талқылап, оны бірінші оқылымда қабылдады. " * 5
_EN = "The members of the chamber discussed the law and it was passed by them. " * 4
_KK_LATIN = (
    "Prezident bul týraly jiynda aıtty, memlekettik jumys jáne el úshin mańyzdy bolyp otyr, "
    "sondyqtan osy jyly búgin keıin qajet eken, Qazaqstan Respýblıkasynyń ókilderi dep turaly. "
) * 3


_KK_IN_OTHER_WORDS = (
    "Pavlodarda Ertıs özenı arqyly ötetın jaña köpır aşyldy, ony tört jyl saldy. Jürıs bölıgınıñ "
    "enı on tört metr, ūzyndyğy ekı şaqyrymğa juyq. Kölık qozğalysy qaraşa aiynda bastalady. "
)
_EN_NAMES = "100 m: Yerlan Omarov (Almaty) 10.8; Dana Kim (Astana) 10.9; Timur Step (Semey) 11.0. "


def _language(
    text: str,
    *,
    lang: str = "",
    inner: str = "",
    title: str = "Сенат",
    kk: bool = False,
    en: bool = False,
) -> str:
    html = (
        f"<html{lang}><head><title>{title}</title></head><body><article{inner}>"
        f"<h1 class='article__title'>{title}</h1>{TIME}"
        f"<div class='article__body'><p>{text}</p></div></article></body></html>"
    )
    folder = "/kk/n/" if kk else "/en/n/" if en else "/n/"
    return reading(html, ARTICLE.replace("/n/", folder)).language


@pytest.mark.parametrize("lang", ["", " lang='ru'", " lang='kk'", " lang='en'"])
@pytest.mark.parametrize(
    ("text", "language"), [(_RU, "ru"), (_KK, "kk"), (_EN, "en"), (_KK_LATIN, "kk")]
)
def test_clear_letters_decide_against_attribute_and_address(
    text: str, language: str, lang: str
) -> None:
    assert _language(text, lang=lang) == language
    assert _language(text, lang=lang, kk=True) == language


@pytest.mark.parametrize(
    ("lang", "language"),
    [
        (" lang='kk'", "kk"),
        (" lang='kk-KZ'", "kk"),
        (" lang='kk_KZ'", "kk"),
        (" lang='KZ'", "kk"),
        (" lang='ru-RU'", "ru"),
        (" lang='en'", "ru"),
        (" lang='de'", "ru"),
        ("", "ru"),
    ],
)
def test_of_a_short_text_the_attribute_says_the_language(lang: str, language: str) -> None:
    assert _language("Сенат, Астана.", lang=lang) == language


def test_the_articles_own_attribute_comes_before_the_pages() -> None:
    text = "Сенат, Астана."
    assert _language(text, lang=" lang='ru'", inner=" lang='kk'") == "kk"
    assert _language(text, lang=" lang='kk'", inner=" lang='ru'") == "ru"
    assert _language("Senate, Astana.", title="Senate", inner=" lang='en'") == "en"


@pytest.mark.parametrize("lang", ["", " lang='en'", " lang='ru'"])
def test_latin_letters_without_english_words_are_no_english(lang: str) -> None:
    assert _language(_KK_IN_OTHER_WORDS * 2, lang=lang, title="Köpır aşyldy", en=True) == "kk"
    assert _language(_EN_NAMES * 4, lang=lang, title="Results", en=True) == "en"


def test_without_attribute_the_address_says_it() -> None:
    assert _language("Сенат, Астана.", kk=True) == "kk"
    assert _language("Сенат, Астана.") == "ru"


def test_a_short_text_without_kazakh_letters_may_be_kazakh() -> None:
    text = "Сенат депутаттары жаса жоспарды талдады, оны Астана мен Алматы басшылары да олар да."
    assert _language(text, lang=" lang='kk'") == "kk"
    short = "Депутаттар бюджет туралы заңды талқылап, оны бірінші оқылымда қабылдады. "
    assert _language(short, lang=" lang='ru'") == "kk"
    assert (
        _language(
            "The law was passed by the members and it is to be signed with this.",
            lang=" lang='ru'",
            title="The law of the Senate",
        )
        == "en"
    )


def test_of_a_long_mixed_text_the_letters_choose_between_page_and_address() -> None:
    mixed = (
        "Депутат Мәжілісте сөйлеп: «Министерству поручено закончить ремонт дороги и доложить о "
        "расходах до конца этого года», – деп атап өтті. Ол қаржы туралы есеп берді, жұмыс "
        "жалғасады, жаңа жол салынады, көпір жөнделеді, ауылдарға су жеткізіледі."
    )
    assert _language(mixed, lang=" lang='ru'", kk=True) == "kk"
    assert _language(mixed, lang=" lang='kk'", kk=True) == "kk"
