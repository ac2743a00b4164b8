"""`show A --against B`: why two items are one story, or not, with the shared passages marked."""

import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.console import Console

from kazpress.config import Config
from kazpress.show.story_reason import NamedReason, sentence
from kazpress.show.two_items import ItemComparison, item_comparison
from kazpress.show.two_items_text import draw_two_items
from pipeline.normalize.words import words
from pipeline.stories.reasons import Cause, StoryReason, Tie
from tests.kazpress.conftest import Run

RELEASE = "https://senate.parlam.kz/ru-RU/news/details/13203"
REPRINT = (
    "https://kazpravda.kz/n/prezident-kazahstana-vystupaet-za-mirnoe-uregulirovanie-"
    "blizhnevostochnogo-konflikta-spiker-senata/"
)
DIGEST = "https://kazpravda.kz/n/korotkie-novosti-senata-vystavka-porty-turnir-i-arena/"
OTHER = "https://kazpravda.kz/n/golos-iz-kolodtsa/"
IN_DIGEST = "https://senate.parlam.kz/ru-RU/news/details/13239"


def _view(one: str, other: str) -> ItemComparison:
    return item_comparison(
        Config(db=Path("kazpress.db"), archive=Path("archive"), sources={}), one, other
    )


def _printed(view: ItemComparison, width: int, *, terminal: bool) -> str:
    out = io.StringIO()
    draw_two_items(Console(file=out, width=width, force_terminal=terminal, highlight=False), view)
    return out.getvalue()


def test_both_texts_are_shown_with_their_passages_marked(run: Run, recorded: Path) -> None:
    ran = run("show", RELEASE, "--against", REPRINT)
    assert (ran.status, ran.err) == (0, "")
    assert "   0.921 of A stands in B (unweighed 0.924), 355 words\n" in ran.out
    assert (
        "Related: the larger share, 0.933, reaches R = 0.225; both are high (H = 0.6).\n" in ran.out
    )
    assert ran.out.count("[1]Спикер Сената Парламента") == 2
    assert "\x1b" not in ran.out
    _, here, there = re.split(r"^[AB]:\n", ran.out, flags=re.MULTILINE)
    shared = [
        [word for part in re.findall(r"\[1\](.*?)\[/1\]", text, re.DOTALL) for word in words(part)]
        for text in (here, there)
    ]
    assert shared[0] == shared[1] != []


def test_the_same_values_are_told_for_machines(run: Run, recorded: Path) -> None:
    told = json.loads(run("show", RELEASE, "--against", REPRINT, "--json").out)
    bodies = [json.loads(run("show", told[x]["id"], "--json").out)["body"] for x in "ab"]
    assert (told["related"], told["rule"], told["same_story"]) == (True, "reaches R", True)
    assert told["shared_words"] == sum(one["words"] for one in told["passages"]) == 328
    for passage in told["passages"]:
        assert sum(stretch["words"] for stretch in passage["stretches"]) == passage["words"]
        for name, body in zip("ab", bodies, strict=True):
            stands = passage[name]
            assert words(stands["text"]) == words(body)[stands["start"] : stands["end"]]
            assert stands["text"] in body


def test_two_related_items_of_two_stories_say_so(run: Run, recorded: Path) -> None:
    out = run("show", IN_DIGEST, "--against", DIGEST).out
    assert "\nRelated: the larger share, 0.812, reaches R = 0.225; one is high (H = 0.6).\n" in out
    assert "\nIn two stories all the same: " in out
    told = json.loads(run("show", IN_DIGEST, "--against", DIGEST, "--json").out)
    assert (told["related"], told["same_story"]) == (True, False)


def test_a_digest_is_named_with_its_parts(run: Run, recorded: Path) -> None:
    out = run("show", IN_DIGEST, "--against", DIGEST).out
    (line,) = [one for one in out.splitlines() if one.startswith("In two stories all the same")]
    assert line.startswith(
        "In two stories all the same: B is a digest, so it is in the story of none of its parts, "
        "which are not all related to each other: "
    )
    told = json.loads(run("show", IN_DIGEST, "--against", DIGEST, "--json").out)
    assert told["decision"] is None
    reason = told["story_reason"]
    assert (reason["cause"], reason["digest"]) == ("digest", told["b"]["id"])
    assert f"In two stories all the same: {reason['sentence']}." == line
    parts = [one["url"] for one in reason["parts"]]
    assert IN_DIGEST in parts
    assert len(parts) > 1
    assert all(url == IN_DIGEST or url in line for url in parts)


def test_a_decision_on_the_two_is_told(run: Run, recorded: Path) -> None:
    run("stories", "part", RELEASE, REPRINT)
    out = run("show", RELEASE, "--against", REPRINT).out
    assert re.search(r"\nParted by a person on 20[-\d]+ \d\d:\d\d\.\n", out)
    assert "\nIn two stories all the same: a person parted " in out
    told = json.loads(run("show", RELEASE, "--against", REPRINT, "--json").out)
    (shown,) = json.loads(run("show", RELEASE, "--json").out)["decisions"]
    assert told["decision"] == shown
    assert (shown["decision"], shown["url"]) == ("part", REPRINT)
    assert (told["related"], told["story_reason"]["cause"]) == (True, "parted")
    assert {one["url"] for pair in told["story_reason"]["decided"] for one in pair} == {
        RELEASE, REPRINT,
    }  # fmt: skip


def test_two_that_a_person_joined_through_a_third_are_told_by_which_joins(
    run: Run, recorded: Path
) -> None:
    run("stories", "join", RELEASE, DIGEST)
    run("stories", "join", DIGEST, OTHER)
    out = run("show", RELEASE, "--against", OTHER).out
    assert "by a person on" not in out
    (line,) = [one for one in out.splitlines() if one.startswith("In one story all the same: ")]
    assert line.startswith("In one story all the same: a person joined ")
    assert line.count(" with ") == 2
    assert line.count(DIGEST) == 2
    told = json.loads(run("show", RELEASE, "--against", OTHER, "--json").out)
    assert (told["decision"], told["related"], told["same_story"]) == (None, False, True)
    assert told["story_reason"]["cause"] == "joined"
    told = json.loads(run("show", DIGEST, "--against", OTHER, "--json").out)
    assert (told["decision"]["decision"], told["decision"]["url"]) == ("join", OTHER)


def test_two_without_anything_between_have_no_reason(run: Run, recorded: Path) -> None:
    for one, other in ((RELEASE, OTHER), (RELEASE, RELEASE)):
        told = json.loads(run("show", one, "--against", other, "--json").out)
        assert (told["story_reason"], told["decision"]) == (None, None)


def _reason(cause: Cause, **fields: Any) -> str:
    ties = {
        "ties": (None, Tie(item="b", canonical="c", share=0.7, share_of_canonical=0.25)),
        "canonical": ("a", "c"),
    }
    names = {"a": "A", "b": "B", "c": "https://c", "d": "https://d"}
    reason = StoryReason(cause=cause, **(ties | fields))
    return sentence(NamedReason(reason=reason, names=names, urls={}))


def test_each_cause_is_a_sentence() -> None:
    weaker = Tie(item="b", canonical="a", share=0.5, share_of_canonical=0.4)
    assert _reason("nearer", between=weaker) == (
        "B stands more strongly to https://c (0.700 of it stands there, 0.250 of that in it) "
        "than to A (0.500 of it stands there, 0.400 of that in it)"
    )
    tie = Tie(item="a", canonical="d", share=1.0, share_of_canonical=0.1)
    own = Tie(item="b", canonical="c", share=0.7, share_of_canonical=0.25)
    assert _reason("neither", ties=(tie, own), canonical=("d", "c")) == (
        "neither is canonical, and nothing joins any other: A to https://d (1.000 of it stands "
        "there, 0.100 of that in it); "
        "B to https://c (0.700 of it stands there, 0.250 of that in it)"
    )
    assert _reason("one canonical item", canonical=("a", "a"), ties=(None, weaker)) == (
        "both belong to A: A is canonical, or joined with what is; "
        "B to A (0.500 of it stands there, 0.400 of that in it)"
    )
    assert _reason("joined", decided=(("a", "b"),)) == "a person joined A with B"
    assert _reason("parted", decided=(("a", "c"),)) == "a person parted A from https://c"
    assert _reason("digest", digest="b", parts=("a", "c")) == (
        "B is a digest, so it is in the story of none of its parts, which are not all related to "
        "each other: A; https://c"
    )
    assert _reason("apart") == "the stories' rule finds them not related"


def test_an_item_against_itself_is_no_comparison(run: Run, recorded: Path) -> None:
    out = run("show", RELEASE, "--against", RELEASE).out
    assert "\nThe same item under two names.\n" in out


def test_what_is_unknown_is_status_1_whichever_it_is(run: Run, recorded: Path) -> None:
    for one, other in ((RELEASE, "0123"), ("0123", RELEASE)):
        ran = run("show", one, "--against", other)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err == "kazpress: 0123: nothing is stored under this id or address\n"


def test_a_wide_terminal_has_two_columns_and_a_narrow_one_a_text_after_the_other(
    recorded: Path,
) -> None:
    view = _view(RELEASE, REPRINT)
    wide, narrow = (_printed(view, width, terminal=True) for width in (120, 80))
    plain = [re.sub(r"\x1b\[[\d;]*m", "", text) for text in (wide, narrow)]
    assert any(line.count("[1]Спикер Сената") == 2 for line in plain[0].splitlines())
    assert all(len(line) <= 120 for line in plain[0].splitlines())
    assert "\nA:\n" in plain[1]
    assert "\nB:\n" in plain[1]
    assert "\x1b[32m" in wide
    assert "\x1b" not in _printed(view, 120, terminal=False)


def test_a_page_cannot_steer_the_terminal_by_what_is_marked(run: Run, recorded: Path) -> None:
    hostile = "\x1b]0;title\x07 \x1b[2J[red]жирный[/red] \u202e\x9b31m слово\u00ad ещё " * 8
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE items SET title = ?, body = ?", (hostile, hostile))
    ran = run("show", RELEASE, "--against", REPRINT)
    assert ran.status == 0
    assert not set(ran.out) & set("\x1b\x07\u202e\x9b")
    assert "[red]жирный[/red]" in ran.out
    assert _printed(_view(RELEASE, REPRINT), 120, terminal=True).count("\x1b]0") == 0


def test_how_a_print_keeps_to_its_release_is_told(run: Run, recorded: Path) -> None:
    for names in ((RELEASE, REPRINT), (REPRINT, RELEASE)):
        out = run("show", names[0], "--against", names[1]).out
        printed, release = ("B", "A") if names[0] == RELEASE else ("A", "B")
        assert (
            f"\n{printed} against the release {release}: the same day; 92.1% of {release}'s words "
            "stand in sentences that both have, changed or not.\n" in out
        )
        assert "\n  sentence-removed   − Собеседники рассмотрели международную повестку" in out
        told = json.loads(run("show", *names[:1], "--against", names[1], "--json").out)["fidelity"]
        assert (told["kept"], told["late_days"]) == (0.921, 0)
        assert list(told["edits"][0]) == ["kind", "field", "before", "after", "was", "now"]


def test_two_without_a_sentence_in_common_have_no_fidelity(run: Run, recorded: Path) -> None:
    assert "against the release" not in run("show", RELEASE, "--against", OTHER).out
    told = json.loads(run("show", RELEASE, "--against", OTHER, "--json").out)
    assert told["fidelity"] is None
