"""L36: a team inside must stand peaks; more open tickets than its limit, or a special period, open a partner's path."""

from datetime import date

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.overflow import MOST_OPEN, Proposal
from supporttui.domain.people import AuthorityKind, Overflow, Team
from supporttui.domain.periods.period import Dates
from supporttui.usecases import overflow, queue, tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack, check
from tests.builders import Desk, opened
from tests.domain.periods.making import period

pytestmark = pytest.mark.core

PARTNER = Team("acme", "Acme Support", AuthorityKind.external)
LIMIT = Overflow("acme", limit=30, amount="45.00", currency="EUR")


def agree(desk: Desk, *rules: Overflow, **rest: object) -> None:
    teams = (PARTNER, Team("desk", "Service desk", overflow=rules))
    desk.do(apply_pack, Pack("overflow", teams=teams, **rest), by="zoe")  # type: ignore[arg-type]


def proposed(desk: Desk, number: int) -> Proposal | None:
    return desk.ask(queue.detail, number, desk.clock()).overflow


def test_the_31st_open_ticket_with_limit_30_proposes_the_partner_with_its_cost_and_the_30th_does_not(
    desk: Desk,
) -> None:
    agree(desk, LIMIT)
    for _ in range(30):
        last = desk.do(tickets.open_ticket, opened(team="desk"))
    assert proposed(desk, last.id) is None
    last = desk.do(tickets.open_ticket, opened(team="desk"))
    found = proposed(desk, last.id)
    assert found is not None
    assert (found.partner, found.open, found.limit, str(found.cost), found.currency) == (
        "acme", 31, 30, "45.00", "EUR",
    )  # fmt: skip
    desk.do(tickets.transfer, last.id, None, team="acme")
    assert proposed(desk, last.id) is None
    (standing,) = desk.ask(overflow.every, desk.clock())
    assert (standing.open, standing.proposal) == (30, None)


def test_a_special_period_opens_the_path_while_it_lasts_whatever_the_number(desk: Desk) -> None:
    tuesday = period(dates=(Dates(date(2026, 3, 3), date(2026, 3, 3)),))
    agree(desk, Overflow("acme", period="peak"), periods=(tuesday,))
    ticket = desk.do(tickets.open_ticket, opened(team="desk"))
    assert proposed(desk, ticket.id) is None
    desk.clock.now += 86_400
    found = proposed(desk, ticket.id)
    assert found is not None
    assert (found.period, found.limit, found.price) == ("peak", None, None)


def test_a_rule_for_one_service_counts_and_concerns_its_tickets_alone(desk: Desk) -> None:
    agree(desk, Overflow("acme", limit=0, service="vpn"))
    mail, vpn = (desk.do(tickets.open_ticket, opened(team="desk", service=key)) for key in ("mail", "vpn"))
    assert proposed(desk, mail.id) is None
    found = proposed(desk, vpn.id)
    assert found is not None
    assert found.open == 1


@pytest.mark.parametrize(
    ("rule", "code", "where"),
    [
        (Overflow("nobody", limit=1), "definition.unknown", "partner"),
        (Overflow("desk", limit=1), "definition.unknown", "partner"),
        (Overflow("acme", period="gone"), "definition.unknown", "period"),
        (Overflow("acme", limit=1, service="gone"), "definition.unknown", "service"),
        (Overflow("acme"), "definition.missing", "limit"),
        (Overflow("acme", limit=-1), "definition.range", "limit"),
        (Overflow("acme", limit=MOST_OPEN), "definition.range", "limit"),
        (Overflow("acme", limit=1, amount="45,00", currency="EUR"), "definition.amount", "amount"),
        (Overflow("acme", limit=1, amount="45.00"), "definition.currency", "currency"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_place(desk: Desk, rule: Overflow, code: str, where: str) -> None:
    with pytest.raises(BadInput) as refused:
        agree(desk, rule)
    assert (refused.value.code, refused.value.params["where"]) == (code, f"teams[1].overflow[0].{where}")


def test_a_sound_rule_passes_the_check(desk: Desk) -> None:
    pack = Pack("overflow", teams=(PARTNER, Team("desk", "Service desk", overflow=(LIMIT,))))
    desk.ask(check, pack)
