"""Drills are listed, and no figure counts them."""

from collections.abc import Sequence
from typing import Any

import pytest

from supporttui.domain.attainment import Grouping
from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.events import CriterionHeld
from supporttui.domain.people import AuthorityKind, Overflow, Team
from supporttui.domain.procedures import Procedure, ProcedureStep
from supporttui.domain.queue import Op, SortBy, Term
from supporttui.domain.sla.calendars import Window
from supporttui.domain.sla.order import Metric
from supporttui.domain.spans import Instant
from supporttui.usecases import (
    attainment,
    attention,
    criteria,
    escalation,
    overflow,
    policies,
    procedures,
    queue,
    tickets,
    whatif,
)
from supporttui.usecases.definitions.defining import Pack
from supporttui.usecases.record import record
from supporttui.usecases.rota import balance
from tests.builders import NOW, Desk, calendar, opened, policy

pytestmark = pytest.mark.core
OPEN = Term("is", Op.eq, ("open",))


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A site with a rule, a procedure and a criterion that a ticket could count for."""
    with desk.store.write() as tx:
        tx.definitions.put("partner", Team("partner", "Partner", AuthorityKind.external))
        tx.definitions.put("desk", Team("desk", "Desk", overflow=(Overflow("partner", limit=9),)))
        tx.definitions.put(
            "restart", Procedure("restart", "Restart", (ProcedureStep("Restart it"),), services=("mail",))
        )
        tx.definitions.put("urgent", policy(criteria=(Criterion("slow", CriterionKind.no_update, 3600),)))
    return desk


def work(desk: Desk, *, drill: bool) -> int:
    """A ticket of priority 1 that is late, called for, worked on by a procedure, and has attention."""
    ticket = desk.do(tickets.open_ticket, opened(priority=1, drill=drill)).id
    desk.watch(escalation.advance, desk.token or desk.lead(), ticket)
    desk.do(attention.attend, ticket, None, reason="board", impact=1, level="2", asker="director")
    desk.do(procedures.step, ticket, None)
    with desk.store.write() as tx:
        record(desk.call(), tx, tx.tickets.get(ticket), [CriterionHeld("slow", "urgent", 1, "no_update", 3600, 3600)])
    return ticket


def figures(desk: Desk) -> Sequence[Any]:
    """Every figure that the desk, the shell and the reports show."""
    now, until = desk.clock(), Instant(desk.clock() + 1)
    status = desk.ask(queue.status, now, "ana")
    kept = desk.ask(attainment.report, now, by=Grouping.service, metric=Metric.first_response).found
    review = desk.ask(attention.review, now)
    with desk.store.write() as tx:
        changed = whatif.of_definitions(tx, Pack("x", calendars=(calendar(weekly=(Window("09:00", "20:00"),)),)), now)
    moved = desk.ask(policies.one, "urgent")
    return (
        (status.open, status.breached, status.running, status.next_breach, status.expected),
        kept,
        (len(review.tickets), review.asked),
        (changed.timers, changed.moved),
        (moved.running, moved.behind),
        [(one.runs, one.finished) for one in desk.ask(procedures.every, now)],
        [(one.held, one.tickets) for one in desk.ask(criteria.report, now)],
        [one.open for one in desk.ask(overflow.every, now)],
        [(one.person, one.pages_at_night) for one in desk.ask(balance, NOW, until, now=now).entries],
    )


def test_no_figure_changes_by_a_drill_and_each_does_by_a_real_ticket(busy: Desk) -> None:
    desk = busy
    desk.clock.forward(hours=1)
    before = figures(desk)
    drill = work(desk, drill=True)
    desk.clock.forward(hours=2)
    assert figures(desk)[1:] == before[1:]
    assert figures(desk)[0][:4] == before[0][:4]
    desk.do(tickets.resolve, drill, None)
    assert figures(desk)[1:] == before[1:]
    work(desk, drill=False)
    desk.clock.forward(hours=2)
    after = figures(desk)
    assert [one != other for one, other in zip(after, before, strict=True)] == [True] * len(before)


def test_a_drill_is_listed(desk: Desk) -> None:
    drill = desk.do(tickets.open_ticket, opened(priority=1, drill=True)).id
    listed = desk.ask(lambda tx: tx.tickets.page(OPEN, now=desk.clock(), me=None, sort=SortBy.sla, limit=5))
    assert [row.id for row in listed] == [drill]
