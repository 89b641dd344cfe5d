"""The watch looks at its own work: what fails is parked and seen, and a sign of life leaves only while all is well."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from supporttui.channels.heartbeat import heartbeat_of
from supporttui.domain.faults import ChannelFailed
from supporttui.domain.spans import Instant
from supporttui.usecases import auditing, tickets
from supporttui.usecases.escalation import sweeping
from supporttui.watch.parking import FAILURES, PARKED_SECONDS, STUCK_SECONDS, Parking
from tests.builders import opened
from tests.watch.conftest import Pager


def test_a_ticket_is_parked_after_three_failures_and_tried_again_after_an_hour():
    parking = Parking()
    for time in (0.0, 100.0):
        parking.failed(7, time, Instant(1_000))
        assert parking.waiting(time + STUCK_SECONDS - 1) == {7}
        assert parking.waiting(time + STUCK_SECONDS) == frozenset()
        assert parking.parked() == ()
    parking.failed(7, 200.0, Instant(1_200))
    assert parking.parked() == ((7, 1_000),)
    assert parking.waiting(200.0 + PARKED_SECONDS - 1) == {7}
    assert parking.waiting(200.0 + PARKED_SECONDS) == frozenset()
    parking.went_well(7)
    assert parking.parked() == ()


@pytest.fixture
def broken(desk, monkeypatch):
    """A ticket whose step cannot be taken."""
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    real = sweeping._advance

    def advance(call, tx, rules, escalation):
        if escalation.ticket == ticket.id:
            raise ValueError("poison")
        return real(call, tx, rules, escalation)

    monkeypatch.setattr(sweeping, "_advance", advance)
    return ticket


def test_a_ticket_whose_step_fails_again_and_again_is_shown_as_parked(desk, clock, watching, broken, caplog):
    watch = watching()
    for time in range(FAILURES):
        watch._parking._stuck = {
            ticket: one.__class__(one.since, one.failures, 0.0) for ticket, one in watch._parking._stuck.items()
        }
        watch._recorded = float("-inf")
        watch.turn()
        codes = [one.code for one in desk.ask(lambda tx: tx.lease.pulse()).troubles]
        assert codes == (["audit.parked"] if time == FAILURES - 1 else [])
    other = desk.do(tickets.open_ticket, opened(priority=1))
    assert watch.turn().fired == 1
    assert desk.ask(lambda tx: tx.escalations.get(other.id)).firing == 1


def test_a_sign_of_life_leaves_once_a_minute_while_all_is_well(desk, clock, watching):
    beats = Pager("heartbeat")
    watch = watching(heartbeat=beats)
    watch.turn()
    watch.turn()
    assert len(beats.sent) == 1
    watch._recorded = float("-inf")
    watch.turn()
    assert len(beats.sent) == 2


def test_no_sign_of_life_leaves_while_something_is_wrong(desk, clock, watching, broken, monkeypatch):
    beats = Pager("heartbeat")
    clock.forward(seconds=auditing.OVERDUE + 1)
    watching(heartbeat=beats).turn()
    assert beats.sent == []


def test_a_sign_of_life_that_cannot_leave_stops_nothing(desk, clock, watching, caplog):
    desk.do(tickets.open_ticket, opened(priority=1))
    assert watching(heartbeat=Pager("heartbeat", failing=True)).once().sent == 1
    assert "no sign of life left" in caplog.text


# --- by which way it leaves -------------------------------------------------------------------------------


@pytest.fixture
def outside():
    """Somebody who counts what it is asked for, and answers ``/bad`` with a fault."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(500 if self.path == "/bad" else 200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join(10)


def send(beat) -> None:
    beat.send("", "", "", key="k", facts={})


def test_an_address_is_asked_for_and_anything_but_success_is_a_failure(outside):
    url, asked = outside
    send(heartbeat_of(f"{url}/secret", ()))
    assert asked == ["/secret"]
    with pytest.raises(ChannelFailed) as failed:
        send(heartbeat_of(f"{url}/bad", ()))
    assert failed.value.params["status"] == 500
    assert "bad" not in str(failed.value)


def test_an_address_that_nobody_answers_is_a_failure():
    with pytest.raises(ChannelFailed):
        send(heartbeat_of("http://127.0.0.1:9/", ()))


def test_a_program_is_started_and_without_either_there_is_none(tmp_path):
    seen = tmp_path / "seen"
    send(heartbeat_of("", ("/bin/sh", "-c", f'echo "$SUPPORTTUI_KEY" > {seen}')))
    assert seen.read_text() == "k\n"
    assert heartbeat_of("", ()) is None
    assert heartbeat_of("ftp://example.org", ()) is None
