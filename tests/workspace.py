"""A folder with a kazpress.toml, and the installed command run in it as a child process."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spiders.sources import SOURCES
from tests.sites.replica import Replica

ROOT = Path(__file__).parents[1]
_GUARD = ROOT / "tests" / "guard"
_SECONDS = 60
STOPS_WITHIN_SECONDS = 3 * 5
"""Five are promised; on a machine that is busy with other tests they may become more. What is
waited for in these tests takes half a minute, or never ends.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended."""

    status: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """What it wrote for machines."""
        return json.loads(self.stdout)

    @property
    def summaries(self) -> dict[str, dict[str, Any]]:
        """What `crawl --json` told, by source."""
        return {one["source"]: one for one in self.json}


class Workspace:
    """Where one test's configuration, database and archive lie."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive = path / "archive"
        self.db = path / "kazpress.db"

    def beside(self, name: str) -> Workspace:
        """Another one, in a folder of this one's, with nothing in it."""
        folder = self.path / name
        folder.mkdir()
        return Workspace(folder)

    def point_at(
        self, *replicas: Replica, delay: float = 0, top: str = "", **keys: Mapping[str, object]
    ) -> None:
        """Write kazpress.toml: these replicas instead of the sites, all other sources disabled.
        `keys` are more keys by source.
        """
        lines = ['contact = "mailto:test@example.org"', top]
        urls: dict[str, str] = {one.site: one.url for one in replicas}
        for name in SOURCES:
            facts: dict[str, object] = {"enabled": False}
            if name in urls:
                facts = {"base_url": urls[name], "delay": delay}
            facts |= keys.get(name, {})
            lines += [f"[sources.{name}]", *(f"{k} = {json.dumps(v)}" for k, v in facts.items())]
        (self.path / "kazpress.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run(self, *arguments: object, env: Mapping[str, str] | None = None) -> Ran:
        """Run `kazpress ARGUMENTS` to its end."""
        done = subprocess.run(
            self.command(*arguments), cwd=self.path, env=self.environment(env),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
            timeout=_SECONDS, check=False,
        )  # fmt: skip
        return Ran(status=done.returncode, stdout=done.stdout, stderr=done.stderr)

    def start(self, *arguments: object, **options: Any) -> subprocess.Popen[str]:
        """Start `kazpress ARGUMENTS`; end it with `finish`, or by a signal."""
        return subprocess.Popen(
            self.command(*arguments), cwd=self.path, env=self.environment(), text=True,
            encoding="utf-8", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            **{"stderr": subprocess.PIPE} | options,
        )  # fmt: skip

    def crawl(self, *arguments: object, status: int = 0) -> dict[str, dict[str, Any]]:
        """The summaries of a crawl that must end with this status, by source."""
        ran = self.run("crawl", "--json", *arguments)
        assert ran.status == status, ran.stderr
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran.summaries

    def export(self, *arguments: object) -> str:
        """Every item, as JSON Lines."""
        ran = self.run("export", "--all", *arguments)
        assert ran.status == 0, ran.stderr
        return ran.stdout

    def items(self, *arguments: object) -> dict[str, dict[str, Any]]:
        """Every item by its address."""
        rows = [json.loads(line) for line in self.export(*arguments).splitlines()]
        return {row["url"]: row for row in rows}

    def stay_on_this_day(self) -> None:
        """Let the next crawl take the walks so far for walks of its own day, though midnight may
        fall between them: of a listing, the first walk of a day looks at the second page too.
        """
        tomorrow = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', complete_at, '+1 day')"
        with closing(sqlite3.connect(self.db)) as db, db:
            db.execute(f"UPDATE places SET complete_at = {tomorrow}")

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds in the database."""
        with closing(sqlite3.connect(self.db)) as db:
            return db.execute(sql, values).fetchall()

    def count(self, table: str) -> int:
        """The rows of a table."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def archive_files(self) -> list[Path]:
        """The WARC files."""
        return sorted(self.archive.glob("*.warc.gz"))

    @staticmethod
    def command(*arguments: object) -> list[str]:
        """The installed command."""
        return [sys.executable, "-m", "kazpress", *map(str, arguments)]

    @staticmethod
    def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The test's own, with nothing of ours set and no way beyond loopback."""
        env = {name: value for name, value in os.environ.items() if "KAZPRESS" not in name}
        paths = [str(_GUARD), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return env | {"PYTHONPATH": os.pathsep.join(paths)} | dict(more or {})


def finish(process: subprocess.Popen[str], *, seconds: float = _SECONDS) -> Ran:
    """Wait for a started command to end by itself. Raises TimeoutExpired, and kills it."""
    try:
        stdout, stderr = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Ran(status=process.returncode, stdout=stdout, stderr=stderr)


def stop(process: subprocess.Popen[str], number: signal.Signals) -> Ran:
    """Send a signal to a started command, which must end for it soon."""
    began = time.monotonic()
    process.send_signal(number)
    ran = finish(process)
    assert time.monotonic() - began < STOPS_WITHIN_SECONDS
    return ran


def stable(export: str, without: Sequence[str]) -> list[dict[str, Any]]:
    """The records of an export without the fields that follow from when it was crawled."""
    records = (json.loads(line) for line in export.splitlines())
    return [{name: one[name] for name in one if name not in without} for one in records]
