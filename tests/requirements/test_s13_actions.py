"""S13: whatever is done to a ticket can be taken back, or asks first; it needs a reason where rules say so, and is a fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pytest

from supporttui import actions
from supporttui.actions import Scope
from supporttui.actions.backing import way_back
from supporttui.actions.escalation import POLICY_ACTIONS
from supporttui.actions.handover import HANDOVER_ACTIONS
from supporttui.actions.rota import DECIDING_ACTIONS, PEOPLE_ACTIONS, ROTA_ACTIONS
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.procedures import Procedure, ProcedureStep
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind, EscalationState, State
from supporttui.domain.tickets import Ticket
from supporttui.domain.undoing import restored
from supporttui.i18n.catalogue import load
from supporttui.usecases import owning, tickets
from tests.builders import NOW, Desk, opened, refuses

LATER = Instant(NOW + 7200)
URGENT = {"priority": 1, "reason": "all down"}
RAISED = {"reason": "the board asks", "impact": 1}
Done = tuple[str, Mapping[str, Any]]
"""An action, and its arguments."""


@dataclass(frozen=True)
class Case:
    """What is done, what was done to the ticket before, and by what it is taken back."""

    args: Mapping[str, Any] = field(default_factory=dict)
    before: tuple[Done, ...] = ()
    back: str = "app.undo"
    """The action; empty: it asks for a word first and is final, or it only adds."""
    by: str = "lea"
    """What was done before, Lea did."""


OFFERED: tuple[Done, ...] = (("ticket.take", {}), ("ticket.transfer", {"owner": "ben"}))
CASES: Mapping[str, Case] = {
    "ticket.acknowledge": Case(),
    "ticket.take": Case(),
    "ticket.note": Case({"text": "seen"}),
    "ticket.wait": Case({"state": State.waiting_vendor, "reason": "fixed, awaiting release"}),
    "ticket.resume": Case(before=(("ticket.wait", {"state": State.waiting_vendor}),)),
    "ticket.resolve": Case({"text": "done"}),
    "ticket.priority": Case(URGENT),
    "ticket.reply": Case({"text": "we look at it"}),
    "ticket.transfer": Case({"owner": "ben"}),
    "ticket.edit": Case({"fields": {"title": "New"}}),
    "ticket.follow": Case(),
    "ticket.unfollow": Case(before=(("ticket.follow", {}),)),
    "ticket.snooze": Case({"until": LATER}),
    "ticket.relate": Case({"other": 2}),
    "ticket.unrelate": Case({"other": 2}, before=(("ticket.relate", {"other": 2}),)),
    "ticket.merge": Case({"into": 2}, back="ticket.unmerge"),
    "ticket.reopen": Case(before=(("ticket.resolve", {}),)),
    "ticket.close": Case({"text": "done"}),
    "ticket.void": Case({"reason": "a test", "word": "T-1"}, back=""),
    "ticket.refer": Case({"system": "jira", "key": "OPS-7"}),
    "ticket.escalate": Case(back="ticket.withdraw"),
    "ticket.chase": Case({"text": "when?"}, back=""),
    "ticket.attend": Case(RAISED),
    "ticket.deescalate": Case({"reason": "it works"}, before=(("ticket.attend", RAISED),)),
    "ticket.unacknowledge": Case(before=(("ticket.priority", URGENT), ("ticket.acknowledge", {}))),
    "ticket.announce": Case({"start": LATER, "end": LATER + 60}),
    "ticket.retract": Case(before=(("ticket.announce", {"start": LATER, "end": LATER + 60}),)),
    "ticket.promise": Case({"until": LATER}),
    "ticket.unpromise": Case(before=(("ticket.promise", {"until": LATER}),)),
    "ticket.major": Case(),
    "ticket.major_role": Case({"role": "scribe", "person": "ben"}, before=(("ticket.major", {}),)),
    "ticket.major_say": Case({"text": "told the board"}, before=(("ticket.major", {}),)),
    "ticket.major_degraded": Case({"text": "orders by phone"}, before=(("ticket.major", {}),)),
    "ticket.major_end": Case(before=(("ticket.major", {}),)),
    "ticket.hush": Case({"until": LATER}, before=(("ticket.priority", URGENT),)),
    "ticket.unmerge": Case(before=(("ticket.merge", {"into": 2}),), back="ticket.merge"),
    "ticket.step": Case({"text": "seen"}),
    "ticket.learn": Case({"text": "look at the fuse first"}, back=""),
    "ticket.accept": Case(before=OFFERED, by="ben"),
    "ticket.decline": Case({"reason": "on leave"}, before=OFFERED, by="ben"),
    "ticket.flag": Case({"warning": "early", "text": "three users"}),
    "ticket.unflag": Case(before=(("ticket.flag", {"warning": "early"}),)),
    "ticket.first_look": Case({"seen": "lamp red"}),
    "ticket.rate": Case({"score": "2"}, before=(("ticket.first_look", {"seen": "lamp red"}),), by="ben"),
    "ticket.fix": Case({"step": "tested"}),
}
AGAIN: Mapping[str, Mapping[str, Any]] = {"ticket.merge": {"into": 2}}
"""What takes it back needs these."""
LOOKS = {
    "rota.why", "rota.requests", "rota.gaps", "rota.ledger", "rota.languages", "screen.handover", "handover.preview",
    "handover.list", "handover.export", "policy.list", "policy.show", "policy.forecast",
}  # fmt: skip
"""Of the screens whose keys write, those that only show."""
FIELDS = tuple(field.name for field in fields(Ticket))
MOVED = {"version", "updated_at", "last_operation", "reopened"}
"""These say that something was done, and that it was taken back; counters stay."""
REASONS = {
    "ticket.priority": ({"priority": 1}, "priority.reason_missing"),
    "ticket.attend": ({"impact": 1}, "attention.reason_missing"),
    "ticket.deescalate": ({}, "attention.reason_missing"),
    "ticket.void": ({"word": "T-1"}, "void.reason_missing"),
}


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """Two tickets, of which the first is worked on, with a procedure; who is to own one is asked first."""
    with desk.store.write() as tx:
        tx.definitions.put("down", Procedure("down", "Down", (ProcedureStep("look"),), services=("mail",)))
        tx.definitions.put_site({owning.SITE_MINUTES: "30"})
    for _ in range(2):
        desk.do(tickets.open_ticket, opened())
    return desk


def done(desk: Desk, action: str, args: Mapping[str, Any], by: str) -> str:
    """The operation as which something is done to the first ticket."""
    run = actions.by_id()[action].run
    assert run is not None
    desk.do(run, 1, None, by=by, **args)
    return desk.last


def facts(desk: Desk, operation: str) -> set[str]:
    """Whose they are; of what is no ticket's, the author of the lesson."""
    of_tickets = {fact.actor for fact in desk.ask(lambda tx: tx.journal.operation(operation))}
    assert desk.ask(lambda tx: tx.journal.known_parts([operation]))
    return of_tickets or {one.author for one in desk.ask(lambda tx: tx.definitions.lessons()) if one.id == operation}


def beside(tx: Any) -> tuple[object, ...]:
    """What stands beside the ticket: its timers, its escalations, and the ticket with which it is related or merged."""
    known = [tx.escalations.get(1, kind) for kind in EscalationKind]
    running = [one for one in known if one is not None and one.state is not EscalationState.done]
    return tx.tickets.timers(1), running, replace(tx.tickets.get(2), version=0, last_operation="", updated_at=NOW)


def test_every_action_on_a_ticket_is_in_the_table():
    changing = {one.id for one in actions.ACTIONS if one.changes and one.scope is Scope.ticket}
    assert changing == set(CASES)
    assert {one.id for one in actions.ACTIONS if one.undoable} <= changing


def test_whatever_writes_says_what_takes_it_back_or_why_nothing_does():
    """Also what no ticket bears: views, rotas, people, policies, handovers."""
    screens = (*ROTA_ACTIONS, *PEOPLE_ACTIONS, *DECIDING_ACTIONS, *HANDOVER_ACTIONS, *POLICY_ACTIONS)
    by_screens = {one.id for one in screens} - LOOKS | {"app.definitions"}
    by_screens |= {"notice.release", "notice.drop", "intake.ack"}
    writing = {one.id for one in actions.ACTIONS if one.changes} | by_screens
    told = [one for one in actions.ACTIONS if one.undoable or one.back or one.lasting]
    assert {one.id for one in told} == writing
    assert all(sum((one.undoable, bool(one.back), bool(one.lasting))) == 1 for one in told)
    assert {one.back for one in told if one.back} <= writing
    words = load("en", "UTC", {})
    assert way_back(words, actions.by_id()["view.save"]) == "Taken back by: Delete view."
    assert all(way_back(words, one) for one in told)


def test_the_table_tries_what_the_registry_says():
    by_id = actions.by_id()
    for action, case in CASES.items():
        known = by_id[action]
        assert case.back == ("app.undo" if known.undoable else known.back), action


@pytest.mark.parametrize("action", CASES)
def test_what_is_done_is_a_fact_of_who_did_it_and_is_taken_back_by_one_more(worked: Desk, action):
    case = CASES[action]
    for earlier, args in case.before:
        done(worked, earlier, args, "lea")
    before, others = worked.ask(lambda tx: tx.tickets.get(1)), worked.ask(beside)
    operation = done(worked, action, case.args, case.by)
    assert facts(worked, operation) == {case.by}
    if not case.back:
        assert actions.by_id()[action].lasting
        return
    back = actions.by_id()[case.back]
    on = (operation,) if back.scope is Scope.operation else (1, None)
    worked.do(back.run, *on, by=case.by, **AGAIN.get(case.back, {}))
    assert facts(worked, worked.last) == {case.by}
    after = worked.ask(lambda tx: tx.tickets.get(1))
    assert not restored(before, after)
    assert {name for name in FIELDS if getattr(before, name) != getattr(after, name)} <= MOVED
    assert worked.ask(beside) == others
    assert facts(worked, operation) == {case.by}


@pytest.mark.parametrize("action", REASONS)
def test_without_its_reason_nothing_is_done(worked: Desk, action):
    args, code = REASONS[action]
    for earlier, given in CASES[action].before:
        done(worked, earlier, given, "lea")
    head = worked.ask(lambda tx: tx.journal.head())
    with refuses(code, (Refused, BadInput)):
        done(worked, action, args, "lea")
    assert worked.ask(lambda tx: tx.journal.head()) == head


def test_what_is_final_asks_for_the_number_first(worked: Desk):
    with refuses("void.word", Refused):
        done(worked, "ticket.void", {"reason": "a test"}, "lea")
