"""`kazpress stories list`: stories of several items, and the decisions in force."""

import json
from typing import Any

from tests.kazpress.conftest import Run


def _exported(run: Run, *options: str) -> list[dict[str, Any]]:
    records = [json.loads(line) for line in run("export", *options).out.splitlines()]
    return records[::-1]


def _lines(run: Run, *options: object) -> list[list[str]]:
    ran = run("stories", "list", *options)
    assert (ran.status, ran.err) == (0, "")
    return [line.split("\t") for line in ran.out.splitlines()]


def test_each_story_of_several_items_is_a_line_the_newest_first(run: Run, recorded: object) -> None:
    listed = _lines(run)
    assert listed
    assert listed == [
        [one["id"], one["published"][:10], str(1 + len(one["copies"])), ",".join(
            name for name in ("senate", "kazpravda")
            if name in (one["source"], *(copy["source"] for copy in one["copies"]))
        ), one["title"] or ""]
        for one in _exported(run) if one["copies"]
    ]  # fmt: skip


def test_a_story_is_listed_if_one_of_its_items_is_selected(run: Run, recorded: object) -> None:
    wanted = ["--source", "kazpravda", "--since", "2026-03-04"]
    selected = {one["story"] for one in _exported(run, "--all", *wanted)}
    told = json.loads(run("stories", "list", "--json", *wanted).out)
    assert {one["story"] for one in told} == {
        one["story"] for one in _exported(run) if one["copies"] and one["story"] in selected
    }
    assert list(told[0]) == ["id", "day", "language", "items", "sources", "title", "story"]
    ran = run("stories", "list", "--limit", 1)
    more = len(_lines(run)) - 1
    assert (ran.out.count("\n"), ran.err) == (
        1, f"kazpress: {more} more; --limit {more + 1} shows all\n",
    )  # fmt: skip
    ran = run("stories", "list", "--since", "2099-01-01")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "kazpress: nothing that is stored is selected\n"


def test_the_decisions_in_force_are_listed_the_latest_first(run: Run, recorded: object) -> None:
    none = run("stories", "list", "--decisions").err
    assert none == "kazpress: no decision is in force on anything that is selected\n"
    items = [one for one in _exported(run) if one["language"] == "ru" and not one["copies"]]
    a, b, c = (one["id"] for one in items[:3])
    run("stories", "join", a, b)
    run("stories", "part", b, c)
    run("stories", "join", a, c)
    run("stories", "forget", a, c)
    listed = _lines(run, "--decisions")
    assert [(line[1], {line[2], line[3]}) for line in listed] == [
        ("part", {b, c}),
        ("join", {a, b}),
    ]
    (join,) = json.loads(run("stories", "list", "--decisions", "--limit", 1, "--json").out)
    assert join["decision"] == "part"
    assert [list(one) for one in join["items"]] == [["id", "source", "url", "title", "story"]] * 2
    day = items[0]["published"][:10]
    of_day = _lines(run, "--decisions", "--since", day, "--until", day)
    days = {one["id"]: one["published"][:10] for one in items[:3]}
    assert of_day == [line for line in listed if day in (days[line[2]], days[line[3]])]
