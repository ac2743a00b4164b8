"""The language of a text, where its letters or its commonest words tell it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.languages import clear_language, fits_script, language_by_letters
from tests.pipeline.reading.page_fields import ARTICLE, article, reading

RUSSIAN = (
    "Депутаты обсудили проект закона о дорогах и мостах, который правительство внесло зимой. "
    "Рабочая группа провела девять заседаний и учла предложения областей."
)
KAZAKH = (
    "Депутаттар жолдар мен көпірлер туралы заң жобасын талқылады, оны үкімет қыста енгізген. "
    "Жұмыс тобы тоғыз отырыс өткізіп, облыстардың ұсыныстарын ескерді."
)
ENGLISH = (
    "Deputies discussed the bill on roads and bridges that the government put forward in winter. "
    "The working group held nine meetings and heard the regions."
)
_CYRILLIC = list("абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі")
_PLAIN = "a b v g d e e {ж} z {и} {й} k l m n o p r s t {у} f {х} ts {ч} {ш} {щ} - {ы} - e {ю} {я}"


def _alphabet(own: str, **others: str) -> dict[int, str]:
    """A Latin alphabet: its letters for әғқңөұүһі, and those for others."""
    letters = [*_PLAIN.format(**others).replace("-", "\0").split(), *own.split()]
    return {
        ord(made(letter)): made(latin.replace("\0", ""))
        for letter, latin in zip(_CYRILLIC, letters, strict=True)
        for made in (str.lower, str.capitalize)
    }


ALPHABETS = {
    "2017": _alphabet(
        "a' g' q n' o' u u' h i", ж="j", и="i'", й="i'", у="y'", х="h", ч="c'", ш="s'", щ="s'c'",
        ы="y", ю="i'y'", я="i'a",
    ),
    "2018": _alphabet(
        "á ǵ q ń ó u ú h i", ж="j", и="ı", й="ı", у="ý", х="h", ч="ch", ш="sh", щ="shch", ы="y",
        ю="ıý", я="ıa",
    ),
    "2019": _alphabet(
        "ä ğ q ñ ö ū ü h i", ж="j", и="ï", й="y", у="w", х="h", ч="ç", ш="ş", щ="ş", ы="ı",
        ю="yw", я="ya",
    ),
    "2021": _alphabet(
        "ä ğ q ñ ö ū ü h ı", ж="j", и="i", й="i", у="u", х="h", ч="ch", ш="ş", щ="ş", ы="y",
        ю="iu", я="ia",
    ),
    "passport": _alphabet(
        "a g k n o u u h i", ж="zh", и="i", й="i", у="u", х="kh", ч="ch", ш="sh", щ="shch", ы="y",
        ю="yu", я="ya",
    ),
    "with digraphs": _alphabet(
        "a gh q ng o u u h i", ж="zh", и="i", й="y", у="u", х="kh", ч="ch", ш="sh", щ="shch", ы="y",
        ю="yu", я="ya",
    ),
}  # fmt: skip
KAZAKH_SENTENCES = (
    "Ауыл мектебі үшін жаңа ғимарат салу туралы шешім осы жылы күзде қабылданды.",
    "Жұмыс екі ай бойы тоқтап қалған болатын, бірақ қазір ол жалғасып жатыр.",
    "Әкімдік пен мердігер арасындағы келісім бойынша құрылыс келер жазға дейін бітуі тиіс.",
    "Депутаттар суару жүйесі және көктемгі егіс туралы мәселелерді қарады.",
    "Шаруалар жанармай мен тұқым бағасының өсіп кеткенін айтып, мемлекет көмегі керек деді.",
    "Бұл көпір арқылы күн сайын мыңнан астам адам өтеді, сондықтан оны жөндеу қажет болды.",
    "Оның айтуынша, барлық облыс орталығында немесе аудандарда осындай кітапхана болуы керек.",
    "Спортшылар былтырғы жарыстан кейін ғана дайындықты бастады деген пікір дұрыс емес.",
)
RUSSIAN_SENTENCES = (
    "Депутаты обсудили на заседании, как в области готовятся к весеннему севу и поливу.",
    "Он отметил, что по новой дороге за год проехали более миллиона машин, но ремонт нужен.",
    "А на юге страны вода пришла к полям раньше, и это помогло сохранить урожай.",
    "Тогда же комитет решил, что школы в сёлах получат учебники до начала занятий.",
)
ENGLISH_SENTENCES = (
    "The committee heard that the bridge over the river will be open to lorries in the spring.",
    "Farmers said that they had not been told about the price of seed, which has risen for a year.",
    "Teachers from Qyzyljar and Ush-Aral were among those who came to the meeting with Dana Aman.",
    "It is the first time that a school of this kind has been built in the south of the country.",
)
OTHERS = {
    "Turkish": (
        "Meclis bugün köylerdeki okulların onarımı için hazırlanan yasa tasarısını görüştü. Bakan, "
        "bu yıl elli okulun yenileneceğini ve her ilçede bir kütüphane açılacağını söyledi. Ancak "
        "çiftçiler suyun geç geldiğini ve bunun ürünü azalttığını belirterek destek istedi."
    ),
    "Uzbek": (
        "Qishloqdagi maktab uchun yangi bino qurish haqida qaror shu yil kuzda qabul qilindi. Ish "
        "ikki oy to'xtab qolgan edi, lekin hozir u davom etmoqda. Hokimlik bilan tuzilgan kelishuv "
        "bo'yicha qurilish kelasi yozgacha tugashi kerak, dedi uning boshlig'i."
    ),
    "German": (
        "Der Ausschuss sprach in Berlin an einem Tag über die Brücke und was sie kosten will. Es "
        "war so, dass man in der Stadt nicht wusste, was zu tun ist, also wartete man im Rat auf "
        "ein Gutachten und bat die Firma um Geduld."
    ),
    "Danish": (
        "Det er op til byen at sige, om der skal være en ny bro for biler og cykler. Hun var for "
        "planen, men han var imod, for at det ikke skulle koste mere end det gør i dag, og de to "
        "blev ikke enige om, hvad der så skal ske."
    ),
    "Finnish": (
        "Silta on valmis, mutta tie on vielä kesken, ja se on ollut suljettu koko kesän. Hän on "
        "sanonut, että työ on kallista ja että kaupunki on nyt velvollinen maksamaan sen itse."
    ),
    "names": (
        "Dana Aman, Erlan Sarsen, Maral Ospan, Timur Jumabai, Aigul Temir, John Smith, Anna Berg, "
        "Olga Petrova, Marat Seitov, Jane Brown, Ivan Sokolov, Asel Nurlan, Bolat Qasym, Sara Lind"
    ),
}


def _in_latin(text: str, alphabet: str) -> str:
    return text.translate(ALPHABETS[alphabet])


@pytest.mark.parametrize(("text", "language"), [(RUSSIAN, "ru"), (KAZAKH, "kk"), (ENGLISH, "en")])
def test_plain_texts(text: str, language: str) -> None:
    assert clear_language(text) == language


def test_a_russian_text_with_kazakh_names_stays_russian() -> None:
    names = " Выступили Әли Ғалым и Күләш Өтегенова из организации «Халық кеңесі»."
    assert clear_language(RUSSIAN + names) == "ru"


def test_a_kazakh_text_that_quotes_russian_stays_kazakh() -> None:
    assert clear_language(KAZAKH + " «Дороги будут», – деді министр орыс тілінде.") == "kk"


def test_what_is_not_clear_is_not_told() -> None:
    assert clear_language("Сенат") is None
    assert clear_language("") is None
    assert clear_language(RUSSIAN + ENGLISH) is None


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_kazakh_in_any_latin_alphabet_is_kazakh(alphabet: str) -> None:
    text = _in_latin(" ".join(KAZAKH_SENTENCES), alphabet)
    for written in (text, text.upper(), text.replace("'", "’"), text.replace("'", "\u02bc")):
        assert clear_language(written) == "kk"
        assert language_by_letters(written) == "kk"


def test_the_alphabets_are_those_of_the_years() -> None:
    word = "Шәкірт және ғылым үшін жаңа өңір"
    assert _in_latin(word, "2017") == "S'a'kirt ja'ne g'ylym u's'in jan'a o'n'ir"
    assert _in_latin(word, "2018") == "Shákirt jáne ǵylym úshin jańa óńir"
    assert _in_latin(word, "2021") == "Şäkırt jäne ğylym üşın jaña öñır"


@pytest.mark.parametrize("name", OTHERS)
def test_latin_letters_alone_say_nothing(name: str) -> None:
    for other in ("", *OTHERS.values()):
        assert clear_language(f"{OTHERS[name]} {other}") is None


@pytest.mark.parametrize("alphabet", ALPHABETS)
@given(texts=st.lists(st.sampled_from(RUSSIAN_SENTENCES), min_size=1))
def test_russian_in_latin_letters_is_not_told(texts: list[str], alphabet: str) -> None:
    assert clear_language(_in_latin(" ".join(texts), alphabet)) is None


def _text(sentences: tuple[str, ...], min_size: int) -> st.SearchStrategy[str]:
    """Some of the sentences, in any order and any number of times."""
    some = st.lists(st.sampled_from(sentences), min_size=min_size, unique=True)
    return st.tuples(some, st.lists(st.sampled_from(sentences), max_size=4)).map(
        lambda both: " ".join(both[0] + both[1])
    )


@given(_text(KAZAKH_SENTENCES, 1), st.sampled_from([*ALPHABETS]))
def test_kazakh_in_latin_letters_is_never_english(text: str, alphabet: str) -> None:
    assert clear_language(_in_latin(text, alphabet)) in {"kk", None}


@given(
    st.one_of(
        st.tuples(_text(RUSSIAN_SENTENCES, 2), st.just("ru")),
        st.tuples(_text(KAZAKH_SENTENCES, 2), st.just("kk")),
        st.tuples(_text(ENGLISH_SENTENCES, 2), st.just("en")),
    )
)
def test_sentences_of_one_language_are_of_it_together(told: tuple[str, str]) -> None:
    text, language = told
    assert clear_language(text) == language
    assert language_by_letters(text) == language


@given(_text(KAZAKH_SENTENCES, 2), st.data())
def test_a_kazakh_text_that_quotes_much_english_stays_kazakh(
    text: str, data: st.DataObject
) -> None:
    quoted = data.draw(st.sampled_from([one for one in ENGLISH_SENTENCES if len(one) < len(text)]))
    assert clear_language(f"{text} “{quoted}”") == "kk"


@given(_text(KAZAKH_SENTENCES, 4), st.sampled_from([*ALPHABETS]))
def test_four_kazakh_sentences_are_kazakh_in_any_latin_alphabet(text: str, alphabet: str) -> None:
    assert clear_language(_in_latin(text, alphabet)) == "kk"


@given(st.sampled_from(KAZAKH_SENTENCES), st.sampled_from([*ALPHABETS]), st.data())
def test_an_english_text_that_quotes_kazakh_stays_english(
    quoted: str, alphabet: str, data: st.DataObject
) -> None:
    text = data.draw(_text(ENGLISH_SENTENCES, 3))
    assert clear_language(f"{text} “{_in_latin(quoted, alphabet)}”") == "en"


def test_a_kazakh_text_in_latin_letters_that_quotes_english_stays_kazakh() -> None:
    text = _in_latin(" ".join(KAZAKH_SENTENCES), "2021")
    assert clear_language(f"{text} “We will do it in the spring,” he said.") == "kk"


def test_a_russian_text_with_latin_names_stays_russian() -> None:
    assert clear_language(" ".join(RUSSIAN_SENTENCES) + " Meta, Apple, Kaspi Bank, X") == "ru"


def test_half_english_and_half_kazakh_is_not_told() -> None:
    kazakh = _in_latin(" ".join(KAZAKH_SENTENCES), "2018")
    assert clear_language(kazakh + " ".join(ENGLISH_SENTENCES)) is None


def test_an_english_text_that_quotes_kazakh_in_its_own_letters_is_not_kazakh() -> None:
    assert clear_language(f"{' '.join(ENGLISH_SENTENCES)} «{KAZAKH}»") in {"en", None}


@given(st.text(max_size=200))
def test_any_text_has_one_of_our_languages_or_none(text: str) -> None:
    assert clear_language(text) in {"ru", "kk", "en", None}


def test_a_page_in_another_language_than_its_address_says_is_noted() -> None:
    found = reading(article(body=f"<p>{KAZAKH}</p>"))
    assert found.language == "kk"
    assert "language" in found.disagreements
    assert reading(article(body=f"<p>{RUSSIAN}</p>")).disagreements == ()


def test_a_page_in_latin_letters_has_its_address_s_language_where_these_do_not_tell() -> None:
    body = f"<p>{OTHERS['Turkish']}</p>"
    for url, language in ((ARTICLE, "ru"), (ARTICLE.replace("/n/", "/kk/n/"), "kk")):
        found = reading(article(body=body), url)
        assert (found.language, found.disagreements) == (language, ())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Спикер Сената провёл встречу. На неё пришли Әли Ғалым и члены Халық кеңесі.", "ru"),
        ("Спикер отырысты ашып, күн тәртібін жариялады", "kk"),
        ("The Speaker received Dana Almas", "en"),
        ("Референдум прошёл на BBC", "ru"),
        ("Aýyl mektebi úshin sabaq týraly aıtyldy", "kk"),
        ("Jane Aman visited Dana Osipova", "en"),
        ("", "ru"),
    ],
)
def test_the_language_of_known_texts(text: str, language: str) -> None:
    assert language_by_letters(text) == language


def test_a_script_is_that_of_most_letters_however_many_words_they_are() -> None:
    text = "Благоустройство: IT, AI, TV"
    assert fits_script(text, "ru")
    assert not fits_script(text, "en")
    assert fits_script(text, "kk")
