"""`export --changed-since` at the command line: from cursor to cursor, in every tabular format."""

import csv
import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from kazpress.config import Config
from kazpress.operations.backup import back_up
from kazpress.operations.restore import restore
from pipeline.store.database import open_for_writing
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.kazpress.conftest import CommandResult, Run
from tests.pipeline.worlds.captures import kaz, moved, page, prose, take

_CURSOR = re.compile(r"^cursor: ([0-9a-f]{12}-\d+)$", re.MULTILINE)
_TEXT = prose("а", 60)


def _cursor(ran: CommandResult) -> str:
    assert ran.status == 0, ran.err
    (found,) = _CURSOR.findall(ran.err)
    return str(found)


def _lines(ran: CommandResult) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def _add(path: Path, *captures: Any) -> None:
    with closing(open_for_writing(path, (SENATE, KAZPRAVDA))) as db:
        take(db, *captures)


def test_from_cursor_to_cursor_each_change_is_told_once(run: Run, recorded: Path) -> None:
    base = run("export", "--all")
    none = run("export", "--all", "--changed-since", _cursor(base))
    assert (none.out, _cursor(none)) == ("", _cursor(base))
    assert none.err.startswith("nothing that is selected has changed since then: no records\n")
    _add(recorded / "kazpress.db", page(kaz("a"), 0, _TEXT), page(kaz("b"), 0, _TEXT))
    first = run("export", "--all", "--changed-since", _cursor(base))
    assert {one["url"] for one in _lines(first)} == {kaz("a"), kaz("b")}
    assert all("removed" not in one for one in _lines(first))
    (gone,) = [one for one in _lines(first) if one["url"] == kaz("b")]
    _add(recorded / "kazpress.db", moved(kaz("b"), 30, kaz("a")))
    second = run("export", "--all", "--changed-since", _cursor(first))
    told = {one["id"]: one for one in _lines(second)}
    assert run("export", "--all", "--changed-since", _cursor(second)).out == ""
    both = {one["id"]: one for one in _lines(run("export", "--all"))}
    assert told.keys() - both.keys() == {gone["id"]}
    assert told[gone["id"]] == {"id": gone["id"], "url": kaz("b"), "removed": True}
    assert _lines(second)[-1] == told[gone["id"]]
    whole = {one["id"]: one for one in [*_lines(base), *_lines(first), *_lines(second)]}
    assert {key: one for key, one in whole.items() if "removed" not in one} == both


def test_the_last_item_of_a_section_is_told_to_be_no_more(run: Run, recorded: Path) -> None:
    _add(recorded / "kazpress.db", page(kaz("a"), 0, _TEXT, section="Редкая"))
    base = run("export", "--section", "редкая")
    _add(recorded / "kazpress.db", page(kaz("a"), 1, _TEXT, section="Частая"))
    ran = run("export", "--section", "редкая", "--changed-since", _cursor(base))
    (record,) = _lines(base)
    assert _lines(ran) == [{"id": record["id"], "url": kaz("a"), "removed": True}]


def test_formats_of_tables_have_a_last_column_that_tells(run: Run, recorded: Path) -> None:
    _add(recorded / "kazpress.db", page(kaz("a"), 0, _TEXT))
    since = _cursor(run("export"))
    _add(recorded / "kazpress.db", page(kaz("b"), -1, _TEXT), moved(kaz("b"), 1, kaz("a")))
    options = ("--changed-since", since, "--fields", "id,url,title")
    new, gone = _lines(run("export", *options))
    assert (list(new), list(gone)) == (["id", "url", "title"], ["id", "url", "removed"])
    assert new["url"] == gone["url"] == kaz("a")
    printed = run("export", *options, "--format", "csv").out
    assert list(csv.reader(printed.lstrip("\ufeff").splitlines())) == [
        ["id", "url", "title", "removed"],
        [new["id"], new["url"], new["title"], ""],
        [gone["id"], gone["url"], "", "true"],
    ]
    assert run("export", *options, "--output", "x.parquet").status == 0
    assert pyarrow.parquet.read_table("x.parquet").to_pylist() == [
        {**new, "removed": None},
        {**gone, "title": None},
    ]


def test_json_tells_of_the_files_and_of_the_cursor(run: Run, recorded: Path) -> None:
    ran = run("export", "--format", "jsonl,csv", "--output", "x", "--json")
    assert json.loads(ran.out) == {
        "files": [
            {
                "path": f"x.{kind}", "format": kind, "records": len(_lines(run("export"))),
                "bytes": Path(f"x.{kind}").stat().st_size,
            }
            for kind in ("jsonl", "csv")
        ],
        "cursor": _cursor(ran),
    }  # fmt: skip
    quiet = run("export", "-q", "--output", "x.csv", "--changed-since", _cursor(ran), "--json")
    assert quiet.err == f"cursor: {_cursor(ran)}\n"
    assert json.loads(quiet.out)["files"][0]["records"] == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["yesterday"], '"yesterday" is neither a time nor a cursor; write a day such as '),
        ([""], '"" is neither'),
        (["2026-13-01"], '"2026-13-01" is neither'),
        (["0001-01-01"], '"0001-01-01" is neither'),
        (["2026-03-04T10:00:00"], "is neither"),
        (["0123456789ab-1"], "the cursor 0123456789ab-1 is of another database; make a full"),
        (["0123456789ab-999"], "the cursor 0123456789ab-999 is of a later state than the database"),
        (["2026-03-04", "--sample", "3"], "leave out --sample"),
        (["2026-03-04", "--fields", "title"], "add id to --fields"),
        (["2026-03-04", "--format", "atom"], "--changed-since is for csv, jsonl, parquet, xlsx; "),
        (["2026-03-04", "--output", "x.db"], "sqlite can't say what is no longer there"),
        (["2026-03-04", "--json"], "--json tells of files that were written; name one"),
    ],
)
def test_what_no_increment_can_be_made_for_is_refused(
    run: Run, recorded: Path, arguments: list[str], sentence: str
) -> None:
    ran = run("export", "--changed-since", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert {one.name for one in recorded.iterdir()} == {"kazpress.db", "archive"}


def test_a_copy_and_a_restored_backup_know_their_common_past_alone(
    run: Run, recorded: Path, tmp_path: Path
) -> None:
    config = Config(db=recorded / "kazpress.db", archive=recorded / "archive", sources={})
    common = _cursor(run("export"))
    backup = back_up(config, tmp_path / "backups", datetime(2026, 11, 29, tzinfo=UTC)).folder
    shutil.copy(config.db, "copy.db")
    _add(config.db, page(kaz("a"), 0, _TEXT))
    _add(recorded / "copy.db", page(kaz("b"), 0, _TEXT))
    lost = _cursor(run("export"))
    ran = run("export", "--db", "copy.db", "--changed-since", lost)
    assert (ran.status, ran.out) == (2, "")
    assert "is of another database; make a full export" in ran.err
    (told,) = _lines(run("export", "--db", "copy.db", "--changed-since", common))
    assert told["url"] == kaz("b")
    restore(config, backup, datetime(2026, 11, 29, tzinfo=UTC), force=True)
    assert run("export", "--changed-since", common).out == ""
    assert "of a later state" in run("export", "--changed-since", lost).err
    _add(config.db, page(kaz("c"), 0, _TEXT))
    assert "of another database" in run("export", "--changed-since", lost).err


def test_a_time_stands_for_the_change_before_it(run: Run, recorded: Path) -> None:
    _add(recorded / "kazpress.db", page(kaz("a"), 0, _TEXT))
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE changes SET at = '2026-03-03T18:59:59.999999Z'")
        db.execute(
            "UPDATE changes SET at = '2026-03-03T19:00:00.000001Z'"
            " WHERE number = (SELECT max(number) FROM changes)"
        )
    for time in ("2026-03-04", "2026-03-04T00:00:00+05:00", "2026-03-03t19:00:00.00z"):
        (told,) = _lines(run("export", "--changed-since", time))
        assert told["url"] == kaz("a")
    assert run("export", "--changed-since", "2026-03-05").out == ""
    whole = run("export").out
    assert run("export", "--changed-since", "2026-03-03").out == whole


def test_a_database_that_knows_of_no_change_is_damaged(run: Run, recorded: Path) -> None:
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("DELETE FROM changes")
    for arguments in (["--output", "x.csv"], ["--changed-since", "2026-03-04"]):
        ran = run("export", *arguments)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err == (
            "kazpress: the database is damaged: it knows of no change; restore a backup\n"
        )
    assert not Path("x.csv").exists()
