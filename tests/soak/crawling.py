"""Crawls of one workspace, by hand, by cron's line or by a daemon, in lockstep with a test."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.archive.lock import source_holder
from tests.deploy import cron_line
from tests.sites.replica import Replica
from tests.soak.faults import By
from tests.test_scheduler import until
from tests.workspace import Ran, Workspace, finish

SOURCES = ("kazpravda", "senate")
_NEVER = {"schedule": "0 4 29 2 *"}
_READ = ("the configuration was read again", "the configuration stays as it was")
_NOW = {"schedule": "every 1 second"}


class Crawling:
    """A workspace pointed at two sites, and the daemon that serves it, which crawls when asked to:
    it gets another schedule by SIGHUP.
    """

    def __init__(self, workspace: Workspace, sites: Sequence[Replica]) -> None:
        self.workspace = workspace
        self.reloads = 0
        self._sites = sites
        self._daemon: subprocess.Popen[str] | None = None
        self._log = workspace.path.with_name("daemon.log").open("a+", encoding="utf-8")
        self._point(_NEVER)
        cron_line.install(workspace)

    def __enter__(self) -> Crawling:
        return self

    def __exit__(self, *_: object) -> None:
        if self._daemon is not None:
            self.kill_daemon()
        self._log.close()

    def start_daemon(self) -> None:
        """Start it; it has nothing to do."""
        self._daemon = self.workspace.start("daemon", stderr=self._log)
        lock = self.workspace.db.with_name(f"{self.workspace.db.name}.daemon.lock")
        mine = f'"pid": {self._process.pid},'
        until(lambda: lock.is_file() and mine in lock.read_text())

    @property
    def log(self) -> str:
        """What all its daemons have said."""
        self._log.seek(0)
        return self._log.read()

    def begin(self, by: By, *, file_bytes: int | None = None) -> Callable[[], Ran | None]:
        """Start a crawl of both sites, which may write no file beyond a size; what waits for its
        end.
        """
        if by == "daemon":
            return self._by_daemon(file_bytes)
        process = cron_line.start(self.workspace) if by == "cron" else self.workspace.start("crawl")
        if file_bytes is not None:
            _limit(process.pid, file_bytes)

        def end() -> Ran:
            ran = finish(process)
            if self._daemon is not None:
                self._hang_up()
            return ran

        return end

    def kill_crawl(self, source: str) -> None:
        """SIGKILL for the process that crawls a source."""
        lock = self.workspace.archive / f"{source}.lock"
        os.kill(int(json.loads(lock.read_text())["pid"]), signal.SIGKILL)

    def kill_daemon(self) -> None:
        """SIGKILL, and wait for the end of its children."""
        self._process.kill()
        self._process.communicate()
        self._daemon = None
        self._point(_NEVER)
        until(lambda: not self.processes())

    def stop_daemon(self) -> int:
        """SIGTERM; its status."""
        self._process.terminate()
        status = finish(self._process).status
        self._daemon = None
        return status

    def refuse_configuration(self) -> None:
        """Have the daemon read one that is none."""
        (self.workspace.path / "kazpress.toml").write_text("schedule = ")
        said = self.log.count(_READ[1])
        self._have_it_read()
        assert self.log.count(_READ[1]) > said

    def idle(self) -> bool:
        """Whether no source is held."""
        return not any(source_holder(self.workspace.archive, name) for name in SOURCES)

    def processes(self) -> list[int]:
        """Those that work in the workspace's folder, but for the daemon."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and (entry / "cwd").readlink() == self.workspace.path:
                    found.append(int(entry.name))
            except OSError:
                continue
        return [one for one in found if self._daemon is None or one != self._daemon.pid]

    @property
    def resident_bytes(self) -> int:
        """The memory that the daemon takes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
        assert found
        return int(found[1]) * 1024

    @property
    def _process(self) -> subprocess.Popen[str]:
        assert self._daemon is not None
        return self._daemon

    def _by_daemon(self, file_bytes: int | None) -> Callable[[], None]:
        ended = {name: self._ended(name) for name in SOURCES}
        daemon = self._process.pid
        if file_bytes is not None:
            _limit(daemon, file_bytes)
        self._point(_NOW)
        self._hang_up()

        def end() -> None:
            until(lambda: all(self._ended(name) > count for name, count in ended.items()))
            _limit(daemon, resource.RLIM_INFINITY)
            self._point(_NEVER)
            self._have_it_read()
            until(self._is_quiet)

        return end

    def _ended(self, source: str) -> int:
        if not self.workspace.count("sqlite_master WHERE name = 'crawls'"):
            return 0
        return self.workspace.count(f"crawls WHERE source = '{source}' AND outcome IS NOT NULL")

    def _point(self, schedule: dict[str, str]) -> None:
        self.workspace.point_at(*self._sites, kazpravda=schedule, senate=schedule)

    def _is_quiet(self) -> bool:
        """Whether nothing is crawled, now and a second later: when it reads another schedule, the
        daemon may be about to begin a crawl by the one before.
        """
        for seconds in (1, 0):
            if self.processes() or not self.idle():
                return False
            time.sleep(seconds)
        return True

    def _hang_up(self) -> None:
        self.reloads += 1
        self._process.send_signal(signal.SIGHUP)

    def _have_it_read(self) -> None:
        """Have the daemon read its configuration, and wait until it has, or has refused to."""
        said = sum(map(self.log.count, _READ))
        self._hang_up()
        until(lambda: sum(map(self.log.count, _READ)) > said)


def _limit(process: int, file_bytes: int) -> None:
    """The largest file that a process and those that it starts may write."""
    _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (file_bytes, most))
