"""Whoever answers for a ticket hears quietly that something came in on it, once in a quarter of an hour."""

import pytest

from supporttui.domain.events import RequesterWrote
from supporttui.domain.incoming.letter import Letter
from supporttui.domain.incoming.report import Report
from supporttui.domain.incoming.source import IntakeSource, SourceKind
from supporttui.domain.notices import QUIET
from supporttui.domain.states import Origin
from supporttui.usecases import tickets
from supporttui.usecases.incoming import taking
from supporttui.usecases.incoming.letters import take_letter
from tests.builders import Desk

pytestmark = pytest.mark.core


@pytest.fixture
def post(desk: Desk) -> Desk:
    with desk.store.write() as tx:
        for name, kind in (("post", SourceKind.mail), ("prom", SourceKind.alertmanager)):
            tx.definitions.put(name, IntakeSource(id=name, kind=kind, service="mail", name=name))
    return desk


def mail(desk: Desk, number: str, subject: str = "Help", sender: str = "ana@example.org") -> int:
    letter = Letter(id=f"{number}@b", sender=sender, name="Ana Ng", subject=subject, body="It hangs.")
    with desk.store.write() as tx:
        return take_letter(desk.call("intake", Origin.intake), tx, "post", letter).ticket


def alert(desk: Desk) -> int:
    with desk.store.write() as tx:
        report = Report(key="disk", title="Disk full", service="mail")
        return taking.take(desk.call("intake", Origin.intake), tx, "prom", (report,))[0].ticket


def heard(desk: Desk, ticket: int, code: str) -> list[str]:
    rows = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    assert {row.priority for row in rows if row.code == code} <= {QUIET}
    return [row.person for row in rows if row.code == code]


def test_the_owner_hears_of_mail_once_a_quarter_and_again_in_the_next(post: Desk):
    first = mail(post, "1")
    post.do(tickets.take, first, None)
    owner = post.ask(lambda tx: tx.tickets.get(first)).owner
    for number in "23":
        mail(post, number, f"T-{first}")
    assert heard(post, first, "wrote") == [owner]
    post.clock.forward(minutes=15)
    mail(post, "4", f"T-{first}")
    assert heard(post, first, "wrote") == [owner, owner]


def test_mail_of_somebody_else_is_only_a_note(post: Desk):
    first = mail(post, "1")
    mail(post, "2", f"T-{first}", sender="eve@evil.example")
    assert heard(post, first, "wrote") == []


def test_of_a_ticket_that_nobody_owns_somebody_who_answers_for_it_hears(post: Desk):
    first = mail(post, "1")
    mail(post, "2", f"T-{first}")
    assert heard(post, first, "wrote")
    assert any(isinstance(fact.event, RequesterWrote) for fact in post.ask(lambda tx: tx.journal.of_ticket(first)))


def test_the_owner_hears_that_it_is_reported_again_and_not_of_the_first_time(post: Desk):
    first = alert(post)
    assert heard(post, first, "again") == []
    post.do(tickets.take, first, None)
    owner = post.ask(lambda tx: tx.tickets.get(first)).owner
    alert(post)
    alert(post)
    assert heard(post, first, "again") == [owner]
