"""Signals ask to stop or to read the configuration again."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys

import pytest

from kazpress.daemon.signals import Asked, heard_signals
from tests.workspace import ROOT


@pytest.mark.parametrize(
    ("number", "asked"),
    [
        (signal.SIGTERM, Asked.STOP),
        (signal.SIGINT, Asked.STOP),
        (signal.SIGHUP, Asked.RELOAD),
    ],
)
def test_what_a_signal_asks_for(number: signal.Signals, asked: Asked) -> None:
    before = signal.getsignal(number)
    with heard_signals() as signals:
        assert signals.wait(0) == Asked(0)
        os.kill(os.getpid(), number)
        assert signals.wait(30) == asked
        assert signals.wait(0) == Asked(0)
    assert signal.getsignal(number) == before


def test_none_is_lost_however_many_come() -> None:
    with heard_signals() as signals:
        for _ in range(5):
            os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGTERM)
        asked = Asked(0)
        while Asked.STOP not in asked:
            asked |= signals.wait(30)
        assert Asked.RELOAD in asked


def test_a_terminal_that_is_closed_asks_to_stop() -> None:
    """A daemon that nobody sees any more would hold its place."""
    ours, theirs = pty.openpty()
    code = (
        "import sys; from kazpress.daemon.signals import heard_signals\n"
        "with heard_signals() as signals:\n"
        "    print('ready', file=sys.stderr, flush=True)\n"
        "    sys.exit(str(signals.wait(30)))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=theirs, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    with process:
        assert process.stderr is not None
        assert process.stderr.readline() == "ready\n"
        os.close(ours)
        process.send_signal(signal.SIGHUP)
        assert process.stderr.read() == "Asked.STOP\n"
