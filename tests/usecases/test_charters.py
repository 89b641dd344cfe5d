"""A charter says what the desk does not do and where that belongs; such tickets are closed as referred (S11)."""

from datetime import date

import pytest

from supporttui.domain.attainment import Grouping
from supporttui.domain.charters import Charter, Referral
from supporttui.domain.faults import BadInput, NotFound, Refused
from supporttui.domain.ids import PersonId, ServiceId
from supporttui.domain.sla.order import Metric
from supporttui.domain.states import State
from supporttui.usecases import attainment, charters, replay, tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack
from tests.builders import Desk, refuses

pytestmark = pytest.mark.core
MAIL = ServiceId("mail")
DOOR = Referral("door", "Facilities", "Ring 200.")
CHARTER = Charter(
    "mail", MAIL, ("Mailboxes",), ("Doors",), (DOOR,), "Only L2 may restart the gateway.", PersonId("zoe"),
    PersonId("zoe"), date(2020, 1, 1), None, date(2021, 1, 1),
)  # fmt: skip


@pytest.fixture
def chartered(desk: Desk) -> Desk:
    desk.do(apply_pack, Pack("p", charters=(CHARTER,)), by="zoe")
    return desk


def test_an_out_of_scope_category_is_told_where_it_belongs_and_closed_with_that_recorded(chartered: Desk) -> None:
    found = chartered.ask(charters.referral, chartered.clock(), service="Mail", category="Door")
    assert found == DOOR
    ticket = chartered.do(tickets.create, title="Key lost", service="mail", category="Door", refer="yes")
    assert (ticket.state, ticket.resolution) == (State.closed, "referred")
    facts = chartered.ask(lambda tx: tx.journal.of_ticket(ticket.id))
    assert facts[-1].event.text == "Facilities: Ring 200."
    assert chartered.ask(lambda tx: tx.escalations.running()) == ()
    assert chartered.ask(lambda tx: tuple(replay.differences(tx))) == ()


def test_it_counts_as_referred_and_in_no_figure_of_promises(chartered: Desk) -> None:
    chartered.do(tickets.create, title="Key lost", service="mail", category="door", refer="yes")
    kept = chartered.do(tickets.create, title="No mail", service="mail", category="mailbox")
    chartered.do(tickets.resolve, kept.id, None)
    found = chartered.ask(attainment.report, chartered.clock(), by=Grouping.category, metric=Metric.resolution)
    assert (found.referred, [one.verdicts.group for one in found.found.groups]) == (1, ["mailbox"])


def test_what_no_charter_names_is_not_referred(chartered: Desk) -> None:
    assert chartered.ask(charters.referral, chartered.clock(), service="mail", category="mailbox") is None
    assert chartered.ask(charters.referral, chartered.clock(), service="vpn", category="door") is None
    with refuses("charter.in_scope", Refused):
        chartered.do(tickets.create, title="No mail", service="mail", category="mailbox", refer="yes")


def test_of_two_the_one_that_began_last_holds_and_none_before_or_after_its_time(chartered: Desk) -> None:
    later = Charter("mail-2", MAIL, line="new", effective_from=date(2020, 6, 1), effective_until=date(2020, 12, 31))
    chartered.do(apply_pack, Pack("q", charters=(later,)), by="zoe")
    found = chartered.ask(charters.of_service, MAIL, chartered.clock())
    assert found == CHARTER
    assert later.holds_on(date(2020, 6, 1))
    assert later.holds_on(date(2020, 12, 31))
    assert not later.holds_on(date(2021, 1, 1))


def test_charters_are_read_by_service_and_say_that_a_review_is_due(chartered: Desk) -> None:
    (told,) = chartered.ask(charters.every, chartered.clock(), service="mail")
    assert told.charter.must_be_reviewed(told.today)
    with refuses("service.unknown", NotFound):
        chartered.ask(charters.every, chartered.clock(), service="nothing")


@pytest.mark.parametrize(
    ("charter", "code"),
    [
        (Charter("x", ServiceId("nothing")), "definition.unknown"),
        (Charter("x", MAIL, owner=PersonId("nobody")), "definition.unknown"),
        (Charter("x", MAIL, referrals=(Referral("door", " "),)), "definition.missing"),
    ],
)
def test_what_it_names_exists(desk: Desk, charter: Charter, code: str) -> None:
    with refuses(code, BadInput):
        desk.do(apply_pack, Pack("p", charters=(charter,)), by="zoe")


def test_none_ends_before_it_begins() -> None:
    with refuses("charter.ends_before", BadInput):
        Charter("x", MAIL, effective_from=date(2020, 2, 1), effective_until=date(2020, 1, 1))
