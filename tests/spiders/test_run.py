"""What stops crawls: the end of the daemon, whatever they do, and of the terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from spiders.run import stop_signal
from tests.workspace import ROOT, STOPS_WITHIN_SECONDS


def test_one_that_does_not_hear_that_its_daemon_is_gone_is_ended() -> None:
    code = (
        "import time; from spiders.run import stop_signal\n"
        "with stop_signal(by_end_of_stdin=True):\n"
        "    print('begun', flush=True); time.sleep(600)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == b"begun\n"
        child.stdin.close()
        assert child.wait(STOPS_WITHIN_SECONDS) == -signal.SIGALRM


@pytest.fixture
def _hangup_as_before() -> Iterator[None]:
    before = signal.getsignal(signal.SIGHUP)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("_hangup_as_before")
def test_the_end_of_the_terminal_stops_them() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with stop_signal(by_end_of_stdin=False) as stop:
        os.kill(os.getpid(), signal.SIGHUP)
        assert stop.is_set
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_DFL


@pytest.mark.usefixtures("_hangup_as_before")
def test_under_nohup_they_go_on() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with stop_signal(by_end_of_stdin=False) as stop:
        os.kill(os.getpid(), signal.SIGHUP)
        assert not stop.is_set
