"""`show A --against B`: why two items are one story, or not, with the shared passages marked."""

import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from rich.console import Console

from kazpress.comparing import Against, against
from kazpress.config import Config
from kazpress.show_against import print_against
from pipeline.text import words
from tests.kazpress.conftest import Run

RELEASE = "https://senate.parlam.kz/ru-RU/news/details/13203"
REPRINT = (
    "https://kazpravda.kz/n/prezident-kazahstana-vystupaet-za-mirnoe-uregulirovanie-"
    "blizhnevostochnogo-konflikta-spiker-senata/"
)
DIGEST = "https://kazpravda.kz/n/korotkie-novosti-senata-vystavka-porty-turnir-i-arena/"
IN_DIGEST = "https://senate.parlam.kz/ru-RU/news/details/13239"


def _view(one: str, other: str) -> Against:
    return against(Config(db=Path("kazpress.db"), archive=Path("archive"), sources={}), one, other)


def _printed(view: Against, width: int, *, terminal: bool) -> str:
    out = io.StringIO()
    print_against(Console(file=out, width=width, force_terminal=terminal, highlight=False), view)
    return out.getvalue()


def test_both_texts_are_shown_with_their_passages_marked(run: Run, recorded: Path) -> None:
    ran = run("show", RELEASE, "--against", REPRINT)
    assert (ran.status, ran.err) == (0, "")
    assert "   0.919 of A stands in B (unweighed 0.921), 355 words\n" in ran.out
    assert (
        "Related: the larger share, 0.922, reaches R = 0.3; both are high (H = 0.6).\n" in ran.out
    )
    assert ran.out.count("[1]Спикер Сената Парламента") == 2
    assert "\x1b" not in ran.out
    _, here, there = re.split(r"^[AB]:\n", ran.out, flags=re.MULTILINE)
    shared = [
        [word for part in re.findall(r"\[2\](.*?)\[/2\]", text, re.DOTALL) for word in words(part)]
        for text in (here, there)
    ]
    assert shared[0] == shared[1] != []


def test_the_same_values_are_told_for_machines(run: Run, recorded: Path) -> None:
    told = json.loads(run("show", RELEASE, "--against", REPRINT, "--json").out)
    bodies = [json.loads(run("show", told[x]["id"], "--json").out)["body"] for x in "ab"]
    assert (told["related"], told["rule"], told["same_story"]) == (True, "reaches R", True)
    assert told["shared_words"] == sum(one["words"] for one in told["passages"]) == 327
    for passage in told["passages"]:
        assert sum(stretch["words"] for stretch in passage["stretches"]) == passage["words"]
        for name, body in zip("ab", bodies, strict=True):
            stands = passage[name]
            assert words(stands["text"]) == words(body)[stands["start"] : stands["end"]]
            assert stands["text"] in body


def test_two_related_items_of_two_stories_say_so(run: Run, recorded: Path) -> None:
    out = run("show", IN_DIGEST, "--against", DIGEST).out
    assert "\nRelated: the larger share, 0.812, reaches R = 0.3; one is high (H = 0.6).\n" in out
    assert "\nIn two stories all the same: " in out
    told = json.loads(run("show", IN_DIGEST, "--against", DIGEST, "--json").out)
    assert (told["related"], told["same_story"]) == (True, False)


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
