"""A ticket may have two escalations that run: whoever asks for those that do says nothing twice, or of the wrong one."""

from dataclasses import replace

import pytest

from supporttui.domain.alerts import Alert
from supporttui.domain.ids import PersonId
from supporttui.storage import SqlStore
from supporttui.usecases import alerts, auditing, escalation, tickets
from tests.builders import Desk, MovableClock, opened, service, site
from tests.usecases.test_escalation_kinds import boss, sweep

pytestmark = pytest.mark.core


@pytest.fixture
def both(store: SqlStore, clock: MovableClock) -> Desk:
    site(store, boss=boss(), mail=service(management="boss"))
    desk = Desk(store, clock)
    desk.lead(seconds=10**6)
    return desk


def paged(desk: Desk, person: str) -> list[int | None]:
    found = desk.ask(alerts.pressing, desk.clock(), PersonId(person))
    return [one.ticket for one in found if one.alert is Alert.paged]


def of_steps(desk: Desk) -> list[tuple[str, int | None]]:
    found = desk.ask(auditing.troubles, desk.clock())
    return [(one.code, one.ticket) for one in found if one.code in ("audit.step_overdue", "audit.no_next_step")]


def test_what_was_answered_presses_nobody_while_those_who_decide_are_called(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    sweep(both)
    assert paged(both, "ben") == [ticket.id]
    both.do(tickets.acknowledge, ticket.id, None, by="ben")
    both.clock.forward(hours=1)
    sweep(both)
    assert (paged(both, "ben"), paged(both, "lea")) == ([], [ticket.id])


def test_a_trouble_is_told_once_a_ticket(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    both.clock.forward(hours=2)
    assert of_steps(both) == [("audit.step_overdue", ticket.id)]
    with both.store.write() as tx:
        for one in tx.escalations.of_ticket(ticket.id):
            tx.escalations.save(replace(one, due=None))
    assert of_steps(both) == [("audit.no_next_step", ticket.id)]


def test_the_steps_of_both_are_taken_together(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    both.clock.forward(hours=1)
    assert both.watch(escalation.advance, both.token, ticket.id) == 2
    assert both.watch(escalation.advance, both.token, ticket.id) == 0
