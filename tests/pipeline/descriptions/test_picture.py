"""The picture of items by week."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from pipeline.descriptions.dataset import Dataset, DayCount
from pipeline.descriptions.picture import picture
from tests.pipeline.descriptions.samples import DATASET, EMPTY, spread

_SVG = "{http://www.w3.org/2000/svg}"
LONG = replace(DATASET, days=spread(4500))


def _bars(dataset: Dataset) -> list[ElementTree.Element]:
    """The bars and the marks of periods without items: what has a title of its own."""
    rects = ElementTree.fromstring(picture(dataset)).iter(f"{_SVG}rect")
    return [one for one in rects if one.find(f"{_SVG}title") is not None]


def _told(bar: ElementTree.Element) -> str:
    return bar.findtext(f"{_SVG}title") or ""


def test_each_week_has_a_bar_in_each_source_or_a_mark_that_it_has_no_items() -> None:
    bars = _bars(DATASET)
    assert [_told(one) for one in bars] == [
        f"week of {day}: {count}"
        for counts in ((0, 1, 0, 3), (2, 1, 0, 0))
        for day, count in zip(
            ("2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16"), counts, strict=True
        )
    ]
    assert [_told(one)[-1] for one in bars if one.get("class") == "none"] == ["0"] * 4


def test_heights_are_as_the_counts_are() -> None:
    heights = {_told(one)[-1]: float(one.get("height", "")) for one in _bars(DATASET)[:4]}
    assert heights["3"] == pytest.approx(3 * heights["1"], abs=0.02)


@pytest.mark.parametrize("dataset", [DATASET, EMPTY, LONG], ids=["some", "none", "long"])
def test_it_says_in_words_what_it_shows(dataset: Dataset) -> None:
    root = ElementTree.fromstring(picture(dataset))
    assert root.get("role") == "img"
    named = {one.get("id"): one.text for one in root if one.get("id")}
    assert list(named) == (root.get("aria-labelledby") or "").split()
    assert all(named.values())


def test_words_tell_the_most_and_the_gaps() -> None:
    assert (
        "Senate of the Parliament of Kazakhstan: 3 items; most in a week: 2, in the week of "
        "2026-02-23; weeks without items: 2 of 4." in picture(DATASET)
    )


def test_it_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    text = picture(DATASET).replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?:|href|url\(|@import|@font-face|<script|\bon\w+=|data:", text) == []


def test_it_has_colours_for_dark_pages_and_a_ground_of_its_own() -> None:
    text = picture(DATASET)
    assert "@media (prefers-color-scheme:dark)" in text
    ground = ElementTree.fromstring(text).find(f"{_SVG}rect[@class='ground']")
    assert ground is not None
    light, _, dark = text.partition("@media")
    classes = set(re.findall(r'class="(\w+)"', text)) - {"line"}
    assert {one for one in classes if f".{one}{{fill:" not in light} == set()
    assert {one for one in classes if f".{one}{{fill:" not in dark} == set()


def test_where_there_are_many_weeks_months_are_shown_and_that_is_said() -> None:
    text = picture(LONG)
    assert "A bar is a month; the weeks are in items-by-week.csv." in text
    assert "items a month" in text
    assert len(_bars(LONG)) == 2 * 149


@pytest.mark.parametrize("days", [1, 6, 20, 60, 150, 400, 1399, 1400, 4000, 12000, 30000, 300000])
def test_labels_do_not_run_into_each_other_nor_out_of_the_picture(days: int) -> None:
    first = date(1900, 1, 1)
    ends = (first.isoformat(), (first + timedelta(days - 1)).isoformat())
    counts = (DayCount(day=day, source="senate", language="ru", items=1) for day in ends)
    dataset = replace(DATASET, days=tuple(counts))
    root = ElementTree.fromstring(picture(dataset))
    labels = [
        (float(one.get("x", "")), one.text or "")
        for one in root.findall(f"{_SVG}text[@text-anchor='middle']")
        if re.fullmatch(r"[\d-]+", one.text or "")
    ]
    assert labels
    edges = [(x - 4 * len(text), x + 4 * len(text)) for x, text in labels]
    assert edges[0][0] >= 0
    assert edges[-1][1] <= 880
    assert all(left[1] < right[0] for left, right in pairwise(edges))


@pytest.mark.parametrize("size", [1, 3, 4, 5, 11, 99, 1000, 123456])
def test_the_highest_bar_reaches_at_most_the_highest_line(size: int) -> None:
    days = tuple(replace(one, items=size) for one in DATASET.days)
    heights = [float(one.get("height", "")) for one in _bars(replace(DATASET, days=days))]
    assert 112 / 2 < max(heights) <= 112
