"""A web server on a free port that hears messages and answers as a test wants it to."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class WebServer:
    """What it was told; its status, what it says, and whether it ends its answers."""

    status: int = 200
    says: bytes = b"ok"
    endless: bool = False
    port: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


@contextlib.contextmanager
def serving(web: WebServer) -> Iterator[WebServer]:
    """The server, listening on the loopback as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            web.heard.append({"path": self.path, "key": self.headers["Idempotency-Key"], **json.loads(body)})
            self.send_response(web.status)
            self.end_headers()
            with contextlib.suppress(OSError):
                while web.endless and not web.closing.wait(0.2):
                    self.wfile.write(b".")
                self.wfile.write(web.says)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = False
    web.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        web.closing.set()
        listening.shutdown()
        thread.join()
        listening.server_close()
