"""The demo's night: the same for everybody, with something of everything that a desk has to show."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from supporttui.domain.escalation.plan import EscalationState
from supporttui.domain.events import CriterionHeld, Replied, RequesterWrote, State
from supporttui.domain.handover.handover import HandoverState
from supporttui.domain.ids import RotaId
from supporttui.domain.queue import Op, Term
from supporttui.domain.sla.segment import Sign, sign_at
from supporttui.domain.sla.timer import TimerState
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.wall import to_wall
from supporttui.i18n import catalogue, procedure_labels
from supporttui.intake import demo
from supporttui.storage import memory_store
from supporttui.usecases import attention, criteria, escalation, periods, procedures, queue, replay, rota
from supporttui.usecases.handover import reading
from supporttui.usecases.incoming import reading as incoming_reading
from supporttui.usecases.ports import NoticeState
from supporttui.usecases.views import Ask

WEEK = 7 * 86400
OPEN = Term("is", Op.eq, ("open",))


def night(now):
    store = memory_store(lambda: now)
    demo.build(store, now)
    return store


@pytest.fixture(scope="module")
def tx():
    store = night(demo.START)
    with store.read() as found:
        yield found
    store.close()


def open_items(tx, now=demo.START):
    return queue.page(tx, Ask(query=OPEN, limit=100), now).items


def sign_of(item, now):
    return sign_at(item.segment, item.row.seconds, now)


def test_it_is_twenty_past_two_at_the_site():
    assert to_wall(demo.START, "Europe/Berlin").time().isoformat("minutes") == "02:20"
    assert datetime.fromtimestamp(demo.START, UTC).strftime("%A") == "Tuesday"


def test_there_are_forty_open_tickets_of_three_services(tx):
    items = open_items(tx)
    assert len(items) == 40
    assert {item.row.service for item in items} == {"orders", "workplace", "network"}


def test_every_sign_and_every_open_state_is_there(tx):
    items = open_items(tx)
    assert {sign_of(item, demo.START) for item in items} == set(Sign) - {Sign.met}
    assert {item.row.state for item in items} == set(State) - {State.resolved, State.closed}


def test_some_are_outside_their_hours_and_some_have_met_their_first_response(tx):
    items = open_items(tx)
    assert any(item.segment and not item.segment.running and not item.segment.paused for item in items)
    met = [item for item in items for timer in tx.tickets.timers(item.row.id) if timer.state is TimerState.met]
    assert met


def test_some_are_resolved_and_some_are_closed(tx):
    done = queue.page(tx, Ask(query=Term("state", Op.eq, ("resolved", "closed")), limit=100), demo.START).items
    assert {item.row.state for item in done} == {State.resolved, State.closed}


def escalations(tx, now, kind=EscalationKind.functional):
    return [
        each for each in escalation.running(tx, now)
        if (each.escalation.kind, each.escalation.state) == (kind, EscalationState.running)
    ]  # fmt: skip


def test_one_escalation_runs_and_its_next_step_is_minutes_away(tx):
    (one,) = escalations(tx, demo.START)
    assert 0 < one.upcoming[0].at - demo.START <= 5 * 60
    assert one.upcoming[0].people


def test_another_one_is_acknowledged(tx):
    states = Counter(each.escalation.state for each in escalation.running(tx, demo.START))
    assert states[EscalationState.acknowledged] >= 1


def test_a_criterion_called_management_and_another_one_nearly_holds(tx):
    (one,) = escalations(tx, demo.START, EscalationKind.hierarchical)
    assert one.upcoming[0].people
    ticket = one.escalation.ticket
    assert [fact.event.criterion for fact in tx.journal.of_ticket(ticket) if isinstance(fact.event, CriterionHeld)] == [
        "solution-late"
    ]
    asked = tx.tickets.get(numbered(tx, "EDI messages from two carriers arrive twice"))
    assert asked.chases == 2  # once more, and it is escalated
    assert [one.measured.criterion.id for one in criteria.gauges(tx, asked.id, demo.START) if one.measured.nearly] == [
        "no-work"
    ]


def test_pages_of_the_past_have_left_and_two_of_them_as_one_message(tx):
    assert set(tx.outbox.counts()) == {NoticeState.sent}
    together = [one for one in tx.outbox.in_states([NoticeState.sent], limit=100) if one.bundle]
    assert [tx.outbox.get(one.bundle).person for one in together] == [one.person for one in together] != []


def test_attention_is_raised_on_one_ticket_and_on_another_one_it_ran_out(tx):
    found = attention.review(tx, demo.START)
    assert [one.attention_at(demo.START) for one in found.tickets] == [0, 1]
    assert {one.by for one in found.asked} == {"Finance", "Reception Seoul"}


def test_an_alert_became_a_ticket_on_which_it_is_counted(tx):
    (entry,) = incoming_reading.listed(tx)
    assert (entry.alert.source, entry.alert.count, entry.title) == (
        "monitoring", 4, "New switch in Nagoya reports a failed fan",
    )  # fmt: skip
    (waited,) = incoming_reading.waited(tx)
    assert waited.sign is not None
    assert not waited.silent


def test_what_a_story_of_a_source_says_of_itself_is_what_the_source_makes_of_it(tx):
    ticket = tx.tickets.get(numbered(tx, "New switch in Nagoya reports a failed fan"))
    assert (ticket.service, ticket.priority, ticket.requester) == ("network", 3, "Monitoring")


def test_a_procedure_is_half_done_in_three_languages_beside_a_lesson(tx):
    ticket = numbered(tx, "注文管理：倉庫からの出荷指示が送信されない（大阪・名古屋）")
    for language in ("en", "de", "ja"):
        here = procedures.on_ticket(tx, ticket, demo.START, language=language)
        (one,) = here.offered
        assert (one.told.language, one.following) == (language, 3)
    assert len(here.lessons) == 1


def test_procedures_are_listed_by_their_names_in_the_readers_language(tx):
    words = catalogue.load("de", "UTC", {})
    names = [procedure_labels.row(words, one)[0] for one in procedures.every(tx, demo.START)]
    assert names == ["Nachrichten an die Lager hängen fest", "Auftragserfassung speichert nicht"]


def test_a_handover_with_all_next_steps_waits_for_her(tx):
    view = reading.show(tx, demo.START, demo.ME)
    assert (view.side, view.handover.state) == (reading.Side.taking, HandoverState.signed)
    assert (bool(view.handover.note), bool(view.handover.risks), len(view.handover.promises)) == (True, True, 1)
    new = [item.ticket for item in view.handover.items if item.key in view.handover.added]
    assert new == [numbered(tx, 'Order entry stops at "posting date" in all German branches')]
    assert list(view.handover.lacking(view.handover.items)) == new


def test_tickets_that_the_readme_names_are_those(tx):
    named = {
        31: "Freight rates of lane", 33: "Rechnungslauf", 34: "EDI messages", 37: "New switch in Nagoya",
        41: "注文管理", 44: "Order entry stops",
    }  # fmt: skip
    assert all(tx.tickets.get(number).title.startswith(title) for number, title in named.items())


def numbered(tx, title):
    return next(item.row.id for item in open_items(tx) if item.row.title == title)


def test_tonight_somebody_covers_and_next_week_has_a_gap(tx):
    (plan,) = rota.plan(tx, demo.START, Instant(demo.START + 2 * WEEK))
    first = next(line for line in plan.now if line.level == 1)
    assert first.people == (demo.ME,)
    assert [line.people != () for line in plan.now] == [True, True, True]
    gaps = [gap for gap in plan.gaps if gap.span.start > demo.START + 6 * 86400]
    assert gaps == list(plan.gaps)
    assert gaps


def test_one_gap_is_intended(tx):
    (versions,) = tx.definitions.rotas().values()
    assert len(versions[-1].value.intended_gaps) == 1
    assert {override.id for override in tx.definitions.overrides(RotaId("sun"))} == {"tonight", "leave"}


def test_four_teams_in_four_zones_and_authorities_outside(tx):
    inside = [team for team in tx.definitions.teams() if team.kind.value == "internal"]
    assert len(inside) == len({team.zone for team in inside}) == 4
    assert any(team.kind.value == "external" for team in tx.definitions.teams())


def test_everybody_can_be_reached_and_speaks_something(tx):
    assert all(person.contacts and person.speaks for person in tx.definitions.people())


def test_titles_come_in_three_languages_and_in_every_length(tx):
    titles = [item.row.title for item in open_items(tx)]
    assert any("注文" in title for title in titles)
    assert any("Rechnung" in title for title in titles)
    assert max(map(len, titles)) > 110
    assert min(map(len, titles)) < 25


def test_conversations_and_foreign_numbers_are_there(tx):
    facts = list(tx.journal.each())
    assert sum(isinstance(fact.event, Replied) for fact in facts) > 20
    assert any(isinstance(fact.event, RequesterWrote) for fact in facts)
    assert tx.tickets.find("meridian", "CS-4471182") is not None


def test_what_is_stored_is_what_the_journal_says(tx):
    assert replay.differences(tx) == ()


@pytest.mark.parametrize("later", [86400, 3 * WEEK + 12345, 200 * 86400])
def test_begun_at_another_instant_it_is_the_same_night(later):
    """Round-the-clock tickets stand the same whatever the day; the rota still has its override and its gap."""
    now = Instant(demo.START + later)
    store = night(now)
    with store.read() as tx:
        assert len(open_items(tx, now)) == 40
        (running,) = escalations(tx, now)
        assert running.upcoming[0].at - now == 240
        (plan,) = rota.plan(tx, now, Instant(now + 2 * WEEK))
        assert next(line for line in plan.now if line.level == 1).people == (demo.ME,)
        assert plan.gaps
    store.close()


def test_built_twice_it_is_the_same_to_the_letter():
    first, second = night(demo.START), night(demo.START)
    with first.read() as one, second.read() as two:
        assert list(one.journal.each()) == list(two.journal.each())
    first.close()
    second.close()


def test_a_special_period_is_three_days_ahead(tx):
    (found,) = periods.coming(tx, demo.START)
    assert (found.name, found.running, to_wall(found.start, "Europe/Berlin").isoformat()) == (
        "Freight peak", False, "2026-11-27T00:00:00",
    )  # fmt: skip
