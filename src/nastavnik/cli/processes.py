"""The server and the background worker as processes of this computer."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

from nastavnik.shared.errors import DomainError

STOP_SECONDS = 15
PARENT = "NASTAVNIK_PARENT"  # set for processes that must not outlive their server


def require_free_port(host: str, port: int) -> None:
    """Refuse in words before the server fails with a trace. Raises: DomainError."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DomainError(
                "port_taken",
                f"Порт {port} на адресе {host} занят или недоступен. Выберите другой: --port {port + 1}",
            ) from error


@contextlib.contextmanager
def background_worker() -> Iterator[None]:
    """Run `nastavnik worker` beside the server and end it with the server."""
    env = {**os.environ, PARENT: str(os.getpid())}
    child = subprocess.Popen([sys.executable, "-m", "nastavnik", "worker"], env=env)
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until Ctrl+C or a termination signal; both end the running requests first."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ[PARENT] = str(os.getpid())
    Granian(
        "nastavnik.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backpressure=threads * 16,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()
