"""Pages that nobody would write: reading any raises nothing and takes seconds at most. No time is
measured: a step that takes the square of a page's size takes minutes here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.capture import Failure
from pipeline.model.reading import Reading
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, PAPER, RELEASE, TIME, article, read, release

SENTENCE = "Депутаты рассмотрели закон о пчеловодстве и приняли его в первом чтении. "
_TEXT = f"<p>{SENTENCE * 5}</p>" * 3
_LINK = '<a href="/n/statya-{0}/">Заголовок статьи номер {0}</a>'
_QUOTED = 'a{0}="<>" '
_NAMES = re.compile(r"class='article__\w+'")


def many(form: str, count: int) -> str:
    """A piece of HTML so many times, `{0}` in it numbered."""
    return "".join(form.replace("{0}", str(number)) for number in range(count))


BODIES: dict[str, Callable[[], str]] = {
    "one paragraph": lambda: f"<p>{SENTENCE * 35_000}</p>",
    "one word": lambda: f"<p>{'слово' * 500_000}</p>",
    "one word of two scripts": lambda: f"<p>{'cлово' * 200_000}</p>",
    "one Latin word behind one of two scripts": lambda: f"<p>Cлово {'a' * 1_000_000}</p>",
    "spaces": lambda: f"<p>{SENTENCE}{' ' * 1_000_000}{SENTENCE}</p>",
    "paragraphs": lambda: many("<p>Абзац номер {0} стоит тут.</p>", 20_000),
    "links to articles": lambda: many(f"<p>{_LINK}</p>", 20_000),
    "links in one paragraph": lambda: f"<p>{many(f'{_LINK} и ', 50_000)}</p>",
    "cards": lambda: many(f"<div class='card'>{_LINK}<time>3 марта 2026</time></div>", 10_000),
    "hashtags": lambda: f"<p>{many('#тег{0} ', 50_000)}</p>",
    "linked hashtags": lambda: f"<p>{many('<a href=/tag/{0}>#тег{0}</a> ', 50_000)}</p>",
    "number signs": lambda: f"<p>{'#' * 500_000}</p>",
    "elements within words": lambda: f"<p>{'<b>С</b>лово ' * 50_000}</p>",
    "comments": lambda: "<!-- -->слово " * 50_000,
    "line breaks": lambda: f"<p>{'Слово стоит тут<br>' * 50_000}</p>",
    "linked lines": lambda: f"<p>{many(f'{_LINK}<br>', 20_000)}</p>",
    "nested divs": lambda: "<div>Слово стоит тут. " * 20_000,
    "nested spans": lambda: "<p>" + "<span>слово тут " * 20_000,
    "nested lists": lambda: "<ul><li>Слово стоит тут. " * 20_000,
    "nested tables": lambda: "<table><tr><td>Слово стоит тут. " * 20_000,
    "stray end tags": lambda: "</div></p></span>Слово стоит тут. " * 20_000,
    "combining marks": lambda: "<p>а" + "\u0300\u0316" * 500_000 + "</p>",
    "dates": lambda: many("<p>12 марта 2025 г. 10:30</p>", 20_000),
    "changes": lambda: many("<p>Обновлено 12 марта 2025 г. в 10:30, номер {0}</p>", 5_000),
    "times": lambda: many("<time datetime='2025-03-12T10:00'>12 марта 2025</time> ", 10_000),
    "dates between breaks": lambda: f"<p>{'12.03.2025<br>' * 20_000}</p>",
    "press lines": lambda: f"{_TEXT}{'<p>(Пресс-служба)</p>' * 50_000}{_TEXT}",
    "share labels": lambda: f"{_TEXT}{'<p>Поделиться</p>' * 50_000}{_TEXT}",
    "figures": lambda: many("<figure><img src=/{0}.jpg><p>Фото {0}</p></figure>", 5_000) + _TEXT,
    "captions": lambda: many("<div><img src=/{0}.jpg><p>Фото Ивана {0}</p></div>", 5_000) + _TEXT,
    "links behind pictures": lambda: (
        f"{'<img src=/a.jpg>' * 20_000}{many(f'<p>{_LINK}</p>', 5_000)}"
    ),
    "advertisements in icons": lambda: (
        f"<div>{'<i></i>' * 20_000}{'<p>Реклама</p>' * 10_000}{_TEXT}"
    ),
    "captions between breaks": lambda: (
        f"{'<i></i>' * 20_000}{'Мост. Фото автора<br><br>' * 5_000}<img src=/a.jpg>"
    ),
    "nested captions": lambda: "<figcaption>Слово стоит тут. " * 20_000,
    "attributes": lambda: f"<p {many('a{0}=1 ', 100_000)}>{SENTENCE}</p>{_TEXT}",
    "attributes with quotes": lambda: f"<p {many(_QUOTED, 50_000)}>{SENTENCE}</p>{_TEXT}",
    "names": lambda: f"{_TEXT}<p>{'слово, ' * 300_000}",
    "dashes": lambda: f"<p>{'-' * 500_000}{'—' * 200_000}</p>",
    "full stops": lambda: f"<p>{'. ' * 500_000}</p>",
    "question marks": lambda: f"<p>Что? Где?? {'?' * 500_000}а</p>",
    "quotation marks": lambda: f"<p>{'«' * 500_000}</p>",
    "brackets": lambda: f"<p>{'(пресс-служб' * 50_000}</p>",
    "lost characters": lambda: f"<p>{'�' * 500_000}</p>",
    "invitations": lambda: many("<p>Подписывайтесь на наш канал в Telegram, {0}</p>", 10_000),
}


def _renamed(html: str) -> str:
    return _NAMES.sub("class='x'", html)


@pytest.mark.parametrize("kind", BODIES)
def test_a_hostile_body_is_read_by_layouts_and_by_its_likeness_alone(kind: str) -> None:
    html = article(body=BODIES[kind]())
    for one in (html, _renamed(html)):
        assert isinstance(read(one), Reading | Failure)


@pytest.mark.parametrize(
    "title",
    ["Слово | " * 200_000, "Слово - " * 200_000, f"Слово{' ' * 500_000}слово", "а\u0300" * 9],
)
def test_a_hostile_title_is_read(title: str) -> None:
    head = f"<title>{title}</title><meta property='og:title' content='{title}'>"
    for one in (article(head=head), _renamed(article(head=head)), article(head=head, body="")):
        assert isinstance(read(one), Reading | Failure)


@pytest.mark.parametrize(
    "data",
    [
        f'"articleBody": "{"<p>слово<br>" * 100_000}"',
        f'"articleBody": "{SENTENCE * 30_000}"',
        f'"author": {"[" * 100_000}',
        f'"datePublished": {"1" * 100_000}',
        f'"@graph": [{"{}," * 100_000} {{}}]',
    ],
)
def test_hostile_json_ld_is_read(data: str) -> None:
    script = f'<script type="application/ld+json">{{"@type": "Article", {data}}}</script>'
    for one in (article(head=script), _renamed(article(head=script))):
        assert isinstance(read(one), Reading | Failure)


@pytest.mark.parametrize(
    "kind",
    ["one paragraph", "dates", "links to articles", "brackets", "press lines", "share labels"],
)
def test_a_hostile_release_is_read(kind: str) -> None:
    title = "<h1>Сенат рассмотрел закон о племенном деле</h1><div>29.01.2026</div>"
    found = read(release(f"{title}<div>{SENTENCE}{BODIES[kind]()}</div>"), RELEASE)
    assert isinstance(found, Reading | Failure)


@pytest.mark.parametrize("run", [".", "-", ". ", "- ", "?!", "…", "«", "(", "_", "/ ", "1", "а-"])
@pytest.mark.parametrize("before", ["", "наш ", "Фото: ", "деп ", "сегодня ", "при ", "[", "404 "])
def test_a_short_line_of_one_character_holds_no_rule(run: str, before: str) -> None:
    line = before + run * (300 // len(run)) + "ъ"
    html = article(f"<p>{line}</p>{TIME}<p>{line}</p>", body=f"{_TEXT}<p>{line}</p>")
    for one in (html, _renamed(html)):
        assert isinstance(read(one), Reading | Failure)


def test_the_text_of_a_hostile_page_is_whole() -> None:
    links = many(f"<p>{_LINK}</p>", 20_000)
    found = read(article(body=_TEXT, after=f"<footer>{links}</footer>"))
    assert isinstance(found, Reading)
    assert found.body.split("\n\n")[0] == (SENTENCE * 5).strip()
    found = read(article(body=f"<p {many('a{0}=1 ', 100_000)}>{SENTENCE * 5}</p>{_TEXT}"))
    assert isinstance(found, Reading)


@pytest.mark.parametrize(
    ("tag", "levels"),
    [("div", 2_500), ("div", 20_000), ("span", 20_000), ("blockquote", 20_000), ("ul><li", 2_500)],
)
def test_a_text_within_or_behind_many_levels_of_elements_is_whole(tag: str, levels: int) -> None:
    own = tuple(f"{number}. {SENTENCE.strip()}" for number in range(4))
    text = "".join(f"<p>{line}</p>" for line in own)
    ends = "".join(f"</{one.strip('<')}>" for one in reversed(tag.split(">"))) * levels
    start = f"<{tag}>" * levels
    for body in (f"{start}{text}{ends}", f"{start}{ends}{text}", f"{text}{start}{ends}"):
        for html in (article(body=body), _renamed(article(body=body))):
            found = read(html)
            assert isinstance(found, Reading), found
            assert tuple(found.body.split("\n\n")) == own


def test_lines_parted_by_many_levels_of_elements_stay_apart() -> None:
    page = Page(ARTICLE, PAPER, f"<p>а</p>{'<div>' * 3_000}б<div>в</div>г{'</div>' * 3_000}д")
    assert [line.text for line in page.lines] == ["а", "б", "в", "г", "д"]
    page = Page(ARTICLE, PAPER, f"<p>{'<b>' * 3_000}а{'</b>' * 3_000}б</p>")
    assert [line.text for line in page.lines] == ["аб"]


@pytest.mark.parametrize(
    "html",
    [
        article(body="<p>Слово" * 60_001),
        article(body=_TEXT, after="<br>" * 300_000),
        _renamed(article(body=f"<p>{'<a href=/t>слово</a>' * 4_001}")),
        _renamed(article(body=_TEXT, after="<br>" * 20_000)),
        _renamed(article(body=f"{'<div>' * 600}{_TEXT}")),
    ],
)
def test_a_page_that_is_too_large_is_said_to_be(html: str) -> None:
    found = read(html)
    assert isinstance(found, Failure)
    assert found.reason == "too-large"


def test_a_page_of_which_only_the_beginning_was_taken_is_too_large() -> None:
    html = article(body=f"<p>{SENTENCE * 100_000}</p>")
    page = Page.decoded(ARTICLE, PAPER, "text/html; charset=utf-8", html.encode())
    assert page.is_cut
    assert page.is_too_large


@given(st.text(st.characters(exclude_categories=()), max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    for html in (text, article(body=f"<p>{text}</p>"), _renamed(article(f"<p>{text}</p>{TIME}"))):
        assert isinstance(read(html), Reading | Failure)
