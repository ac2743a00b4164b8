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
def test_the_senates_shell_does_not_say_that_a_release_is_gone(shell: str) -> None:
    assert reason(shell, RELEASE) == "shell"
    assert reason(with_other_names(shell, Random(3)), RELEASE) == "shell"


@pytest.mark.parametrize("printed", ["31.02.2026", "12.13.2026 15", "February 30, 2026"])
def test_a_short_release_with_an_impossible_date_is_no_shell(printed: str) -> None:
    content = f"<div>Сенат принял закон</div><div>{printed}</div><p>Его подпишет Президент.</p>"
    assert reason(release(content), RELEASE).startswith("no-")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div style='display: none'>", "</div>"), ("<section hidden><div>", "</div></section>"),
        ("<div style='visibility:hidden'>", "</div>"), ("<template>", "</template>"),
        ("<noscript>", "</noscript>"), ("<template><title>404 Not Found</title>", "</template>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["h1", "h2", "p"])
def test_hidden_words_do_not_say_that_a_page_is_not_there(
    before: str, after: str, tag: str
) -> None:
    hidden = f"{before}<{tag} class=article__title>Страница не найдена</{tag}>{after}"
    html = f"<title>Казахстанская правда</title><div id=app></div>{hidden}<p>Загрузка</p>"
    assert reason(html) not in ("soft-404", "gone")
    assert reason(release(f"<div id=app></div>{hidden}"), RELEASE) == "shell"


@pytest.mark.parametrize(
    "said",
    [
        "Страница не найдена", "404", "404 Not Found", "Ошибка 404. Страница не найдена",
        "Запрашиваемый материал удалён", "Материал снят с публикации по решению редакции",
        "Такой страницы не существует", "Извините, страница не найдена или была удалена",
        "Бет табылмады", "Мақала жойылған", "Қате 404: сұралған бет табылмады", "Мұндай бет жоқ",
        "Page not found", "This article has been removed", "Sorry, this page doesn't exist",
        "The page you are looking for could not be found", "This page is no longer available",
    ],
)  # fmt: skip
def test_words_say_that_a_page_is_not_there(said: str) -> None:
    assert says_only_not_found(said)
    for page in (
        f"<title>{said} - Казахстанская правда</title><p>Вернитесь на главную.</p>",
        f"<title>Казахстанская правда</title><h1>{said}</h1>{LATEST}",
        f"<title>Новости</title><h1><div>{said}</div></h1><p>{'Долгое объяснение. ' * 40}</p>",
    ):
        assert reason(page) == "soft-404"
    if not said.startswith("404"):
        assert reason(f"<title>Новости</title><div><span>{said}</span></div>") == "soft-404"


@pytest.mark.parametrize(
    "said",
    [
        "404 млрд тенге выделят на дороги", "404. Как работает система", "Материалы не найдены",
        "Пропавший альпинист не найден", "Страница временно недоступна", "Новости не найдены",
        "Страница не найдена: как исчезают газеты", "Документов нет", "Gone with the wind",
        "Из закона удалена статья о тайне", "Комментарий удалён", "Page one of the report",
    ],
)  # fmt: skip
def test_other_words_do_not(said: str) -> None:
    assert not says_only_not_found(said)
    for page in (f"<title>{said}</title><h1>{said}</h1>", f"<p>{said}</p>"):
        assert reason(page) != "soft-404"


def test_a_page_that_shows_instead_of_its_text_that_it_is_gone_says_so() -> None:
    assert reason(article(body="<p>Материал удалён по требованию автора.</p>")) == "soft-404"
    assert reason(article(TIME, body="<p>Мақала жойылған</p>")) == "soft-404"
    assert reading(article(body="<p>Статья удалена из проекта закона, сообщил депутат.</p>"))


def test_an_article_with_such_a_title_and_a_text_of_its_own_is_one() -> None:
    text = "<p>Режиссёр снял фильм о том, как из сети исчезают страницы газет.</p>" * 5
    html = article(body=text).replace("Заголовок статьи", "Страница не найдена")
    assert reading(html).title == "Страница не найдена"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("", "blank"),
        (" \n\t", "blank"),
        ("<html><head></head><body></body></html>", "blank"),
        ("<div id=app></div><script src=a.js></script><noscript>Включите JavaScript</noscript>",
         "blank"),
        ("<title>Казахстанская правда</title><div id=root></div>", "blank"),
        ("<h1>Технические работы</h1><p>На сайте ведутся работы. Зайдите позже.</p>",
         "maintenance"),
        ("<title>Сайт временно недоступен</title><p>Мы скоро вернёмся</p>", "maintenance"),
        ("<p>Сайтта техникалық жұмыстар жүргізілуде</p>", "maintenance"),
        ("<h2>Down for maintenance</h2>", "maintenance"),
        ("<br />\n<b>Fatal error</b>:  Uncaught Error: Call to a member function fetch() on null in"
         " /var/www/index.php:12\nStack trace:\n#0 {main}\n  thrown in <b>/var/www/index.php</b>"
         " on line <b>12</b><br />", "server-error"),
        ("<b>Warning</b>: mysqli_connect(): (HY000/2002) in <b>/a.php</b> on line <b>3</b>"
         "<p>SQLSTATE[HY000] [2002] Connection refused</p>", "server-error"),
        ("<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>", "server-error"),
        ("<h1>Error establishing a database connection</h1>", "server-error"),
        ("<h1>Ошибка подключения к базе данных</h1>", "server-error"),
        ("<h1>Вход</h1><form>Логин <input> Пароль <input></form>", "no-date-body"),
        ("<h1>Домен продаётся</h1><p>This domain is for sale.</p>", "no-date"),
        ("<title>Казахстанская правда</title><div>Загрузка</div>", "shell"),
    ],
)  # fmt: skip
def test_an_answer_without_an_article_says_nothing_of_one(page: str, expected: str) -> None:
    assert reason(page) == expected


def test_news_of_maintenance_is_news() -> None:
    text = "<p>Портал временно недоступен: ведутся технические работы, сообщили в ведомстве.</p>"
    title = "Портал временно недоступен"
    assert reading(article(body=text).replace("Заголовок статьи", title)).title == title


def test_a_text_of_which_an_error_is_left_is_none() -> None:
    dump = "<p>Fatal error: Uncaught Error: x in /var/www/view.php on line 7</p>"
    assert reason(article(body=f"<p>Первый абзац текста стоит здесь.</p>{dump}")) == "server-error"
    warning = "<p>Warning: foreach() argument must be of type array in /a.php on line 3</p>"
    found = reading(article(body=f"{warning}<p>Первый абзац текста стоит здесь.</p>"))
    assert found.body == "Первый абзац текста стоит здесь."


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
    assert reason(page) == "no-date-body"


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
            assert found.reason in REASONS, (name, found)


REASONS = ("soft-404", "shell", "listing", "no-body", "no-title-date-body")


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
