"""Two kinds of escalation of one ticket side by side, and whose turn it is in a round robin; on both databases."""

from dataclasses import replace

from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind, EscalationState
from supporttui.storage import SqlStore
from tests.storage.making import NOW, escalation, opened_in

HIERARCHICAL = EscalationKind.hierarchical


def test_both_kinds_are_read_in_their_order_and_one_moves_without_the_other(store: SqlStore):
    ticket = opened_in(store)
    functional = escalation(ticket.id, due=Instant(NOW + 60))
    management = replace(functional, kind=HIERARCHICAL, generation=2, policy="boss", due=Instant(NOW + 30))
    with store.write() as tx:
        tx.escalations.save(management)
        tx.escalations.save(functional)
    with store.write() as tx:
        assert tx.escalations.of_ticket(ticket.id) == (functional, management)
        assert tx.escalations.running() == (management, functional)
        assert tx.escalations.move(management, EscalationState.snoozed, due=None)
    with store.read() as tx:
        asleep = replace(management, state=EscalationState.snoozed, due=None)
        assert tx.escalations.of_ticket(ticket.id) == (functional, asleep)
        assert tx.escalations.running() == (functional, asleep)
        assert tx.escalations.due(Instant(NOW + 99), 9) == (functional,)


def test_a_turn_is_remembered_by_its_name(store: SqlStore, other: SqlStore):
    with store.write() as tx:
        assert tx.escalations.pointer("round_robin:p:1") == 0
        tx.escalations.point("round_robin:p:1", 2)
    with other.write() as tx:
        assert tx.escalations.pointer("round_robin:p:1") == 2
        tx.escalations.point("round_robin:p:1", 1)
    with store.read() as tx:
        assert (tx.escalations.pointer("round_robin:p:1"), tx.escalations.pointer("round_robin:p:2")) == (1, 0)
