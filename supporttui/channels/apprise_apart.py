"""What runs in a process of its own: apprise, given one message on standard input, telling on standard output.

It is told by its log only why something failed, and its log may quote addresses and tokens: of it nothing but a
status number goes back.
"""

import json
import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

_STATUS = re.compile(r"error\s*[=:]\s*([1-5]\d\d)\b", re.IGNORECASE)
MISSING = "missing"
UNREADABLE = "unreadable"
FAILED = "failed"


def main() -> None:
    """Send one message; the answer is one JSON object."""
    logging.getLogger("apprise").propagate = False
    sys.stdout.write(json.dumps(_sent(json.load(sys.stdin))))


def _sent(message: Mapping[str, Any]) -> dict[str, Any]:
    try:
        import apprise  # an extra, and a quarter of a second
    except ImportError:
        return {"why": MISSING}
    service = apprise.Apprise(asset=apprise.AppriseAsset(app_id="supporttui", async_mode=False, secure_logging=True))
    if not all(service.add(url) for url in message["urls"]):
        return {"why": UNREADABLE}
    heard = _Heard()
    logging.getLogger("apprise").addHandler(heard)
    taken = service.notify(
        title=message["subject"], body=message["body"], body_format=apprise.NotifyFormat.TEXT, interpret_escapes=False
    )
    return {} if taken else {"why": FAILED, "status": heard.status}


class _Heard(logging.Handler):
    """The last status number of a server that apprise complained of."""

    status = 0

    def emit(self, record: logging.LogRecord) -> None:
        found = _STATUS.search(record.getMessage())
        if found:
            self.status = int(found[1])
