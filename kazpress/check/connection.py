"""Whether a source's host can be reached at all: its name, a connection, its certificate.

This is checked without Scrapy, which says of a failing handshake only that the connection broke
off, and does not check certificates.
"""

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from pipeline.clock import almaty_day
from spiders.check.report import CheckStep, StepStatus

_SECONDS = 15.0
_SOON_DAYS = 14
_FAULTS = {
    9: ("not-yet-valid", "is not valid yet"),
    10: ("expired", "has expired"),
    18: ("self-signed", "is signed by the site itself"),
    19: ("untrusted", "leads to an authority that this machine does not trust"),
    20: ("untrusted", "leads to an authority that this machine does not know"),
    21: ("untrusted", "comes without the one that signed it"),
    62: ("wrong-host", "is for another host"),
    64: ("wrong-host", "is for another address"),
}
"""Of OpenSSL's X509_V_ERR numbers: a short word and a sentence."""


@dataclass(frozen=True, slots=True)
class _Host:
    name: str
    port: int
    is_tls: bool


def connection_steps(base_url: str, now: datetime) -> list[CheckStep]:
    """The steps up to the first that fails. Through a proxy nothing is checked: it connects."""
    parts = urlsplit(base_url)
    host = _host(parts)
    if proxy := _proxy(parts):
        detail = f"requests go through the proxy {proxy}, which looks the name up"
        return [_step("name", host.name, "skipped", detail)]
    name = _name_step(host)
    if not name.ok:
        return [name]
    try:
        with socket.create_connection((host.name, host.port), timeout=_SECONDS) as connection:
            peer = connection.getpeername()[0]
            where = f"{host.name}:{host.port}"
            steps = [name, _step("connection", where, "ok", f"{peer} accepts")]
            return [*steps, _tls_step(connection, host, now)] if host.is_tls else steps
    except OSError as error:
        return [name, _unconnected_step(host, error)]


def _host(parts: SplitResult) -> _Host:
    is_tls = parts.scheme == "https"
    return _Host(parts.hostname or "", parts.port or (443 if is_tls else 80), is_tls)


def _proxy(parts: SplitResult) -> str | None:
    """The proxy that requests go through, without its password; None where they go directly."""
    proxy = getproxies().get(parts.scheme)
    if not proxy or proxy_bypass(parts.netloc):
        return None
    return proxy.rpartition("@")[2]


def _name_step(host: _Host) -> CheckStep:
    try:
        found = socket.getaddrinfo(host.name, host.port, type=socket.SOCK_STREAM)
    except OSError as error:
        detail = f"the host's name is not known ({error.strerror or error})"
        return _step("name", host.name, "failed", detail, "dns")
    addresses = dict.fromkeys(str(one[4][0]) for one in found)
    return _step("name", host.name, "ok", f"is {', '.join(addresses)}")


def _unconnected_step(host: _Host, error: OSError) -> CheckStep:
    where = f"{host.name}:{host.port}"
    if isinstance(error, ConnectionRefusedError):
        detail, reason = "the connection is refused", "refused-connection"
    elif isinstance(error, TimeoutError):
        detail, reason = f"no answer within {_SECONDS:.0f} s", "timeout"
    else:
        detail, reason = f"no connection ({error.strerror or error})", "no-connection"
    return _step("connection", where, "failed", detail, reason)


def _tls_step(connection: socket.socket, host: _Host, now: datetime) -> CheckStep:
    """A handshake in which the certificate is checked. Crawls don't check it, so one that is
    wrong needs a look and is no failure.
    """
    context = ssl.create_default_context()
    try:
        with context.wrap_socket(connection, server_hostname=host.name) as secured:
            certificate = secured.getpeercert() or {}
            version = secured.version()
    except ssl.SSLCertVerificationError as error:
        fallback = ("untrusted", f"can't be trusted ({error.verify_message})")
        reason, detail = _FAULTS.get(error.verify_code, fallback)
        return _step("tls", host.name, "look", f"the certificate {detail}", reason)
    except (ssl.SSLError, OSError) as error:
        said = getattr(error, "reason", None) or error.strerror or str(error)
        said = str(said).replace("_", " ").lower()
        return _step("tls", host.name, "failed", f"the handshake fails ({said})", "handshake")
    return _valid_step(host, str(version), certificate.get("notAfter"), now)


def _valid_step(host: _Host, version: str, not_after: object, now: datetime) -> CheckStep:
    if not isinstance(not_after, str):
        return _step("tls", host.name, "ok", version)
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(not_after), UTC)
    left = (until - now).days
    detail = f"{version}, the certificate is valid until {almaty_day(until)}"
    soon = f", {left} days more" if left < _SOON_DAYS else ""
    return _step("tls", host.name, "ok", f"{detail}{soon}")


def _step(step: str, target: str, status: StepStatus, detail: str, reason: str = "") -> CheckStep:
    return CheckStep(step=step, target=target, status=status, detail=detail, reason=reason)
