"""Every class and id name changed at random, on every run anew: the pages are still read."""

from __future__ import annotations

from collections import Counter
from random import Random, SystemRandom

import pytest

from pipeline.model.reading import Reading
from tests.pipeline.reading.renamed import Sample, samples, with_other_names

PAGES = tuple(samples())
LEAST = 0.98


@pytest.mark.parametrize("source", ["kazpravda", "senate"])
def test_title_date_and_body_are_read_whatever_the_names_are(source: str) -> None:
    seed = SystemRandom().randrange(10**6)
    pages = [page for page in PAGES if page.source == source]
    assert len(pages) > 200
    wrong = {}
    steps: Counter[str] = Counter()
    for page in pages:
        found = page.renamed(Random(seed)).read()
        wrong[page.name] = page.wrong(found)
        steps[found.weakest if isinstance(found, Reading) else "none"] += 1
    unread = {name: what for name, what in wrong.items() if what}
    assert len(unread) <= (1 - LEAST) * len(pages), (seed, unread)
    told = {"senate": {"layout"}, "kazpravda": {"structured", "generic", "none"}}
    assert steps.keys() <= told[source], (seed, steps)


def test_pages_as_they_are_need_no_generic_step() -> None:
    for page in PAGES:
        found = page.read(("layout", "structured"))
        assert page.wrong(found) == (), page.name


def test_the_lead_stands_in_the_body_first_and_once() -> None:
    for page in _of_kazpravda():
        found = page.renamed(Random(7)).read(("generic",))
        assert isinstance(found, Reading), page.name
        lead = page.body.split("\n\n")[0]
        assert found.body.split("\n\n").count(lead) == 1, page.name
        assert found.body.startswith(lead), page.name


def test_names_are_changed_and_nothing_else_is() -> None:
    html = """<p class="a b" id='c'>class="a" <b data-id=c class=a>x</b></p>"""
    other = with_other_names(html, Random(1))
    names = other.split('"')[1].split()
    assert len(names) == 2
    assert f'<b data-id=c class="{names[0]}">' in other
    assert '>class="a" <b' in other


def _of_kazpravda() -> list[Sample]:
    return [page for page in PAGES if page.name.startswith("replica kazpravda 1 ")]
