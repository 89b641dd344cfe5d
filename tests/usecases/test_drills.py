"""A drill by a frozen clock walks the real escalation; by the real clock it is a marked ticket. Both are reported."""

import pytest

from supporttui.clock import CorrectedClock, standing
from supporttui.domain.drills import Ended, LackKind
from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.people import AuthorityKind, Team
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind, Role
from supporttui.storage import SqlStore, memory_store
from supporttui.usecases import escalation, notices, tickets, timer_notices
from supporttui.usecases.drills import rehearsing, reporting, starting
from supporttui.usecases.drills.rehearsing import Asked, Stage
from supporttui.usecases.drills.reporting import Report
from tests.builders import NOW, PEOPLE, Desk, opened, person, policy, refuses, service, site

pytestmark = pytest.mark.core
SUNDAY_NIGHT = Instant(1_772_938_800)
"""2026-03-08T03:00Z: Ben's turn, by the daily rotation that began on Monday with Ana."""


def rehearse(store: SqlStore, at: Instant = SUNDAY_NIGHT, priority: int = 1, **asked: object) -> Report:
    clock = CorrectedClock(standing(at))
    stage = Stage(memory_store(clock), clock.set_by)
    with stage.store.write() as target, store.read() as source:
        rehearsing.prepare(source, target)
    return rehearsing.rehearse(stage, Asked("mail", priority, at, "Drill", **asked), actor="ana")


def test_p1_at_night_names_the_real_person_on_call_and_touches_nothing(desk: Desk) -> None:
    """S20: a P1 drill at 03:00 by a frozen clock; nothing of it is in the database."""
    before = desk.ask(lambda tx: (tx.journal.head(), tx.outbox.counts()))
    found = rehearse(desk.store, ack_after=720)
    assert [(one.step, one.seconds, one.paged) for one in found.course.levels] == [(1, 0, ("ben",)), (2, 600, ("mia",))]
    (answer,) = found.course.answers
    assert (answer.by, answer.seconds, answer.after) == ("mia", 720, 120)
    assert (found.ended, found.lacks, found.is_whole) == (Ended.acknowledged, (), True)
    assert [(one.at - SUNDAY_NIGHT, one.code, one.person, one.channel, one.address) for one in found.sent] == [
        (0, "page", "ben", "mail", "ben@example.org"), (600, "page", "mia", "mail", "mia@example.org"),
        (675, "warning", "ben", "mail", "ben@example.org"),
    ]  # fmt: skip
    assert desk.ask(lambda tx: (tx.journal.head(), tx.outbox.counts())) == before


def test_it_is_what_the_watch_does_with_a_real_ticket(desk: Desk) -> None:
    """The same steps at the same instants, to the end of all rounds."""
    found = rehearse(desk.store, at=NOW)
    ticket = desk.do(starting.start, service="mail", priority=1, title="Drill").id
    token = desk.lead(seconds=10**7)
    while (step := desk.ask(lambda tx: tx.escalations.get(ticket).due)) is not None:
        desk.clock.now = min(step, desk.ask(lambda tx: tx.marks.next_due()) or step)
        desk.watch(escalation.advance, token, ticket)
        desk.watch(timer_notices.warn, token)
        while claimed := desk.watch(notices.claim, token):
            for one in claimed:
                desk.watch(notices.settle, one, token=token)
    lived = desk.ask(reporting.report, ticket, desk.clock())
    assert lived.course.levels == found.course.levels
    assert (lived.ended, found.ended) == (Ended.exhausted, Ended.exhausted)
    told = [[(one.code, one.person, one.channel, one.address) for one in each.sent] for each in (lived, found)]
    assert sorted(told[0]) == sorted(told[1])


def test_whom_nobody_could_reach_is_told_with_the_reason(desk: Desk) -> None:
    silent = [PEOPLE[0], person("Ben", contacts=()), person("Mia", contacts=()), *PEOPLE[3:]]
    site(desk.store, people=silent, policy=policy(last_resort="mia"))
    found = rehearse(desk.store)
    told = {(one.kind, one.subject, one.step) for one in found.lacks}
    assert {
        (LackKind.nobody, "", 1), (LackKind.no_contact, "ben", 1), (LackKind.nobody, "", 2),
        (LackKind.no_contact, "mia", 2), (LackKind.unheard, "mia", 0),
    } <= told  # fmt: skip
    assert not found.is_whole
    assert found.ended is Ended.exhausted


def test_a_priority_that_calls_nobody_is_told_and_a_policy_may_be_asked_for(desk: Desk) -> None:
    found = rehearse(desk.store, priority=4)
    assert [one.kind for one in found.lacks] == [LackKind.unwatched]
    assert found.ended is Ended.unwatched
    assert rehearse(desk.store, policy="urgent").course.levels


def test_a_criterion_tells_those_who_decide_while_nobody_answers(desk: Desk) -> None:
    """The watch looks at criteria too: nobody acknowledged for half an hour, and management hears of it."""
    late = Criterion("late", CriterionKind.unacknowledged, 1800)
    steps = (Step("Head", 0, (StepTarget(TargetKind.person, person="zoe"),)),)
    board = policy(id="board", kind=EscalationKind.hierarchical, steps=steps, rounds=1, criteria=(late,), priorities=())
    site(desk.store, board=board, mail=service(management="board"))
    told = [one for one in rehearse(desk.store).course.levels if one.kind is EscalationKind.hierarchical]
    assert (told[0].seconds, told[0].paged) == (1800, ("zoe",))


def test_an_authority_outside_that_is_closed_or_has_no_way_in_is_told(desk: Desk) -> None:
    vendor = Team("vendor", "Vendor", AuthorityKind.external, calendar="office", services=("mail",))
    steps = (Step("Out", 0, (StepTarget(TargetKind.authority, team="vendor"),)),)
    site(desk.store, vendor=vendor, policy=policy(steps=steps))
    kinds = {(one.kind, one.step, one.ends is not None) for one in rehearse(desk.store).lacks if one.subject}
    assert {(LackKind.outside, 1, False), (LackKind.closed, 1, True), (LackKind.closed, 0, True)} <= kinds


def test_it_is_handed_over_and_the_hop_is_timed(desk: Desk) -> None:
    site(desk.store, vendor=Team("vendor", "Vendor", AuthorityKind.external, phone="123"))
    found = rehearse(desk.store, ack_after=60, to="vendor")
    assert found.ticket.resolver == "vendor"
    assert [(one.authority, one.span.seconds) for one in found.course.hops] == [("desk", 60)]


def test_languages_that_nobody_on_duty_speaks_do_not_make_it_fail(desk: Desk) -> None:
    found = rehearse(desk.store, ack_after=60, language="ja", languages=("en", "de"))
    assert [one.subject for one in found.lacks if one.kind is LackKind.language] == ["ja", "de"]
    assert found.is_whole


def test_who_is_called_and_may_not_answer_is_told(desk: Desk) -> None:
    auditor = person("Aud", role=Role.auditor)
    steps = (Step("Aud", 0, (StepTarget(TargetKind.person, person="aud"),)),)
    site(desk.store, people=(*PEOPLE[:-1], auditor), policy=policy(steps=steps))
    found = rehearse(desk.store, ack_after=60)
    assert (LackKind.no_answer, "aud") in [(one.kind, one.subject) for one in found.lacks]


def test_a_live_drill_ends_by_resolve_and_stays_in_the_log(desk: Desk) -> None:
    ticket = desk.do(starting.start, service="mail", priority=1, title="Drill").id
    desk.watch(escalation.advance, desk.lead(), ticket)
    desk.clock.forward(minutes=5)
    desk.do(tickets.acknowledge, ticket, None, by="ben")
    desk.do(tickets.resolve, ticket, None, by="ben")
    desk.clock.forward(hours=5)
    found = desk.ask(reporting.report, ticket, desk.clock())
    assert (found.ended, found.course.answered, found.course.calls) == (Ended.resolved, 300, False)
    assert found.course.hops[-1].span.end == NOW + 300
    (logged,) = desk.ask(reporting.log, desk.clock())
    assert (logged.ticket.id, logged.course.by, logged.ended, logged.lacking) == (ticket, "ana", Ended.resolved, 0)


def test_a_real_ticket_is_no_drill_and_who_may_not_page_starts_none_that_pages(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened()).id
    with refuses("drill.none"):
        desk.ask(reporting.report, ticket, NOW)
    with refuses("access.denied"):
        desk.do(starting.start, service="mail", priority=1, title="Drill", page=True, by="aud")
    assert desk.do(starting.start, service="mail", priority=1, title="Drill", page=True).drill_calls
