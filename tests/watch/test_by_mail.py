"""Pages by real mail: refused ones are tried again as the same mail, and what nobody acknowledged goes on, taken or not."""

import pytest

from supporttui.channels.smtp import Security, SmtpChannel, SmtpOptions
from supporttui.domain.notices import NoticeCode
from supporttui.i18n import catalogue
from supporttui.usecases import ack_codes, tickets
from supporttui.usecases.ports import NoticeState
from supporttui.watch import Watch
from tests.builders import Desk, opened
from tests.channels.mail_server import MailServer, serving


@pytest.fixture
def server():
    with serving(MailServer()) as one:
        yield one


@pytest.fixture
def watch(desk, clock, server) -> Watch:
    options = SmtpOptions("127.0.0.1", "desk@site.example", server.port, Security.none, retry_after=60)
    return Watch(
        desk.store,
        channels={"mail": SmtpChannel("mail", options)},
        words_for=lambda person: catalogue.load(person.language if person else "en", "UTC", {}),
        clock=clock,
        holder="a",
    )


def urgent(desk: Desk):
    return desk.do(tickets.open_ticket, opened(priority=1))


def pages(desk: Desk, ticket) -> list:
    return [one for one in desk.ask(lambda tx: tx.outbox.of_ticket(ticket.id)) if one.code == NoticeCode.page]


def test_a_page_arrives_with_a_code_that_answers_it(desk, watch, server):
    ticket = urgent(desk)
    watch.once()
    (mail,) = server.mails()
    assert f"T-{ticket.id}" in mail["Subject"]
    (line,) = [line for line in mail.get_content().splitlines() if "supporttui ack " in line]
    desk.do(ack_codes.acknowledge, ticket.id, None, codes={ticket.id: line.rsplit(" ", 1)[1]})
    assert desk.ask(lambda tx: tx.tickets.get(ticket.id)).acknowledged_by is not None


def test_a_refused_page_is_tried_again_and_is_the_same_mail(desk, clock, watch, server):
    ticket = urgent(desk)
    server.says["RCPT"] = "451 try again later"
    watch.once()
    (page,) = pages(desk, ticket)
    assert (page.state, server.taken) == (NoticeState.failed, [])
    del server.says["RCPT"]
    clock.forward(minutes=2)
    watch.once()
    (mail,) = server.mails()
    (page,) = pages(desk, ticket)
    assert page.state is NoticeState.sent
    assert page.key.split(":")[1] == str(ticket.id)
    assert str(mail["X-Supporttui-Key"]).startswith(f"page-{ticket.id}-")


def test_a_server_that_takes_and_drops_stops_no_escalation(desk, clock, watch, server):
    ticket = urgent(desk)
    server.keeps = False
    watch.once()
    clock.forward(minutes=11)
    watch.once()
    called = {page.person: page.state for page in pages(desk, ticket)}
    assert server.taken == []
    assert len(called) == 2
    assert set(called.values()) == {NoticeState.sent}
