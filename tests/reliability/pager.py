"""A program of a site that takes messages: ``python pager.py LOG``; it writes them down, durably, then lingers.

It lingers so that a watch can die while its message has left and is not marked.
"""

import json
import os
import sys
import time
from pathlib import Path

SECONDS = 0.3


def main(log: str) -> None:
    """As ``checks.Told`` has it; time is what all processes of the machine share."""
    facts = {name[11:].lower(): value for name, value in os.environ.items() if name.startswith("SUPPORTTUI_")}
    told = {
        "key": facts["key"], "ticket": int(facts["ticket"]), "address": facts["address"],
        "priority": int(facts["priority"]), "body": sys.stdin.buffer.read().decode(), "at": time.monotonic(),
    }  # fmt: skip
    with Path(log).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(told) + "\n")
        lines.flush()
        os.fsync(lines.fileno())
    time.sleep(SECONDS)


if __name__ == "__main__":
    main(sys.argv[1])
