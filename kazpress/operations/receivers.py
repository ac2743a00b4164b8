"""Who is told: a command that gets the event on its standard input, a webhook that gets it by POST.

Neither may take longer than ten seconds. What goes wrong is said without secrets: not the command's
arguments, not the webhook's path and query.
"""

import atexit
import os
import signal
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from kazpress.config import Notify, is_loopback
from pipeline.monitoring.notifications import ReceiverName

_MAX_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Command:
    """A program and its arguments; it has been told once it ends with status 0."""

    arguments: tuple[str, ...] = field(repr=False)
    name: ReceiverName = "command"
    max_seconds: float = _MAX_SECONDS

    def __str__(self) -> str:
        return f"the command {Path(self.arguments[0]).name}"

    def tell(self, event: bytes) -> str | None:
        """Why it could not be told; None once it has been told."""
        try:
            child = subprocess.Popen(
                self.arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except FileNotFoundError:
            return "there is no such program"
        except OSError as error:
            return error.strerror or "it can't be started"
        atexit.register(_end, child)  # where we run in a thread, and the process ends meanwhile
        try:
            child.communicate(event, timeout=self.max_seconds)
        except subprocess.TimeoutExpired:
            return f"it did not end within {self.max_seconds:g} s"
        finally:
            _end(child)
            atexit.unregister(_end)
        return _ended_badly(child.returncode)


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address; it has been told once it answers with 200 or another status of success."""

    url: str = field(repr=False)
    name: ReceiverName = "webhook"
    max_seconds: float = _MAX_SECONDS

    def __str__(self) -> str:
        return f"the webhook at {urlsplit(self.url).hostname}"

    def tell(self, event: bytes) -> str | None:
        """Why it could not be told; None once it has been told."""
        answers: list[str | None] = []
        # Only a thread can be given up: looking up a name, and an answer that comes byte by byte,
        # know no limit of time.
        thread = threading.Thread(target=lambda: answers.append(self._post(event)), daemon=True)
        thread.start()
        thread.join(self.max_seconds)
        return answers[0] if answers else f"no answer within {self.max_seconds:g} s"

    def _post(self, event: bytes) -> str | None:
        handlers: list[Any] = [_NoRedirects()]
        if is_loopback(self.url):
            handlers.append(ProxyHandler({}))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"kazpress/{version('kazpress')}",
        }
        request = Request(self.url, data=event, headers=headers)  # noqa: S310  # http or https alone
        try:
            build_opener(*handlers).open(request, timeout=self.max_seconds).close()
        except HTTPError as error:
            error.close()
            moved = ", a redirect, which is not followed" if 300 <= error.code < 400 else ""
            return f"it answered {error.code}{moved}"
        except (OSError, HTTPException, ValueError) as error:
            return _words(error)
        return None


Receiver = Command | Webhook


def configured_receivers(notify: Notify) -> list[Receiver]:
    """The receivers that the configuration names."""
    found: list[Receiver] = []
    if notify.command:
        found.append(Command(notify.command))
    if notify.webhook:
        found.append(Webhook(notify.webhook))
    return found


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """None: an event goes where the configuration says."""


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End a command that goes on, with all that it started."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _ended_badly(status: int) -> str | None:
    if status < 0:
        return f"it was killed by {signal.Signals(-status).name}"
    return f"it ended with status {status}" if status else None


def _words(error: Exception) -> str:
    """What went wrong, without the address, which some errors quote."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return f"no answer ({type(reason).__name__})"
