"""The steps before the first request: name, connection, TLS, on loopback."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPMessage as Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kazpress.check.connection import connection_steps
from tests.sites.client import Got, get
from tests.sites.replica import Replica
from tests.workspace import Workspace

NOW = datetime.now(UTC)


def certificate(folder: Path, *, host: str, until: datetime) -> Path:
    """A certificate that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kazpress test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=90))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "site.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


Answer = Callable[[str], Got]


@contextmanager
def serving(file: Path | None, answer: Answer | None = None) -> Iterator[int]:
    """A port on loopback that talks HTTP, over TLS where there is a certificate."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            got = answer(self.path) if answer else Got(status=404, headers=Message(), body=b"")
            self.send_response(got.status)
            self.send_header("Content-Type", got.headers.get("Content-Type", "text/html"))
            if "Location" in got.headers:
                self.send_header("Location", got.headers["Location"])
            self.send_header("Content-Length", str(len(got.body)))
            self.end_headers()
            self.wfile.write(got.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Clients that break off are what is tested."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if file is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(file)
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("host", "days", "trusted", "status", "said"),
    [
        ("127.0.0.1", 30, True, "ok", "the certificate is valid until"),
        ("127.0.0.1", 30, False, "look", "the certificate is signed by the site itself"),
        ("127.0.0.1", -1, True, "look", "the certificate has expired"),
        ("127.0.0.2", 30, True, "look", "the certificate is for another address"),
    ],
)
def test_the_certificate_is_looked_at(
    host: str, days: int, trusted: bool, status: str, said: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    file = certificate(tmp_path, host=host, until=NOW + timedelta(days=days))
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with serving(file) as port:
        steps = connection_steps(f"https://127.0.0.1:{port}", NOW)
    assert [one.step for one in steps] == ["name", "connection", "tls"]
    assert (steps[-1].status, said in steps[-1].detail) == (status, True), steps[-1]


def test_a_site_is_looked_at_whatever_its_certificate(
    senate: Replica, workspace: Workspace, tmp_path: Path
) -> None:
    file = certificate(tmp_path, host="127.0.0.1", until=NOW + timedelta(days=30))
    with serving(file, lambda path: get(senate, path)) as port:
        secured = {"base_url": f"https://127.0.0.1:{port}", "delay": 0, "enabled": True}
        workspace.point_at(senate=secured)
        ran = workspace.run("check")
    assert ran.status == 3, ran.stdout + ran.stderr
    assert "certificate is signed by the site itself; crawls go on" in ran.stdout.splitlines()[-1]
    assert ran.stdout.count("ok     page") >= 5


def test_a_handshake_that_fails_is_a_failure() -> None:
    with serving(None) as port:
        steps = connection_steps(f"https://127.0.0.1:{port}", NOW)
    assert steps[-1].status == "failed"
    assert steps[-1].detail.startswith("the handshake fails (")


def test_plain_http_has_no_tls_step() -> None:
    with serving(None) as port:
        steps = connection_steps(f"http://127.0.0.1:{port}", NOW)
    assert [(one.step, one.status) for one in steps] == [("name", "ok"), ("connection", "ok")]


def test_what_goes_through_a_proxy_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://somebody:secret@proxy.example:3128")
    (step,) = connection_steps("https://kazpravda.kz", NOW)
    assert (step.status, step.ok) == ("skipped", True)
    assert "proxy.example:3128" in step.detail
    assert "secret" not in step.detail
