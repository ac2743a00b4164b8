"""Under which addresses archives are asked for a source's articles."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.addresses import article_address
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from spiders.sources import SOURCES
from spiders.web_archives.prefixes import (
    article_hosts,
    article_prefixes,
    path_prefixes,
    prefixes_of,
)

PATTERNS = (
    *(form.path for source in SOURCES.values() for form in source.articles),
    r"/a?b/c",
    r"/(x|y)+/n",
    r"/(?:a(?:b|c)?)?d/\d+",
    r"/n(?P<number>\d+)\.html",
    r"/[ab]/n",
    r"/x{2}y",
    r"(?:/a|/b)/n/\d*",
    r"/a|/b/c",
    r"/n(?!x)[^/]+",
    r"/\w+/n",
    r"/n/(?:\d+-)?[a-z]+",
    r"/(?:news|nieuws)/[]x]+",
    r"/a(?i:b)",
    r"/n/.*",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(data=st.data())
def test_every_path_begins_with_one_of_its_forms_prefixes(
    pattern: str, data: st.DataObject
) -> None:
    path = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    assert any(path.startswith(prefix) for prefix in path_prefixes(pattern))


@given(pattern=st.text(alphabet="/ab(|)?*+[]{}\\.^$:P<n>!", max_size=14))
def test_no_pattern_breaks_it(pattern: str) -> None:
    assert all(prefix.startswith("/") for prefix in path_prefixes(pattern))


def test_the_prefixes_of_our_sources_are_narrow() -> None:
    assert "senate.parlam.kz/ru-RU/news/details/" in article_prefixes(SENATE)
    assert "parlam.kz/kk/senate/press-center/article/" in article_prefixes(SENATE)
    assert len(article_prefixes(SENATE)) == 9
    assert set(article_prefixes(KAZPRAVDA)) >= {"kazpravda.kz/n/", "kazpravda.kz/en/n/"}
    assert article_hosts(SENATE) == ("senate.parlam.kz/", "parlam.kz/")


def test_one_article_is_looked_for_with_and_without_its_final_slash() -> None:
    article = article_address("https://kazpravda.kz/n/odin", KAZPRAVDA)
    assert article is not None
    assert prefixes_of([article.url]) == ("kazpravda.kz/n/odin",)
