"""A crawl whose daemon is gone ends, whatever it does."""

from __future__ import annotations

import signal
import subprocess
import sys

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
