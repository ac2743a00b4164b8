"""What a reading has besides what the steps found: one form of letters, links to languages."""

from __future__ import annotations

import pytest

from tests.pipeline.reading.page_fields import RELEASE, article, reading, release


def test_words_are_in_one_script_and_each_repair_is_told() -> None:
    found = reading(article().replace("Заголовок", "3аголовок Cената").replace("абзац", "абзaц", 1))
    assert found.title == "3аголовок Сената статьи"
    assert found.body.startswith("Первый абзац текста")
    assert found.repairs == ("Cената", "абзaц")


def test_the_page_in_other_languages() -> None:
    links = (
        "<a href='/kk-KZ/news/details/5850'>ҚАЗ</a><a href='/EN-us/news/details/5850/'>Eng</a>"
        "<a href='/ru-RU/news/details/5850'>РУС</a><a href='/kk-KZ'>KZ</a>"
        "<a href='/kk-KZ/news/details/1'>Басқа жаңалық</a>"
    )
    text = "<h1>Заголовок релиза</h1><div>16.05.2022 3</div><p>Текст релиза стоит прямо здесь.</p>"
    assert reading(release(links + text), RELEASE).alternates == (
        "https://senate.parlam.kz/en-US/news/details/5850",
        "https://senate.parlam.kz/kk-KZ/news/details/5850",
    )


@pytest.mark.parametrize(
    ("links", "numbers"),
    [
        ("<link rel=alternate hreflang=kk href=/kk-KZ/news/details/1>", [1]),
        ("<link rel=alternate hreflang=x-default href=/kk-KZ/news/details/1>", [1]),
        ("<a hreflang=kk-KZ href=/kk-KZ/news/details/1>оқу</a>", [1]),
        ("<a hreflang='' href=/kk-KZ/news/details/1>оқу</a>", []),
        ("<a href=/kk-KZ/news/details/1>Қаз</a><a href=/kk-KZ/news/details/2>KK</a>", [1, 2]),
        ("<link hreflang=kk href=/kk-KZ/news/details/1><a href=/kk-KZ/news/details/2>KK</a>", [1]),
        ("<a href=/kk-KZ/news/details/2>KK</a><link hreflang=kk href=/kk-KZ/news/details/1>"
         "<link hreflang=x-default href=/kk-KZ/news/details/3>", [1]),
        ("<link hreflang=kk href=/kk-KZ/><a href=/kk-KZ/news/details/2>KK</a>", [2]),
        ("<link hreflang=kk href=/ru-RU/news/details/1><a href=/kk-KZ/news/details/2>KK</a>", [2]),
        ("<a hreflang=' ' href=/kk-KZ/news/details/1>оқу</a>", []),
        ("<a href=/kk-KZ/news/details/1><b>Қаз</b>ақша </a>", [1]),
    ],
)  # fmt: skip
def test_links_that_name_their_language_go_before_a_switch(links: str, numbers: list[int]) -> None:
    text = "<h1>Заголовок релиза</h1><div>16.05.2022 3</div><p>Текст релиза стоит прямо здесь.</p>"
    assert reading(release(links + text), RELEASE).alternates == tuple(
        f"https://senate.parlam.kz/kk-KZ/news/details/{number}" for number in numbers
    )
