"""`show ITEM --at DATE`: an item as it stood, and what is not known of that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kazpress.conftest import Run
from tests.kazpress.history.conftest import EDITED, FIRST, OTHERWISE_QUOTED, SECOND, THIRD


def _told(run: Run, at: str) -> dict[str, Any]:
    ran = run("show", EDITED, "--at", at, "--json")
    assert ran.status == 0, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


@pytest.mark.parametrize(
    ("at", "body"),
    [
        ("2026-03-02 11:00", FIRST), ("2026-03-02T12:59", FIRST), ("2026-03-02 13:00", SECOND),
        ("2026-03-02T07:59:59Z", FIRST), ("2026-03-02T08:00:00Z", SECOND),
        ("2026-03-02T16:00:00+05:00", THIRD), ("2026-03-02", OTHERWISE_QUOTED),
        ("2030-01-01", OTHERWISE_QUOTED),
    ],
)  # fmt: skip
def test_a_day_is_its_end_in_almaty_and_a_time_is_almatys(
    run: Run, edited: Path, at: str, body: str
) -> None:
    assert _told(run, at)["body"] == body


def test_it_is_shown_with_when_it_was_seen_so(run: Run, edited: Path) -> None:
    ran = run("show", EDITED, "--at", "2026-03-02 14:30")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.partition("\n\n")[0].splitlines() == [
        "Закон одобрен",
        "as of:        2026-03-02 14:30",
        ran.out.splitlines()[2],
        f"address:      {EDITED}",
        "revision:     2 of 5",
        "seen so:      2026-03-02 13:00",
        "seen next:    2026-03-02 16:00, with another text; when it changed in between is not "
        "known",
        "published:    2026-03-02 10:00",
    ]
    assert ran.out.endswith(f"\n\n{SECOND}\n")


def test_a_page_that_was_gone_then_is_said_to_be(run: Run, edited: Path) -> None:
    ran = run("show", EDITED, "--at", "2026-03-03")
    assert "gone since:   2026-03-03 07:00; this is what it said before\n" in ran.out
    assert _told(run, "2026-03-03")["gone"] == "2026-03-03T02:00:00Z"
    assert _told(run, "2026-03-02")["gone"] is None


def test_before_it_was_first_seen_nothing_is_known(run: Run, edited: Path) -> None:
    ran = run("show", EDITED, "--at", "2026-03-01")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"kazpress: {EDITED}: was not seen before 2026-03-02 11:00 (Almaty), so how it stood at "
        "2026-03-01 23:59 is not known\n"
    )


def test_a_text_that_was_imported_stands_from_its_day_on(run: Run, edited: Path) -> None:
    (text,) = [line.split("\t")[0] for line in run("list").out.splitlines() if "text:" in line]
    told = json.loads(run("show", text, "--at", "2026-03-02", "--json").out)
    assert (told["url"], told["revision"], told["gone"]) == (None, 1, None)
    assert run("show", text, "--at", "2026-03-01").status == 1


@pytest.mark.parametrize("at", ["", "yesterday", "2026-02-30", "2026-03-04 25:00", "9999-12-31",
                                "2026-03-04T10", "20260304", "٢٠٢٦-03-04"])  # fmt: skip
def test_what_is_no_time_is_named(run: Run, at: str) -> None:
    ran = run("show", "x", "--at", at)
    assert (ran.status, ran.out) == (2, "")
    assert f'"{at}" is no time; write a day such as 2026-03-04, or a time such as' in ran.err
