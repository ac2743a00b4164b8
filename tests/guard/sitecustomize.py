"""No socket beyond loopback. Python loads this at the start of every child process of a test, for
its folder stands in PYTHONPATH; the test process itself calls `refuse_the_network`.
"""

import socket
from ipaddress import ip_address
from typing import Any


def refuse_the_network() -> None:
    """Let names other than localhost be unknown, and addresses other than loopback refused."""
    connect, connect_ex, look_up = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_beyond_loopback(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_beyond_loopback(self, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None and not _is_loopback(host):
            raise socket.gaierror(socket.EAI_NONAME, f"tests know no host {host}")
        return look_up(host, *args, **kwargs)

    socket_class: Any = socket.socket
    socket_class.connect = guarded_connect
    socket_class.connect_ex = guarded_connect_ex
    socket.getaddrinfo = guarded_look_up


def _refuse_beyond_loopback(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
        raise ConnectionRefusedError(f"tests go nowhere but to loopback, not to {address}")


def _is_loopback(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


refuse_the_network()
