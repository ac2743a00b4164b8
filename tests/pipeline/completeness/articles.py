"""Articles of a made page of Kazpravda, whole and in parts."""

from __future__ import annotations

from tests.pipeline.reading.page_fields import TIME

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
