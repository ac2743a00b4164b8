"""`show ITEM --diff`: two states word by word, readable without colours."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console

from kazpress.config import Config
from kazpress.errors import UsageError
from kazpress.history.item_diff import item_and_numbers, item_diff
from kazpress.history.item_diff_text import draw_diff
from tests.kazpress.conftest import Run
from tests.kazpress.history.conftest import EDITED, FIRST, ONCE, SECOND, THIRD


def _body(out: str) -> str:
    """What stands below the edits by kind."""
    return out.partition("\n\n")[2]


def test_the_words_that_differ_are_marked(run: Run, edited: Path) -> None:
    ran = run("show", EDITED, "--diff", 2)
    assert (ran.status, ran.err) == (0, "")
    head = ran.out.splitlines()[:3]
    assert head == [
        EDITED, "Revision 1, seen 2026-03-02 11:00", "Revision 2, seen 2026-03-02 13:00",
    ]  # fmt: skip
    paragraphs = _body(ran.out).rstrip("\n").split("\n\n")
    assert paragraphs == [
        "Закон одобрен",
        "Сенат одобрил закон. За него голосовали [-146-]{+147+} депутатов.",
        SECOND.split("\n\n")[1],
        "(5 paragraphs as before)",
    ]


def test_any_two_states_are_compared_in_either_order(run: Run, edited: Path) -> None:
    out = _body(run("show", EDITED, "--diff", 1, 3).out)
    assert out.startswith("Закон одобрен{+ Сенатом+}\n\nСенат одобрил закон. За него")
    assert out.endswith(
        "Закон вступит в силу через месяц.\n\n{+После заседания прошёл брифинг.+}\n"
    )
    assert "[-После заседания прошёл брифинг.-]" in run("show", EDITED, "--diff", 3, 1).out


def test_without_numbers_the_last_two_are_compared(run: Run, edited: Path) -> None:
    out = run("show", EDITED, "--diff").out
    assert out == run("show", EDITED, "--diff", 5).out == run("show", EDITED, "--diff", 4, 5).out
    assert "  no edits by kind: it reads as before\n\nЗакон одобрен Сенатом\n\n(8 par" in out


def test_the_item_may_stand_before_and_after_the_numbers(run: Run, edited: Path) -> None:
    out = run("show", EDITED, "--diff", 1, 3).out
    assert out == run("show", "--diff", 1, 3, EDITED).out
    assert out == run("show", "--diff", EDITED, 1, 3).out


@pytest.mark.parametrize(
    ("names", "item", "numbers"),
    [
        (["8f14"], "8f14", ()), (["8114", "2"], "8114", (2,)), (["2", "8114"], "8114", (2,)),
        (["8f14", "1000", "1001"], "8f14", (1000, 1001)), (["1000", "8f14"], "8f14", (1000,)),
        (["8114", "1000"], "8114", (1000,)), (["1", "text:12", "3"], "text:12", (1, 3)),
    ],
)  # fmt: skip
def test_numbers_are_told_from_ids(names: list[str], item: str, numbers: tuple[int, ...]) -> None:
    assert item_and_numbers(names) == (item, numbers)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["1", "2"], "--diff 1 2 names no item; name it by its id or address"),
        (["8f14", "9f15"], '"9f15" is no number of a revision; --diff compares two revisions of'),
        (["8f14", "٣"], '"٣" is no number of a revision'),
        (["8f14", "1", "2", "3"], "--diff compares two revisions; name two numbers at most"),
    ],
)
def test_what_can_be_no_two_revisions_is_refused(names: list[str], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        item_and_numbers(names)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        ([ONCE, "--diff"], 1, f"{ONCE}: has one revision, so there is nothing to compare; it was"),
        ([ONCE, "--diff", 2], 1, f"{ONCE}: has one revision"),
        ([EDITED, "--diff", 6], 1, f"{EDITED}: has no revision 6; it has 5, see --revisions"),
        ([EDITED, "--diff", 0], 1, f"{EDITED}: has no revision 0"),
        ([EDITED, "--diff", 1, 9], 1, f"{EDITED}: has no revision 9"),
        ([EDITED, "--diff", 1], 1, f"{EDITED}: revision 1 is the first; there is none before it"),
        ([EDITED, "--diff", 2, 2], 2, "--diff 2 2 compares a revision with itself"),
        (["8f14e45f", "--diff"], 1, "8f14e45f: nothing is stored under this id or address"),
    ],
)
def test_what_can_not_be_compared_is_said(
    run: Run, edited: Path, arguments: list[object], status: int, sentence: str
) -> None:
    ran = run("show", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert ran.err.startswith(f"kazpress: {sentence}")
    assert ran.err.count("\n") == 1


def test_the_pieces_are_told_for_machines(run: Run, edited: Path) -> None:
    told = json.loads(run("show", EDITED, "--diff", 1, 3, "--json").out)
    assert list(told) == [
        "id", "source", "url", "language", "before", "after", "edits", "title", "body",
    ]  # fmt: skip
    assert (told["before"]["revision"], told["after"]["revision"]) == (1, 3)
    texts = {
        op: "".join(piece["text"] for piece in told["body"] if piece["op"] in ("equal", op))
        for op in ("removed", "added")
    }
    assert texts == {"removed": FIRST, "added": THIRD}
    assert {"number", "title"} <= {one["kind"] for one in told["edits"]}


def _drawn(width: int, **options: object) -> str:
    config = Config(db=Path("kazpress.db"), archive=Path("archive"), sources={})
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, **options)  # type: ignore[arg-type]
    draw_diff(console, item_diff(config, EDITED, (2,)))
    return out.getvalue()


def test_at_a_terminal_colours_stand_for_the_marks(edited: Path) -> None:
    out = _drawn(80, force_terminal=True, color_system="256")
    assert "\x1b[9;31m146\x1b[0m\x1b[4;32m147\x1b[0m депутатов" in out
    assert "[-" not in out


@pytest.mark.parametrize("options", [{"no_color": True}, {"color_system": None}])
def test_where_a_terminal_shows_no_colours_there_are_marks(
    edited: Path, options: dict[str, object]
) -> None:
    assert "[-146-]{+147+} депутатов" in _drawn(80, force_terminal=True, **options)


def test_text_from_a_page_cannot_steer_the_terminal(run: Run, edited: Path) -> None:
    hostile = r"\u001b[2J\u202e[red]больше[/red]\u009b31m"
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE readings SET fields = replace(fields, '147', ?)", (hostile,))
    for arguments in ((), ("--html",)):
        out = run("show", EDITED, "--diff", 2, *arguments).out
        assert not set(out) & set("\x1b\u202e\x9b")
        assert "[red]больше[/red]" in out
