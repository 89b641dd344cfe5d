"""S38: formal escalation procedure; S39: with defined criteria, here time without an answer."""

import pytest

from supporttui.domain.events import EscalationEnded, StepFired
from supporttui.usecases import escalation, tickets
from tests.builders import opened

MINUTE = 60


@pytest.fixture
def page(desk, clock):
    """A priority 1 that nobody answers; the watch looks every minute for three hours."""
    desk.lead(seconds=86_400)
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    for _ in range(180):
        desk.watch(escalation.sweep, desk.token)
        clock.forward(minutes=1)
    return ticket


def events(desk, ticket, kind):
    facts = desk.ask(lambda tx: tx.journal.of_ticket(ticket.id))
    return [((fact.at - ticket.created_at) // MINUTE, fact.event) for fact in facts if isinstance(fact.event, kind)]


def test_unanswered_steps_fire_at_the_configured_instants_once_each(desk, page):
    fired = [(minute, step.round, step.step, step.paged) for minute, step in events(desk, page, StepFired)]
    assert fired == [
        (0, 1, 1, ("ben",)), (10, 1, 2, ("mia",)), (20, 1, 3, ("lea",)),
        (35, 2, 1, ("ben",)), (45, 2, 2, ("mia",)), (55, 2, 3, ("lea",)),
    ]  # fmt: skip
    pages = desk.ask(lambda tx: tx.outbox.of_ticket(page.id))
    assert len({notice.key for notice in pages}) == len(pages) == 7


def test_they_stop_at_the_limit_with_a_final_state_and_a_named_human(shell, desk, page):
    ((minute, end),) = events(desk, page, EscalationEnded)
    assert (minute, end.exhausted) == (70, True)
    last = desk.ask(lambda tx: tx.outbox.of_ticket(page.id))[0]
    assert (last.person, last.code) == ("zoe", "exhausted")
    shown = shell("ticket", "show", str(page.id), "--json").json["escalation"]
    assert (shown["state"], shown["due"], shown["upcoming"]) == ("exhausted", None, [])
    assert "Urgent; every step was taken and nobody answered" in shell("ticket", "show", str(page.id)).out


def test_s39_the_history_says_which_criterion_held_at_which_value(shell, page):
    told = shell("ticket", "history", str(page.id)).out
    assert "escalation step 2, round 1: Mia (not answered for 10m)" in told
    assert "escalation step 1, round 2: Ben (not answered for 15m)" in told
    assert "escalation used up, nobody answered" in told


def test_s39_the_value_leaves_out_the_time_in_which_somebody_had_answered(shell, desk, clock):
    desk.lead()
    number = desk.do(tickets.open_ticket, opened(priority=1)).id
    desk.watch(escalation.sweep, desk.token)
    clock.forward(minutes=4)
    desk.do(tickets.acknowledge, number, None)
    done = desk.last
    clock.forward(minutes=30)
    desk.do(tickets.undo, done)
    clock.forward(minutes=5, seconds=59)
    assert desk.watch(escalation.sweep, desk.token) == 0
    clock.forward(seconds=1)
    assert desk.watch(escalation.sweep, desk.token) == 1
    assert "(not answered for 10m)" in shell("ticket", "history", str(number)).out


def test_s39_what_comes_next_and_on_which_condition_is_on_the_ticket(shell, desk, clock):
    desk.lead()
    number = str(desk.do(tickets.open_ticket, opened(priority=1)).id)
    desk.watch(escalation.sweep, desk.token)
    assert "Escalation: Urgent; if nobody answers until 02:30: L2, Mia" in shell("ticket", "show", number).out
    shell("ack", number, "--as", "ana")
    assert "Escalation: Urgent; answered" in shell("ticket", "show", number).out


def test_s39_a_priority_just_below_the_watched_ones_does_not_escalate(desk):
    desk.lead()
    below, above = (desk.do(tickets.open_ticket, opened(priority=priority)) for priority in (3, 2))
    desk.watch(escalation.sweep, desk.token)
    assert events(desk, below, StepFired) == []
    assert len(events(desk, above, StepFired)) == 1
