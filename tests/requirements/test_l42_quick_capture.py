"""L42: a call becomes a ticket by one line, on behalf of whoever called, with a service nobody has to look up."""

import pytest

from supporttui.domain import capture
from supporttui.domain.capture import Why
from supporttui.usecases import capturing, tickets
from tests.builders import Desk, opened, refuses


def logged(desk: Desk, text: str, by: str = "ana", **more: str) -> tuple[str, Why]:
    found = desk.do(capturing.log, text=text, by=by, **more)
    return found.ticket.service, found.guess.why


def test_one_line_at_the_shell_opens_a_ticket_for_somebody(shell, desk):
    out = shell("log", "phone: VPN drops every hour", "--for", "Maria Rossi", "--as", "ana").out
    assert out == "T-1 is open for Vpn (named in the line), P3: VPN drops every hour\n"
    with desk.store.read() as tx:
        found = tx.tickets.get(1)
    assert (found.title, found.requester, found.text) == (
        "VPN drops every hour", "Maria Rossi", "phone: VPN drops every hour",
    )  # fmt: skip
    found = shell("log", "VPN again", "--json", "--as", "ana").json["results"][0]
    assert (found["service"], found["service_by"]) == ("vpn", "named")


def test_the_service_is_named_else_that_of_tickets_alike_else_the_last_one_of_whoever_writes(desk):
    for title in ("Tunnel to Lyon flaps", "Tunnel to Turin down"):
        desk.do(tickets.open_ticket, opened(service="vpn", title=title), by="ben")
    with refuses("log.service"):
        logged(desk, "Something odd", by="mia")
    assert logged(desk, "mail is late") == ("mail", Why.named)
    assert logged(desk, "Another tunnel stays closed") == ("vpn", Why.alike)
    assert logged(desk, "Something odd", by="ben") == ("vpn", Why.last)
    assert logged(desk, "Something odd", by="mia", service="mail") == ("mail", Why.said)


@pytest.mark.parametrize(
    ("text", "title", "way"),
    [
        ("phone: no line", "no line", "phone"),
        ("PHONE :  no   line", "no line", "phone"),
        ("VPN: no line", "VPN: no line", ""),
        ("no line", "no line", ""),
        ("phone:", "phone:", ""),
    ],
)
def test_only_a_word_that_says_how_it_came_is_taken_off_the_line(text, title, way):
    assert capture.read(text) == capture.Line(title, way)


def test_the_site_has_words_of_its_own_for_the_ways(desk):
    with desk.store.write() as tx:
        tx.definitions.put_site({capturing.WAYS: "Telefon, 電話"})
    for text in ("telefon: Mail steht", "電話：Mail steht"):
        assert desk.do(capturing.log, text=text).ticket.title == "Mail steht"


def test_tickets_that_say_as_much_for_one_service_as_for_another_say_nothing(desk):
    for service in ("vpn", "mail"):
        desk.do(tickets.open_ticket, opened(service=service, title="Certificate expired"), by="ben")
    with refuses("log.service"):
        logged(desk, "certificate", by="mia")
