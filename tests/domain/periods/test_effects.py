"""What periods change beside hours, and which of several decides about each thing."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest

from supporttui.domain.ids import ServiceId
from supporttui.domain.periods.effects import Staffing, freezing, lifted, policy_of, staffing, target_sets
from supporttui.domain.periods.period import KIND_RANKS, Dates, Lift, Period, PeriodKind, Rule
from supporttui.domain.priorities import Level
from supporttui.domain.spans import Span
from tests.domain.periods.making import MAIL, period, plan_of
from tests.domain.sla.calendars import at

pytestmark = pytest.mark.core

INVOICES = (Lift(("invoice",)),)


def held(*periods: Period, moment: str = "2026-11-30T12:00"):
    return plan_of(*periods).at(at(moment), MAIL)


@pytest.mark.parametrize(
    ("moment", "urgency", "expected"),
    [
        ("2026-05-29T23:59:59", 2, (1, "Month end")),
        ("2026-05-30T00:00:00", 2, (2, None)),
        ("2026-05-26T23:59:59", 2, (2, None)),
        ("2026-05-27T00:00:00", 3, (2, "Month end")),
        ("2026-05-29T12:00:00", 1, (1, None)),
    ],
)
def test_an_invoice_is_more_urgent_on_the_last_working_days(moment: str, urgency: int, expected) -> None:
    holding = plan_of(period(dates=(), rule=Rule(last=3), name="Month end", lifts=INVOICES)).at(at(moment), MAIL)
    found = lifted(holding, "invoice", Level(urgency))
    assert (found.urgency, found.by and found.by.period.name) == expected


def test_other_categories_and_tickets_without_one_are_as_urgent_as_somebody_says() -> None:
    holding = held(period(lifts=INVOICES))
    assert [lifted(holding, category, Level(3)).urgency for category in ("invoice", "printer", "")] == [2, 3, 3]


def test_the_strongest_period_that_names_a_category_lifts_it() -> None:
    strong = period(id="end", kind=PeriodKind.period_end, lifts=(Lift(("payroll",), 2),))
    holding = held(period(lifts=(Lift(("invoice", "payroll")),)), strong)
    assert [lifted(holding, category, Level(3)).urgency for category in ("payroll", "invoice")] == [1, 2]


def test_kinds_have_ranks_and_a_stated_one_goes_before() -> None:
    kinds = sorted(PeriodKind, key=KIND_RANKS.__getitem__)
    assert [kind.value for kind in kinds] == ["hypercare", "season", "period_end", "event", "freeze"]
    everything = [period(id=kind.value, kind=kind) for kind in PeriodKind]
    for order in permutations(everything, 5):
        assert [one.period.kind for one in held(*order)] == kinds[::-1]
    assert held(*everything, period(id="z", rank=99))[0].period.id == "z"


def test_of_equal_ranks_the_later_beginning_decides_then_the_id() -> None:
    late = period(id="late", dates=(Dates(date(2026, 11, 28), date(2026, 12, 5)),))
    assert [one.period.id for one in held(late, period(id="b"), period(id="a"))] == ["late", "a", "b"]


def test_each_thing_is_decided_apart() -> None:
    season = period(targets="peak", policy="partner")
    ending = period(id="end", kind=PeriodKind.period_end, targets="closing")
    still = period(id="still", kind=PeriodKind.freeze)
    holding = held(season, ending, still)
    assert target_sets(holding) == ("closing", "peak")
    assert (policy_of(holding, "usual"), policy_of((), "usual")) == ("partner", "usual")
    assert [one.period.id for one in freezing(holding)] == ["still"]
    assert [one.period.id for one in freezing(held(period(freeze=True), ending))] == ["peak"]


def asked(services: Sequence[str], *periods: Period) -> tuple[Staffing, ...]:
    span = Span(at("2026-11-29"), at("2026-12-02"))
    return staffing(plan_of(*periods), [ServiceId(service) for service in services], span)


def test_people_are_asked_for_piece_by_piece() -> None:
    peak = period(required_count=2, required_languages=("de",))
    ending = period(
        id="end", kind=PeriodKind.period_end, dates=(Dates(date(2026, 11, 30), date(2026, 11, 30)),), required_count=3
    )
    assert [(one.count, one.languages, one.periods) for one in asked(["mail"], peak, ending)] == [
        (2, ("de",), ("peak",)), (3, ("de",), ("end", "peak")), (2, ("de",), ("peak",)),
    ]  # fmt: skip
    assert asked(["erp"], peak, ending) == ()
    assert asked(["mail"], period()) == ()


def test_a_rota_of_several_services_needs_what_the_neediest_asks_for() -> None:
    mail, erp = period(required_count=2), period(id="erp", services=("erp",), required_count=4, rank=0)
    assert [one.count for one in asked(["mail", "erp"], mail, erp)] == [4]
    languages = period(id="fr", required_languages=("fr",))
    assert [(one.count, one.languages) for one in asked(["mail"], languages)] == [(None, ("fr",))]
