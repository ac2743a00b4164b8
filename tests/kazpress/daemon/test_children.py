"""Child processes: limited, dropped, ended, whatever they do."""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from kazpress.daemon.children import ChildEnd, Children
from tests.workspace import STOPS_WITHIN_SECONDS

_DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def _run(children: Children, code: str) -> ChildEnd | None:
    return children.run("senate", _python(code), [])


def _touching(file: Path, *, then: str) -> str:
    return f"import pathlib, time; pathlib.Path({str(file)!r}).touch(); {then}"


def _wait_for(file: Path) -> None:
    until = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("status", [0, 3, 75])
def test_its_exit_status_is_told(status: int) -> None:
    assert _run(Children(), f"raise SystemExit({status})") == ChildEnd(status=status)


def test_a_signal_that_ends_it_is_told() -> None:
    end = _run(Children(), "import os; os.kill(os.getpid(), 9)")
    assert end == ChildEnd(status=-signal.SIGKILL)


def test_what_can_not_be_started_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        Children().run("senate", ["/no/such/program"], [])


def test_a_gigabyte_of_output_costs_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    end = _run(Children(), "import sys\nfor _ in range(1024): sys.stdout.write('x' * (1 << 20))")
    assert end == ChildEnd(status=0)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


@pytest.mark.parametrize(
    ("shell", "number"),
    [("exec sleep 600", signal.SIGTERM), ("trap '' TERM; sleep 600", signal.SIGKILL)],
)
def test_one_that_hangs_is_ended(shell: str, number: signal.Signals) -> None:
    end = Children(max_seconds=1.8).run("senate", ["sh", "-c", shell], [])
    assert end == ChildEnd(status=-number, limit="did not end within 0.0005 hours")


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell how much it has")
def test_one_that_needs_too_much_memory_is_killed() -> None:
    children = Children(max_memory_bytes=1 << 28)
    end = _run(children, "import time; x = b'x' * (1 << 29); time.sleep(600)")
    assert end == ChildEnd(status=-signal.SIGKILL, limit="needed more than 0.25 GB of memory")


def test_what_it_has_started_ends_with_it(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    sleeper = "import time; time.sleep(600)"
    end = _run(
        Children(),
        "import pathlib, subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {sleeper!r}])\n"
        f"pathlib.Path({str(pid)!r}).write_text(str(child.pid))",
    )
    assert end == ChildEnd(status=0)
    until = time.monotonic() + 30
    while _runs(int(pid.read_text())):
        assert time.monotonic() < until
        time.sleep(0.01)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # whoever takes over orphans may not fetch it soon


@pytest.mark.parametrize("deaf", ["", _DEAF])
def test_all_end_within_seconds_when_they_are_told(tmp_path: Path, deaf: str) -> None:
    children = Children()
    ends: dict[str, ChildEnd | None] = {}

    def run(source: str) -> None:
        code = deaf + _touching(tmp_path / source, then="time.sleep(600)")
        ends[source] = children.run(source, _python(code), [])

    threads = [threading.Thread(target=run, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for name in ("one", "two"):
        _wait_for(tmp_path / name)
    began = time.monotonic()
    children.end()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began < STOPS_WITHIN_SECONDS
    killed = ChildEnd(status=-signal.SIGKILL, limit="did not stop within 4 seconds")
    ended = killed if deaf else ChildEnd(status=-signal.SIGTERM)
    assert ends == {"one": ended, "two": ended}
    assert children.run("three", _python("pass"), []) is None


def test_it_reads_what_is_kept_open_and_knows_nothing_of_the_service_manager(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", "/run/none")
    reading, writing = os.pipe()
    os.write(writing, b"said")
    os.close(writing)
    code = (
        "import os, sys\n"
        f"sys.exit(open('/dev/fd/{reading}').read() != 'said' or 'NOTIFY_SOCKET' in os.environ)"
    )
    try:
        assert Children().run("senate", _python(code), [reading]) == ChildEnd(status=0)
    finally:
        os.close(reading)
