"""The monitor's table of docs/operations/monitoring.md: what `status --check` says, by state."""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kazpress.config import Config, SourceConfig
from kazpress.errors import KazpressError
from kazpress.status.disk import DiskSpace, disk_spaces
from kazpress.status.monitor_line import check_line, unknown_line
from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from pipeline.model.reading import Reading, Step
from pipeline.store.database import open_for_writing
from pipeline.store.rows import reading_to_row
from pipeline.store.transactions import write, writing
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.kazpress.conftest import Run
from tests.pipeline.worlds.rows import address_rows, crawl_row, item_row
from tests.workspace import ROOT

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
WORDS = {"OK": 0, "WARNING": 1, "CRITICAL": 2, "UNKNOWN": 3}
GB = 10**9


class World:
    """A database in which kazpravda was crawled well a quarter of an hour ago, and whatever a state
    makes of the Senate.
    """

    def __init__(self, folder: Path) -> None:
        self.config = Config(db=folder / "k.db", archive=folder / "archive", sources={})
        self.free_bytes = 5 * GB
        self.read_only = False
        self.around: Callable[[], AbstractContextManager[object]] = nullcontext
        self.store("crawls", crawl_row("kazpravda"))

    def store(self, table: str, *rows: dict[str, Any]) -> None:
        db = open_for_writing(self.config.db, (SENATE, KAZPRAVDA))
        with writing(db):
            for row in rows:
                db.table(table).insert(row)
        db.close()

    def execute(self, sql: str) -> None:
        db = open_for_writing(self.config.db, ())
        with writing(db):
            write(db, sql)
        db.close()

    def crawls(self, *facts: dict[str, Any]) -> None:
        self.store("crawls", *(crawl_row("senate", **one) for one in facts))

    def held(self, doing: str) -> None:
        self.around = lambda: source_lock(self.config.archive, "senate", doing, NOW)

    def configured(self, **facts: Any) -> None:
        said = {"senate": SourceConfig(**facts)}
        self.config = Config(db=self.config.db, archive=self.config.archive, sources=said)

    def disks(self, config: Config) -> list[DiskSpace]:
        return [
            replace(one, free_bytes=self.free_bytes, read_only=self.read_only)
            for one in disk_spaces(config)
        ]


Setting = Callable[[World], None]
STATES: dict[str, tuple[str, str, Setting]] = {}
"""By the words of the document: the line's first word, what the line says, how it comes to that."""


def state(name: str, word: str, said: str = "") -> Callable[[Setting], Setting]:
    def noted(setting: Setting) -> Setting:
        STATES[name] = word, said, setting
        return setting

    return noted


@state("all sources were crawled, and nothing needs a look", "OK", "senate 0 items, kazpravda 0")
def _well(world: World) -> None:
    world.crawls({})


UNENDED: dict[str, Any] = {"finished": None, "outcome": None}
KILLED = {"outcome": "killed", "reason": "killed by SIGKILL, out of memory?"}


@state("a crawl runs", "OK")
def _runs(world: World) -> None:
    world.crawls({}, UNENDED)
    world.held("crawl")


@state("a crawl runs, and has asked nothing for two hours", "WARNING", "it may hang")
def _hangs(world: World) -> None:
    world.crawls({}, UNENDED | {"started": "2026-03-04T09:00:00.000000Z"})
    world.held("crawl")


@state("another command holds the source", "OK")
def _held(world: World) -> None:
    world.crawls({})
    world.held("reparse")


@state("the last crawl failed", "CRITICAL", "senate: the last crawl failed: HTTP 503")
def _failed(world: World) -> None:
    world.crawls({}, {"outcome": "failed", "reason": "HTTP 503"})


@state("the last crawl was killed", "WARNING", "2026-03-04 16:45, did not come to its end")
def _killed(world: World) -> None:
    world.crawls({}, UNENDED)


@state(
    "the last three crawls were killed", "CRITICAL", "its last 3 crawls did not come to their end"
)
def _killed_three_times(world: World) -> None:
    world.crawls({}, KILLED, KILLED, KILLED)


@state("the last crawl was stopped", "OK")
def _stopped(world: World) -> None:
    world.crawls({}, {"outcome": "stopped"})


@state("the last three crawls were stopped", "WARNING", "its last 3 crawls were stopped")
def _stopped_three_times(world: World) -> None:
    world.crawls({}, *[{"outcome": "stopped"}] * 3)


@state(
    "the source rests, as it asked for a pause or refused us", "WARNING",
    "senate: it rests until 2026-03-04 18:00",
)  # fmt: skip
def _rests(world: World) -> None:
    world.crawls({})
    world.execute(
        "UPDATE sources SET rest_until = '2026-03-04T13:00:00.000000Z' WHERE name = 'senate'"
    )


@state(
    "the source was never crawled, although it has a schedule", "WARNING",
    "senate: it was never crawled",
)  # fmt: skip
def _never_crawled(world: World) -> None:
    world.crawls({"replay": 1}, {"single": 1})


@state("two due times and an hour have passed since a crawl ended", "WARNING", "daemon running?")
def _overdue(world: World) -> None:
    world.crawls({"finished": "2026-03-04T09:50:00.000000Z"})


@state("the last crawl noted something about listings", "WARNING", "senate: one; senate: two")
def _noted(world: World) -> None:
    world.crawls({"needs_look": "one\ntwo"})


LAYOUT = "only 0 of 6 pages were read by the source's own layout; 95% are expected"


def _read(world: World, step: Step) -> None:
    """Six pages of the last crawl, which said that the layout read none of them."""
    world.crawls({"needs_look": LAYOUT, "from_stored": LAYOUT, "looked_at": 6, "unreadable": 0,
                  "by_layout": 0, "asked": 6})  # fmt: skip
    for number in range(6):
        row = reading_to_row(Reading(
            language="ru", title=f"Заголовок {number}", body="Текст", published="2026-03-04",
            published_precision="day", read_by=(("title", step), ("body", step)),
        ))  # fmt: skip
        world.store("readings", row)
        world.store("captures", {
            "source": "senate", "url": str(number), "target": "", "status": 200, "digest": "",
            "time": "2026-03-04T11:45:30.000000Z", "day": "2026-03-04", "content_type": "",
            "content_encoding": "", "article": 1, "outcome": "reading", "reading": row["id"],
            "file": "", "offset": 0, "length": 0,
        })  # fmt: skip


@state("the layout reads too few pages", "WARNING", f"senate: {LAYOUT}")
def _layout(world: World) -> None:
    _read(world, "generic")


@state("the same, after the layout was mended and `reparse` was run", "OK")
def _layout_mended(world: World) -> None:
    _read(world, "layout")


UNREADABLE = "6 of 6 pages lack a title, date or body; see the list of failures"


def _crawl_of_failures(world: World) -> None:
    """A crawl whose articles failed; another one since."""
    failed = "6 of 6 articles asked for gave none; see the list of failures"
    said = f"{UNREADABLE}\n{failed}"
    counted = {"looked_at": 6, "unreadable": 6, "by_layout": 0, "asked": 6}
    since = {"looked_at": 0, "asked": 0, "started": "2026-03-04T11:50:00.000000Z"}
    world.crawls({"needs_look": said, "from_stored": said} | counted, since)
    at = "2026-03-04T11:45:30.000000Z"
    rows = address_rows({date(2026, 3, 4): 6}, state="failed", source="senate", failing_since=at)
    world.store("addresses", *rows)
    world.store("failures", *(
        {
            "url": row["url"], "source": "senate", "stage": "read", "reason": "no-body",
            "detail": "", "first_seen": at, "last_seen": at, "times": 1,
        }
        for row in rows
    ))  # fmt: skip


@state(
    "too many articles of a crawl of the last day failed", "WARNING", f"{UNREADABLE}; senate: 6 of"
)
def _articles_failed(world: World) -> None:
    _crawl_of_failures(world)


@state("the same, and they can be read since", "OK")
def _articles_mended(world: World) -> None:
    _crawl_of_failures(world)
    world.execute("DELETE FROM failures")


@state("the items were stored by the rules of an earlier version", "WARNING", "kazpress reparse")
def _older_rules(world: World) -> None:
    world.crawls({})
    world.store("items", item_row(1, source="senate"))
    world.execute("PRAGMA user_version = 1")


@state("a rubric without articles, or a guessed feed, is on the list of failures", "OK")
def _guesses(world: World) -> None:
    world.crawls({})
    world.store("failures", *(
        {
            "url": f"https://senate.parlam.kz/{reason}", "source": "senate", "stage": "listing",
            "reason": reason, "detail": "", "first_seen": "", "last_seen": "", "times": 1,
        }
        for reason in ("no-article", "http-500")
    ))  # fmt: skip


@state("articles are found and not yet asked for", "OK")
def _waiting(world: World) -> None:
    world.crawls({})
    world.store("addresses", *address_rows({date(2026, 3, 4): 9}, state="found"))


@state("a crawl of an article by its address, or a replay, failed", "OK")
def _single(world: World) -> None:
    failed = {"outcome": "failed", "reason": "down", "needs_look": "x"}
    world.crawls({}, failed | {"single": 1}, failed | {"replay": 1})


@state("the source is disabled, or `gone`", "OK", "kazpravda 0 items")
def _disabled(world: World) -> None:
    world.crawls({"outcome": "failed", "reason": "down"})
    world.configured(enabled=False)


@state("less than 1 GB is free for the database or the archive", "WARNING", "has 999 MB left")
def _low(world: World) -> None:
    world.crawls({})
    world.free_bytes = GB - 1_000_000


@state(
    "less than 100 MB is free, so that no crawl begins",
    "CRITICAL",
    "database and archive has no room left",
)
def _full(world: World) -> None:
    world.crawls({"needs_look": "a listing"})
    world.free_bytes = 0


@state(
    "the same, and the database can't even be read for it", "CRITICAL",
    "database and archive has no room left",
)  # fmt: skip
def _full_and_unreadable(world: World) -> None:
    world.config.db.write_bytes(b"garbage\n" * 999)
    world.free_bytes = 0


@state("there is no database", "UNKNOWN", "no such database")
def _missing(world: World) -> None:
    world.config = replace(world.config, db=world.config.db.with_name("none.db"))


@state("the database is damaged", "UNKNOWN", "is no SQLite database, or a damaged one")
def _damaged(world: World) -> None:
    world.config.db.write_bytes(b"garbage\n" * 999)


@contextmanager
def _locked_by_another(db: Path) -> Iterator[None]:
    other = sqlite3.connect(db)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.close()


@state(
    "another program keeps the database locked for more than five seconds", "UNKNOWN",
    "database is locked",
)  # fmt: skip
def _locked(world: World) -> None:
    world.around = lambda: _locked_by_another(world.config.db)


@state(
    "the database or the archive is on a read-only mount", "UNKNOWN",
    "is mounted for reading alone, so no crawl can write the database and archive",
)  # fmt: skip
def _read_only(world: World) -> None:
    world.read_only = True


def _line(world: World) -> tuple[str, int]:
    """The line as the command prints it."""
    try:
        return check_line(world.config, NOW, world.disks)
    except (KazpressError, sqlite3.Error) as error:
        return unknown_line(error), 3


@pytest.mark.parametrize("name", STATES)
def test_each_state_has_its_line_and_its_status(name: str, tmp_path: Path) -> None:
    word, said, setting = STATES[name]
    world = World(tmp_path)
    setting(world)
    with world.around():
        line, status = _line(world)
    assert (line.partition(":")[0], status) == (word, WORDS[word]), line
    assert said in line
    assert "\n" not in line
    assert status == 0 or "; kazpravda" not in line


AT_THE_DOOR = {
    "the configuration can't be read": ("UNKNOWN", "kazpress.toml: unknown key"),
    "an option is wrong": ("UNKNOWN", "No such option"),
}
"""What shows before there is a configuration to ask with."""


def test_the_table_of_the_document_is_that_of_the_tests() -> None:
    page = (ROOT / "docs" / "operations" / "monitoring.md").read_text(encoding="utf-8")
    table = page.partition("| state | `--check` |\n|---|---|\n")[2].partition("\n\n")[0]
    told = dict(re.findall(r"^\| (.+) \| ([A-Z]+, \d) \|$", table, re.MULTILINE))
    words = {name: word for name, (word, *_) in (STATES | AT_THE_DOOR).items()}
    assert told == {name: f"{word}, {WORDS[word]}" for name, word in words.items()}


@dataclass(frozen=True)
class Call:
    """A call of the command with something wrong, and what the line says of it."""

    arguments: tuple[str, ...]
    says: str


CALLS = (
    Call((), "kazpress.toml: unknown key"),
    Call(("--config", "none.toml"), "none.toml: can't be read"),
    Call(("--no-such-option",), "No such option"),
    Call(("--db",), "Option '--db' requires an argument"),
    Call(("--config", "good.toml"), "k.db: no such database"),
    Call(("--config", "good.toml", "--db", "."), "is a folder"),
    Call(("--config", "good.toml", "--db", "text.txt"), "is no SQLite database"),
    Call(("--config", "good.toml", "--db", "empty.db"), "holds no tables of kazpress"),
)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: " ".join(call.arguments) or "broken")
def test_one_line_is_printed_whatever_is_wrong(run: Run, tmp_path: Path, call: Call) -> None:
    (tmp_path / "kazpress.toml").write_text('shedule = "line\\nbreak"\n', encoding="utf-8")
    (tmp_path / "good.toml").write_text('db = "k.db"\n', encoding="utf-8")
    (tmp_path / "text.txt").write_text("text\n" * 99, encoding="utf-8")
    (tmp_path / "empty.db").touch()
    before = sorted(tmp_path.iterdir())
    ran = run("status", "--check", *call.arguments)
    assert (ran.status, ran.err) == (3, ""), ran
    assert ran.out.startswith("UNKNOWN: ")
    assert ran.out.count("\n") == 1
    assert call.says in ran.out
    assert sorted(tmp_path.iterdir()) == before


def test_without_check_an_error_is_one_as_of_any_command(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kazpress.toml").write_text("shedule = 1\n", encoding="utf-8")
    ran = run("status")
    assert (ran.status, ran.out) == (2, "")
    assert run("status", "--no-such-option").status == 2
    assert run("status", "--json", "--prometheus", "--config", os.devnull).status == 2


def test_a_fault_of_ours_is_unknown_too() -> None:
    assert unknown_line(ValueError("bad\nmoment | x")) == "UNKNOWN: bad moment %7C x"
    assert unknown_line(ZeroDivisionError()) == "UNKNOWN: ZeroDivisionError"


def test_the_line_of_the_command_is_that_of_the_check(run: Run, recorded: Path) -> None:
    db = open_for_writing(recorded / "kazpress.db", ())
    with writing(db):
        now = utc_now().isoformat()
        rows = [crawl_row(one, started=now, finished=now) for one in ("senate", "kazpravda")]
        db.table("crawls").insert_all(rows)
    db.close()
    ran = run("status", "--check")
    assert (ran.status, ran.out, ran.err) == (0, "OK: senate 22 items, kazpravda 33 items\n", "")


def test_sources_that_are_gone_do_not_count(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.crawls({"outcome": "failed", "reason": "down"})
    world.configured(state="gone")
    assert _line(world) == ("OK: kazpravda 0 items", 0)
