"""The HTTP server: bounded in size, time and connections; nobody outside ever sees a traceback.

Every message needs a token; only whether the program is well is told to anybody.
"""

import io
import json
import logging
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, cast

from supporttui.domain.faults import BadInput, Forbidden, Refused, SupportError
from supporttui.domain.text import safe_text
from supporttui.intake.serve.reception import Reception
from supporttui.intake.serve.routes import Answer, Request, Sentence, answer, path_of, refusal
from supporttui.intake.serve.tokens import opens

_LOG = logging.getLogger("supporttui.intake")
_GONE = (BrokenPipeError, ConnectionError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one sender may take of the server."""

    bytes: int = 1 << 20
    """Of a body."""
    seconds: float = 10.0
    """From the first byte of a request to the last of its answer."""
    connections: int = 32
    """At once; who comes then waits for one of them to end."""


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens once it is made; ``serve_forever`` answers until ``shutdown``."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(
        self, address: tuple[str, int], reception: Reception, *, tokens: Sequence[str], sentence: Sentence,
        limits: Limits | None = None,
    ) -> None:  # fmt: skip
        """Raises OSError where the address cannot be listened on."""
        self.reception = reception
        self.tokens = tuple(tokens)
        self.sentence = sentence
        self.limits = limits or Limits()
        self._free = threading.BoundedSemaphore(self.limits.connections)
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)

    @property
    def port(self) -> int:
        """On which it listens: the one that was given by the system where 0 was asked for."""
        return int(self.socket.getsockname()[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """In a thread of its own, as soon as one of the allowed connections is free."""
        if not self._free.acquire(timeout=self.limits.seconds):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """To its end, whatever that is."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002  the base's signature
        """A defect of ours: the log has where, the sender a status."""
        if isinstance(sys.exc_info()[1], _GONE):
            return
        _LOG.exception("a request failed")
        told = json.dumps(refusal(Refused("intake.defect"), self.sentence).content, ensure_ascii=False).encode()
        head = (
            f"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: {len(told)}\r\n"
        )
        try:
            cast("socket.socket", request).sendall(f"{head}Connection: close\r\n\r\n".encode() + told)
        except OSError:
            return


class _Timed(io.RawIOBase):
    """What a socket brings, until a deadline: a sender that drips is cut off like one that is silent."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._connection = connection
        self._end = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        rest = self._end - time.monotonic()
        if rest <= 0:
            raise TimeoutError
        self._connection.settimeout(rest)
        return self._connection.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    """One request a connection."""

    protocol_version = "HTTP/1.1"
    server_version = "supporttui"
    sys_version = ""
    server: Server

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(self.server.limits.seconds)
        self._plain = self.rfile
        self._unread = True
        self.rfile = io.BufferedReader(_Timed(self.connection, self.server.limits.seconds))

    def finish(self) -> None:
        super().finish()
        self._plain.close()

    def handle(self) -> None:
        self.close_connection = True
        self.handle_one_request()

    def do_POST(self) -> None:
        """Take something in."""
        self._answer()

    def do_GET(self) -> None:
        """Tell how it is."""
        self._answer()

    do_HEAD = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_GET  # noqa: N815

    def _answer(self) -> None:
        started = time.monotonic()
        try:
            told = self._done()
        except SupportError as fault:
            told = refusal(fault, self.server.sentence)
        self._send(told)
        spent = int((time.monotonic() - started) * 1000)
        path = safe_text("/".join(path_of(self.path)), one_line=True, limit=100)
        _LOG.info("%s /%s %d %d ms", self.command, path, told.status, spent)

    def _done(self) -> Answer:
        """Let in, then read, then do: nothing of what a stranger sends is read."""
        health = path_of(self.path) == ("health",)
        if not health and not opens(self.headers.get("Authorization", ""), self.server.tokens):
            raise Forbidden("intake.token")
        body = self._body() if self.command == "POST" else b""
        key = self.headers.get("Idempotency-Key", "")[:200]
        return answer(self.server.reception, Request(self.command, self.path, body, key), self.server.sentence)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding"):
            raise BadInput("intake.length")
        given = self.headers.get("Content-Length", "0")
        if not (given.isascii() and given.isdigit()) or len(given) > 12:
            raise BadInput("intake.length")
        if int(given) > self.server.limits.bytes:
            raise BadInput("intake.too_large", most=self.server.limits.bytes)
        try:
            body = self.rfile.read(int(given))
        except TimeoutError:
            body = b""
        if len(body) < int(given):
            raise BadInput("intake.cut_off")
        self._unread = False
        return body

    def _send(self, told: Answer) -> None:
        content = json.dumps(told.content, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        self.send_response(told.status)
        headers = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(content)),
                   "Connection": "close", "Cache-Control": "no-store", **told.headers}  # fmt: skip
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        if self._unread:
            self._drain()

    def _drain(self) -> None:
        """A connection that is closed over what came unread would take the answer with it."""
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_WR)
        rest = self.server.limits.bytes * 4
        while rest > 0 and (piece := self.rfile.read1(65_536)):
            rest -= len(piece)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What is no request at all, such as a line that never ends."""
        self.command = getattr(self, "command", None) or "GET"
        self._send(refusal(BadInput("intake.request"), self.server.sentence, HTTPStatus(code)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Each request has a line of ours, without what it may hold."""
