"""A real CalDAV server on a free port of this machine, with one user and one calendar."""

import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

USER, PASSWORD = "lea", "tür & tor"
PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """Where it listens."""

    port: int

    @property
    def url(self) -> str:
        """Of the calendar."""
        return f"http://127.0.0.1:{self.port}/{USER}/rota/"

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        """One request as the user; status and answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        login = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        connection.request(method, path, body, {"Authorization": f"Basic {login}"})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, text


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Started, with an empty calendar, and stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = Server(free.getsockname()[1])
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", "utf-8")
    config = folder / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{server.port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\nhtpasswd_encryption = plain\ndelay = 0\n"
        f"[storage]\nfilesystem_folder = {folder / 'kept'}\n"
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "radicale", "--config", str(config)], stdout=log, stderr=log)
        try:
            _await(server, process, folder)
            status, _ = server.ask("MKCALENDAR", f"/{USER}/rota/")
            assert status == 201
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def _await(server: Server, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError((folder / "log").read_text())
