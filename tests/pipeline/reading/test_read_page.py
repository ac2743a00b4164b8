"""One page: a reading, or why there is none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.capture import Failure
from pipeline.model.reading import Reading
from pipeline.normalize.addresses import article_address
from pipeline.normalize.characters import one_line, paragraphs
from pipeline.page.not_article import is_challenge
from pipeline.page.page import Page
from pipeline.reading.read_page import read_page
from tests.pipeline.reading.page_fields import (
    ARTICLE,
    BODY,
    CAPTURED,
    HOUSE,
    PAPER,
    RELEASE,
    article,
    body,
    read,
    reading,
    release,
)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (article("", head="<title>x</title>"), "no-date"),
        (article(body=""), "no-body"),
        (article().replace("h1", "h5").replace("article__title", "x")
         .replace("<title>Заголовок статьи", "<title>Казахстанская правда"), "no-title"),
        ("<h1 class='article__title'>Заголовок</h1>", "no-date-body"),
        ("<title>Страница не найдена - Казахстанская правда</title>", "soft-404"),
        ("<h1>404</h1><p>Нет такой, но есть эти: одна, две, три, четыре, пять.</p>", "soft-404"),
        (article().replace("Заголовок статьи", "Страница не найдена"), "soft-404"),
        ("<title>Just a moment...</title><p>a</p>", "challenge"),
        ("<p>Подтвердите, что вы не робот</p>", "challenge"),
        ("", "blank"),
        (f"<div>{'Текст без начала и без конца. ' * 30}</div>", "no-title-date"),
    ],
)  # fmt: skip
def test_why_a_page_gives_no_item(html: str, reason: str) -> None:
    found = read(html)
    assert isinstance(found, Failure)
    assert (found.url, found.stage, found.reason) == (ARTICLE, "read", reason)
    assert found.detail


def test_a_headline_about_404_or_a_search_is_no_soft_404() -> None:
    for title in ("404 млрд тенге выделят на дороги", "Пропавший альпинист не найден"):
        found = read(article(body="").replace("Заголовок статьи", title))
        assert isinstance(found, Failure)
        assert found.reason == "no-body"


def test_an_ordinary_page_behind_a_guard_is_no_challenge() -> None:
    script = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    assert reading(article(head=script)).title == "Заголовок статьи"
    assert not is_challenge(script)
    assert is_challenge("<script>window._cf_chl_opt={}</script>")


def test_the_sites_name_is_no_title() -> None:
    html = release("<h1>Сенат</h1><time datetime=2026-03-04></time>"
                   "<div itemprop=articleBody>Текст.</div>")  # fmt: skip
    found = read(html, RELEASE)
    assert isinstance(found, Failure)
    assert found.reason == "no-title"


def test_the_sites_name_at_a_titles_end_goes() -> None:
    head = "<meta property='og:title' content='Заголовок статьи | Kazpravda.kz'>"
    html = article(head=head).replace("h1", "h5").replace("article__title", "x")
    assert reading(html).title == "Заголовок статьи"


def test_two_steps_that_disagree_are_told_and_the_first_stays() -> None:
    ld = '{"@type": "Article", "headline": "Другой", "datePublished": "2026-03-09"}'
    found = reading(article(head=f"<script type='application/ld+json'>{ld}</script>"))
    assert found.disagreements == ("title", "published")
    assert (found.title, found.published[:10]) == ("Заголовок статьи", "2026-03-04")  # type: ignore[index]
    assert dict(found.read_by)["title"] == "layout"


pieces = st.lists(
    st.sampled_from(
        ["<h1 class=article__title>", "<div class=article__body>", "<p>", "</p>", "</div>", "</h1>",
         "<time class=article__date>", "</time>", "4 марта 2026 г. 7:31", "16.05.2022 348", "<br>",
         "<a href='http://['>", "<a href=/r/a/>", "</a>", "<base href='http://['>", "<img src=a>",
         "<div class=article__img>", "<div class=article__lead>", "<form>", "<table><td>", "Сенат",
         "Заголовок этого релиза ", "Несколько слов подряд, чтобы вышел абзац. ", "Фото: Сенат",
         "(Пресс-служба Сената)", "<meta property=aiturec:datetime content='0001-01-01T00:00+09'>",
         "<div class=article__tags>", "#а", "<!--", "-->", "\x00", "\ud800", "\u2028", "\x85",
         "<time datetime=2026-03-04T07:31>", "<time class=updated datetime=x>", "<?x y?>", "<o:p>",
         "<i class=updated></i>", "<span class=posted>", "</span>", "<svg><title>06.03.2026</svg>",
         "Обновлено:", "Опубликовано ", "Начало", "06.03.2026", "<a href='/n/x/'>", "<a href='#'>",
         "<a name=x>", "<div class=comments>", "<aside>", "<div hidden>", "<font>", "Поделиться",
         "<meta itemprop=datePublished content=2026-03-04>", "Читайте также:", "<ul><li>"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


in_pages = st.one_of(
    pieces,
    pieces.map(article),
    pieces.map(lambda html: article(body=html)),
    pieces.map(lambda html: release(f"<h1>Заголовок релиза</h1>{html}<p>16.05.2022 3</p>{html}")),
)


@given(in_pages)
@example(article(body="16.05.2022 348<font>"))
@example("<!-- only a comment -->")
@example("<h1 class=article__title>a</h1><div class=article__body><time class=article__date>"
         "4 марта 2026 г. 7:31</time>b")  # fmt: skip
def test_no_page_raises_and_every_reading_is_normalised(html: str) -> None:
    for url in (ARTICLE, RELEASE):
        found = read(html, url)
        if isinstance(found, Failure):
            continue
        assert found.title == one_line(found.title or "") != ""
        assert found.body == paragraphs(found.body) != ""
        assert found.published
        if found.lead is not None:
            assert found.body.startswith(found.lead)


@given(st.binary(max_size=200) | pieces.map(lambda html: html.encode("utf-16", "replace")),
       st.sampled_from(["", "text/html", "text/html; charset=windows-1251", "text/html; charset=x",
                        "text/html; charset=utf-16"]))  # fmt: skip
@example(b"\xef\xbb\xbf<title>", "text/html; charset=ascii")
def test_no_bytes_raise(content: bytes, content_type: str) -> None:
    for url, site in ((ARTICLE, PAPER), (RELEASE, HOUSE)):
        address = article_address(url, site.source)
        assert address is not None
        page = Page.decoded(url, site, content_type, content)
        read_page(page, address, CAPTURED)
        page.own_links()


def test_a_page_in_another_encoding_than_it_declares_is_read_by_its_bytes() -> None:
    found = _decoded(article().encode("cp1251"), "text/html; charset=utf-8")
    assert isinstance(found, Reading)
    assert found.title == "Заголовок статьи"


def test_a_character_lost_is_noted_and_a_text_lost_is_none() -> None:
    once = _decoded(article().replace("абзац", "аб\ufffdзац", 1).encode())
    assert isinstance(once, Reading)
    assert once.body.startswith("Первый аб\ufffdзац текста")
    assert once.notes == ("1 of its characters could not be decoded",)
    for part in ("Заголовок статьи", "Второй абзац."):
        for written in ("\ufffd" * 9, "Закон принят".encode().decode("cp1251")):
            found = _decoded(article().replace(part, written).encode())
            assert isinstance(found, Failure)
            assert found.reason == "garbled"


_LONG = "".join(f"<p>Абзац номер {at} рассказывает о мосте через реку.</p>" for at in range(9))


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("\ufffd" * 4, 4),
        (" ".join(["\ufffd" * 4] * 6), 24),
        ("\ufffd" * 180, 180),
        ("\ufffd" * 4 + " Справка", 4),
        ("\u2550" * 150, 0),
        ("* * *", 0),
        ("????", 0),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_line_of_lost_or_decorating_characters_costs_no_article(
    line: str, count: int, *, is_first: bool
) -> None:
    own = f"<p>{line}</p>"
    found = reading(article(body=own + _LONG if is_first else _LONG + own))
    assert "Абзац номер 8 рассказывает о мосте через реку." in body(found)
    assert found.notes == ((f"{count} of its characters could not be decoded",) if count else ())


def test_a_title_with_a_lost_emoji_is_read() -> None:
    found = reading(article().replace("Заголовок", "\ufffd\ufffd\ufffd\ufffd Заголовок"))
    assert found.title == "\ufffd\ufffd\ufffd\ufffd Заголовок статьи"
    assert found.notes == ("4 of its characters could not be decoded",)


def test_a_lost_paragraph_is_a_failure_however_long_the_article_is() -> None:
    lost = BODY[0].encode("cp1251") * 3
    content = article(body=f"{_LONG * 9}<p>LOST</p>").encode().replace(b"LOST", lost)
    found = _decoded(content)
    assert isinstance(found, Failure)
    assert found.reason == "garbled"


def _decoded(content: bytes, content_type: str = "text/html") -> Reading | Failure:
    address = article_address(ARTICLE, PAPER.source)
    assert address is not None
    return read_page(Page.decoded(ARTICLE, PAPER, content_type, content), address, CAPTURED)


@pytest.mark.parametrize("title", ["404-я школа открылась в Астане", "404. Как работает система"])
def test_a_whole_article_whose_title_begins_like_an_error_is_read(title: str) -> None:
    assert reading(article().replace("Заголовок статьи", title)).title == title


DATED = "<meta property='article:published_time' content='{}'>"


@pytest.mark.parametrize("shown", ["4 марта 2030 г. 7:31", "26 ноября 2026 г. 9:00", "11.11.2013"])
def test_a_date_out_of_range_gives_way_to_the_next_steps(shown: str) -> None:
    between = f'<time class="article__date">{shown}</time>'
    found = reading(article(between, head=DATED.format("2026-03-04T07:31:00+05:00")))
    assert found.published == "2026-03-04T07:31:00+05:00"
    assert dict(found.read_by)["published"] == "structured"


@pytest.mark.parametrize("shown", ["4 марта 2030 г. 7:31", "11.11.2013"])
def test_no_date_in_range_is_a_failure(shown: str) -> None:
    found = read(article(f'<time class="article__date">{shown}</time>'))
    assert isinstance(found, Failure)
    assert found.reason == "date-out-of-range"


def test_a_day_of_tolerance_and_the_first_day() -> None:
    assert reading(article('<time class="article__date">25 ноября 2026 г. 9:00</time>')).title
    assert reading(article('<time class="article__date">12.11.2013</time>')).title


def test_the_printed_and_the_machine_time_are_compared() -> None:
    head = "<meta property='aiturec:datetime' content='2026-03-09T07:31:00+05:00'>"
    found = reading(article(head=head))
    assert found.disagreements == ("published",)
    assert found.published == "2026-03-04T07:31:00+05:00"


def test_steps_can_be_switched_off() -> None:
    page = Page(ARTICLE, PAPER, article())
    address = article_address(ARTICLE, PAPER.source)
    assert address is not None
    alone = read_page(page, address, CAPTURED, ("generic",))
    assert isinstance(alone, Reading)
    assert alone.weakest == "generic"
    assert isinstance(read_page(page, address, CAPTURED, ("structured",)), Failure)
