"""Standard output and standard error: what is written arrives whole, or the command fails. Where a
reader has closed the pipe, as `head` does, nothing is said of it.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

import click


def prepare_stdout() -> TextIO:
    """Standard output for a command. A terminal that can't show Cyrillic is no error."""
    out: TextIO | None = sys.stdout
    if out is None:  # closed by the caller: to write to it is an error
        out = sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    elif isinstance(out.buffer, io.RawIOBase):
        # With PYTHONUNBUFFERED, a write that the system cuts short would lose its rest in silence.
        out = sys.stdout = os.fdopen(out.fileno(), "w", 1, out.encoding, closefd=False)
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace")
    return out


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """What is printed inside goes nowhere once whoever reads standard output has closed it; what
    is left to do inside is not done.
    """
    out, err = sys.stdout, sys.stderr
    try:
        yield
        out.flush()
    except (BrokenPipeError, SystemExit) as error:
        # click and rich end the process where they meet a closed pipe; click wraps the streams.
        if sys.stdout is out and not isinstance(error.__context__ or error, BrokenPipeError):
            raise
        sys.stdout, sys.stderr = out, err
        silence(out)


def silence(out: TextIO) -> None:
    """Point a stream to nowhere, so that Python says nothing of it at exit: its reader has closed
    the pipe, or the disk is full.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, out.fileno())
    os.close(nowhere)


def say(line: str) -> None:
    """Print a line on standard error; nothing depends on whether anybody can read it."""
    with suppress(OSError):
        click.echo(line, err=True)


def let_go_of_stderr() -> None:
    """Write what is left for standard error, or drop it, so that the exit status is ours."""
    try:
        if sys.stderr:
            sys.stderr.flush()
    except OSError:
        silence(sys.stderr)
