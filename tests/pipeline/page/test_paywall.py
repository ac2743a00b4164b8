"""What is for subscribers alone: the sentence that says so, and the mark in the data."""

from __future__ import annotations

import pytest

from pipeline.model.capture import Failure
from pipeline.page.paywall import is_for_subscribers
from tests.pipeline.reading.page_fields import BODY, article, body, read, reading

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
