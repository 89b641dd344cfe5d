"""S21: who learns stands on the rota beside others, sees everything, writes notes, and is never called."""

from dataclasses import replace

import pytest

from supporttui.domain.events import StepFired
from supporttui.domain.ids import RotaId
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.coverage import Lack
from supporttui.domain.rota.schedule import Layer, LayerMode
from supporttui.domain.spans import Instant
from supporttui.domain.states import Role
from supporttui.i18n.catalogue import load
from supporttui.i18n.notices import subject_and_body
from supporttui.usecases import continuity, escalation, forecast, lint, notices, paging, queue, rota, tickets
from supporttui.usecases.definitions.defining import define
from supporttui.usecases.rota import looking
from tests.builders import NOW, PEOPLE, Desk, opened, person, policy, refuses, site
from tests.builders import rota as builder

pytestmark = pytest.mark.core
NEW = person("Nia", role=Role.shadow)


@pytest.fixture
def learning(desk: Desk) -> Desk:
    """Nia stands beside the first line."""
    plan = builder()
    beside = replace(plan.layers[0].rotations[0], turns=(("nia",),))
    slot = Layer("shadow", (beside,), mode=LayerMode.adds)
    site(desk.store, people=(*PEOPLE, NEW), rota=replace(plan, layers=(*plan.layers, slot)))
    return desk


def paged(desk: Desk) -> tuple[str, ...]:
    """Whom the first step of a ticket of priority 1 calls."""
    ticket = desk.do(tickets.open_ticket, opened(priority=1)).id
    desk.watch(escalation.advance, desk.token or desk.lead(), ticket)
    return tuple(one.person for one in desk.ask(lambda tx: tx.outbox.of_ticket(ticket)))


def test_a_shadow_is_seen_on_the_rota_and_not_called(learning: Desk) -> None:
    (first, *_) = learning.ask(rota.who, NOW)
    assert (first.people, first.learning) == (("ben", "nia"), ("nia",))
    assert learning.ask(queue.status, NOW).on_call[0].people == ("ben",)
    assert paged(learning) == ("ben",)


def test_a_shadow_may_note_and_neither_acknowledge_nor_escalate(learning: Desk) -> None:
    ticket = learning.do(tickets.open_ticket, opened(priority=1)).id
    learning.do(tickets.note, ticket, None, text="I saw this last week", by="nia")
    for usecase in (tickets.acknowledge, tickets.take, tickets.resolve, escalation.escalate):
        with refuses("access.denied"):
            learning.do(usecase, ticket, None, by="nia")
    assert learning.ask(queue.detail, ticket, NOW).facts[0].event.text == "I saw this last week"


def test_promotion_is_a_dated_entry_with_who_did_it_and_holds_from_then_on(learning: Desk) -> None:
    head = learning.ask(lambda tx: tx.journal.head())
    learning.do(define, "nia", replace(NEW, role=Role.agent), by="lea")
    assert learning.ask(lambda tx: tx.journal.head()) > head
    assert set(paged(learning)) == {"ben", "nia"}


def test_who_stands_there_to_be_called_second_is_called_later_if_nobody_has_answered(learning: Desk) -> None:
    """Without a code that would acknowledge it, and not by a page that is answered before."""
    plan = learning.ask(lambda tx: tx.definitions.rotas()[RotaId("night")][-1].value)
    slot = replace(plan.layers[-1], mode=LayerMode.second)
    with learning.store.write() as tx:
        tx.definitions.put("night", replace(plan, layers=(*plan.layers[:-1], slot)))
    assert set(paged(learning)) == {"ben", "nia"}
    first, second = (learning.ask(lambda tx, one=one: tx.outbox.of_ticket(1)[one]) for one in (-1, -2))
    if first.person == "nia":
        first, second = second, first
    assert second.not_before - first.not_before == paging.SECOND_SECONDS
    ahead = learning.ask(escalation.choices, learning.do(tickets.open_ticket, opened(priority=2)).id, learning.clock())
    assert [(one.person, one.ways[0].at - learning.clock()) for one in ahead[0].people] == [
        ("ben", 0), ("nia", paging.SECOND_SECONDS),
    ]  # fmt: skip
    (fired,) = [
        fact.event for fact in learning.ask(lambda tx: tx.journal.of_ticket(1)) if isinstance(fact.event, StepFired)
    ]
    assert fired.paged == ("ben",)
    subject, body = subject_and_body(load("en", "UTC", {}), second)
    assert subject.startswith("Nobody has answered yet: P1 T-1")
    assert "supporttui ack" not in body
    learning.clock.forward(seconds=paging.SECOND_SECONDS)
    found = learning.watch(notices.claim, learning.token, limit=9, seconds=60)
    assert [one.person for one in found if "ack" not in one.params] == ["nia"]


def test_answered_in_time_the_second_page_does_not_leave(learning: Desk) -> None:
    plan = learning.ask(lambda tx: tx.definitions.rotas()[RotaId("night")][-1].value)
    slot = replace(plan.layers[-1], mode=LayerMode.second)
    with learning.store.write() as tx:
        tx.definitions.put("night", replace(plan, layers=(*plan.layers[:-1], slot)))
    paged(learning)
    learning.do(tickets.acknowledge, 1, None, by="ben")
    learning.clock.forward(seconds=paging.SECOND_SECONDS)
    assert [one.person for one in learning.watch(notices.claim, learning.token, limit=9, seconds=60)] == []


def test_a_line_of_those_called_second_alone_is_a_gap(learning: Desk) -> None:
    plan = builder()
    alone = replace(plan.layers[0], mode=LayerMode.second)
    with learning.store.write() as tx:
        tx.definitions.put("night", replace(plan, layers=(alone,)))
    (lacking,) = learning.ask(looking.lacking, NOW, Instant(NOW + 3600))
    assert [gap.duty.cause for gap in lacking.gaps] == [Cause.learning]
    assert paged(learning) == ("lea",)  # the steps that reach nobody are passed over


def test_a_turn_that_only_a_shadow_holds_is_a_gap_everywhere(learning: Desk) -> None:
    """In the list of gaps, in the plan, for doctor, and for what falls due while nobody is on duty."""
    plan = builder()
    alone = replace(plan.layers[0], rotations=(replace(plan.layers[0].rotations[0], turns=(("nia",), ("ana",))),))
    site(learning.store, people=(*PEOPLE, NEW), rota=replace(plan, layers=(alone,)))
    end = Instant(NOW + 2 * 86_400)
    (lacking,) = learning.ask(looking.lacking, Instant(NOW), end)
    assert [(gap.duty.cause, gap.people, gap.intended) for gap in lacking.gaps] == [(Cause.learning, ("nia",), False)]
    (shown,) = learning.ask(rota.plan, Instant(NOW), end, now=NOW)
    assert [gap.span for gap in shown.gaps] == [gap.duty.span for gap in lacking.gaps]
    found = {(one.code, one.params.get("cause")) for one in learning.ask(lint.findings, NOW)}
    assert ("lint.rota_gap", Cause.learning) in found
    spans = [one.span for one in learning.ask(forecast.of, NOW, "ana").unattended]
    assert spans == [gap.duty.span for gap in lacking.gaps]


def test_beside_others_a_shadow_is_not_one_of_those_who_must_be_there(learning: Desk) -> None:
    with learning.store.write() as tx:
        known = tx.definitions.rotas()[RotaId("night")][-1].value
        tx.definitions.put("night", replace(known, required_count=2))
    (lacking,) = learning.ask(looking.lacking, NOW, Instant(NOW + 3600))
    assert [one.lack for one in lacking.shortfalls if one.duty.level == 1] == [Lack.too_few]


def test_doctor_finds_a_step_that_only_a_shadow_would_hear(learning: Desk) -> None:
    """It can be told things, and is not called: no missing contact, but nobody behind the step."""
    plan = builder()
    alone = replace(plan.layers[0], rotations=(replace(plan.layers[0].rotations[0], turns=(("nia",),)),))
    one = policy(steps=policy().steps[:1])
    site(learning.store, people=(*PEOPLE, NEW), rota=replace(plan, layers=(alone, plan.layers[1])), policy=one)
    found = {one.code for one in learning.ask(lint.findings, NOW)}
    assert "lint.policy_reaches_nobody" in found
    assert "lint.on_call_without_contact" not in found


def test_what_is_kept_for_when_the_database_is_away_names_nobody_who_only_learns(learning: Desk) -> None:
    found = learning.ask(continuity.sheet, NOW)
    assert "nia" not in found.contacts
    assert not any("nia" in turn.people for line in found.lines for turn in line.turns)
