"""A system that gives no sign of life gets a ticket, once; its next sign is told there."""

import pytest

from supporttui.domain.events import Reported, Signal
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.incoming.source import Beat, WhenOver
from supporttui.domain.states import Origin, State
from supporttui.usecases import tickets
from supporttui.usecases.incoming.beats import is_silent, is_unawaited, sign, silence, wait_for
from supporttui.usecases.incoming.taking import Outcome, Wording
from tests.builders import Desk, refuses

pytestmark = pytest.mark.core


def beat(desk: Desk, **deviations) -> None:
    values = {"id": "backup", "service": "mail", "interval": 3600, "grace": 60, "name": "Backup", **deviations}
    with desk.store.write() as tx:
        tx.definitions.put("backup", Beat(**values))


def signed(desk: Desk) -> Outcome:
    with desk.store.write() as tx:
        return sign(desk.call("intake", Origin.intake), tx, "backup").outcome


def swept(desk: Desk) -> int:
    token = desk.token or desk.lead()
    if desk.ask(is_unawaited, desk.clock()):
        desk.watch(wait_for, token)
    return desk.watch(silence, token, words=Wording(silence="Silent: {name}"))


def ticket(desk: Desk):
    number = desk.ask(lambda tx: tx.incoming.sign("backup")).ticket
    return None if number is None else desk.ask(lambda tx: tx.tickets.get(number))


def signals(desk: Desk) -> list[Signal]:
    facts = desk.ask(lambda tx: tx.journal.of_ticket(ticket(desk).id))
    return [fact.event.state for fact in facts if isinstance(fact.event, Reported)]


def test_silence_opens_a_ticket_when_it_is_due_and_once(desk: Desk):
    beat(desk, impact=1, urgency=1)
    assert signed(desk) is Outcome.noted
    desk.clock.forward(seconds=3659)
    assert swept(desk) == 0
    desk.clock.forward(seconds=1)
    assert [swept(desk) for _ in range(2)] == [1, 0]
    found = ticket(desk)
    assert (found.title, found.service, found.priority) == ("Silent: Backup", "mail", 1)
    assert desk.ask(lambda tx: tx.escalations.get(found.id)) is not None
    assert desk.ask(lambda tx: tx.incoming.next_silent()) is None


def test_a_system_that_never_gave_a_sign_is_silent_too(desk: Desk):
    beat(desk, priority=2)
    swept(desk)
    desk.clock.forward(seconds=3660)
    swept(desk)
    assert ticket(desk).priority == 2


@pytest.mark.parametrize(("when_over", "outcome", "state"), [
    (WhenOver.note, Outcome.over, State.new), (WhenOver.resolve, Outcome.resolved, State.resolved),
])  # fmt: skip
def test_the_next_sign_is_told_on_the_ticket(desk: Desk, when_over, outcome, state):
    beat(desk, when_over=when_over)
    signed(desk)
    desk.clock.forward(hours=2)
    swept(desk)
    assert [signed(desk), signed(desk)] == [outcome, Outcome.noted]
    assert ticket(desk).state is state
    assert signals(desk) == [Signal.silent, Signal.resumed]


def test_silence_comes_again_on_the_same_ticket_until_it_is_closed(desk: Desk):
    beat(desk)
    signed(desk)
    desk.clock.forward(hours=2)
    swept(desk)
    first = ticket(desk)
    signed(desk)
    desk.do(tickets.resolve, first.id, None)
    desk.clock.forward(hours=2)
    swept(desk)
    assert (ticket(desk).id, ticket(desk).state) == (first.id, State.active)
    signed(desk)
    desk.do(tickets.close, first.id, None)
    desk.clock.forward(hours=2)
    swept(desk)
    assert ticket(desk).id != first.id


def test_what_is_not_active_any_more_is_not_waited_for(desk: Desk):
    beat(desk)
    signed(desk)
    beat(desk, active=False)
    desk.clock.forward(hours=2)
    assert [swept(desk), swept(desk)] == [1, 0]
    assert ticket(desk) is None
    with refuses("beat.unknown", NotFound):
        signed(desk)


def test_a_silence_that_cannot_be_told_of_holds_up_no_other_and_is_looked_at_again(desk: Desk):
    beat(desk)
    with desk.store.write() as tx:
        tx.definitions.put("lost", Beat("lost", "nowhere", 60))
    swept(desk)
    desk.clock.forward(hours=2)
    assert swept(desk) == 2
    assert ticket(desk) is not None
    assert not desk.ask(is_silent, desk.clock())
    assert desk.ask(is_silent, desk.clock.forward(seconds=60))


def test_a_priority_that_the_matrix_gives_no_more_and_levels_beyond_it_keep_nobody_from_hearing(desk: Desk):
    beat(desk, priority=9, impact=9, urgency=9)
    swept(desk)
    desk.clock.forward(hours=2)
    swept(desk)
    assert ticket(desk).priority == 4


def test_only_the_watch_that_leads_looks(desk: Desk):
    beat(desk)
    with refuses("lease.lost", Refused):
        desk.watch(silence, 99)
