"""Standard output and error of a child process: pipes that are closed, disks that are full."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import pytest

from pipeline.clock import stamp, utc_now
from pipeline.store.database import open_for_writing
from pipeline.store.transactions import write, writing
from tests.workspace import Workspace

URL = "https://kazpravda.kz/n/energetiki-ekibastuza-zavershili-remont-tretego-bloka/"
PRINTING: tuple[tuple[str, ...], ...] = (
    ("export",), ("export", "--format", "csv"), ("export", "--all", "--format", "csv"),
    ("show", URL), ("show", URL, "--json"), ("show", URL, "--raw"), ("show", URL, "--revisions"),
    ("show", URL, "--against", URL), ("status",), ("status", "--json"), ("status", "--check"),
    ("status", "--prometheus"),    ("sources",), ("sources", "--json"), ("daemon", "--list"),
    ("--version",), ("export", "--help"),
)  # fmt: skip
UNBUFFERED = {"PYTHONUNBUFFERED": "1"}
_LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
os.execv(sys.argv[2], sys.argv[2:])
"""


@pytest.fixture
def child(recorded: Path) -> Workspace:
    """The recorded site, crawled just now."""
    db = open_for_writing(recorded / "kazpress.db", [])
    with writing(db):
        for source in ("senate", "kazpravda"):
            write(
                db,
                "INSERT INTO crawls (source, started, finished, outcome, replay)"
                " VALUES (?1, ?2, ?2, 'done', 0)",
                (source, stamp(utc_now())),
            )
    db.close()
    return Workspace(recorded)


def _into(
    out: int | IO[bytes], child: Workspace, *arguments: str, env: Mapping[str, str] | None = None,
    err: int = subprocess.PIPE, before: tuple[str, ...] = (),
) -> tuple[int, str]:  # fmt: skip
    """The status of a command that writes into this, and what it said on standard error."""
    done = subprocess.run(
        [*before, *child.command(*arguments)], cwd=child.path, env=child.environment(env),
        stdin=subprocess.DEVNULL, stdout=out, stderr=err, check=False,
    )  # fmt: skip
    return done.returncode, (done.stderr or b"").decode()


def _closed_pipe() -> int:
    """A pipe whose reader has gone."""
    read, write = os.pipe()
    os.close(read)
    return write


@pytest.mark.parametrize("command", PRINTING, ids=" ".join)
def test_a_reader_that_has_gone_is_no_error_and_nothing_is_said(
    child: Workspace, command: tuple[str, ...]
) -> None:
    pipe = _closed_pipe()
    assert _into(pipe, child, *command) == (0, "")
    os.close(pipe)


@pytest.mark.parametrize("unbuffered", [{}, UNBUFFERED], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_a_reader_that_goes_after_a_while_ends_the_export(
    child: Workspace, kind: str, unbuffered: Mapping[str, str]
) -> None:
    process = subprocess.Popen(
        child.command("export", "--all", "--format", kind), cwd=child.path,
        env=child.environment(unbuffered), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.read(100)
    process.stdout.close()
    process.stdout = None
    assert (process.communicate(timeout=30)[1], process.returncode) == (b"", 0)


@pytest.mark.parametrize("command", PRINTING, ids=" ".join)
def test_a_full_disk_under_stdout_is_one_sentence(
    child: Workspace, command: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full:
        assert _into(full, child, *command) == (1, "kazpress: No space left on device\n")


@pytest.mark.parametrize("unbuffered", [{}, UNBUFFERED], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize(
    "command", [("export", "-q"), ("export", "--format", "csv", "-q")], ids=" ".join
)
def test_a_disk_that_is_full_at_the_last_byte_is_told(
    child: Workspace, tmp_path: Path, command: tuple[str, ...], unbuffered: Mapping[str, str]
) -> None:
    whole = tmp_path / "whole"
    with whole.open("wb") as out:
        assert _into(out, child, *command) == (0, "")
    for missing, expected in ((0, (0, "")), (1, (1, "kazpress: File too large\n"))):
        limited = (sys.executable, "-c", _LIMITED, str(whole.stat().st_size - missing))
        with (tmp_path / "limited").open("wb") as out:
            assert _into(out, child, *command, env=unbuffered, before=limited) == expected


def test_standard_output_that_is_closed_is_an_error(child: Workspace) -> None:
    closing = ("sh", "-c", 'exec "$@" >&-', "sh")
    assert _into(subprocess.DEVNULL, child, "status", before=closing) == (
        1, "kazpress: Bad file descriptor\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "status"),
    [(("import", "none.txt"), 1), (("show", "nothing"), 1), (("exprot",), 2),
     (("export", "--format", "jsonl,csv", "--output", "items"), 0)],
)  # fmt: skip
def test_the_status_is_that_of_the_work_whoever_reads_along(
    child: Workspace, command: tuple[str, ...], status: int
) -> None:
    pipe = _closed_pipe()
    assert _into(pipe, child, *command, err=pipe) == (status, "")
    os.close(pipe)
    if status == 0:
        assert all((child.path / f"items.{kind}").is_file() for kind in ("jsonl", "csv"))


def test_standard_output_may_be_named_as_the_file(child: Workspace) -> None:
    ran = child.run("export", "--output", "/dev/stdout")
    assert ran.status == 0
    assert ran.stderr.startswith("/dev/stdout: 47 records\ncursor: ")
    assert ran.stdout == child.run("export").stdout
