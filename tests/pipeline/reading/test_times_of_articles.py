"""When an article was published and changed, in each step: a weaker sign never overrules a stronger
one, and no time of something else is the article's.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.capture import Failure
from pipeline.model.reading import Reading, Step
from tests.pipeline.reading.page_fields import ARTICLE, RELEASE, article, read, reading, release

NEW, OLD = "6 марта 2026 г. 10:00", "4 марта 2026 г. 7:31"
PUBLISHED, MODIFIED = "2026-03-04T07:31:00+05:00", "2026-03-06T10:00:00+05:00"
META = '<meta name="aiturec:datetime" content="2026-03-04T07:31:00+05:00">'
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "Депутаты обсудили проект закона о дорогах, который правительство внесло зимой.",
        "Рабочая группа провела девять заседаний и учла предложения областей.",
        "Второе чтение назначено на весну, сообщил председатель комитета.",
    )
)
CARD = "<div class=card><a href='/n/drugaya/'>Мост через Ульбу сдан раньше срока</a>{}</div>"
LABELS = {
    "published": ["Опубликовано", "Дата публикации:", "Жарияланды:", "Posted", "Published on"],
    "modified": [
        "Обновлено", "Последнее обновление:", "Дата изменения:", "Жаңартылды:",
        "Соңғы жаңарту:", "Өзгертілді", "Updated:", "Last modified", "Edited",
    ],
    "other": [
        "Начало:", "Дата проведения:", "Срок до", "Басталу күні:", "Event date:", "Deadline:",
    ],
}  # fmt: skip


def _plain(between: str, *, head: str = "", after: str = "") -> str:
    """An article without any name that we know."""
    return (
        f"<html><head><title>Закон о дорогах принят | Газета</title>{head}</head><body><main>"
        f"<h1>Закон о дорогах принят</h1>{between}<div>{TEXT}</div>{after}</main></body></html>"
    )


def _known(between: str, *, head: str = "", after: str = "") -> str:
    return article(between.replace("<i>", "<i class=article__date>"), head=head, after=after)


def _times(found: Reading | Failure) -> tuple[str | None, str | None]:
    assert isinstance(found, Reading), found
    return found.published, found.modified


@pytest.mark.parametrize("page", [_plain, _known])
@pytest.mark.parametrize(
    "between",
    [
        f"<div><i>{OLD}</i></div><div>Обновлено: <i>{NEW}</i></div>",
        f"<div>Обновлено: <i>{NEW}</i></div><div><i>{OLD}</i></div>",
        f"<div>Обновлено: <i>{NEW}</i></div><div>Опубликовано: <i>{OLD}</i></div>",
        f"<div><i>Обновлено {NEW}, опубликовано {OLD}</i></div>",
        f"<div>Обновлено</div><div><i>{NEW}</i></div><div>Опубликовано</div><div><i>{OLD}</i></div>",
        f"<div title='Обновлено'><i>{NEW}</i></div><div><i>{OLD}</i></div>",
        f"<div class=updated><i>{NEW}</i></div><div><i>{OLD}</i></div>",
        f"<div>Начало: <i>10 марта 2026 г. 15:00</i></div><div><i>{OLD}</i> | изменено {NEW}</div>",
    ],
)
def test_the_time_of_a_change_is_not_that_of_publication(page: type, between: str) -> None:
    assert _times(read(page(between))) == (PUBLISHED, MODIFIED)


@pytest.mark.parametrize("between", [f"<i>Обновлено: {NEW}</i>", f"<div>Обновлено {NEW}</div>"])
def test_a_machine_readable_time_stands_beside_that_of_a_change(between: str) -> None:
    assert _times(read(_known(between, head=META))) == (PUBLISHED, MODIFIED)


@given(
    st.sampled_from(["published", "other", "modified"]).flatmap(
        lambda kind: st.tuples(st.just(kind), st.sampled_from(LABELS[kind]))
    ),
    st.sampled_from([_plain, _known]),
    st.sampled_from(["<div>{} <i>{}</i></div>", "<div>{}</div><div><i>{}</i></div>",
                     "<p>{} {}</p>", "<time datetime=2026-03-04>{} {}</time>"]),
)  # fmt: skip
def test_only_a_time_of_publication_publishes(
    label: tuple[str, str], page: type, form: str
) -> None:
    found = read(page(form.format(label[1], OLD)))
    if label[0] == "published":
        assert _times(found)[0] == PUBLISHED
    else:
        assert isinstance(found, Failure)
        assert found.reason == "no-date"


@pytest.mark.parametrize("page", [_plain, _known])
@pytest.mark.parametrize(
    "around",
    [
        CARD.format(f"<i>{NEW}</i>"),
        CARD.format(f"<time datetime=2026-03-06>{NEW}</time>"),
        f"<aside><i>{NEW}</i></aside>",
        f"<div class=comments><div>Айгуль</div><time datetime=2026-03-06>{NEW}</time></div>",
        "<meta itemprop=datePublished content=2026-03-06>".join(CARD.split("{}")),
    ],
)
def test_the_time_of_another_article_is_not_this_ones(page: type, around: str) -> None:
    assert _times(read(page(f"<i>{OLD}</i>", after=around))) == (PUBLISHED, None)
    assert _times(read(page(f"{around}<i>{OLD}</i>"))) == (PUBLISHED, None)
    if "aside" not in around or page is _plain:
        assert isinstance(read(page("", after=around)), Failure)


@pytest.mark.parametrize("name", ["article:modified_time", "og:updated_time", "last-modified-date"])
def test_a_meta_name_of_a_change_gives_no_time_of_publication(name: str) -> None:
    head = f'<meta property="{name}" content="2026-03-06T10:00:00+05:00">'
    assert _times(read(_plain(f"<div>{OLD}</div>", head=head)))[0] == PUBLISHED
    assert isinstance(read(_plain("", head=head)), Failure)


def test_a_release_has_the_date_of_its_own_line() -> None:
    text = TEXT.replace("<p>", "<p class=t>")
    for note in ("<div>Обновлено: 18.05.2022</div>", "<div>Обновлено:</div><div>18.05.2022</div>"):
        content = f"<div><h2>Заседание палаты</h2>{note}<div>16.05.2022 348</div>{text}</div>"
        found = reading(release(content), RELEASE)
        assert (found.title, *_times(found)) == ("Заседание палаты", "2022-05-16", "2022-05-18")
        content = f"<div><h2>Заседание палаты</h2><div>16.05.2022 348</div>{note}{text}</div>"
        assert reading(release(content), RELEASE) == found


def test_an_impossible_time_of_a_change_is_none() -> None:
    between = f"<div>{OLD}</div><div>Обновлено: 6 марта 2031 г.</div>"
    assert _times(read(_plain(between))) == (PUBLISHED, None)


@pytest.mark.parametrize("page", [_plain, _known])
@pytest.mark.parametrize("label", LABELS["modified"])
def test_a_change_may_be_told_below_the_text(page: type, label: str) -> None:
    below = f"<p>{label} {NEW}</p>"
    assert _times(read(page(f"<i>{OLD}</i>", after=below))) == (PUBLISHED, MODIFIED)
    other = CARD.format(below)
    assert _times(read(page(f"<i>{OLD}</i>", after=other * 3))) == (PUBLISHED, None)


@pytest.mark.parametrize("page", [_plain, _known])
def test_no_article_is_changed_before_it_is_published(page: type) -> None:
    between = f"<div><i>{NEW}</i></div><div><i>Обновлено: {OLD}</i></div>"
    assert _times(read(page(between))) == (MODIFIED, None)


DATE = "<{tag} class=article__date>{day} марта 2026 г. 7:31{end}"
OWN_STEPS: tuple[Step, ...] = ("layout", "structured")
LINK = "<a href='/n/{at}/'>Новость номер {at} о дорогах</a>"


@pytest.mark.parametrize("page", [_plain, _known, release])
@pytest.mark.parametrize(
    "many",
    [
        (DATE, ("time", "</time>")),
        (DATE, ("p", "</p>")),
        (DATE, ("div", "")),
        (DATE, ("span", "")),
        (f"<div>{DATE}", ("time", "</time>")),
        (f"{LINK}{DATE}", ("i", "</i>")),
        (f"{LINK}<br>{DATE}<br>", ("i", "</i>")),
        (f"<div>{LINK}{DATE}", ("i", "</i>")),
        (f"<div>{LINK}{DATE}</div>", ("time", "</time>")),
        (f"{LINK}<b itemprop=datePublished>{DATE}</b>", ("i", "</i>")),
        ("<div>Обновлено</div>", ("", "")),
        (f"<p>{LINK}", ("", "")),
    ],
)
def test_a_page_with_many_times_is_read(page: type, many: tuple[str, tuple[str, str]]) -> None:
    form, (tag, end) = many
    between = "".join(form.format(at=at, day=at % 28 + 1, tag=tag, end=end) for at in range(400))
    html = page(f"<div>{between}</div>{TEXT}")
    found = read(html, RELEASE if page is release else ARTICLE, OWN_STEPS)
    assert isinstance(found, Failure) or found.body


def test_a_text_may_speak_of_a_change() -> None:
    line = "Закон обновлён 6 марта 2026 года"
    found = reading(article(body=f"<p>{line}</p>{TEXT}"), ARTICLE)
    assert found.body.startswith(line)
    assert found.modified is None


@pytest.mark.parametrize("page", [_plain, _known])
@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("сегодня, 10:20", "2026-11-24T10:20:00+05:00"),
        ("Вчера в 18:20", "2026-11-23T18:20:00+05:00"),
        ("кеше 9:05", "2026-11-23T09:05:00+05:00"),
        ("12 минут назад", "2026-11-24T10:48:00+05:00"),
        ("3 часа назад", "2026-11-24"),
        ("3 дня назад", "2026-11-21"),
        ("2 күн бұрын", "2026-11-22"),
        ("a day ago", "2026-11-23"),
        ("Yesterday at 9:05", "2026-11-23T09:05:00+05:00"),
        ("<time datetime=2026-11-24T10:45>12 минут назад</time>", "2026-11-24T10:45:00+05:00"),
    ],
)
def test_a_relative_time_is_told_from_the_capture(page: type, told: str, published: str) -> None:
    assert _times(read(page(f"<div><i>{told}</i></div>")))[0] == published
    other = f"<div><i>{told}</i></div><div>Обновлено: {OLD}</div>"
    assert _times(read(page(other)))[0] == published


def test_a_relative_time_is_weaker_than_a_machine_readable_one() -> None:
    assert _times(read(_known("<i>час назад</i>", head=META)))[0] == PUBLISHED


@pytest.mark.parametrize("page", [_plain, _known])
@pytest.mark.parametrize("word", ["Сегодня", "Сегодня: вторник", "Вчера", "Бүгін"])
def test_the_label_of_a_list_is_no_time(page: type, word: str) -> None:
    assert isinstance(read(page(f"<div>{word}</div>")), Failure)
    assert _times(read(page(f"<div>{word}</div><i>{OLD}</i>")))[0] == PUBLISHED


@pytest.mark.parametrize("page", [_plain, _known])
@pytest.mark.parametrize(
    "note",
    ["<div>Обновлено</div>", "<div><a href='/r/politika/'>Политика</a><span>Обновлено</span></div>",
     "<p><a href='/kk/r/sayasat/'>Саясат</a> Жаңартылды</p>", "<span>Updated</span>"],
)  # fmt: skip
def test_a_label_without_a_time_takes_that_of_publication_from_no_article(
    page: type, note: str
) -> None:
    assert _times(read(page(f"<i>{OLD}</i>{note}"))) == (PUBLISHED, None)
    content = f"<h1>Заседание палаты</h1><div>{OLD}</div>{note}<div>{TEXT}</div>"
    assert _times(read(release(content), RELEASE)) == (PUBLISHED, None)


@pytest.mark.parametrize("page", [_plain, _known])
@pytest.mark.parametrize("told", ["неделю назад", "2 апта бұрын", "a month ago", "часов назад"])
def test_what_tells_no_day_gives_none(page: type, told: str) -> None:
    assert isinstance(read(page(f"<div><i>{told}</i></div>")), Failure)
