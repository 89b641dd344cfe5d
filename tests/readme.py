"""The parts of README that are made, not written: the picture of the queue, the keys, the settings.

python -m tests.readme      writes them anew
"""

import asyncio
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from supporttui.bootstrap import reference
from supporttui.i18n.catalogue import load
from supporttui.intake import demo
from supporttui.storage import open_store
from supporttui.tui import help as keys
from tests.builders import MovableClock
from tests.tui.driver import at_desk

README = Path(__file__).parents[1] / "README.md"
_PART = re.compile(r"(<!-- (?P<name>\w+) -->\n).*?(<!-- /(?P=name) -->)", re.DOTALL)


async def picture() -> str:
    """The demo's queue at 80x24, as a terminal shows it."""
    with tempfile.TemporaryDirectory() as folder:
        clock = MovableClock(demo.START)
        store = open_store(f"{folder}/demo.sqlite", clock=clock, create=True)
        demo.build(store, demo.START)
        async with at_desk(store, clock, symbols="unicode", me=demo.ME) as desk:
            shown = "\n".join(line.rstrip() for line in desk.lines).rstrip()
        store.close()
    return f"```\n{shown}\n```\n"


def key_table() -> str:
    """Every key of the queue, by the map and the registry."""
    lines = keys.lines(load("en", "UTC", {}), "queue", changed={}, width=110)
    return "```\n" + "\n".join("".join(text for _, text in line).rstrip() for line in lines).rstrip() + "\n```\n"


def settings_table() -> str:
    """Every setting: its default, what is allowed, the variable that sets it, what it means."""
    rows = ["| key | default | allowed | environment | meaning |", "|---|---|---|---|---|"]
    for entry in reference.entries():
        if not entry.key.startswith("keys.") or entry.key in ("keys.preset", "keys.layout"):
            default = "" if entry.default in ("", None, [], {}) else f"`{json.dumps(entry.default)}`"
            cells = (f"`{entry.key}`", default, entry.allowed, f"`{entry.variable}`", entry.meaning)
            rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(rows) + "\n"


def made() -> Mapping[str, str]:
    """Name of the part → its text."""
    return {"picture": asyncio.run(picture()), "keys": key_table(), "settings": settings_table()}


def with_parts(text: str, parts: Mapping[str, str]) -> str:
    """README with its made parts."""
    return _PART.sub(lambda found: found[1] + parts[found["name"]] + found[3], text)


if __name__ == "__main__":
    README.write_text(with_parts(README.read_text("utf-8"), made()), "utf-8")
