"""S31: a one-off event brings a temporary team that ends with it; what is open with it then is given a home."""

from datetime import date

import pytest

from supporttui.domain.events import Assigned
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.people import AuthorityKind, Team
from supporttui.domain.periods.period import Dates, PeriodKind, Rule
from supporttui.domain.tickets import Ticket
from supporttui.usecases import lint, periods, tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack
from supporttui.usecases.periods import Decision
from tests.builders import Desk, opened, refuses
from tests.domain.periods.making import period
from tests.domain.sla.calendars import at

pytestmark = pytest.mark.core

BOUGHT = Team("bought", "Bought company", zone="Asia/Tokyo", languages=("ja",))
TUESDAY = (Dates(date(2026, 3, 3), date(2026, 3, 3)),)
EVENT = period(id="event", name="Takeover", kind=PeriodKind.event, dates=TUESDAY, hours=None, team="bought")
TONIGHT, AFTER = at("2026-03-03T22:00Z"), at("2026-03-04T00:00Z")


@pytest.fixture
def event(desk: Desk) -> Desk:
    acme = Team("acme", "Acme", AuthorityKind.external)
    desk.do(apply_pack, Pack("event", teams=(BOUGHT, acme), periods=(EVENT,)), by="zoe")
    return desk


def handed(desk: Desk, count: int) -> list[Ticket]:
    found = [desk.do(tickets.open_ticket, opened()) for _ in range(count)]
    return [desk.do(tickets.transfer, one.id, None, team="bought") for one in found]


def test_an_event_ends_tonight_with_3_open_tickets_these_are_listed_and_given_a_home_at_once(event: Desk) -> None:
    numbers = {one.id for one in handed(event, 3)}
    event.clock.now = TONIGHT
    (review,) = event.ask(periods.review, TONIGHT)
    assert (review.team, set(review.homeless), review.ended) == ("bought", numbers, False)
    assert any(one.code == "lint.period_homeless" for one in event.ask(lint.findings, TONIGHT))
    done = event.do(periods.rehome, "event", "desk")
    assert {ticket for ticket, _ in done.done} == numbers
    assert {one.operation for number in numbers for one in _assigned(event, number)[1:]} == {done.operation}
    (review,) = event.ask(periods.review, TONIGHT)
    assert review.homeless == ()
    with refuses("period.nothing_left", Refused):
        event.do(periods.rehome, "event", "desk")


def _assigned(desk: Desk, number: int) -> list[object]:
    facts = desk.ask(lambda tx: tx.journal.of_ticket(number))
    return [one for one in facts if isinstance(one.event, Assigned)]


@pytest.mark.parametrize("decision", [Decision.keep, Decision.drop])
def test_nothing_is_decided_that_would_leave_a_ticket_without_a_home(event: Desk, decision: Decision) -> None:
    handed(event, 1)
    event.clock.now = AFTER
    with refuses("period.homeless", Refused):
        event.do(periods.decide, "event", decision, by="zoe")
    event.do(periods.rehome, "event", "desk")
    assert event.do(periods.decide, "event", decision, by="zoe") == 2


def test_after_its_end_nothing_is_handed_to_the_team_and_before_it_is(event: Desk) -> None:
    ticket = event.do(tickets.open_ticket, opened())
    event.clock.now = AFTER - 1
    event.do(tickets.transfer, ticket.id, None, team="bought")
    event.do(tickets.transfer, ticket.id, None, team="desk")
    event.clock.now = AFTER
    for use, given in ((tickets.transfer, {"team": "bought"}), (tickets.assign, {"resolver": "bought"})):
        with refuses("team.ended", Refused):
            event.do(use, ticket.id, None, **given)


def test_an_extended_event_keeps_its_team(event: Desk) -> None:
    (ticket,) = handed(event, 1)
    event.clock.now = AFTER
    event.do(periods.decide, "event", Decision.extend, until=date(2026, 3, 9), by="zoe")
    event.do(tickets.transfer, ticket.id, None, team="desk")
    assert event.do(tickets.transfer, ticket.id, None, team="bought").team == "bought"


def test_the_team_of_a_later_event_has_its_tickets_by_right(event: Desk) -> None:
    later = period(id="later", kind=PeriodKind.event, dates=(Dates(date(2026, 3, 9), date(2026, 3, 9)),), team="bought")
    event.do(apply_pack, Pack("later", periods=(later,)), by="zoe")
    handed(event, 1)
    event.clock.now = AFTER
    assert not any(one.code == "lint.period_homeless" for one in event.ask(lint.findings, AFTER))
    assert event.do(periods.decide, "event", Decision.keep, by="zoe") == 2


def test_a_home_is_a_team_inside_that_lasts_else_no_ticket_moves(event: Desk) -> None:
    (ticket,) = handed(event, 1)
    event.clock.now = AFTER
    for team, code in (("acme", "period.home_outside"), ("bought", "team.ended"), ("gone", "team.unknown")):
        with refuses(code):
            event.do(periods.rehome, "event", team)
    assert event.ask(lambda tx: tx.tickets.get(ticket.id)).team == "bought"


@pytest.mark.parametrize(
    ("deviation", "code"),
    [
        ({"team": "gone"}, "definition.unknown"),
        ({"team": "acme"}, "definition.unknown"),
        ({"dates": (), "rule": Rule(last=3)}, "definition.team_recurs"),
        ({"dates": (Dates(date(2026, 3, 3), date(2026, 3, 3), yearly=True),)}, "definition.team_recurs"),
    ],
)
def test_a_temporary_team_is_one_inside_of_an_event_that_does_not_come_round(
    event: Desk, deviation: dict[str, object], code: str
) -> None:
    fields = {"id": "other", "kind": PeriodKind.event, "dates": TUESDAY, "hours": None, "team": "bought", **deviation}
    with pytest.raises(BadInput) as refused:
        event.do(apply_pack, Pack("bad", periods=(period(**fields),)), by="zoe")
    assert (refused.value.code, refused.value.params["where"]) == (code, "periods[0].team")
