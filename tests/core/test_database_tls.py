"""DATABASE_URL with sslmode=verify-full: nothing is sent to a server that is not the right one."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

from footnote.adapters.database import upgrade
from footnote.errors import SettingsError

_REQUEST = 8
"""Bytes with which a client asks for TLS, before it says anything else."""

_FATAL = b"E\x00\x00\x00\x1bSFATAL\x00C28P01\x00Mrefused\x00\x00"


@dataclass
class Server:
    """Speaks PostgreSQL's protocol up to the first query. `heard` is what it received once it was trusted."""

    port: int
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def postgresql(certificate: Path | None) -> Iterator[Server]:
    """Without a certificate, one that does not know TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(listening.getsockname()[1])
        thread = Thread(target=_serve, args=(listening, server, certificate))
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listening: socket.socket, server: Server, certificate: Path | None) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(_REQUEST)
                connection.sendall(b"S" if certificate else b"N")
                if not certificate:
                    server.heard += filter(None, [connection.recv(1000)])
                    continue
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificate)
                with context.wrap_socket(connection, server_side=True) as secured:
                    server.heard += filter(None, [secured.recv(1000)])
                    secured.sendall(_FATAL)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For the host `localhost`, with its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not there to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, public = folder / "key.pem", folder / "public.pem"
    options = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost"]
    arguments: list[str | Path] = [
        "req",
        "-x509",
        *options,
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        key,
        "-out",
        public,
    ]
    subprocess.run([program, *arguments], check=True, capture_output=True)  # noqa: S603 - our own arguments
    both = folder / "both.pem"
    both.write_bytes(key.read_bytes() + public.read_bytes())
    return both


def refused(server: Server, *, host: str = "localhost", roots: Path | str) -> str:
    """The one line that says why."""
    options = f"sslmode=verify-full&sslrootcert={roots}&hostaddr=127.0.0.1&connect_timeout=5"
    with pytest.raises(SettingsError) as error:
        upgrade(f"postgresql://somebody:the-password@{host}:{server.port}/footnote?{options}")
    assert "the-password" not in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_server_whose_certificate_is_trusted_is_spoken_to(certificate: Path) -> None:
    with postgresql(certificate) as server:
        assert "refused" in refused(server, roots=certificate)
    assert any(b"somebody" in heard for heard in server.heard)


def test_a_server_without_tls_receives_no_password(certificate: Path) -> None:
    with postgresql(None) as server:
        assert "SSL" in refused(server, roots=certificate)
    assert server.heard == []


def test_a_server_with_a_certificate_of_its_own_receives_no_password(certificate: Path) -> None:
    with postgresql(certificate) as server:
        assert "certificate" in refused(server, roots="system")
    assert server.heard == []


def test_a_server_with_the_certificate_of_another_receives_no_password(certificate: Path) -> None:
    with postgresql(certificate) as server:
        assert "does not match" in refused(server, host="database.example", roots=certificate)
    assert server.heard == []
