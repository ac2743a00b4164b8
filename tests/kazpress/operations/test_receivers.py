"""A real webhook on loopback and real commands: told in time, or given up with a word on why."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kazpress.config import Notify
from kazpress.operations.receivers import Command, Webhook, configured_receivers
from tests.kazpress.operations.loopback import LoopbackReceiver, Way

_EVENT = '{"sentence": "нет ответа"}'.encode()
_SECRET = "/hooks/secret-path?token=secret-token"
_SHORT = 0.5
_SOON = 8.0
"""What hangs is given up after half a second here; on a busy machine that takes longer."""


@pytest.fixture
def receiver() -> Iterator[LoopbackReceiver]:
    with LoopbackReceiver() as receiver:
        yield receiver


@pytest.fixture
def webhook(receiver: LoopbackReceiver) -> Webhook:
    return Webhook(receiver.url + _SECRET)


def test_a_webhook_gets_the_event_as_its_body(receiver: LoopbackReceiver, webhook: Webhook) -> None:
    assert webhook.tell(_EVENT) is None
    assert receiver.events == [{"sentence": "нет ответа"}]
    ((method, path, headers),) = receiver.requests
    assert (method, path, headers["Content-Type"]) == ("POST", _SECRET, "application/json")
    assert headers["User-Agent"].startswith("kazpress/")


def test_loopback_is_asked_without_the_proxy(
    receiver: LoopbackReceiver, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert webhook.tell(_EVENT) is None


@pytest.mark.parametrize("status", [204, 400, 404, 500, 503])
def test_a_webhook_has_been_told_if_it_says_so(
    receiver: LoopbackReceiver, webhook: Webhook, status: int
) -> None:
    receiver.status = status
    assert webhook.tell(_EVENT) == (None if status == 204 else f"it answered {status}")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(
    receiver: LoopbackReceiver, webhook: Webhook, status: int
) -> None:
    receiver.status, receiver.location = status, f"{receiver.url}/elsewhere"
    assert webhook.tell(_EVENT) == f"it answered {status}, a redirect, which is not followed"
    assert len(receiver.requests) == 1


@pytest.mark.parametrize("way", ["hang", "drip"])
def test_a_webhook_that_hangs_is_given_up(receiver: LoopbackReceiver, way: Way) -> None:
    receiver.way = way
    began = time.monotonic()
    why = Webhook(receiver.url + _SECRET, max_seconds=_SHORT).tell(_EVENT)
    assert why in ("no answer within 0.5 s", "no answer in time")
    assert time.monotonic() - began < _SOON


def test_a_webhook_that_is_not_there_is_said_without_its_secrets(
    receiver: LoopbackReceiver, webhook: Webhook
) -> None:
    receiver.way = "reset"
    assert "no answer" in (webhook.tell(_EVENT) or "")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert Webhook(f"http://127.0.0.1:{port}{_SECRET}").tell(_EVENT) == "Connection refused"
    unknown = Webhook(f"https://nowhere.example{_SECRET}")
    assert "secret" not in (unknown.tell(_EVENT) or "secret")
    assert "secret" not in f"{unknown} {unknown!r}"
    assert str(unknown) == "the webhook at nowhere.example"


def _command(code: str, *arguments: str, max_seconds: float = 10.0) -> Command:
    return Command((sys.executable, "-c", code, *arguments), max_seconds=max_seconds)


def test_a_command_gets_the_event_on_its_standard_input(tmp_path: Path) -> None:
    got = tmp_path / "got.json"
    code = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    assert _command(code, str(got)).tell(_EVENT) is None
    assert got.read_bytes() == _EVENT


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import sys; sys.exit(3)", "it ended with status 3"),
        ("import os; os.kill(os.getpid(), 9)", "it was killed by SIGKILL"),
        ("", None),  # it never reads its standard input
        ("import sys; sys.stderr.write('secret' * 99_999)", None),
    ],
)
def test_a_command_has_been_told_if_it_ends_well(
    code: str, why: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _command(code).tell(_EVENT * 10_000) == why
    assert capfd.readouterr() == ("", "")


def test_a_command_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    code = (
        "import os, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        "open(sys.argv[1], 'w').write(f'{os.getpid()} {child.pid}')\n"
        "time.sleep(60)\n"
    )
    why = _command(code, str(pids), max_seconds=3.0).tell(_EVENT)
    assert why == "it did not end within 3 s"
    until = time.monotonic() + _SOON
    running = [int(pid) for pid in pids.read_text().split()]
    while any(map(_is_running, running)) and time.monotonic() < until:
        time.sleep(0.02)
    assert [pid for pid in running if _is_running(pid)] == []


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_command_that_can_not_be_started_is_said_without_its_arguments(tmp_path: Path) -> None:
    assert Command(("no-such-program", "secret")).tell(_EVENT) == "there is no such program"
    plain = tmp_path / "plain"
    plain.write_text("text")
    assert Command((str(plain), "secret")).tell(_EVENT) == os.strerror(13)
    assert "secret" not in repr(Command(("mail-me", "secret")))
    assert str(Command(("/usr/bin/mail-me", "secret"))) == "the command mail-me"


def test_either_both_or_none_are_configured() -> None:
    both = Notify(command=("mail-me",), webhook="https://hooks.example.org/x")
    assert [one.name for one in configured_receivers(both)] == ["command", "webhook"]
    assert configured_receivers(Notify()) == []
    assert "hooks" not in repr(both)
