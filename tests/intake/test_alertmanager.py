"""A real Alertmanager against the intake: ``apt-get install prometheus-alertmanager && pytest -m slow tests/intake``.

What it sends is recorded in ``tests/data/alertmanager``; ``test_serve.py`` holds the intake to that in every run.
"""

import json
import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supporttui.domain.events import Reported, Signal
from supporttui.domain.states import State
from tests.intake.sending import TOKEN, Line, define, listening

pytestmark = pytest.mark.slow
PATIENCE = 60


class Alertmanager:
    """One of its own in a folder; groups for a moment only."""

    def __init__(self, folder: Path, port: int) -> None:
        program = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")
        assert program is not None, "apt-get install prometheus-alertmanager"
        (folder / "settings.yml").write_text(f"""
route: {{receiver: desk, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 2s}}
receivers:
- name: desk
  webhook_configs:
  - url: http://127.0.0.1:{port}/alerts/prometheus
    max_alerts: 2
    http_config: {{authorization: {{credentials: {TOKEN}}}}}
""")
        self._log = folder / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [program, f"--config.file={folder}/settings.yml", f"--storage.path={folder}/data",
                 "--web.listen-address=127.0.0.1:0", "--cluster.listen-address="],
                stderr=log, stdout=log, env={"PATH": os.environ["PATH"]},
            )  # fmt: skip
        self.port = until(lambda: re.search(r"Listening on.*address=127\.0\.0\.1:(\d+)", self._log.read_text()))[1]

    def fire(self, *hosts: str, over: bool = False) -> None:
        ends = {"endsAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())} if over else {}
        alerts = [
            {"labels": {"alertname": "DiskFull", "severity": "critical", "host": host},
             "annotations": {"summary": f"{host} is full"}, **ends}
            for host in hosts
        ]  # fmt: skip
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v2/alerts",
            json.dumps(alerts).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=PATIENCE).close()

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)


def until(question: Callable[[], object]):
    """What a question answers once it is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := question():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen")


@pytest.fixture
def line(site_store) -> Iterator[Line]:
    define(site_store)
    with listening(site_store) as found:
        yield found


@pytest.fixture
def alertmanager(line: Line, tmp_path) -> Iterator[Alertmanager]:
    started = Alertmanager(tmp_path, line.server.port)
    yield started
    started.end()


def test_firing_grouping_repetition_truncation_and_the_end(line: Line, alertmanager: Alertmanager):
    def alerts():
        return line.ask(lambda tx: tx.incoming.newest(source="prometheus", limit=9))

    def told() -> list[Reported]:
        facts = line.ask(lambda tx: tx.journal.of_ticket(alerts()[0].ticket))
        return [fact.event for fact in facts if isinstance(fact.event, Reported)]

    alertmanager.fire("db1")
    until(alerts)
    ticket = alerts()[0].ticket
    assert line.ask(lambda tx: tx.tickets.get(ticket)).title == "db1 is full"
    until(lambda: alerts()[0].count > 1)
    alertmanager.fire("db2", "db3")
    until(lambda: any(one.cut == 1 for one in told()))
    alertmanager.fire("db1", "db2", "db3", over=True)
    until(lambda: alerts()[0].state == "resolved")
    assert line.ask(lambda tx: tx.tickets.get(ticket)).state is State.resolved
    assert told()[-1].state is Signal.resolved
    assert [one.ticket for one in alerts()] == [ticket]
