"""The text taken is all of the article's, or the item says that it is a part."""

from __future__ import annotations

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
from tests.pipeline.completeness.articles import (
    AD,
    ALL,
    FOUR,
    ONE,
    OTHER,
    TEXT,
    THREE,
    TWO,
    own,
    page,
)
from tests.pipeline.completeness.damaged import AROUND, damages
from tests.pipeline.reading.page_fields import RELEASE, body, reading, release
from tests.sources.steppe import STEPPE


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
    "label", ["<button>Читать далее</button>", "<p><a href='#'>Толық оқу</a></p>"]
)
def test_the_rest_may_stand_in_a_template(label: str) -> None:
    found = reading(page(own(f"{ONE}{TWO}{label}<template>{THREE}{FOUR}</template>")))
    assert (body(found), found.access) == (TEXT, "full")


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
