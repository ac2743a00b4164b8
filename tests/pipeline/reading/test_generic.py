"""A page of no known layout and without structured data: heading, date beside it, running text."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import tostring

from pipeline.page.page import Page
from pipeline.reading.generic import read_generic
from tests.pipeline.reading.page_fields import ARTICLE, CAPTURED, PAPER, body, reading

TEXT = (
    "Депутаты обсудили проект закона о дорогах, который правительство внесло зимой.",
    "Рабочая группа провела девять заседаний и учла предложения областей.",
    "Второе чтение назначено на весну, сообщил председатель комитета.",
)
LEAD = "Мажилис принял к работе закон о дорогах, передает корреспондент газеты"


def page(
    between: str = "<div>4 марта 2026 г. 7:31</div>", *, head: str = "", body: str = "",
    before: str = "", after: str = "", title: str = "Закон о дорогах принят к работе",
) -> Page:  # fmt: skip
    text = body or "".join(f"<p>{line}</p>" for line in TEXT)
    html = (
        f"<html><head><title>{title} | Газета</title>{head}</head><body>"
        "<nav><a href='/r/a/'>Политика</a> <a href='/r/b/'>Спорт</a></nav>"
        f"{before}<main><h1>{title}</h1>{between}<div>{text}</div>{after}</main>"
        "<footer>© Газета, 2026. Все права защищены.</footer></body></html>"
    )
    return Page(ARTICLE, PAPER, html)


def test_title_date_and_body() -> None:
    found = read_generic(page(), CAPTURED)
    assert found.title == "Закон о дорогах принят к работе"
    assert found.published is not None
    assert found.published.text == "2026-03-04T07:31:00+05:00"
    assert found.paragraphs == TEXT


def test_what_stands_around_the_text_is_none_of_it() -> None:
    between = (
        "<div><a href='/r/politika/'>Политика</a></div><div>4 марта 2026 г. 7:31</div>"
        "<div>1 204</div><div>Айгуль Омарова, профессор, Ержан Сеитов</div>"
        f"<div>{LEAD}</div><div><img src=a.jpg><div>Новая дорога у Риддера</div></div>"
        "<div>Фото: Kazpravda.kz / Ержан Сеитов</div>"
    )
    after = (
        "<div><a href='/t/1'>#дороги</a> <a href='/t/2'>#закон</a></div>"
        "<div>Читайте также</div><ul><li><a href='/n/x/'>Мост через Ульбу сдан раньше</a></li></ul>"
    )
    found = read_generic(page(between, after=after), CAPTURED)
    assert found.paragraphs == (LEAD, *TEXT)


@pytest.mark.parametrize(
    "lead",
    [
        LEAD, "Закон о дорогах принят к работе депутатами мажилиса, сообщает Kazpravda.kz",
        "Мажилис принял к работе закон о дорогах. Его читали девять раз",
    ],
)  # fmt: skip
def test_a_lead_apart_may_have_the_titles_words(lead: str) -> None:
    date = "<div>4 марта 2026 г. 7:31</div>"
    for html in (f"{date}<div>{lead}</div><img src=a.jpg>", f"<h2>{lead}</h2>{date}<img src=a>"):
        assert read_generic(page(html), CAPTURED).paragraphs == (lead, *TEXT)
    again = f"<div>Закон о дорогах принят к работе</div>{date}"
    assert read_generic(page(again), CAPTURED).paragraphs == TEXT


OTHER = (
    "Строители сдали мост через реку на месяц раньше срока, сообщил акимат.",
    "Новый мост соединил два берега, и дорога до города стала вдвое короче.",
    "Движение по нему откроют весной, когда закончатся испытания.",
)
OTHERS = "".join(f"<p>{line}</p>" for line in OTHER)
DATE = "<div>3 марта 2026 г. 9:00</div>"


@pytest.mark.parametrize(
    "after",
    [
        f"</main><main><h1>Мост через реку сдан раньше</h1>{DATE}<div>{OTHERS}</div>",
        f"</main><main><h1>Мост через реку сдан раньше</h1><div>{OTHERS}</div>",
        f"<h1>Мост через реку сдан раньше</h1>{DATE}<div>{OTHERS}</div>",
        f"<h1>Мост через реку сдан раньше</h1><div>{OTHERS}</div>",
        f"<article><h2>Мост через реку сдан раньше</h2>{DATE}{OTHERS}</article>",
        f"<section>{DATE}<h3>Мост через реку сдан раньше</h3>{OTHERS}</section>",
        f"<h2><a href='/n/most/'>Мост через реку сдан раньше</a></h2>{DATE}{OTHERS}",
        f"</main><main><h2><a href='/n/most/'>Мост сдан раньше</a></h2><div>{OTHERS}</div>",
        f"<div><div><a href='/n/most/'>Мост сдан раньше</a></div>{DATE}<div>{OTHERS}</div></div>",
        f"<div><h3>Мост сдан раньше</h3><time datetime='2026-03-03'>вчера</time>{OTHERS}</div>",
    ],
)  # fmt: skip
def test_an_article_ends_where_another_one_begins(after: str) -> None:
    assert read_generic(page(after=after), CAPTURED).paragraphs == TEXT
    found = reading(page(after=after).text)
    assert (body(found), found.access) == (TEXT, "full")


CARDS = "".join(
    f"<div class=c><a href='/n/d{n}/'>Другая новость номер {n} о бюджете</a><p>Пересказ новости {n}"
    f", которая к этой статье не относится и стоит ниже.</p><i>1{n} марта 2026 г.</i></div>"
    for n in range(6)
)


def test_many_cards_below_an_article_leave_it_one() -> None:
    for after in (f"</main><div>{CARDS}</div>", f"<section>{CARDS}</section>", CARDS):
        found = reading(page(after=after).text)
        assert (body(found), found.access) == (TEXT, "full")


def test_a_sentence_above_cards_is_no_article() -> None:
    text = f"<p>{TEXT[0]}</p>"
    assert (
        read_generic(page(body=text, after=f"<section>{CARDS}</section>"), CAPTURED).title is None
    )


LEGAL = (
    "При полном или частичном использовании материалов сайта ссылка на издание обязательна.",
    "Мнение редакции может не совпадать с мнением авторов статей.",
    "Использование материалов разрешено только со ссылкой на источник.",
    "Сайттағы материалдарды пайдаланған кезде сілтеме жасау міндетті.",
    "Reproduction of any materials is permitted only with a link to the source.",
    "Сетевое издание зарегистрировано министерством, свидетельство № 12 от 3 мая 2020 года.",
    "Продолжая пользоваться сайтом, вы соглашаетесь с использованием файлов cookie.",
    "Мы используем файлы cookie, чтобы сайт работал лучше для вас.",
    "Біз cookie файлдарын сайт жақсы жұмыс істеуі үшін қолданамыз.",
    "This website uses cookies to make the pages work better for you.",
)


@pytest.mark.parametrize("note", LEGAL)
def test_the_sites_legal_notes_below_an_article_are_none_of_it(note: str) -> None:
    for after in (
        f"<div class=x><p>{note}</p></div>", f"</main><div><div><p>{note}</p><p>{note}</p></div>",
    ):  # fmt: skip
        found = reading(page(after=after).text)
        assert (body(found), found.access) == (TEXT, "full")


@pytest.mark.parametrize(
    "line",
    [
        "При использовании воды фермеры обязаны ставить счётчики, говорится в законе.",
        "Материалы дела переданы в суд, сообщила прокуратура области.",
        "Мнения авторов закона и бизнеса совпали не сразу, отметил депутат.",
        "Использование новых материалов удешевит дорогу на треть, считает подрядчик.",
        "Браузеры хранят cookie, поэтому реклама знает о нас многое.",
        "При полном использовании материалов склада хватит на три школы, считает подрядчик.",
    ],
)
def test_sentences_of_a_text_about_rights_are_text(line: str) -> None:
    text = "".join(f"<p>{one}</p>" for one in (*TEXT, line))
    assert read_generic(page(body=text), CAPTURED).paragraphs == (*TEXT, line)


@pytest.mark.parametrize(
    "between",
    [
        "<small>26.10.2025 | 2:43 мин</small></div><div><h2>Что будет весной</h2>",
        "</div><div><small>26.10.2025</small><p>Подпись</p><h2>Что будет весной</h2>",
        f"</div><div><h2>02.02: Что будет весной</h2><p>{OTHER[2]}</p><h2>3 марта 2026 г.</h2>",
        f"</div><div><h2>Что будет весной</h2><p>{OTHER[2]}</p><div><h3><a href='/n/x/'>Другая"
        " новость о мостах</a></h3><time>вчера 14:40</time></div>",
    ],
)
def test_a_text_goes_on_in_a_further_element_with_a_heading_near_a_date(between: str) -> None:
    texts = ["".join(f"<p>{line}</p>" for line in lines) for lines in (TEXT, OTHER)]
    found = body(reading(page(body=f"<section><div>{between.join(texts)}</div></section>").text))
    assert [line for line in found if line in (*TEXT, *OTHER[:2])] == [*TEXT, *OTHER[:2]]


@pytest.mark.parametrize(
    "between",
    [
        "<div><a href='/n/most/'>Мост через реку сдан</a><span>3 марта 2026 г.</span></div>",
        "<div><h3><a href='/n/most/'>Мост через реку сдан</a></h3><i>3 марта 2026 г.</i></div>",
        "<p><a href='/n/most/'>Мост через реку сдан</a></p><p>3 марта 2026 г.</p>",
        "<h2>Первый этап</h2><p>3 марта 2026 г.</p>", "<h3>3 марта 2026 г.</h3>",
    ],
)  # fmt: skip
def test_a_text_goes_on_behind_a_card_or_a_dated_heading_amid_it(between: str) -> None:
    texts = ["".join(f"<p>{line}</p>" for line in lines) for lines in (TEXT, OTHER)]
    found = body(reading(page(body=between.join(texts)).text))
    assert [line for line in found if line in (*TEXT, *OTHER)] == [*TEXT, *OTHER]


@pytest.mark.parametrize("tag", ["h1", "h2", "h3"])
def test_headings_in_a_text_begin_no_other_article(tag: str) -> None:
    heading = f"<{tag}>Что изменится весной</{tag}>"
    parts = [f"<p>{TEXT[0]}</p>", f"{heading}<p>{OTHER[0]}</p>", f"{heading}<p>{OTHER[1]}</p>"]
    for text in ("".join(parts), "".join(f"<section>{part}</section>" for part in parts)):
        found = reading(page(body=text).text)
        assert {TEXT[0], OTHER[0], OTHER[1]} <= set(body(found)) or found.access == "partial"


def test_what_the_extractor_leaves_out_is_filled_in() -> None:
    quoted = f"<p>{TEXT[0]}</p><blockquote><p>{TEXT[1]}</p></blockquote><h3>{TEXT[2]}</h3>"
    assert read_generic(page(body=quoted), CAPTURED).paragraphs == TEXT


@pytest.mark.parametrize(
    "note",
    [
        "<p>Комментарии (5)</p>",
        "<h3>Comments</h3><p>comments</p>",
        "<p>Пікірлер: 0</p>",
        "<p>(Reporting by Ann Lee and Bob Ray; editing by Carl Orr)</p>",
        "<p>Ann Lee contributed to this report.</p>",
        "<p>Ann Lee contributed reporting from Astana.</p>",
        "<p>Ann Lee in Astana and Bob Ray contributed to this story in Almaty.</p>",
        "<p>Подпишитесь на рассылку, чтобы узнавать о новых законах первыми.</p>",
        "<p>Жаңалықтар хабарламасына жазылыңыз, күн сайын бір рет келеді.</p>",
        "<p>Sign up for the newsletter. It comes to your inbox every day.</p>",
        "<h3>Закон в цифрах</h3>",
        "<p>___</p>",
        "<p>ann.lee@example.org</p>",
        "<p><a href='https://example.org/a'>Мост через Ульбу сдан раньше срока</a></p>",
        "<p>Related: <a href='https://example.org/a'>Seven bridges were built in spring</a></p>",
    ],
)
def test_what_stands_at_a_texts_end_or_between_its_paragraphs_may_be_none_of_it(note: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    assert read_generic(page(body=text + note), CAPTURED).paragraphs == TEXT
    if not note.startswith(("<h3>З", "<p>_", "<p>ann")):
        amid = f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p>{note}<p>{TEXT[2]}</p>"
        assert read_generic(page(body=amid), CAPTURED).paragraphs == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Комментарии к закону напишут осенью, когда он вступит в силу.",
        "Газета подписывает читателей на рассылку, и депутаты говорят об этом давно.",
        "Министр просил сограждан подписаться на газету, чтобы знать о законе больше.",
        "Біз газетке жазылыңыз деген сөзді естімедік, деді депутат жиналыста.",
        "He told his readers to follow the minister on Twitter and wait for the law.",
        "The report was contributed by two ministries, and this story is not over.",
        "По словам депутата, <a href='https://example.org/a'>закон опубликован</a> зимой.",
        "<a href='https://example.org/a'>Закон опубликован зимой и вступит в силу весной.</a>",
    ],
)
def test_lines_like_notes_are_text(line: str) -> None:
    amid = f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p><p>{line}</p><p>{TEXT[2]}</p>"
    found = read_generic(page(body=amid), CAPTURED).paragraphs
    assert len(found) == len(TEXT) + 1


def test_an_address_that_a_colon_announces_ends_a_text() -> None:
    lines = (*TEXT, "Письма о законе шлите по адресу:", "ann.lee@example.org")
    for text in ("".join(f"<p>{line}</p>" for line in lines), "<br>".join(lines)):
        assert read_generic(page(body=text), CAPTURED).paragraphs == lines


_TITLE = "<title>Закон принят палатой</title>"


@pytest.mark.parametrize("above", ["<div>04.03.2026</div>", ""])
def test_the_days_of_a_chronicle_are_text_and_not_that_of_publication(above: str) -> None:
    lines = (TEXT[0], "4 марта 2021 года", TEXT[1], "12 мая 2023 года", TEXT[2])
    below = "" if above else "<div>04.03.2026</div>"
    for text in ("".join(f"<p>{line}</p>" for line in lines), "<br><br>".join(lines)):
        html = f"{_TITLE}<div>{above}<h1>Закон принят палатой</h1>{below}<div>{text}</div></div>"
        found = read_generic(Page(ARTICLE, PAPER, html), CAPTURED)
        assert found.published is not None
        assert (found.paragraphs, str(found.published.day)) == (lines, "2026-03-04")


def test_one_day_amid_paragraphs_is_that_of_publication() -> None:
    text = f"<p>{TEXT[0]}</p><p>4 марта 2026 года</p><p>{TEXT[1]}</p><p>{TEXT[2]}</p>"
    html = f"{_TITLE}<div><h1>Закон принят палатой</h1>{text}</div>"
    assert read_generic(Page(ARTICLE, PAPER, html), CAPTURED).paragraphs == TEXT


@pytest.mark.parametrize("line", ["– Да.", "Внимание!", "Я помню чудное мгновенье:", "О, степь,"])
def test_a_short_sentence_above_the_others_is_text(line: str) -> None:
    lines = (line, *TEXT)
    for text in ("".join(f"<p>{one}</p>" for one in lines), "<br><br>".join(lines)):
        assert read_generic(page(body=text), CAPTURED).paragraphs == lines
    apart = f"<div>{line}</div>" + "".join(f"<p>{one}</p>" for one in TEXT)
    assert read_generic(page(body=apart), CAPTURED).paragraphs == TEXT


def test_a_lead_of_a_few_words_is_text() -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    for lead, is_lead in (("Палата приняла важный закон.", True), ("Палата и закон", False)):
        html = f"{_TITLE}<h1>Закон принят палатой</h1><p>{lead}</p><div>4 марта 2026</div>"
        found = read_generic(Page(ARTICLE, PAPER, f"{html}<div>{text}</div>"), CAPTURED)
        assert found.paragraphs == ((lead, *TEXT) if is_lead else TEXT)


def test_short_lines_between_those_of_a_text_are_text() -> None:
    text = f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p><p>А теперь главное</p><p>Сроки</p><p>{TEXT[2]}</p>"
    expected = (*TEXT[:2], "А теперь главное", "Сроки", TEXT[2])
    assert read_generic(page(body=text), CAPTURED).paragraphs == expected


def test_links_to_other_articles_amid_a_text_make_no_list_of_it() -> None:
    card = "<div class=also><a href='https://example.org/a'>Мост через Ульбу сдан раньше</a></div>"
    lines = [f"{line} Так решили в {number} году." for number in range(4) for line in TEXT]
    text = "".join(f"<p>{line}</p>{card if at % 3 == 2 else ''}" for at, line in enumerate(lines))
    assert read_generic(page(body=text), CAPTURED).paragraphs == tuple(lines)


def test_the_title_may_stand_in_no_heading() -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    html = (
        "<title>Закон о дорогах принят к работе - Вестник</title><a href='/'><h1>Вестник</h1></a>"
        "<div>4 марта 2026 г. 7:31</div><div><b>Закон о дорогах принят к работе</b></div>"
        f"<div>{text}</div><div>Зарегистрирован 6 ноября 2012 г.</div>"
    )
    found = read_generic(Page(ARTICLE, PAPER, html), CAPTURED)
    assert (found.title, found.paragraphs) == ("Закон о дорогах принят к работе", TEXT)
    assert found.published is not None
    assert found.published.text == "2026-03-04T07:31:00+05:00"


def test_a_text_that_the_page_also_has_hidden_is_shown() -> None:
    hidden = "".join(f"<meta itemprop=text content='{' '.join(TEXT)}'>" for _ in range(3))
    assert read_generic(page(after=f"<div>{hidden}</div>"), CAPTURED).paragraphs == TEXT


def test_without_any_heading_the_line_over_the_only_date_is_the_title() -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    html = "<title>Сенат</title><div>Закон о дорогах принят</div><div>16.05.2022 348</div>"
    found = read_generic(Page(ARTICLE, PAPER, f"{html}<div>{text}</div>"), CAPTURED)
    assert (found.title, found.paragraphs) == ("Закон о дорогах принят", TEXT)
    two = f"{html}<div>{text}</div><div>Другая новость дня</div><div>15.05.2022 12</div>"
    assert read_generic(Page(ARTICLE, PAPER, two), CAPTURED).published is None


def test_comments_in_the_source_part_no_text() -> None:
    split = TEXT[0].replace(" ", "<!-- x --> ")
    found = read_generic(page(body=f"<p>{split}</p><p>{TEXT[1]}</p><p>{TEXT[2]}</p>"), CAPTURED)
    assert found.paragraphs == TEXT


@pytest.mark.parametrize(
    ("between", "head", "expected"),
    [
        ("<time>12 февраля 2026 года, 9:05</time>", "", "2026-02-12T09:05:00+05:00"),
        ("<time datetime='2026-02-12T04:05:00Z'>вчера</time>", "", "2026-02-12T09:05:00+05:00"),
        ("<p>2026 ж. 12 ақпан, 9:05</p>", "", "2026-02-12T09:05:00+05:00"),
        ("<p>February 12, 2026</p>", "", "2026-02-12"),
        ("<p>22 de abril de 2022</p>", "", "2022-04-22"),
        ("<p>x</p>", "<meta name=pubdate content='2026-02-12T09:05:00+05:00'>",
         "2026-02-12T09:05:00+05:00"),
        ("<p>x</p>", "<meta property='aiturec:datetime' content='2026-02-12'>", "2026-02-12"),
    ],
)  # fmt: skip
def test_the_date_beside_the_heading_or_in_the_head(between: str, head: str, expected: str) -> None:
    found = read_generic(page(between, head=head), CAPTURED).published
    assert found is not None
    assert found.text == expected


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<aside><div>2 марта 2026 г. 9:00</div><a href='/n/z/'>Другая новость</a></aside>",
        "<aside><time datetime='2026-03-02T09:00'>2 марта 2026 г.</time></aside>",
        "<ul>" + "".join(
            f"<li><a href='/n/z{n}/'>Другая новость номер {n}</a><time datetime='2026-03-0{n}'>"
            f"{n} марта 2026 г.</time></li>" for n in range(1, 5)) + "</ul>",
    ],
)  # fmt: skip
def test_a_date_of_another_piece_is_not_the_pages(elsewhere: str) -> None:
    assert read_generic(page("", after=elsewhere), CAPTURED).published is None


def test_a_year_alone_is_no_date() -> None:
    assert read_generic(page("<p>Ausgabe 2022</p>"), CAPTURED).published is None


def test_a_date_after_the_last_possible_day_is_passed_over() -> None:
    head = "<meta name=pubdate content='2027-02-12'>"
    found = read_generic(page(head=head), CAPTURED).published
    assert found is not None
    assert found.text == "2026-03-04T07:31:00+05:00"


def test_the_tree_is_left_as_it_was() -> None:
    given_page = page()
    before = tostring(copy.deepcopy(given_page.root))
    read_generic(given_page, CAPTURED)
    assert tostring(given_page.root) == before


def test_text_in_the_sites_data_alone_is_taken() -> None:
    lines = "\\n".join(TEXT * 3)
    data = f'{{"@type":"NewsArticle","articleBody":"{lines}"}}'
    html = page(
        body="<div id=app></div>", head=f"<script type='application/ld+json'>{data}</script>"
    )
    assert " ".join(read_generic(html, CAPTURED).paragraphs).count(TEXT[1]) == 3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<h1>", "</h1>", "<p>", "</p>", "<div>", "</div>", "<a href='/n/x/'>", "</a>", "<img>",
             "<figure>", "</figure>", "<li>", "<blockquote>", "<table><tr><td>", "<!-- c -->",
             "<time datetime='x'>", "<time datetime='2026-03-04'>", "</time>",
             "<meta name=date content=1>",
             "4 марта 2026 г. 7:31", "Несколько слов подряд, чтобы вышел абзац. ", "Фото: Сенат",
             "<script type='application/ld+json'>[{</script>", "\x00", "&#0;", "<svg>", "\ud800"]
        ),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_no_page_raises(html: str) -> None:
    read_generic(Page(ARTICLE, PAPER, html), CAPTURED)


def test_a_lead_apart_and_the_credit_of_the_picture_between_it_and_the_text() -> None:
    between = (
        f"<div>4 марта 2026 г. 7:31</div><p>{LEAD}.</p><div><img src=a.jpg></div>"
        "<div>Фото: Kazpravda.kz / Ержан Сеитов</div>"
    )
    found = read_generic(page(between), CAPTURED)
    assert (found.lead, found.paragraphs) == (f"{LEAD}.", (f"{LEAD}.", *TEXT))
    assert found.image_credit == "Kazpravda.kz / Ержан Сеитов"
