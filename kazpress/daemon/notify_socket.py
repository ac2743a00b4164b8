"""What a service manager such as systemd is told: that the daemon is ready, that it is alive."""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress


class NotifySocket:
    """The datagram socket named by NOTIFY_SOCKET; without one, nothing is told (sd_notify(3))."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        name = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + name[1:] if name.startswith("@") else name
        self.watchdog_seconds = _watchdog_seconds(environment) if name else None
        """How often at least it wants to hear that the daemon is alive; None for not at all."""

    def tell(self, *assignments: str) -> None:
        """Send some `NAME=value`. That nobody listens costs the daemon nothing."""
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.setblocking(False)
            out.sendto("\n".join(assignments).encode(), self._address)


def _watchdog_seconds(environment: Mapping[str, str]) -> float | None:
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    with suppress(KeyError, ValueError):
        return int(environment["WATCHDOG_USEC"]) / 1e6 or None
    return None
