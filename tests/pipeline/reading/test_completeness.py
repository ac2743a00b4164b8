"""The text taken is all of the article's, or the item says that it is a part."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.capture import Failure
from pipeline.model.reading import Reading
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.words import words
from pipeline.page.page import Page
from tests.pages.recorded import RecordedPage, recorded_pages
from tests.pipeline.reading.damaged import AROUND, damages
from tests.pipeline.reading.page_fields import RELEASE, TIME, body, read, reading, release
from tests.sources.steppe import STEPPE

TEXT = (
    "Депутаты отметили, что документ направлен на бережное использование воды в сёлах страны.",
    "Как пояснил докладчик, в южных областях потери воды при поливе доходят до сорока процентов.",
    "Закон передан на подпись Главе государства и вступит в силу через шестьдесят дней.",
    "Ранее сенаторы обсуждали этот проект с учёными и жителями четырёх областей страны.",
)
OTHER = (
    "Жители аула ждали этой воды почти девять лет, рассказала учительница местной школы.",
    "Весной канал заполнят впервые, и тогда станет видно, хватит ли напора для дальних полей.",
    "Инженеры обещают следить за плотиной круглый год и сообщать о каждом изменении.",
)
ONE, TWO, THREE, FOUR = (f"<p>{line}</p>" for line in TEXT)
ALL = ONE + TWO + THREE + FOUR
TAGS = (
    "<div class=article__tags><a href='/t/a/'>#Сенат</a></div><div class=article__content>"
    "<div>Читайте также</div><ul><li><a href='/n/x/'>Другая новость дня</a></ul></div>"
)
AD = "<div class=ad><a href='https://ad.example/'>Реклама</a></div>"


def page(text: str, after: str = TAGS) -> str:
    """An article of Kazpravda with a menu and a footer around."""
    return (
        "<html><head><title>Заголовок статьи</title></head><body><header><a href='/'>Главная</a>"
        "</header><main><article class=article><h1 class=article__title>Заголовок статьи</h1>"
        f"{TIME}{text}{after}</article></main><footer>© Казахстанская правда</footer></body></html>"
    )


def own(text: str) -> str:
    """A text in the layout's element."""
    return f"<div class='article__body'>{text}</div>"


@pytest.mark.parametrize(
    "text",
    [
        own(ALL),
        own(f"{ONE}</div>{TWO}{THREE}{FOUR}"),
        own(f"{ONE}</div></div>{TWO}{THREE}{FOUR}"),
        f"<div class='article__body'>{ONE}</div>{TWO}{THREE}{FOUR}<div></div>",
        own(f"{ONE}</article>{TWO}{THREE}{FOUR}"),
        own(f"{ONE}</p></section>{TWO}{THREE}{FOUR}"),
        own(f"{ONE}</body>{TWO}{THREE}{FOUR}"),
        own(f"{ONE}</BODY >\n</HTML>{TWO}{THREE}</html>{FOUR}"),
        own(f"</div>{ALL}"),
        own(f"{TEXT[0]}<br><br>{TEXT[1]}</div><br><br>{TEXT[2]}<br><br>{TEXT[3]}"),
        own(ALL) + own(ALL),
        f"<div class=article__lead>{TEXT[0]}</div>" + 2 * own(TWO + THREE + FOUR),
        own(ONE + TWO) + AD + own(THREE + FOUR),
        f"<div class=w>{own(ONE + TWO)}</div>{AD}<div class=w>{own(THREE + FOUR)}</div>",
        f"<div class=intro>{ONE}{TWO}</div>{own(THREE + FOUR)}",
        f"<div class=intro>{TEXT[0]}</div>{own(TWO + THREE + FOUR)}",
        own(f"{ONE}{TWO}<div style='display: none'>{THREE}{FOUR}</div><button>Читать полностью"
            "</button>"),
        own(f"{ONE}<a href='#'>Читать далее</a><div hidden>{TWO}{THREE}{FOUR}</div>"),
        own(ONE + TWO) + f"<a href='#'>Толығырақ</a><div hidden>{THREE}{FOUR}</div>",
        own(f"<details><summary>Show more</summary>{ALL}</details>"),
        own(f"{ONE}<figure><img src=a><figcaption>В зале</figure>{TWO}{THREE}{FOUR}"),
    ],
)  # fmt: skip
def test_the_whole_text_is_taken_however_it_is_parted(text: str) -> None:
    found = reading(page(text))
    assert body(found) == TEXT
    assert (found.access, found.notes) == ("full", ())


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


@pytest.mark.parametrize(
    "link",
    [
        "<a href='?page=2'>Читать далее</a>", "<span class=more>Читать полностью</span>",
        "<div><b>1</b> <a href='?page=2'>2</a></div>", "<a href='/n/zagolovok-stati/2/'>2</a>",
        "<a href='/n/zagolovok-stati-full/'>Толық оқу</a>", "<a href='#'>Read more →</a>",
        "<button data-url='/ajax/1'>Показать полностью</button>",
        "<div><button><span>Развернуть текст</span></button></div>",
        "<input type=button value='Read the full article'>",
        "<button>Толық оқу</button><noscript><p>Остальной текст стоит здесь.</p></noscript>",
    ],
)  # fmt: skip
def test_a_text_that_goes_on_elsewhere_is_a_part(link: str) -> None:
    for html in (page(own(ALL), link + TAGS), page(own(ALL + link))):
        found = reading(html)
        assert body(found) == TEXT
        assert found.access == "partial"
        assert found.notes == ("a link behind it leads to the rest of it",)


@pytest.mark.parametrize(
    "end",
    [
        "… <a href='/n/zagolovok-stati/'>(читать полностью)</a>",
        "… <a href='/x/'>Читать далее</a>",
        "… <span>Читать статью полностью →</span>",
        "… [Толық оқу]",
    ],
)  # fmt: skip
def test_a_label_in_the_last_paragraph_leads_on_and_is_no_text(end: str) -> None:
    found = reading(page(own(f"{ONE}{TWO}<p>Закон передан на подпись{end}</p>")))
    assert body(found) == (*TEXT[:2], "Закон передан на подпись…")
    assert (found.access, found.notes) == ("partial", ("a link behind it leads to the rest of it",))


def test_a_further_page_named_in_the_head_is_the_rest() -> None:
    for href in ("?page=2", "https://kazpravda.kz/n/zagolovok-stati/2/"):
        html = page(own(ALL)).replace("</head>", f"<link rel=next href='{href}'></head>")
        assert (body(reading(html)), reading(html).access) == (TEXT, "partial")
    other = page(own(ALL)).replace("</head>", "<link rel=next href='/n/drugaya/'></head>")
    assert reading(other).access == "full"


def test_a_sentence_behind_the_text_may_say_that_the_rest_is_restricted() -> None:
    line = "<div class=x><p>Войдите или зарегистрируйтесь, чтобы читать дальше</p></div>"
    for html in (page(own(ALL), line + TAGS), page(own(ALL + line))):
        found = reading(html)
        assert (body(found), found.access) == (TEXT, "partial")


@pytest.mark.parametrize(
    "label", ["<button>Читать далее</button>", "<p><a href='#'>Толық оқу</a></p>"]
)
def test_the_rest_may_stand_in_a_template(label: str) -> None:
    found = reading(page(own(f"{ONE}{TWO}{label}<template>{THREE}{FOUR}</template>")))
    assert (body(found), found.access) == (TEXT, "full")


def test_text_in_a_form_without_fields_is_told() -> None:
    rest = f"{THREE}{FOUR}"
    for form in (f"<form>{rest}</form>", f"<form><input type=hidden name=id>{rest}</form>"):
        html = (
            f"<h1>Заголовок статьи</h1><div>4 марта 2026 г. 7:31</div><div>{ONE}{TWO}{form}</div>"
        )
        found = reading(f"<title>Заголовок статьи</title><body><main>{html}</main>")
        assert body(found) == TEXT or found.access == "partial"


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("", False), ("<img src=a.jpg>", False), ("<iframe src='/n/x/text.html'></iframe>", False),
        (f"{ALL}<iframe src='/n/x/vote.html'></iframe>", True),
    ],
)  # fmt: skip
def test_a_lead_without_the_text_is_a_part(text: str, *, is_whole: bool) -> None:
    lead = f"<div class=article__lead>{OTHER[0]}</div>"
    found = reading(page(lead + own(text)))
    assert body(found) == ((OTHER[0], *TEXT) if is_whole else OTHER[:1])
    assert (found.access == "full") == is_whole


def test_a_short_text_beside_a_player_or_a_strangers_frame_is_whole() -> None:
    for src in ("https://www.youtube.com/embed/a1", "/embed/1", "https://ad.example/1"):
        html = page(f"<p>{OTHER[0]}</p><iframe src='{src}'></iframe>")
        assert reading(html).access == "full"


def _in_data(text: str) -> str:
    data = {"@type": "NewsArticle", "headline": "Заголовок статьи", "articleBody": text}
    data["datePublished"] = "2026-03-04T07:31:00+05:00"
    return f"<script type='application/ld+json'>{json.dumps(data, ensure_ascii=False)}</script>"


@pytest.mark.parametrize("join", ["\n", " ", "<br>", "</p><p>"])
def test_text_that_the_page_has_in_its_data_alone_is_told(join: str) -> None:
    data = _in_data(join.join((*TEXT, *OTHER)))
    found = reading(page(own(ALL)).replace("</head>", f"{data}</head>"))
    assert (body(found), found.access) == (TEXT, "partial")
    assert found.notes == ("38 words of it stand in the page's data alone",)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(TEXT), " ".join(TEXT[:2]), " ".join(TEXT)[:150] + "…", " ".join(OTHER * 4),
        " ".join((*TEXT, "Подписывайтесь на наш канал и читайте новости первыми.")),
        " ".join((*TEXT, "Читайте также", "Другая новость дня", "© Казахстанская правда")),
    ],
)  # fmt: skip
def test_data_with_no_more_than_the_page_shows_say_nothing(text: str) -> None:
    found = reading(page(own(ALL)).replace("</head>", f"{_in_data(text)}</head>"))
    assert (body(found), found.access, found.notes) == (TEXT, "full", ())


@given(st.integers(0, 19), st.sampled_from(["…", "...", " […]", "", " (...)"]))
def test_a_text_cut_short_in_data_alone_is_a_part(length: int, end: str) -> None:
    text = " ".join(TEXT[:3])
    cut = f"{' '.join(text.split()[: length + 15])}{end}"
    found = read(_script_page(cut))
    is_whole = not end and cut[-1] == "."
    assert isinstance(found, Failure) or (found.access == "full") == is_whole


@pytest.mark.parametrize("end", ["", " Асель Серик, Кызылорда", " Kazpravda.kz"])
def test_a_text_in_data_alone_may_be_whole(end: str) -> None:
    for join in (" ", "\n"):
        found = reading(_script_page(f"{join.join(TEXT)}{end}"))
        assert (found.access, found.notes) == ("full", ())


def _script_page(text: str) -> str:
    head = f"<title>Заголовок статьи</title>{_in_data(text)}"
    return f"<html><head>{head}</head><body><div id=app></div><script src=/a.js></script></body>"


def test_a_button_among_other_links_shows_no_rest() -> None:
    feed = "<div class=feed><a href='/n/d/'>Другая новость дня</a><button>Show more</button></div>"
    assert reading(page(own(ALL), feed)).access == "full"


def test_a_page_that_breaks_off_in_a_sentence_is_cut_short() -> None:
    whole = page(own(ALL), "")
    begin = whole.index(TEXT[3])
    for length in range(10, len(TEXT[3])):
        found = read(whole[: begin + length])
        assert isinstance(found, Failure)
        assert found.reason == "cut-short"


@pytest.mark.parametrize("end", ["</p>", "</div>", TAGS, "<footer>© Казахстанская правда"])
def test_a_page_without_its_last_end_tags_is_whole(end: str) -> None:
    whole = page(own(ALL))
    found = reading(whole[: whole.index(TEXT[3]) + len(TEXT[3])] + end)
    assert (body(found), found.access) == (TEXT, "full")


def test_paragraphs_that_are_nearly_alike_are_each_text() -> None:
    head = "<h1>Сенат обсудил закон о воде</h1><div>16.05.2022 348</div>"
    lines = [f"В районе номер {n} строят каналы и берегут воду для полей." for n in range(4)]
    parts = ["".join(f"<p>{line}</p>" for line in half) for half in (lines[:2], lines[2:])]
    text = f"<div>{'<div>Поделиться</div>'.join(parts)}</div>"
    found = reading(release(f"<article>{head}{text}</article>"), RELEASE)
    assert (body(found), found.access) == (tuple(lines), "full")


def test_a_release_is_compared_too() -> None:
    head = "<h1>Сенат обсудил закон о воде</h1><div>16.05.2022 348</div>"
    press = "<p>(Пресс-служба Сената, 74-72-27)</p><div>Поделиться</div>"
    for text in (f"<div>{ALL}{press}</div>", f"<div>{ONE}</div>{TWO}{THREE}{FOUR}{press}</div>"):
        found = reading(release(f"<article>{head}{text}</article>"), RELEASE)
        assert (body(found), found.access) == (TEXT, "full")
    part = f"<div>{ONE}{TWO}</div></td></div><div><span>{TEXT[2]}</span><br><br>{TEXT[3]}</div>"
    found = reading(release(f"<article>{head}{part}</article>"), RELEASE)
    assert body(found) == TEXT or found.access == "partial"


@cache
def _pages() -> list[tuple[RecordedPage, list[tuple[str, str]]]]:
    ours = recorded_pages()
    theirs = recorded_pages(Path(__file__).parents[2] / "sources" / "pages", STEPPE)
    read_ones = [one for one in (*ours, *theirs) if not one.fails]
    sources = [(one, (one.folder / "page.html").read_text(encoding="utf-8")) for one in read_ones]
    found = [(one, list(damages(html, one.expected()["body"]))) for one, html in sources]
    return [(one, damaged) for one, damaged in found if damaged]


@settings(max_examples=150)
@given(st.data())
def test_any_damage_to_an_element_of_a_recorded_page_is_harmless_or_seen(
    data: st.DataObject,
) -> None:
    recorded, damaged = data.draw(st.sampled_from(_pages()))
    name, html = data.draw(st.sampled_from(damaged))
    found = recorded.result_of(html)
    if isinstance(found, Failure) or found.access == "partial":
        return
    shown, taken = _words_shown(recorded, html), f" {' '.join(words(found.body))} "
    for line in recorded.expected()["body"]:
        run = f" {' '.join(words(line))} "
        if is_sentence(line) and line.count(" ") > 2 and run in shown:
            most = taken.count(run) if name.endswith(AROUND) else shown.count(run)
            assert 1 <= taken.count(run) <= most, (recorded.name, name, line)


def _words_shown(recorded: RecordedPage, html: str) -> str:
    lines = Page(recorded.url, recorded.site, html).lines
    return f" {' '.join(word for line in lines for word in words(line.text))} "


def test_no_recorded_page_is_taken_for_a_part() -> None:
    for recorded, _ in _pages():
        found = recorded.result()
        assert isinstance(found, Reading)
        assert (found.access, found.notes) == ("full", ()), recorded.name
