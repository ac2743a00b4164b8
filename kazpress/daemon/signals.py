"""The signals that the daemon hears: SIGTERM and Ctrl-C to stop, SIGHUP to read its configuration
again.
"""

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Flag, auto

_NUMBERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Asked(Flag):
    """What signals ask for."""

    STOP = auto()
    RELOAD = auto()


class Signals:
    """What is asked for by signals. They arrive through a pipe, since a handler that took a lock
    might meet the program while it holds it.
    """

    def __init__(self, arriving: int) -> None:
        self._arriving = arriving
        self._at_terminal = _is_terminal()

    def wait(self, seconds: float) -> Asked:
        """What was asked for until now, or within so many seconds."""
        if not select.select([self._arriving], [], [], seconds)[0]:
            return Asked(0)
        asked = Asked(0)
        for number in os.read(self._arriving, 4096):
            # A terminal that was closed sends SIGHUP too, and is none any more.
            closed = self._at_terminal and not _is_terminal()
            asked |= Asked.RELOAD if number == signal.SIGHUP and not closed else Asked.STOP
        return asked


@contextmanager
def kept_hang_ups() -> Iterator[None]:
    """Keep each SIGHUP until it is heard: it would end a daemon that has just begun."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def heard_signals() -> Iterator[Signals]:
    """Hear the signals for as long as the block runs, and those that were kept."""
    arriving, sent = os.pipe()
    os.set_blocking(sent, False)
    before = {number: signal.signal(number, lambda *_: None) for number in _NUMBERS}
    other = signal.set_wakeup_fd(sent, warn_on_full_buffer=False)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})
    try:
        yield Signals(arriving)
    finally:
        signal.set_wakeup_fd(other)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(arriving)
        os.close(sent)


def _is_terminal() -> bool:
    try:
        return os.isatty(sys.stdin.fileno())
    except (AttributeError, ValueError, OSError):  # there is none
        return False
