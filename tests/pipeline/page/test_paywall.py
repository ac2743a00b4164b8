"""What is for subscribers alone: the sentence that says so, and the mark in the data."""

from __future__ import annotations

import pytest

from pipeline.model.capture import Failure
from pipeline.page.page import Page
from pipeline.page.paywall import (
    is_for_subscribers,
    is_read_on,
    show_rest,
    without_read_on,
)
from tests.pipeline.reading.page_fields import ARTICLE, BODY, PAPER, article, body, read, reading

PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Полный текст доступен только по подписке. Оформить подписку",
        "Продолжение статьи доступно подписчикам.",
        "Чтобы дочитать материал, оформите подписку",
        "Читать далее могут только подписчики газеты",
        "Мәтіннің толық нұсқасы жазылушыларға ғана қолжетімді. Жазылу",
        "Мақаланың жалғасы жазылушыларға арналған",
        "The full text is for subscribers only. Subscribe",
        "Subscribe to continue reading",
        "Войдите или зарегистрируйтесь, чтобы читать дальше",
        "Для чтения полной версии статьи авторизуйтесь на сайте.",
        "Чтобы продолжить чтение, войдите в личный кабинет",
        "Зарегистрируйтесь и читайте материал полностью",
        "Для доступа к полному тексту необходимо войти или зарегистрироваться.",
        "Полный текст доступен только зарегистрированным пользователям.",
        "Материал доступен после авторизации",
        "Продолжение – после оплаты доступа. Оплатите доступ, чтобы дочитать статью.",
        "Толық оқу үшін жазылыңыз",
        "Мақаланы толық оқу үшін сайтқа кіріңіз немесе тіркеліңіз.",
        "Жалғасын оқу үшін тіркелу қажет",
        "Мақаланың толық мәтіні тіркелген оқырмандарға ғана қолжетімді.",
        "Оқуды жалғастыру үшін авторизациядан өтіңіз",
        "Сайтқа кіріп, мақаланы толық оқыңыз",
        "Читайте материал целиком по подписке",
        "Become a member to read the full article",
        "Log in or register to continue reading",
        "Please sign in to read the full article.",
        "To keep reading, create a free account",
        "You must be logged in to read the rest of this story.",
        "The full text is available to registered users only.",
        "This article is available to subscribers only",
    ],
)
def test_the_usual_sentences(line: str) -> None:
    assert is_for_subscribers(line)
    found = reading(article(body=f"{PARAGRAPHS}<div>{line}</div>"))
    assert body(found) == BODY
    assert found.access == "partial"


@pytest.mark.parametrize(
    "line",
    [
        "Подписка на газету открыта во всех отделениях связи.",
        "Число подписчиков канала за год выросло вдвое, сообщил министр.",
        "Закон открыл доступ к архивам, только часть дел ещё закрыта.",
        "Газетке жазылу науқаны басталды.",
        "Subscribers to the local paper met in the library.",
        "Жители зарегистрировались на портале, чтобы прочитать проект закона и оставить мнение.",
        "Чтобы читать дальше старые газеты, студенты записались в областной архив.",
        "Войдите в любой дом аула, и вам нальют чаю, рассказывает учительница.",
        "Для чтения лекций в университет пригласили пять профессоров.",
        "Полный текст закона доступен на портале, сообщили в министерстве.",
        "Кітапты толық оқу үшін оқушыға бір апта жетеді, дейді мұғалім.",
        "Байқауға қатысу үшін сайтқа тіркеліңіз, деді ұйымдастырушылар.",
        "Voters may register to read the draft law in the library.",
        "Students sign up to continue their studies abroad.",
    ],
)
def test_sentences_about_subscriptions_are_text(line: str) -> None:
    assert not is_for_subscribers(line)
    assert reading(article(body=f"{PARAGRAPHS}<p>{line}</p>")).access == "full"


@pytest.mark.parametrize(
    "data",
    [
        '{"@type":"NewsArticle","isAccessibleForFree":false}',
        '{"@type":"NewsArticle","isAccessibleForFree":"False"}',
        '{"@graph":[{"@type":"NewsArticle","hasPart":'
        '[{"@type":"WebPageElement","isAccessibleForFree":false}]}]}',
    ],
)
def test_the_mark_in_the_data(data: str) -> None:
    script = f"<script type='application/ld+json'>{data}</script>"
    assert reading(article(head=script)).access == "partial"
    free = script.replace("false", "true").replace('"False"', "true")
    assert reading(article(head=free)).access == "full"


def test_nothing_but_the_sentence_is_no_item() -> None:
    found = read(article(body="<p>Полный текст доступен только по подписке.</p>"))
    assert isinstance(found, Failure)
    assert found.reason == "no-body"


@pytest.mark.parametrize(
    "text",
    [
        "Читать далее →", "Читать статью полностью", "Читать целиком", "Показать весь текст",
        "Развернуть текст", "Загрузить полностью", "Раскрыть полностью",
        "Продолжить чтение", "Открыть материал целиком",
        "[читать полностью]", "Толығымен оқу", "Мақаланы толық оқу", "Жалғасын көру",
        "Әрі қарай оқу", "Read the full article", "Read full story »", "Show full text",
        "Continue reading…", "Keep reading",
    ],
)  # fmt: skip
def test_labels_of_what_shows_the_rest(text: str) -> None:
    assert is_read_on(text)
    hidden = "<div hidden>Остальной текст стоит здесь, за ярлыком, на этой странице.</div>"
    assert show_rest(Page(ARTICLE, PAPER, f"<div><b>{text}</b><button>{text}</button>{hidden}"))


@pytest.mark.parametrize(
    "text",
    [
        "Читать другие новости", "Показать ещё", "Показать комментарии", "Открыть карту",
        "Продолжение следует", "Толық емес", "Read our newsletter", "Show more comments",
        "Load more", "Читайте также", "Далее депутаты обсудили закон", "Весь текст песни",
    ],
)  # fmt: skip
def test_other_labels(text: str) -> None:
    assert not is_read_on(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Вода пришла в аул… (читать полностью)", "Вода пришла в аул…"),
        ("Вода пришла в аул. Читать далее", "Вода пришла в аул."),
        ("Су ауылға келді... Толық оқу →", "Су ауылға келді..."),
        ("Water has come […] Continue reading", "Water has come […]"),
        ("Вода пришла в аул.", None),
        ("Жить можно! Далее депутаты обсудили закон", None),
        ("Вода пришла. Продолжение следует", None),
    ],
)
def test_a_label_at_the_end_of_a_paragraph(text: str, sentence: str | None) -> None:
    assert without_read_on(text) == sentence
