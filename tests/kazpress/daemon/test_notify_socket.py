"""What a service manager is told, against a socket that stands in for its own."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kazpress.daemon.notify_socket import NotifySocket


@pytest.mark.parametrize("abstract", [False, True])
def test_it_is_told_in_one_datagram(tmp_path: Path, abstract: bool) -> None:
    name = f"@kazpress-test-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("\0" + name[1:] if abstract else name)
        service = NotifySocket({"NOTIFY_SOCKET": name})
        service.tell("READY=1")
        service.tell("RELOADING=1", "MONOTONIC_USEC=5")
        assert manager.recv(4096) == b"READY=1"
        assert manager.recv(4096) == b"RELOADING=1\nMONOTONIC_USEC=5"


def test_without_one_nothing_is_told_and_a_dead_one_is_no_error(tmp_path: Path) -> None:
    NotifySocket({}).tell("READY=1")
    NotifySocket({"NOTIFY_SOCKET": str(tmp_path / "none")}).tell("READY=1")
    NotifySocket({"NOTIFY_SOCKET": "/" + "long" * 100}).tell("READY=1")


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
    ],
)
def test_how_often_it_wants_to_hear_of_us(
    environment: dict[str, str], seconds: float | None
) -> None:
    assert NotifySocket({"NOTIFY_SOCKET": "/x", **environment}).watchdog_seconds == seconds
    assert NotifySocket(environment).watchdog_seconds is None
