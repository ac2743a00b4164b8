"""Running text of the article that was not taken is told; what stands beside it is none."""

from __future__ import annotations

import pytest

from tests.pipeline.completeness.articles import (
    AD,
    ALL,
    FOUR,
    ONE,
    OTHER,
    TAGS,
    TEXT,
    THREE,
    TWO,
    own,
    page,
)
from tests.pipeline.reading.page_fields import body, reading


@pytest.mark.parametrize(
    "text",
    [
        own(ONE + TWO) + f"<div class=text-2>{THREE}{FOUR}</div>",
        own(ONE + TWO) + AD + f"<div class=text-2>{THREE}{FOUR}</div>",
        own(ONE) + f"<div class=full>{TWO}{THREE}{FOUR}</div>",
        own(f"{ONE}<figure><img src=a><figcaption>В зале</figcaption>{TWO}{THREE}{FOUR}"),
    ],
)
def test_text_of_the_article_that_was_not_taken_is_told(text: str) -> None:
    found = reading(page(text))
    assert found.access == "partial"
    assert "words that may belong to it stand elsewhere on the page" in found.notes[0]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Обсуждение закона в палате началось ещё весной прошлого года.</p>",
        "<p>Комментарии к нему дали учёные четырёх областей.</p>",
        "<h3>Комментарий эксперта</h3>",
        "<p>Пікірталас кезінде депутаттар заңды қолдады деп хабарланды.</p>",
        "<p>Comments by the minister are given here in full length.</p>",
        "<p>(Пресс-служба министерства) сообщила и о других каналах области.</p>",
    ],
)
def test_a_sentence_on_comments_does_not_end_the_article(line: str) -> None:
    found = reading(page(own(ONE + TWO) + f"<div class=text-2>{line}{THREE}{FOUR}</div>"))
    assert found.access == "partial"


@pytest.mark.parametrize(
    "line",
    [
        "Комментарии", "Комментарии (3)", "Комментарии читателей:", "Комментариев пока нет",
        "Обсуждение", "Пікірлер (2)", "Пікір қалдыру", "Comments", "Leave a reply",
        "(Пресс-служба Сената, 74-72-27)",
    ],
)  # fmt: skip
def test_a_label_of_comments_ends_the_article(line: str) -> None:
    found = reading(page(own(ALL) + f"<div class=w><h3>{line}</h3><p>{OTHER[0]}</p></div>"))
    assert (body(found), found.access) == (TEXT, "full")


@pytest.mark.parametrize(
    "after",
    [
        "<p class=legal>При использовании материалов ссылка на наш сайт обязательна.</p>" + TAGS,
        "<form><p>Подпишитесь на рассылку и получайте новости первыми каждый день.</p></form>",
        "<div class=bio><p>Айгуль Омарова работает в газете с 2010 года и пишет о них.</p></div>",
        "<div class=c><h3>Комментарии</h3><div><b>Иван</b><p>Это очень хороший и нужный закон, "
        "спасибо депутатам за работу.</p><p>И ещё одно мнение, его никто не спросил.</p></div>",
        "".join(f"<div class=card><a href='/n/c{n}/'>Заголовок другой новости номер {n}</a><p>"
                "Короткий пересказ новости, которая к этой не относится.</p></div>" for n in "123"),
        "<div class=r><a href='/n/c/'>Заголовок другой новости</a><p>Короткий пересказ новости, "
        "которая к этой статье не относится никак.</p></div>",
        f"{TAGS}<div class=cookie><p>Мы используем файлы cookie, чтобы сайт работал лучше.</p>"
        "<a href='#'>Хорошо</a></div>",
        "</article><article class=article><h1 class=article__title>Вторая статья</h1>"
        "<time class=article__date>3 марта 2026 г. 7:31</time>"
        f"{own('<p>Строители сдали мост через реку на месяц раньше срока.</p>' * 2)}",
        "</article><div class=feed><h2><a href='/n/d/'>Вторая статья о мостах</a></h2><div>3 марта"
        " 2026 г. 7:31</div><p>Строители сдали мост через реку на месяц раньше срока.</p>"
        "<p>Новый мост соединил два берега, и дорога до города стала короче.</p></div>",
        "<h3>Читать далее</h3><ul><li><a href='/n/x/'>Другая новость дня стоит здесь</a></ul>",
        "<a href='/n/drugaya/'>Далее</a>",
        "<a href='?comments=2'>Комментарии</a>",
    ],
)  # fmt: skip
def test_what_stands_beside_an_article_is_no_part_of_it(after: str) -> None:
    found = reading(page(own(ALL), after))
    assert body(found) == TEXT
    assert (found.access, found.notes) == ("full", ())


def test_text_in_a_form_without_fields_is_told() -> None:
    rest = f"{THREE}{FOUR}"
    for form in (f"<form>{rest}</form>", f"<form><input type=hidden name=id>{rest}</form>"):
        html = (
            f"<h1>Заголовок статьи</h1><div>4 марта 2026 г. 7:31</div><div>{ONE}{TWO}{form}</div>"
        )
        found = reading(f"<title>Заголовок статьи</title><body><main>{html}</main>")
        assert body(found) == TEXT or found.access == "partial"
