"""The demo's night: the same for everybody, with something of everything that a desk has to show."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from supporttui.domain.escalation.plan import EscalationState
from supporttui.domain.events import Replied, RequesterWrote, State
from supporttui.domain.ids import RotaId
from supporttui.domain.queue import Op, Term
from supporttui.domain.sla.segment import Sign, sign_at
from supporttui.domain.sla.timer import TimerState
from supporttui.domain.spans import Instant
from supporttui.domain.wall import to_wall
from supporttui.intake import demo
from supporttui.storage import memory_store
from supporttui.usecases import escalation, periods, queue, replay, rota
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


def test_one_escalation_runs_and_its_next_step_is_minutes_away(tx):
    running = [each for each in escalation.running(tx, demo.START) if each.escalation.state is EscalationState.running]
    (one,) = running
    assert 0 < one.upcoming[0].at - demo.START <= 5 * 60
    assert one.upcoming[0].people


def test_another_one_is_acknowledged(tx):
    states = Counter(each.escalation.state for each in escalation.running(tx, demo.START))
    assert states[EscalationState.acknowledged] >= 1


def test_pages_of_the_past_have_left(tx):
    assert set(tx.outbox.counts()) == {NoticeState.sent}


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
        (running,) = (each for each in escalation.running(tx, now) if each.escalation.state is EscalationState.running)
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
