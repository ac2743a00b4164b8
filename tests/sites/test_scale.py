"""Many articles are quick to make, quick to serve, and different from each other."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date

import pytest

from tests.sites.client import get
from tests.sites.content import SiteName
from tests.sites.replica import Replica
from tests.sites.thin import Thin, fleshed, headlines


@pytest.fixture(scope="module")
def site() -> Iterator[Replica]:
    with Replica("kazpravda", seed=3, count=5000) as running:
        yield running


def test_thousands_are_answered_quickly(site: Replica) -> None:
    paths = site.paths()
    assert len({one.path for one in paths}) == len(paths) == 5000
    start = time.perf_counter()
    for one in (*paths[::250], *paths[-20:]):
        assert get(site, one.path).status == 200
        assert get(site, "/r/sport/").status == 200
    assert time.perf_counter() - start < 80 * 0.03


def test_they_lie_evenly_between_their_days(site: Replica) -> None:
    days = [one.published.date() for one in site.paths()]
    assert (days[0], days[-1]) == (date(2013, 11, 12), date(2026, 11, 20))
    assert abs(days[2500] - date(2020, 5, 17)).days < 3
    assert days == sorted(days)
    numbers = [one.number for one in site.paths()]
    assert numbers == sorted(numbers)


def test_an_article_in_short_is_read_as_any_other(site: Replica) -> None:
    found = site.paths()[-2]
    article = site.article(found)
    page = get(site, found.path).text
    assert article.lead
    for part in (article.title, article.lead, *article.paragraphs):
        assert part in page
    (fresh,) = site.publish()
    assert fresh.title in get(site, fresh.path).text
    assert fresh.published > found.published.isoformat()
    changed = site.change(fresh, title="Другой заголовок")
    site.remove(changed)
    assert get(site, changed.path).status == 404
    site.restore(changed)
    assert "Другой заголовок" in get(site, "/").text + get(site, "/kk/").text
    site.reset()
    assert get(site, changed.path).status == 404


@pytest.mark.parametrize("name", ["kazpravda", "senate"])
def test_texts_are_unique_and_longer_than_sixty_words(name: SiteName) -> None:
    made = headlines(1, 900, range(900), site=name, thin=Thin())
    texts = [" ".join(fleshed(1, one).paragraphs) for one in made]
    assert len({one.title for one in made}) == len(set(texts)) == 900
    assert min(len(one.split()) for one in texts) > 60
    assert made[:50] == headlines(1, 900, range(50), site=name, thin=Thin())


def test_all_classes_change_with_every_answer(site: Replica) -> None:
    site.switch(shuffle=True, counters=False)
    path = site.paths()[-1].path
    answers = [get(site, path).body.decode() for _ in range(3)]
    names = [set(re.findall(r'(?:class|id)="([^"]+)"', one)) for one in answers]
    assert len(set.union(*names)) == sum(map(len, names))
    assert "article__" not in "".join(answers)
    site.reset()
    assert "article__" in get(site, path).body.decode()
