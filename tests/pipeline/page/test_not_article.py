"""What stands under an article's address and is no article, and why it gives no item."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

import pytest

from pipeline.model.capture import Failure
from pipeline.page.not_article import is_challenge, says_only_not_found
from tests.pipeline.reading.page_fields import (
    ARTICLE,
    RELEASE,
    TIME,
    article,
    read,
    reading,
    release,
)
from tests.pipeline.reading.renamed import with_other_names
from tests.seeds.recorded_site import recorded_answers
from tests.sites.content import SiteName
from tests.sites.look import Look
from tests.sites.page import COUNTER
from tests.sites.shelf import Shelf

CARD = (
    "<div class='c'><a href='/ru-RU/news/details/{n}'>Совещание о дорогах и мостах области</a>"
    "<span>0{n}.03.2026</span><p>Депутаты обсудили ремонт дорог и сроки сдачи мостов.</p></div>"
)
LATEST = f"<div><h3>Последние новости</h3>{''.join(CARD.format(n=n) for n in range(1, 6))}</div>"
TEASERS = "".join(
    f"<article><a href='/n/novost-{n}/'>Заголовок другой новости номер {n}</a>"
    f"<time>{n} марта 2026 г. 7:31</time><p>Первые слова другой новости стоят здесь.</p></article>"
    for n in range(1, 7)
)
MENU = "<nav><a href='/r/sport/'>Спорт</a><a href='/r/politika/'>Политика</a></nav>"


def reason(html: str, url: str = ARTICLE) -> str:
    found = read(html, url)
    assert isinstance(found, Failure), found
    return found.reason


@pytest.mark.parametrize(
    "shell",
    [
        release(""),
        release(LATEST),
        release(f"<h1>Сенат</h1>{LATEST}"),
        release(f"<h1>Официальный сайт Сената</h1>{LATEST}", title="Сенат Парламента РК"),
        release(f"<h1>Главная</h1>{LATEST}", title="Главная страница"),
        release(f"<div>25.03.2026</div>{LATEST}", title="Сенат Парламента Республики Казахстан"),
    ],
)
def test_the_senates_shell_is_a_soft_404(shell: str) -> None:
    assert reason(shell, RELEASE) == "soft-404"
    assert reason(with_other_names(shell, Random(3)), RELEASE) == "soft-404"


@pytest.mark.parametrize("day", ["Сегодня 24 ноября 2026 г.", "24 ноября 2026 г.", "24.11.2026"])
def test_the_sites_calendar_is_no_date_of_a_missing_page(day: str) -> None:
    lost = (
        f"<div id=page><div class=top><div class='date-now'>{day}</div></div><div class=main>"
        "<h1>Такой страницы у нас нет</h1><p>Возможно, её удалили или перенесли, а может быть, в"
        " адресе ошибка. Перейдите на главную страницу или найдите материал по словам.</p></div>"
    )
    assert reason(lost) in ("no-date", "soft-404")


@pytest.mark.parametrize(
    "page",
    [
        f"{MENU}<main><h1>Спорт</h1>{TEASERS}</main>",
        f"{MENU}<main><h1>Спорт</h1><article><a href='/n/a/'>Юные лыжники из Риддера взяли три"
        " медали на чемпионате</a><time>27 февраля 2024 г. 20:03</time></article></main>",
        f"{MENU}<main><h1>#степь</h1>{TEASERS}</main>",
    ],
)
def test_a_list_under_an_articles_address_is_a_listing(page: str) -> None:
    assert reason(page) == "listing"


def test_a_search_result_of_one_is_no_article() -> None:
    page = (
        "<main><h1>Результаты поиска по сайту</h1><div><h2><a href='/n/a/'>Юные лыжники взяли три"
        " медали</a></h2><time datetime='2026-03-02T07:31'>2 марта 2026 г. 7:31</time>"
        "<p>На чемпионате Азии они пробежали десять километров быстрее всех.</p></div></main>"
    )
    assert reason(page) == "no-body"


def test_a_gallery_or_a_video_without_text_is_named() -> None:
    pictures = "".join(f"<div data-src='/media/{n}.jpg'></div>" for n in range(5))
    assert reason(article(TIME, body=f"<div class='js-lg'>{pictures}</div>")) == "gallery"
    player = "<iframe src='https://www.youtube.com/embed/x'></iframe>"
    assert reason(article(TIME, body=player)) == "video"
    assert reason(article(TIME, body="")) == "no-body"


def test_a_gallery_or_a_video_with_a_text_is_an_item() -> None:
    player = "<iframe src='https://www.youtube.com/embed/x'></iframe>"
    assert reading(article(TIME, body=f"{player}<p>Короткий текст под роликом.</p>")).body == (
        "Короткий текст под роликом."
    )


def test_challenges_are_known_by_their_marks() -> None:
    assert is_challenge("<title>Just a moment...</title>")
    assert not is_challenge("<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'>")


def test_a_title_that_begins_with_404_may_be_an_articles() -> None:
    assert says_only_not_found("404 - Страница не найдена")
    assert not says_only_not_found("404-я школа открылась в Алматы")


def test_no_page_of_either_site_that_is_no_article_becomes_an_item() -> None:
    for number, (name, url, html) in enumerate(_others()):
        for page in (html, with_other_names(html, Random(number))):
            found = read(page, url)
            assert isinstance(found, Failure), (name, found)
            assert found.reason in ("soft-404", "listing", "no-body"), (name, found)


def _others() -> Iterator[tuple[str, str, str]]:
    for page in recorded_answers():
        is_other = page.status == 404 or page.url.endswith(("/", "/news", "13238"))
        if is_other and "/n/" not in page.url and "html" in page.content_type:
            yield page.url, RELEASE if "senate.parlam" in page.url else ARTICLE, page.body
    targets: dict[SiteName, tuple[str, ...]] = {
        "kazpravda": ("/", "/kk/", "/en/", "/r/sport/", "/n/nothing-here/"),
        "senate": ("/ru-RU", "/kk-KZ/news", "/en-US/news/details/99999", "/nonsense"),
    }
    views = count(3)
    for seed in range(1, 4):
        for site, paths in targets.items():
            shelf = Shelf(Look(site=site, seed=seed), 60)
            for path in paths:
                text = shelf.page(path, empty=False).text.replace(COUNTER, str(next(views)))
                if text:
                    yield f"{site} {seed} {path}", RELEASE if site == "senate" else ARTICLE, text
