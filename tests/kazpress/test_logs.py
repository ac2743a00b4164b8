"""One line an event: when, of which crawl, what; a traceback only of what nobody foresaw."""

from __future__ import annotations

import errno
import json
import logging
import re
import resource
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from kazpress.errors import ArchiveError
from kazpress.logs import LogFormat, lines_of_crawls, log_to_stderr
from tests.sites.replica import Replica
from tests.workspace import Workspace, finish

_OURS = logging.getLogger("spiders.crawl.articles")
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:00"

Lines = Callable[[], list[str]]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    def shown() -> list[str]:
        return capsys.readouterr().err.splitlines()

    return shown


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    log_to_stderr()


def _raised(error: Exception) -> Exception:
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def _full_disk(folder: Path) -> sqlite3.Error:
    """What SQLite raises where there is no room left."""
    db = sqlite3.connect(folder / "full.db")
    try:
        db.execute("PRAGMA max_page_count = 1")
        db.execute("CREATE TABLE a (b)")
    except sqlite3.Error as error:
        return error
    finally:
        db.close()
    raise AssertionError("there was room")


def test_a_line_has_its_time_in_almaty_and_what_happened(lines: Lines) -> None:
    log_to_stderr()
    _OURS.info("%s: %s", "senate", "https://senate.parlam.kz/x: no date")
    (line,) = lines()
    assert re.fullmatch(rf"{_TIME} senate: https://senate\.parlam\.kz/x: no date", line)


def test_a_line_tells_its_crawl(lines: Lines) -> None:
    log_to_stderr()
    with lines_of_crawls({"senate": 12, "kazpravda": 13}):
        _OURS.info("%s: %s", "kazpravda", "no date")
        _OURS.info("of nobody: x")
    with lines_of_crawls({"senate": 14}):
        _OURS.info("a torn record was cut off")
    _OURS.info("senate: after it")
    assert [line.partition(" ")[2] for line in lines()] == [
        "crawl 13 kazpravda: no date", "of nobody: x",
        "crawl 14 senate: a torn record was cut off", "senate: after it",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_event_is_one_line_whatever_it_quotes(lines: Lines, form: LogFormat) -> None:
    log_to_stderr(form=form)
    _OURS.info("%s: %s", "senate", "two\nlines\x1b[31m \u2028and\ta bell\x07")
    (line,) = lines()
    assert "two lines and a bell" in line


def test_json_has_the_parts_by_their_names(lines: Lines) -> None:
    log_to_stderr(form="json")
    with lines_of_crawls({"senate": 12}):
        _OURS.warning("%s: %s", "senate", "нет даты")
    logging.getLogger("scheduler").info("stopping")
    first, second = map(json.loads, lines())
    assert re.fullmatch(_TIME, first.pop("time"))
    assert first == {
        "level": "warning", "logger": "spiders.crawl.articles", "message": "нет даты",
        "crawl": 12, "source": "senate",
    }  # fmt: skip
    assert (second["message"], second["crawl"], second["source"]) == ("stopping", None, None)


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("crawl 12 senate: done in 3 s: 1 new", ("done in 3 s: 1 new", 12, "senate")),
        ("senate: next crawl …", ("next crawl …", None, "senate")),
        ("not tidied: crawl 12 senate: x", ("not tidied: crawl 12 senate: x", None, None)),
        ("crawl 12 elsewhere: x", ("crawl 12 elsewhere: x", None, None)),
    ],
)
def test_a_line_of_the_daemon_tells_the_crawl_that_it_names(
    lines: Lines, said: str, whose: tuple[str, int | None, str | None]
) -> None:
    for form in get_args(LogFormat):
        log_to_stderr(form=form, sources=["senate"])
        logging.getLogger("scheduler").info("%s", said)
    text, as_json = lines()
    assert text.partition(" ")[2] == said
    event = json.loads(as_json)
    assert (event["message"], event["crawl"], event["source"]) == whose


@pytest.mark.parametrize(
    ("verbosity", "shown"),
    [
        (-1, "our warning|their error"),
        (0, "our info|our warning|their error"),
        (1, "our debug|our info|our warning|their error"),
        (2, "our debug|our info|our warning|their debug|their error"),
    ],
)
def test_the_libraries_are_silent_unless_asked_for_twice(
    lines: Lines, verbosity: int, shown: str
) -> None:
    log_to_stderr(verbosity)
    _OURS.debug("our debug")
    _OURS.info("our info")
    _OURS.warning("our warning")
    theirs = logging.getLogger("scrapy.core.engine")
    theirs.setLevel(logging.DEBUG)  # as Scrapy itself does
    theirs.debug("their debug")
    theirs.error("their error")
    assert [line.partition(" ")[2] for line in lines()] == shown.split("|")


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_an_operator_can_mend_has_no_traceback(
    lines: Lines, form: LogFormat, tmp_path: Path
) -> None:
    log_to_stderr(form=form)
    for error in (
        _full_disk(tmp_path), OSError(errno.ENOSPC, "No space left on device"),
        ArchiveError("a.warc.gz: can't be written"),
    ):  # fmt: skip
        _OURS.error("senate: the crawl broke off", exc_info=_raised(error))
        (line,) = lines()
        assert "the crawl broke off: " in line
        assert str(error) in line
        assert "Traceback" not in line


def test_what_nobody_foresaw_keeps_its_traceback(lines: Lines) -> None:
    for error in (ValueError("a bug"), sqlite3.OperationalError("no such column: x")):
        log_to_stderr()
        _OURS.error("senate: the crawl broke off", exc_info=_raised(error))
        first, second, *_, last = lines()
        assert first.endswith("the crawl broke off")
        assert second == "Traceback (most recent call last):"
        assert last.endswith(str(error))
        log_to_stderr(form="json")
        _OURS.error("senate: the crawl broke off", exc_info=_raised(error))
        (line,) = lines()
        assert json.loads(line)["traceback"].endswith(str(error))


def test_a_disk_that_is_full_in_mid_crawl_is_one_sentence(
    workspace: Workspace, kazpravda: Replica
) -> None:
    workspace.point_at(kazpravda)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    process = workspace.start("crawl", preexec_fn=little_room)
    ran = finish(process)
    assert ran.status == 1
    assert ran.stderr.count("\n") == 1, ran.stderr
    assert ran.stderr.startswith("kazpress: the database can't be written: ")
    assert workspace.crawl()["kazpravda"]["outcome"] == "done"


def test_a_crawls_lines_are_json_in_any_locale(workspace: Workspace, kazpravda: Replica) -> None:
    workspace.point_at(kazpravda)
    kazpravda.answer(kazpravda.articles[0], status=500)
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = workspace.run("--log-format", "json", "crawl", "--json", env=locale)
    events = [
        json.loads(line) for line in ran.stderr.splitlines() if not line.startswith("kazpress: ")
    ]
    assert events, ran.stderr
    assert {(one["crawl"], one["source"]) for one in events} == {(1, "kazpravda")}
