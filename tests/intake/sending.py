"""A desk with an intake that listens, and what another system sends to it."""

import base64
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supporttui.domain.incoming.source import Beat, IntakeSource, SourceKind, SourceRule, WhenOver
from supporttui.intake.serve.http import Limits, Server
from supporttui.intake.serve.reception import Reception
from supporttui.storage import SqlStore
from supporttui.usecases.incoming.taking import Wording
from supporttui.usecases.ports import Store

TOKEN = "correct-horse-battery"
DATA = Path(__file__).parents[1] / "data"
BY_SEVERITY = (SourceRule({"labels.severity": "critical"}, impact=1, urgency=1),)
SOURCES = (
    IntakeSource("prometheus", SourceKind.alertmanager, "mail", rules=BY_SEVERITY, when_over=WhenOver.resolve),
    IntakeSource("form", SourceKind.json, "mail"),
    IntakeSource("post", SourceKind.mail, "mail", reopens=False),
    IntakeSource("vendor", SourceKind.command, "vpn"),
)


@dataclass(frozen=True)
class Told:
    """An answer."""

    status: int
    content: Any
    headers: dict[str, str]

    @property
    def outcomes(self) -> list[str]:
        return [one["outcome"] for one in self.content["taken"]]

    @property
    def tickets(self) -> list[int]:
        return [one["ticket"] for one in self.content["taken"]]


@dataclass
class Line:
    """The line to a server."""

    server: Server
    store: SqlStore

    def send(
        self, path: str, body: Any = None, *, method: str = "POST", token: str | None = TOKEN, **headers: str
    ) -> Told:
        known = {} if token is None else {"Authorization": f"Bearer {token}"}
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            connection.request(
                method, path, data, {**known, **{name.replace("_", "-"): text for name, text in headers.items()}}
            )
            answer = connection.getresponse()
            text = answer.read()
            return Told(answer.status, json.loads(text) if text else None, dict(answer.headers))
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        """What comes back for bytes that need be no request."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as line:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            found = b""
            while piece := line.recv(65_536):
                found += piece
            return found

    def ask(self, question):
        with self.store.read() as tx:
            return question(tx)

    def nothing_happened(self) -> bool:
        return self.ask(lambda tx: tx.journal.head() == 0 and tx.incoming.newest(source=None, limit=1) == ())


def define(store: Store) -> None:
    with store.write() as tx:
        for source in SOURCES:
            tx.definitions.put(source.id, source)
        tx.definitions.put("backup", Beat("backup", "mail", 3600))


@contextmanager
def listening(store: SqlStore, limits: Limits | None = None) -> Iterator[Line]:
    words = Wording("Too much from {name}", "Silent: {name}", "Attached: {files}")
    server = Server(
        ("127.0.0.1", 0), Reception(store, words), tokens=(TOKEN,), sentence=lambda fault: f"sentence of {fault.code}",
        limits=limits or Limits(bytes=100_000, seconds=20),
    )  # fmt: skip
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield Line(server, store)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def basic(token: str) -> str:
    return "Basic " + base64.b64encode(f"monitoring:{token}".encode()).decode()


def recorded(name: str) -> bytes:
    """What a real Alertmanager 0.25 sent."""
    return (DATA / "alertmanager" / f"{name}.json").read_bytes()
