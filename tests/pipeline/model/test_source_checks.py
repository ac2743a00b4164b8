"""Facts that cannot be right are refused, with the file, the field and what to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from kazpress.errors import ExitStatus, FactsError
from pipeline.model.source import (
    AddressForm,
    ClassLayout,
    DayArchive,
    Expect,
    Feeds,
    Finding,
    Layout,
    ListingPage,
    Listings,
    Numbers,
    Source,
    TextLayout,
)
from pipeline.model.source_checks import check_sources
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.sources.steppe import STEPPE

(NEWS,) = STEPPE.articles
LISTINGS = Listings(pages=(ListingPage(path="/"),), links=r"/topic/[a-z]+/")
TEXT = TextLayout(name="text", site_names=(), share_labels=(), press_service=())
DAY = date(2020, 1, 6)


def _refusal(*sources: Source) -> str:
    with pytest.raises(FactsError) as refused:
        check_sources(sources)
    assert refused.value.status == ExitStatus.USAGE
    return str(refused.value)


def _classes(**selectors: object) -> ClassLayout:
    named = {"name": "2020", "title": ("h1",), "body": ("div",)} | selectors
    return ClassLayout(**named)  # type: ignore[arg-type]  # some are wrong on purpose


@pytest.mark.parametrize("source", [SENATE, KAZPRAVDA, STEPPE], ids=lambda source: source.name)
def test_right_facts_pass(source: Source) -> None:
    check_sources([source])


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"name": "The Steppe"},
         'name "The Steppe" must be small Latin letters, digits and _, as a file name'),
        ({"title": " "}, "title is empty; write what people call the outlet"),
        ({"host": "https://steppe.example"},
         'host "https://steppe.example" must be a host alone, small and without "www.", such as '
         '"kazpravda.kz"'),
        ({"host": "www.steppe.example"},
         'host "www.steppe.example" must be a host alone, small and without "www.", such as '
         '"kazpravda.kz"'),
        ({"articles": ()},
         "articles is empty; write an AddressForm for each form of articles' addresses"),
        ({"finding": ()},
         "finding is empty; write at least one way of finding articles, such as Listings"),
        ({"delay_seconds": -1.0},
         "delay_seconds -1.0 must be from 0 to less than 86400; 2.0 is usual"),
        ({"delay_seconds": float("nan")}, "delay_seconds must be a number, not nan"),
        ({"state": "closed"},
         "state must be one of \"active\", \"frozen\", \"gone\", not 'closed'"),
        ({"first_day": datetime(2020, 1, 6)},  # noqa: DTZ001 (what is wrong with it is another thing)
         "first_day must be a day, such as date(2020, 1, 6), not "
         "datetime.datetime(2020, 1, 6, 0, 0)"),
        ({"rank": True}, "rank must be a whole number, not True"),
        ({"expect": Expect(read_by_layout=95)},
         "expect.read_by_layout 95 must be a share from 0 to 1, such as 0.95"),
        ({"expect": Expect(items_per_week=(9, 2))},
         "expect.items_per_week (9, 2) must be the fewest first, then the most"),
    ],
)  # fmt: skip
def test_a_wrong_fact_of_the_source_itself(facts: dict[str, object], sentence: str) -> None:
    source = replace(STEPPE, **facts)  # type: ignore[arg-type]  # wrong on purpose
    assert _refusal(source) == f"spiders/{source.name}.py: {sentence}"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"languages": "ru"},
         "languages must be a tuple of texts, such as (\"a\",) with a comma, not 'ru'"),
        ({"languages": ()}, "languages is empty; write one or more of ru, kk, en"),
        ({"languages": ("ru", "kz")}, 'languages "kz" is not known; write one of ru, kk, en'),
        ({"languages": ("ru", "en", "ru")}, 'languages "ru" stands twice; take one out'),
        ({"default_language": "kk"},
         'default_language "kk" is not in languages; write one of "ru", "en", or add it there'),
        ({"language_prefixes": (("en", "en"), ("kz", "kk"))},
         'language_prefixes[1] "kk" is not in languages; write one of "ru", "en", or add it there'),
        ({"language_prefixes": (("en", "en"), ("EN", "ru"))},
         'language_prefixes[1] "EN" stands twice; take one out'),
        ({"language_prefixes": (("/en/", "en"),)},
         'language_prefixes[0] "/en/" must be the first part of a path, without slashes'),
        ({"language_prefixes": ("en", "en")},
         "language_prefixes[0] must be a tuple of 2: a text in quotes, a text in quotes, "
         "not 'en'"),
    ],
)  # fmt: skip
def test_a_wrong_language(facts: dict[str, object], sentence: str) -> None:
    assert _refusal(replace(STEPPE, **facts)) == f"spiders/steppe.py: {sentence}"  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("forms", "sentence"),
    [
        (NEWS, "articles must be a tuple of AddressForm, such as (a,) with a comma, not "
         f"{NEWS!r}"),
        ((replace(NEWS, path="/story/(?P<n>"),),
         "articles[0].path /story/(?P<n> is no regular expression (missing ), unterminated "
         "subpattern at position 7); mend it"),
        ((replace(NEWS, path="story/.*"),),
         "articles[0].path story/.* must match the whole path; let it begin with a slash"),
        ((NEWS, replace(NEWS, kind="old")),
         f"articles[1].path {NEWS.path} stands twice; take one out"),
        ((AddressForm(kind="blog", path="/blog/.*"),),  # type: ignore[arg-type]  # wrong on purpose
         "articles[0].kind must be one of \"news\", \"page\", \"old\", not 'blog'"),
        ((replace(NEWS, host="http://old.steppe.example/"),),
         'articles[0].host "http://old.steppe.example/" must be a host alone, small and without '
         '"www."; leave it out for the source\'s own'),
    ],
)  # fmt: skip
def test_a_wrong_form_of_address(forms: tuple[AddressForm, ...], sentence: str) -> None:
    assert _refusal(replace(STEPPE, articles=forms)) == f"spiders/steppe.py: {sentence}"


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        (replace(LISTINGS, links="/topic/[a-z"),
         "links /topic/[a-z is no regular expression (unterminated character set at position 7); "
         "mend it"),
        (replace(LISTINGS, pages=(ListingPage(path="topic/"),)),
         'pages[0] "topic/" must begin with a slash, without the host'),
        (replace(LISTINGS, pages=(ListingPage(path="/"), ListingPage(path="/", sure=True))),
         'pages[1] "/" stands twice; take one out'),
        (Feeds(paths="/rss"),  # type: ignore[arg-type]  # wrong on purpose
         "paths must be a tuple of texts, such as (\"a\",) with a comma, not '/rss'"),
        (Feeds(paths=("https://steppe.example/rss",)),
         'paths[0] "https://steppe.example/rss" must begin with a slash, without the host'),
        (DayArchive(paths=("/archive/",), forms=("%Y-%m-%d",)),
         'paths[0] "/archive/" lacks {date}; write it where the site has it'),
        (DayArchive(paths=(), forms=("%Y-%m-%d",)),
         "paths is empty; write a path with {date} in it"),
        (DayArchive(paths=("/archive/{date}",), forms=()),
         'forms is empty; write how the day is spelled, such as "%Y-%m-%d"'),
        (DayArchive(paths=("/archive/{date}",), forms=("%Y-%m-%d", "%Y")),
         'forms[1] "%Y" names no day; write it as for strftime, such as "%Y-%m-%d"'),
        (Numbers(paths=("/story/{id}",), known=((1, DAY),)),
         'paths[0] "/story/{id}" lacks {number}; write it where the site has it'),
        (Numbers(paths=("/story/{number}",), known=()),
         "known is empty; write a number that was seen, with its day"),
        (Numbers(paths=("/story/{number}",), known=((1, DAY),), most_absent=0),
         "most_absent 0 must be at least 1; 50 is usual"),
    ],
)  # fmt: skip
def test_a_wrong_way_of_finding(way: Finding, sentence: str) -> None:
    source = replace(STEPPE, finding=(way,))
    assert _refusal(source) == f"spiders/steppe.py: finding[0].{sentence}"


@pytest.mark.parametrize(
    ("layout", "sentence"),
    [
        (_classes(title=("h1..title",)),
         'layouts["2020"].title[0] "h1..title" is no CSS selector (Expected ident, got '
         "<DELIM '.' at 3>); mend it, or take it out"),
        (_classes(lead=(".lead::text",)),
         'layouts["2020"].lead[0] ".lead::text" must select an element; write it without ::'),
        (_classes(body=()),
         'layouts["2020"].body is empty; write the CSS selector of its element'),
        (_classes(cut=".more"),
         "layouts[0].cut must be a tuple of texts, such as (\"a\",) with a comma, not '.more'"),
        (replace(TEXT, share_labels=("Share",)),
         'layouts["text"].share_labels[0] "Share" must be in lower case, since lines are compared '
         "in it"),
        ("2020",
         "layouts[0] must be a ClassLayout or a TextLayout, not '2020'"),
    ],
)  # fmt: skip
def test_a_wrong_layout(layout: Layout, sentence: str) -> None:
    assert _refusal(replace(STEPPE, layouts=(layout,))) == f"spiders/steppe.py: {sentence}"


def test_layouts_have_names_of_their_own() -> None:
    source = replace(STEPPE, layouts=(_classes(), _classes(title=("h2",))))
    assert _refusal(source) == (
        'spiders/steppe.py: layouts[1].name "2020" stands twice; choose another'
    )


def test_sources_have_names_and_ranks_of_their_own() -> None:
    assert _refusal(SENATE, STEPPE, replace(STEPPE, rank=4)) == (
        'spiders/steppe.py: name "steppe" is that of two sources; give one of them another'
    )
    assert _refusal(SENATE, replace(STEPPE, rank=SENATE.rank)) == (
        "spiders/steppe.py: rank 1 is that of senate too; give each source its own"
    )
