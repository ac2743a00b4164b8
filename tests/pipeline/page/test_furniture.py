"""Lines that are no text are told by their form, and what only looks like them is kept."""

from __future__ import annotations

from typing import get_args

import pytest
from lxml.html import document_fromstring

from pipeline.page.furniture import Furniture, furniture, is_furniture, text_lines
from pipeline.page.lines import Line, lines_of
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, HOUSE, PAPER, RELEASE

PAGES = (Page(ARTICLE, PAPER, ""), Page(RELEASE, HOUSE, ""))
"""A page of each site, which links are resolved against."""
NEWS = {PAGES[0]: "/n/drugaya/", PAGES[1]: "/ru-RU/news/details/77"}
TITLE = "Другая новость о бюджете страны"


def _lines(page: Page, html: str) -> list[Line]:
    html = html.replace("NEWS", NEWS[page])
    return lines_of(document_fromstring(f"<html><body>{html}"))


def _kind(page: Page, html: str) -> Furniture | None:
    (line,) = _lines(page, html)
    return furniture(line, page)


SHOPS = (
    "<a href='https://apps.apple.com/kz/app/id1'>App Store</a>, "
    "<a href='https://play.google.com/store/apps/details?id=kz'>Google Play</a>"
)

LINES: dict[Furniture, list[str]] = {
    "counter": [
        "<p>345 просмотров</p>",
        "<li>Пікірлер: 4</li>",
        "<p>1,345 views</p>",
        "<div><i class=eye></i> 1 234</div>",
        "<div>12.5K <svg><path/></svg></div>",
        "<div class=post-views>345</div>",
        "<p><span class='article__counter'>1 234</span></p>",
    ],
    "rights": ["<p>© 2026 Все права защищены</p>", "<p>All rights reserved</p>"],
    "navigation": [
        "<p>Следующая статья</p>",
        "<div>Барлық жаңалықтар</div>",
        "<p>Back</p>",
        "<p>Назад к списку новостей</p>",
        "<p>Жаңалықтар тізіміне оралу</p>",
        "<p>Return to all news</p>",
        "<div>1 2 3 4 5</div>",
    ],
    "staff": ["<p>Редактор: Ерлан Сатпаев</p>", "<p>Editing by Aigul Omarova</p>"],
    "age": ["<p>18+</p>", "<div>(16+)</div>"],
    "rule": ["<p>***</p>", "<p>* * *</p>", "<div>———</div>"],
    "related": [
        "<p>Подробнее: <a href=NEWS>https://gazeta.example/novost</a></p>",
        "<p>Толығырақ: <a href=NEWS>саябақ ашылды</a></p>",
        "<p>Read more: <a href=NEWS>a park opened</a></p>",
        f"<p>Подробнее: <a href=NEWS>{TITLE}</a></p>",
        f"<p>Подробнее <a href=NEWS>{TITLE}</a></p>",
        f"<p><em>Не пропустите: <a href=NEWS>{TITLE}</a>.</em></p>",
        f"<p>Ранее мы писали: <a href=NEWS>{TITLE}</a></p>",
        f"<div><b>Вам будет интересно</b> <a href=NEWS>{TITLE}</a></div>",
        f"<p><a href=NEWS>Не пропустите: {TITLE}</a></p>",
        f"<p>Ещё два материала: <a href=NEWS>{TITLE}</a>, <a href=NEWS>Сенат принял закон</a></p>",
        "<p>Оқи жүріңіз: <a href=NEWS>Сенат жаңа заң қабылдады</a></p>",
        "<p>Осыған байланысты: <a href=NEWS>Сенат жаңа заң қабылдады</a></p>",
        "<p>Маңызды: <a href=NEWS>Сенат жаңа заң қабылдады</a></p>",
        f"<p>Как это было: <a href=NEWS>{TITLE}</a></p>",
        f"<p>Ранее сообщалось: <a href=NEWS>{TITLE}</a></p>",
        "<p>Keep reading: <a href=NEWS>Senate adopts law on water</a></p>",
        f"<ul><li>Не пропустите: <a href=NEWS>{TITLE}</a></li></ul>",
        f"<p>Также читайте: <a href=/n/d/>{TITLE}</a></p>",
        f"<p>Рекомендуем: <a href=/some/page>{TITLE}</a></p>",
        f"<p>Читайте также: <a href='https://other.example/1'>{TITLE}</a></p>",
    ],
    "invitation": [
        "<p>Подписывайтесь на <a href='https://t.me/x'>наш Telegram-канал</a> и узнавайте новости!",
        "<p><b>Больше новостей – в нашем <a href='https://t.me/x'>Telegram-канале</a>.</b></p>",
        "<p>Мы в <a href='https://instagram.com/x/'>Instagram</a> и <a href='//x.com/x'>X</a></p>",
        "<p>Узнавайте новости первыми в <a href='https://t.me/x'>Telegram</a></p>",
        "<p>Следите за нашими новостями в <a href='https://t.me/x'>Telegram</a>.</p>",
        "<p>Важное – в нашем <a href='https://whatsapp.com/channel/0029'>канале в WhatsApp</a></p>",
        "<p>Читайте нас в <a href='https://news.google.com/publications/x'>Google News</a></p>",
        "<p><a href='https://t.me/x'>Telegram</a> | <a href='https://wa.me/7'>WhatsApp</a></p>",
        "<p>Біздің <a href='https://t.me/x'>Telegram-арнамызға</a> жазылыңыз!</p>",
        "<p>Follow us on <a href='https://www.facebook.com/x'>Facebook</a></p>",
        "<p>Подписывайтесь на Telegram-канал и будьте в курсе: <a href='//t.me/x'>t.me/x</a></p>",
        "<p>Подписывайтесь на наш Telegram-канал и узнавайте новости первыми!</p>",
        "<p>Чтобы не пропустить главное, подписывайтесь на нас в Instagram.</p>",
        "<p>Telegram-арнамызға жазылыңыз</p>",
        "<p>Больше новостей в нашем Telegram-канале</p>",
        "<p>Следите за новостями в Telegram</p>",
        "<p>The latest news on our Telegram channel</p>",
        "<p>Subscribe to our newsletter</p>",
        "<p>Главное за день – <a href='https://t.me/x'>в Telegram</a></p>",
        "<p>Самые яркие снимки – <a href='https://instagram.com/x/'>в Instagram</a></p>",
        "<p>The latest on <a href='https://www.youtube.com/@x'>YouTube</a></p>",
        f"<p>Скачайте приложение «Газета»: {SHOPS}</p>",
        f"<p>Газета в телефоне – {SHOPS}</p>",
        f"<p>Қосымшаны жүктеп алыңыз: {SHOPS}</p>",
        "<p><a href='/subscribe'>Подписаться на рассылку</a></p>",
    ],
    "embed": [
        "<blockquote class=instagram-media><a href='https://www.instagram.com/p/X/'>Посмотреть эту "
        "публикацию в Instagram</a></blockquote>",
        "<div><a href='https://www.instagram.com/p/X/'>View this post on Instagram</a></div>",
        "<p>View this post on Instagram</p>",
        "<blockquote><a href='https://www.instagram.com/p/X/'>A post shared by X (@senate)</a>",
        "<blockquote>— Сенат РК (@senate) <a href='https://twitter.com/senate/status/1'>4 марта "
        "2026</a></blockquote>",
        "<blockquote><a href='https://www.tiktok.com/@x'>@x</a></blockquote>",
    ],
    "error report": [
        "<p>Нашли ошибку? Выделите текст и нажмите Ctrl+Enter</p>",
        "<p>Если вы заметили опечатку, выделите её и нажмите <b>Ctrl + Enter</b>.</p>",
        "<p>Выделите фрагмент текста и нажмите Ctrl+Enter</p>",
        "<p>Заметили неточность в тексте? <a href='#'>Сообщите нам</a></p>",
        "<p>Қате таптыңыз ба? Оны белгілеп, Ctrl+Enter басыңыз</p>",
        "<p>Found a typo? Select it and press Ctrl-Enter</p>",
        "<p>Нашли ошибку на этой странице сайта? Напишите в редакцию</p>",
        "<p>Ошибка в тексте? Напишите нам в Telegram</p>",
        "<p>Қате таптыңыз ба? Бізге хабарлаңыз</p>",
        "<p>Found a mistake in this article? Report it to our editors</p>",
    ],
    "share": [
        "<p>Поделиться: <a href=a>f</a></p>",
        "<p>Бөлісу</p>",
        "<p>Реклама</p>",
        "<p><a href='https://t.me/share/url?url=x'>Отправить другу</a></p>",
        "<p>Расскажите об этом: <a href='https://www.facebook.com/sharer/sharer.php?u=x'>f</a></p>",
    ],
    "tool": [
        "<p><a href='?print=1'>Версия для печати</a></p>",
        "<p><a href='javascript:window.print()'>Басып шығару</a></p>",
        "<label>Ваше имя</label>",
        "<p><a href='#'>Распечатать</a> | <a href='#'>Увеличить шрифт</a></p>",
    ],
    "tags": ["<p>#степь #Сенат РК</p>"],
    "time": [
        "<p>Обновлено: 6 марта 2026 г. 10:00</p>",
        "<p>Жарияланды 04.03.2026</p>",
        "<p>Обновлено 14 минут назад</p>",
        "<p>Жаңартылды: бүгін, 10:05</p>",
        "<p>Published yesterday at 6:20 pm</p>",
    ],
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=["paper", "house"])
@pytest.mark.parametrize(
    ("kind", "html"), [(kind, html) for kind, found in LINES.items() for html in found]
)
def test_furniture_is_told_by_its_form(page: Page, kind: Furniture, html: str) -> None:
    assert _kind(page, html) == kind


def test_each_kind_has_an_example() -> None:
    assert set(LINES) == set(get_args(Furniture))


@pytest.mark.parametrize("page", PAGES, ids=["paper", "house"])
@pytest.mark.parametrize(
    "html",
    [
        "<p>Ранее Сенат рассмотрел <a href=NEWS>поправки в закон о воде</a> и одобрил их.</p>",
        "<p>Ранее <a href=NEWS>сенаторы одобрили закон о водных ресурсах</a>.</p>",
        "<p>Министр заявил: <a href=NEWS>«Закон защитит фермеров»</a>.</p>",
        "<p><a href=NEWS>Сенат одобрил закон о водных ресурсах.</a></p>",
        f"<p><a href=NEWS>{TITLE}</a></p>",
        "<p>Президент <a href=NEWS>Касым-Жомарт Токаев</a></p>",
        f"<ul><li>Астана: <a href=NEWS>{TITLE}</a></li><li>Алматы: <a href=NEWS>{TITLE}</a></li>",
        "<p>Подробнее о проекте</p>",
        "<p>Документ: <a href=/files/zakon.pdf>Закон о водных ресурсах страны</a></p>",
        "<p>Читайте: <a href=/files/zakon.pdf>Закон о водных ресурсах страны</a></p>",
        "<p>Документ: <a href='https://adilet.example/1'>Закон о водных ресурсах страны</a></p>",
        "<p>Автор: <a href=/authors/omarova>Айгуль Омарова</a></p>",
        "<p>Фото: <a href=NEWS>Айгуль Омарова</a></p>",
        "<p>Фото: <a href='https://t.me/kazpravda'>Telegram-канал kazpravda.kz</a></p>",
        "<p>Об этом министр написал в своём <a href='https://t.me/m'>Telegram-канале</a>.</p>",
        "<p>Об этом <a href='https://t.me/m/12'>министр сообщил</a> в Telegram</p>",
        "<p>Видео: <a href='https://youtu.be/x'>запись заседания на YouTube</a></p>",
        "<p>Мы открыли <a href='https://t.me/m'>Telegram-канал</a>, сообщил аким.</p>",
        "<p>Подпишитесь на <a href='https://t.me/egov'>Telegram-канал министерства</a>.</p>",
        "<p>Подпишитесь на <a href='https://t.me/egov'>канал «Электронного правительства»</a>.</p>",
        "<p>«Подписывайтесь на наш Telegram-канал», – призвал министр.</p>",
        "<p>– Читайте нас в Telegram, – говорит аким.</p>",
        "<p>Подписаться на газету можно в любом отделении почты до конца года.</p>",
        "<p>Подписка на нашу газету в Telegram подешевела, рассказывает почта.</p>",
        "<p>Обращайтесь в акимат по телефону или в <a href='https://wa.me/7'>WhatsApp</a>.</p>",
        "<p>Следите за новостями ведомства в его <a href='//t.me/m'>Telegram-канале</a>.</p>",
        "<p>«Читайте классиков», – советует учитель.</p>",
        "<p>По теме заседания выступил министр.</p>",
        "<p>Нашли ошибку?</p>",
        "<p>Нашли ошибку в счёте? Обратитесь в акимат.</p>",
        "<p>Для поиска по базе нажмите Ctrl+Enter.</p>",
        "<blockquote><p>Завтра соберётся палата. <a href='https://t.co/x'>pic.twitter.com/x</a>",
        "<blockquote><a href='https://t.me/m/1'>Мы построим дорогу в этом году</a></blockquote>",
        "<p>Министр мәлімдеді: <a href=NEWS>Заң фермерлерді қорғайды</a></p>",
        f"<p>Спикер объявил: <a href=NEWS>{TITLE}</a></p>",
        "<p>Вопросы министру – <a href='https://t.me/m'>в Telegram</a></p>",
        "<p>Главное о законе – <a href='https://t.me/m'>в Telegram министерства</a>.</p>",
        "<p>Телефон для справок: 1414, <a href='https://wa.me/7700'>WhatsApp</a></p>",
        f"<p>Платить можно в приложении eGov Mobile, которое есть в {SHOPS}.</p>",
        f"<p>Скачать приложение можно в {SHOPS} бесплатно.</p>",
        "<p><a href='#part2'>Как строили канал</a></p>",
        "<p><a name='part2'>Как строили канал</a></p>",
        "<p><a href='#'>Закон приняли сенаторы на заседании палаты.</a></p>",
        "<p>Главное: <a href=NEWS>воду нужно беречь каждый день</a></p>",
        "<p>Делегация <a href=NEWS>Европейского Союза</a></p>",
        "<p>Накануне <a href=NEWS>Сенат одобрил закон о водных ресурсах</a>.</p>",
        "<p>#Степь стала зелёной</p>",
        "<p>Бұл туралы ол Instagram парақшасында жазды.</p>",
        "<p>Прочтите <a href=NEWS>наш материал о канале в Telegram</a></p>",
        "<p>За <a href='https://t.me/x'>нашим Telegram-каналом</a> следят тысячи читателей</p>",
        "<p><a href='https://play.google.com/store/apps/details?id=x'>Приложение eGov скачали два "
        "миллиона раз</a>.</p>",
        "<p>#ЖасылҚазақстан стала акцией года.</p>",
        "<p>Поделиться опытом приехали фермеры.</p>",
        "<p>Следите за новостями в Telegram министерства</p>",
        "<p>– Следите за новостями в Telegram, – советует аким.</p>",
        "<p>Назад к истокам</p>",
        "<p>Мост <i class=x></i> 1 234 метра</p>",
        "<p>1 234</p>",
        "<p>Исследование опубликовано вчера в журнале.</p>",
        "<p>Сегодня</p>",
        "<p>Показ мод 2026</p>",
        "<p>1 2 4 8</p>",
        "<p>2024 2025 2026</p>",
    ],
)  # fmt: skip
def test_what_only_looks_like_furniture_is_text(page: Page, html: str) -> None:
    lines = _lines(page, html)
    assert [furniture(line, page) for line in lines] == [None] * len(lines)
    before, after = (_lines(page, f"<p>{text}</p>") for text in ("Текст до неё.", "И после."))
    assert text_lines([*before, *lines, *after], page) == [*before, *lines, *after]


LINKS = f"<ul><li><a href=NEWS>{TITLE}</a></li><li><a href=NEWS>{TITLE}</a> 12.03.2026</li></ul>"
PROSE = "<p>Сенаторы рассмотрели поправки в закон о водных ресурсах и одобрили их.</p>" * 4


@pytest.mark.parametrize("page", PAGES, ids=["paper", "house"])
@pytest.mark.parametrize(
    "block",
    [
        f"<p>Не пропустите:</p>{LINKS}",
        f"<h3>Вам будет интересно</h3>{LINKS}",
        f"<p>Вам может быть интересно</p>{LINKS}",
        f"<p>You may also like</p>{LINKS}",
        f"<div>Тағы не бар<br>{LINKS}</div>",
        "<p>Читайте также:</p><p><a href='https://other.example/1'>Новость</a></p>",
        "<p>Нашли ошибку?<br>Выделите её и нажмите Ctrl+Enter</p>",
        "<p>Заметили опечатку в тексте?</p><p><a href='/feedback'>Сообщите нам</a></p>",
    ],
)
def test_a_label_goes_with_the_lines_under_it(page: Page, block: str) -> None:
    lines = _lines(page, f"{PROSE}{block}{PROSE}")
    assert text_lines(lines, page) == [line for line in lines if "Сенаторы" in line.text]


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Главное за неделю:</p>{LINKS * 3}",
        f"{PROSE}<h3>Бюджет</h3>{LINKS}{PROSE}<h3>Спорт</h3>{LINKS}{PROSE}",
        f"{PROSE}<p>Документы:</p><p><a href=/files/a.pdf>Закон о водных ресурсах</a></p>",
        f"{PROSE}<p>По теме:</p><p><a href=/files/a.pdf>Закон о водных ресурсах</a></p>",
        f"{PROSE}<p>Полезные ссылки:</p><p><a href='https://egov.example/'>Портал услуг</a></p>",
        f"{PROSE}<h3>Подробнее о проекте</h3>{PROSE}",
        f"{PROSE}<h3>Нашли ошибку?</h3><p>Приходите в акимат.</p>",
        f"{PROSE}<p>Вода пришла в аул.</p>{LINKS}{PROSE}",
        f"{PROSE}<p>Айгуль Омарова</p>{LINKS}",
    ],
)
def test_links_that_are_the_text_are_kept(html: str) -> None:
    lines = _lines(PAGES[0], html)
    assert text_lines(lines, PAGES[0]) == lines


def test_a_label_that_is_last_is_one_without_links() -> None:
    lines = _lines(PAGES[0], f"{PROSE}<p>Читайте также:</p>")
    assert text_lines(lines, PAGES[0]) == lines[:-1]


def test_lines_of_a_page_are_told_alike() -> None:
    html = f"<body>{PROSE}<p>Не пропустите:</p>{LINKS.replace('NEWS', NEWS[PAGES[0]])}{PROSE}"
    page = Page(ARTICLE, PAPER, html)
    found = [line for at, line in enumerate(page.lines) if not is_furniture(page, at)]
    assert found == text_lines(page.lines, page) != page.lines
