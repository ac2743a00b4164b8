"""`show ITEM --revisions`: when each state was seen, and what was edited."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.kazpress.conftest import Run
from tests.kazpress.history.conftest import EDITED, ONCE, SECOND


def test_each_state_has_its_times_in_almaty_and_its_edits(run: Run, edited: Path) -> None:
    ran = run("show", EDITED, "--revisions")
    assert (ran.status, ran.err) == (0, "")
    title, address, *states = re.split(r"\n+Revision |\n", ran.out)
    assert (title, address) == ("Закон одобрен Сенатом", EDITED)
    assert re.findall(r"^Revision .*$", ran.out, re.MULTILINE) == [
        "Revision 1, seen 2026-03-02 11:00",
        "Revision 2, seen 2026-03-02 13:00",
        "Revision 3, seen 2026-03-02 16:00",
        "Revision 4, seen 2026-03-02 20:00",
        "Revision 5, seen from 2026-03-02 21:00 to 2026-03-02 23:00",
    ]
    assert states[0] == "1, seen 2026-03-02 11:00"
    assert re.search(r"^  title {12}  .*Сенатом$", ran.out, re.MULTILINE)
    assert ran.out.endswith("\nGone since 2026-03-03 07:00\n")


def test_another_form_of_quotation_marks_is_said_to_be_no_edit(run: Run, edited: Path) -> None:
    *_, newest = re.split(r"^Revision ", run("show", EDITED, "--revisions").out, flags=re.MULTILINE)
    assert newest.splitlines()[1] == "  no edits by kind: it reads as before"


def test_an_item_that_never_changed_has_one_state(run: Run, edited: Path) -> None:
    ran = run("show", ONCE, "--revisions")
    assert (ran.status, ran.out.splitlines()[2:]) == (0, ["", "Revision 1, seen 2026-03-02 14:00"])


def test_for_machines_each_state_has_its_text_and_edits(run: Run, edited: Path) -> None:
    told = json.loads(run("show", EDITED, "--revisions", "--json").out)
    assert [list(one) for one in told] == [
        ["revision", "first_seen", "last_seen", "title", "body", "content_sha256", "edits"]
    ] * 5
    assert (told[1]["body"], told[1]["first_seen"]) == (SECOND, "2026-03-02T08:00:00Z")
    assert (told[0]["edits"], told[4]["edits"]) == ([], [])
    (edit,) = [one for one in told[2]["edits"] if one["kind"] == "title"]
    assert list(edit) == ["kind", "field", "before", "after", "was", "now"]
    assert (edit["field"], edit["before"], edit["after"]) == (
        "title", "Закон одобрен", "Закон одобрен Сенатом",
    )  # fmt: skip


def test_states_from_before_edits_were_stored_are_compared_now(run: Run, edited: Path) -> None:
    expected = run("show", EDITED, "--revisions", "--json").out
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("DELETE FROM edits")
        db.execute("UPDATE revisions SET edits = NULL WHERE revision > 1")
    assert run("show", EDITED, "--revisions", "--json").out == expected


def test_text_from_a_page_cannot_steer_the_terminal(run: Run, edited: Path) -> None:
    hostile = "a\x1b]0;title\x07\x1b[2J[red]bold[/red]\u202e\x9b31m\r\nb"
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE edits SET was = ?, now = ?, before = ?", (hostile,) * 3)
        db.execute("UPDATE items SET title = ?", (hostile,))
    out = run("show", EDITED, "--revisions").out
    assert not set(out) & set("\x1b\x07\u202e\x9b\r")
    assert "a[red]bold[/red]31m b → a[red]bold[/red]31m b" in out
