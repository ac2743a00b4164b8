"""What stands among the paragraphs of a text in an element of its own, and is none of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.model.reading import Reading
from tests.pipeline.reading.page_fields import RELEASE, TIME, article, body, reading, release

TEXT = (
    "Депутаты обсудили закон о бюджете и приняли его в первом чтении на заседании палаты.",
    "Комитеты сообщили палате о своих поправках к этому закону и попросили принять их все.",
    "Второе чтение пройдёт в марте, сказал председатель палаты журналистам после заседания.",
)
_OTHERS = {"paper": "/n/sovsem-drugaya/", "house": "/ru-RU/news/details/99999"}


def _readings(inset: str) -> Iterator[tuple[str, Reading]]:
    """A text with an inset behind its first paragraph, read by class, by the order of the lines and
    by neither. `NEWS` in it is the address of another article.
    """
    first, *rest = (f"<p>{line}</p>" for line in TEXT)
    own = f"{first}{inset}{''.join(rest)}"
    paper, house = (own.replace("NEWS", _OTHERS[name]) for name in ("paper", "house"))
    yield "class", reading(article(TIME, body=paper))
    content = f"<h1>Заголовок релиза</h1><div>16.05.2022 348</div><div>{house}</div>"
    yield "order", reading(release(content), RELEASE)
    yield "none", reading(article(TIME, body=paper).replace("article", "x"))


@pytest.mark.parametrize(
    "inset",
    [
        "<div><a href=NEWS><img src=/a.jpg><h3>Мост открыли осенью</h3></a><p>Его строили два года "
        "и сдали раньше срока.</p></div>",
        "<div><span>Экономика</span><a href=NEWS><img src=/a.jpg></a><h4><a href=NEWS>Көпір "
        "уақытынан бұрын ашылды</a></h4><span>13 октября 2026</span></div>",
        "<blockquote><a href=NEWS><img src=/a.jpg> The bridge was opened early</a></blockquote>",
        "<div><span>Реклама</span><p>Квартиры со скидкой до конца месяца в новом доме!</p></div>",
        "<div><div>Жарнама</div><div>Пәтерлер айдың соңына дейін жеңілдікпен сатылады.</div></div>",
        "<section><b>Sponsored</b><p>Flats in the new house are sold for less this month.</p>"
        "</section>",
    ],
)
def test_cards_and_advertisements_amid_a_text_are_none(inset: str) -> None:
    for name, found in _readings(inset):
        assert body(found) == TEXT, name


@pytest.mark.parametrize(
    ("inset", "maker"),
    [
        ("<p><img src=/a.jpg></p><p><i>Заседание палаты. Фото Ерлана Омарова</i></p>",
         "Ерлана Омарова"),
        ("<p><img src=/a.jpg><br><em>Палата отырысы. Сурет: Ерлан Омаров</em></p>",
         "Ерлан Омаров"),
        ("<div><img src=/a.jpg></div><div>The chamber (photo: Y. Omarov)</div>", "Y. Omarov"),
        ("<div><img src=/a.jpg><span>Заседание палаты во вторник</span></div>", None),
    ],
)  # fmt: skip
def test_captions_behind_pictures_amid_a_text_are_none(inset: str, maker: str | None) -> None:
    for name, found in _readings(inset):
        assert body(found) == TEXT, name
        assert found.image_credit == maker, name


@pytest.mark.parametrize(
    "line",
    [
        "<p>Об этом пишет <a href=NEWS>газета</a> <img src=/a.jpg> в своём номере.</p>",
        "<p><img src=/a.jpg>Палата собралась во вторник утром.</p>",
        "<p><img src=/a.jpg></p><p>На заседание пришли все депутаты палаты.</p>",
        "<div><p>Реклама лекарств запрещена этим законом.</p><p>Закон подписан.</p></div>",
    ],
)
def test_what_only_stands_beside_a_picture_or_link_is_text(line: str) -> None:
    for name, found in _readings(line):
        assert len(body(found)) > len(TEXT), name
        assert set(TEXT) <= set(body(found)), name


def test_cards_that_are_the_text_are_kept() -> None:
    card = "<div><a href=/n/c{0}/><img src=/a.jpg><h3>Мост {0} открыли</h3></a><p>{1}</p></div>"
    own = "".join(card.format(at, line) for at, line in enumerate(TEXT, start=1))
    assert set(TEXT) <= set(body(reading(article(TIME, body=own))))


def test_a_table_of_contents_is_no_text() -> None:
    links = "<ul><li><a href='#a'>Что решили</a></li><li><a href='#b'>Что дальше</a></li></ul>"
    for name, found in _readings(f"{links}<h2 id=a>Что решили</h2><p>{TEXT[1]} Так.</p>"):
        assert body(found).count("Что решили") == 1, name


def test_comments_end_a_release() -> None:
    said = "<h3>Комментарии (1)</h3><div><b>Ерлан</b><p>Спасибо депутатам за этот закон!</p></div>"
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    head = "<div>Заголовок релиза</div><div>16.05.2022 348</div>"
    found = reading(release(f"{head}<div>{text}</div><div>{said}</div>"), RELEASE)
    assert body(found) == TEXT
